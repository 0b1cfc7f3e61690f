//! One run as the contract has it.

use serde_json::{Value, json};

use super::audit::audit_json;
use super::metrics::metrics_json;
use crate::review::ReviewedRun;
use crate::session::Session;

/// One run as the contract has it, with its verdicts at moved limits where they are asked for.
pub fn run_json(run: &ReviewedRun, with_what_if: bool) -> Value {
    let metadata = &run.measured.row.metadata;
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
        "audit": run.audit.as_ref().map(audit_json),
        "what_if": run.moved_limits.as_ref().filter(|_| with_what_if),
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
