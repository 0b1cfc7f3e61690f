//! A row as JSON: a figure that is missing is `null`, and its reason stands under `not_measured`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::conditions::Conditions;
use super::drift::Drift;
use super::form::Form;
use super::peak_heart_rate::PeakHeartRate;
use super::route_shape::RouteShape;
use super::row::{Distances, Durations, HeartRate, RecordedMetadata, RunMetrics};
use super::steadiness::Steadiness;
use super::{PackedSeries, Unmeasured};

/// One measured run.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "RunMetrics")]
struct RowJson<'a> {
    /// What the file says, unchanged.
    said: Cow<'a, RecordedMetadata>,
    /// How long it took.
    clocks: Durations,
    /// How far it went.
    way: Distances,
    /// Heart rate and what was taken out of it.
    heart_rate: Cow<'a, HeartRate>,
    /// How even the pace was.
    steadiness: Option<Cow<'a, Steadiness>>,
    /// How heart rate moved against pace.
    drift: Option<Drift>,
    /// Why `steadiness` or `drift` is null.
    not_measured: NotMeasured,
    /// The highest heart rates that lasted.
    peaks: PeakHeartRate,
    /// Mean grade-adjusted speed over mean heart rate of minutes 5–20, in metres per beat.
    efficiency_m_per_beat: Option<f64>,
    /// The stride early and late in the run.
    form: Option<Form>,
    /// Mean breathing rate of moving time after its first 3 minutes, in breaths per minute.
    breaths_per_min: Option<f64>,
    /// Temperature and altitude.
    conditions: Conditions,
    /// The shape of the route without its place: points in base64. Only where it was asked for.
    #[schemars(with = "Option<String>", extend("contentEncoding" = "base64"))]
    outline: Option<Cow<'a, RouteShape>>,
    /// The cleaned run at 1 Hz: packed channels in base64.
    #[schemars(with = "String", extend("contentEncoding" = "base64"))]
    lanes: Cow<'a, PackedSeries>,
}

/// Why a figure is missing; null where it is not.
#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
struct NotMeasured {
    /// Why it is not known how even the pace was.
    steadiness: Option<Unmeasured>,
    /// Why it is not known how heart rate moved against pace.
    drift: Option<Unmeasured>,
}

impl<'a> From<&'a RunMetrics> for RowJson<'a> {
    fn from(row: &'a RunMetrics) -> Self {
        Self {
            said: Cow::Borrowed(&row.metadata),
            clocks: row.durations,
            way: row.distances,
            heart_rate: Cow::Borrowed(&row.heart_rate),
            steadiness: row.steadiness.as_ref().ok().map(Cow::Borrowed),
            drift: row.drift.ok(),
            not_measured: NotMeasured {
                steadiness: row.steadiness.as_ref().err().copied(),
                drift: row.drift.err(),
            },
            peaks: row.peak_heart_rate,
            efficiency_m_per_beat: row.efficiency,
            form: row.form,
            breaths_per_min: row.breathing,
            conditions: row.conditions,
            outline: row.route_shape.as_ref().map(Cow::Borrowed),
            lanes: Cow::Borrowed(&row.channels),
        }
    }
}

impl TryFrom<RowJson<'_>> for RunMetrics {
    type Error = String;

    fn try_from(json: RowJson<'_>) -> Result<Self, String> {
        let why = json.not_measured;
        let steadiness = json.steadiness.map(Cow::into_owned);
        Ok(Self {
            metadata: json.said.into_owned(),
            durations: json.clocks,
            distances: json.way,
            heart_rate: json.heart_rate.into_owned(),
            steadiness: either("steadiness", steadiness, why.steadiness)?,
            drift: either("drift", json.drift, why.drift)?,
            peak_heart_rate: json.peaks,
            efficiency: json.efficiency_m_per_beat,
            form: json.form,
            breathing: json.breaths_per_min,
            conditions: json.conditions,
            route_shape: json.outline.map(Cow::into_owned),
            channels: json.lanes.into_owned(),
        })
    }
}

/// A figure, or the reason why there is none; never both or neither.
fn either<T>(
    name: &str,
    figure: Option<T>,
    reason: Option<Unmeasured>,
) -> Result<Result<T, Unmeasured>, String> {
    match (figure, reason) {
        (Some(figure), None) => Ok(Ok(figure)),
        (None, Some(reason)) => Ok(Err(reason)),
        (None, None) => Err(format!("neither `{name}` nor why it is missing")),
        (Some(_), Some(_)) => Err(format!("`{name}` and a reason why it is missing")),
    }
}

impl Serialize for RunMetrics {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RowJson::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RunMetrics {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        RowJson::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

impl JsonSchema for RunMetrics {
    fn schema_name() -> Cow<'static, str> {
        RowJson::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        RowJson::json_schema(generator)
    }
}
