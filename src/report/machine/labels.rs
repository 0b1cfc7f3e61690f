//! What every source says about the kind of each run.

use serde_json::{Value, json};

use crate::label::{Evidence, LabelRole};
use crate::report::labels::{joined, kind, outcomes};
use crate::report::sanitize::escaped;
use crate::review::LabelledRun;
use crate::session::SessionKind;

/// The name and version of the contract.
const SCHEMA: &str = "talktest/labels/1";

/// One JSON document.
pub fn json(runs: &[LabelledRun]) -> String {
    let run = |run: &LabelledRun| {
        json!({
            "athlete": run.measured.athlete,
            "sources": run.measured.sources,
            "local_start": run.start.time.to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
            "kind": kind(run).map_or("none", SessionKind::name),
            "evidence": run.evidence.iter().map(evidence_json).collect::<Vec<_>>(),
            "joined": joined(&run.measured).collect::<Vec<_>>(),
            "training_effects": outcomes(run).collect::<Vec<_>>(),
        })
    };
    let document = json!({"schema": SCHEMA, "runs": runs.iter().map(run).collect::<Vec<Value>>()});
    // A value made of maps, lists and texts always has a text.
    escaped(&serde_json::to_string_pretty(&document).unwrap_or_default()) + "\n"
}

fn evidence_json(evidence: &Evidence) -> Value {
    let standing = match evidence.role {
        LabelRole::Wins => "wins",
        LabelRole::Agrees => "agrees",
        LabelRole::Conflicts => "conflicts",
        LabelRole::Silent => "silent",
    };
    json!({
        "source": evidence.source,
        "by": evidence.by,
        "text": evidence.text,
        "kind": evidence.kind.map(SessionKind::name),
        "standing": standing,
        "because": evidence.because,
    })
}
