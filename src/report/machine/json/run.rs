//! One run as the contract has it.

use serde_json::{Value, json};

use super::audit::audit_json;
use super::metrics::metrics_json;
use super::splits::splits_json;
use crate::report::output::Style;
use crate::review::{Review, ReviewedRun, Selection};
use crate::session::Session;
use crate::settings::UnitSystem;

/// What a run holds only where it is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct OnRequest {
    /// Its verdicts at moved limits.
    pub what_if: bool,
    /// Its splits in these units, and its time at each heart rate.
    pub splits: Option<UnitSystem>,
}

impl OnRequest {
    /// What the selection of a review asks for.
    pub fn of(review: &Review, style: &Style) -> Self {
        let Selection { what_if, splits, .. } = review.selection;
        Self { what_if, splits: splits.then_some(style.units) }
    }
}

/// One run as the contract has it.
pub fn run_json(run: &ReviewedRun, asked: OnRequest) -> Value {
    let metadata = &run.measured.row.metadata;
    let series =
        asked.splits.and_then(|units| Some((run.measured.row.channels.unpack().ok()?, units)));
    let splits = series.map(|(series, units)| splits_json(run, &series, units));
    let [splits, histogram] = splits.unwrap_or_default();
    json!({
        "id": run.id,
        "athlete": run.measured.athlete,
        "sources": run.measured.sources,
        "start": metadata.start.date_time().map(|time| time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        "local_start": run.start.time.to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
        "offset_source": run.start.source,
        "sport": metadata.sport.name(),
        "sub_sport": metadata.sub_sport.0,
        "device": metadata.device,
        "label": label_json(run),
        "session": session_json(run.session),
        "metrics": metrics_json(run),
        "audit": run.audit.as_deref().map(audit_json),
        "what_if": run.moved_limits.as_ref().filter(|_| asked.what_if),
        "splits": splits,
        "heart_rate_histogram": histogram,
    })
}

fn label_json(run: &ReviewedRun) -> Value {
    let Some(label) = &run.label else {
        return json!({"kind": "none", "text": null, "source": null, "by": null, "conflicts": []});
    };
    json!({
        "kind": label.kind.map_or("none", |kind| kind.name()),
        "text": label.text,
        "source": label.source,
        "by": label.by,
        "conflicts": label.conflicts,
    })
}

fn session_json(session: Session) -> Value {
    let by = match session {
        Session::Known(_, by) => Some(by),
        Session::Unknown | Session::OtherSport => None,
    };
    json!({"kind": session.name(), "by": by})
}
