//! What every source says about the kind of each run: for people, and for machines.

use serde_json::{Value, json};

use super::paint::{Paint, paint};
use super::sanitize::{escaped, sanitize};
use super::{Style, fold};
use crate::label::{Evidence, Standing};
use crate::review::LabelledRun;
use crate::session::SessionKind;

/// The name and version of the form for machines.
const SCHEMA: &str = "talktest/labels/1";
/// Characters of a quoted text.
const LONGEST_TEXT: usize = 100;
/// Characters of a path.
const LONGEST_PATH: usize = 200;

/// A paragraph for each run.
pub fn text(runs: &[LabelledRun], style: &Style) -> String {
    if runs.is_empty() {
        return "No run was found.\n".to_owned();
    }
    let labelled = runs.iter().filter(|run| kind(run).is_some()).count();
    let paragraphs: Vec<String> = runs.iter().map(|run| paragraph(run, style)).collect();
    format!("{}\n{labelled} of {} runs are labelled.\n", paragraphs.join("\n"), runs.len())
}

/// The kind that counts.
fn kind(run: &LabelledRun) -> Option<SessionKind> {
    run.evidence.iter().find(|one| one.standing == Standing::Wins).and_then(|one| one.kind)
}

fn paragraph(run: &LabelledRun, style: &Style) -> String {
    let label = kind(run).map_or("no label", SessionKind::name);
    let head = format!(
        "{}  {}  {}\n",
        run.start.time.format("%Y-%m-%d %H:%M"),
        sanitize(run.measured.path(), LONGEST_PATH),
        paint(label, Paint::Bold, style)
    );
    let lines = run.evidence.iter().map(|one| line(one, style));
    let outcomes = outcomes(run).map(|effect| {
        let effect = sanitize(effect, LONGEST_TEXT);
        let said = format!(
            "  – the watch says that it trained {effect}: what came out of it, not what it was meant to be"
        );
        fold(&said, style) + "\n"
    });
    head + &lines.chain(outcomes).collect::<String>()
}

fn line(evidence: &Evidence, style: &Style) -> String {
    let (sign, colour) = match evidence.standing {
        Standing::Wins => ("✓", Paint::Good),
        Standing::Agrees => ("=", Paint::Plain),
        Standing::Conflicts => ("≠", Paint::Mild),
        Standing::Silent => ("·", Paint::Dim),
    };
    let because = sanitize(&evidence.because, usize::MAX);
    let text = sanitize(&evidence.text, LONGEST_TEXT);
    let by = sanitize(&evidence.by, LONGEST_PATH);
    format!(
        "  {}\n",
        paint(&fold(&format!("{sign} “{text}” ({by}): {because}"), style), colour, style)
    )
}

/// What watches say came out of a run.
fn outcomes(run: &LabelledRun) -> impl Iterator<Item = &str> {
    run.measured.listed.iter().filter_map(|remarks| remarks.training_effect.as_deref())
}

/// One JSON document.
pub fn json(runs: &[LabelledRun]) -> String {
    let run = |run: &LabelledRun| {
        json!({
            "athlete": run.measured.athlete,
            "sources": run.measured.sources,
            "local_start": run.start.time.to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
            "kind": kind(run).map_or("none", SessionKind::name),
            "evidence": run.evidence.iter().map(evidence_json).collect::<Vec<_>>(),
            "training_effects": outcomes(run).collect::<Vec<_>>(),
        })
    };
    let document = json!({"schema": SCHEMA, "runs": runs.iter().map(run).collect::<Vec<Value>>()});
    // A value made of maps, lists and texts always has a text.
    escaped(&serde_json::to_string_pretty(&document).unwrap_or_default()) + "\n"
}

fn evidence_json(evidence: &Evidence) -> Value {
    let standing = match evidence.standing {
        Standing::Wins => "wins",
        Standing::Agrees => "agrees",
        Standing::Conflicts => "conflicts",
        Standing::Silent => "silent",
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
