//! Where a session was planned to end.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use crate::units::{Metres, Seconds};

/// Where a planned session was to end.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "PlannedEndJson", into = "PlannedEndJson")]
pub enum PlannedEnd {
    /// After this much time.
    After(Seconds),
    /// After this much distance.
    At(Metres),
}

/// Where a planned session was to end: one of the two, the other is null.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PlannedEnd")]
struct PlannedEndJson {
    /// After this much time.
    after_s: Option<Seconds>,
    /// After this much distance.
    at_m: Option<Metres>,
}

impl From<PlannedEnd> for PlannedEndJson {
    fn from(end: PlannedEnd) -> Self {
        match end {
            PlannedEnd::After(time) => Self { after_s: Some(time), at_m: None },
            PlannedEnd::At(distance) => Self { after_s: None, at_m: Some(distance) },
        }
    }
}

impl TryFrom<PlannedEndJson> for PlannedEnd {
    type Error = &'static str;

    fn try_from(json: PlannedEndJson) -> Result<Self, Self::Error> {
        match (json.after_s, json.at_m) {
            (Some(time), None) => Ok(Self::After(time)),
            (None, Some(distance)) => Ok(Self::At(distance)),
            _ => Err("a planned end is a time or a distance"),
        }
    }
}

impl JsonSchema for PlannedEnd {
    fn schema_name() -> Cow<'static, str> {
        PlannedEndJson::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        PlannedEndJson::json_schema(generator)
    }
}
