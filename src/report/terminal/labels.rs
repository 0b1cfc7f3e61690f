//! What every source says about the kind of each run.

use super::layout::fold;
use super::paint::{Paint, paint};
use crate::label::{Evidence, LabelRole};
use crate::report::labels::{joined, kind, outcomes};
use crate::report::output::Style;
use crate::report::sanitize::sanitize;
use crate::review::LabelledRun;
use crate::session::SessionKind;
use crate::units::counted;

/// Characters of a quoted text.
const LONGEST_TEXT: usize = 100;
/// Characters of a path.
const LONGEST_PATH: usize = 200;

/// A paragraph for each run.
pub fn text(runs: &[LabelledRun], style: &Style) -> String {
    if runs.is_empty() {
        return "No runs found.\n".to_owned();
    }
    let labelled = runs.iter().filter(|run| kind(run).is_some()).count();
    let paragraphs: Vec<String> = runs.iter().map(|run| paragraph(run, style)).collect();
    let all = counted(runs.len(), "run");
    format!("{}\n{all}, {labelled} labelled.\n", paragraphs.join("\n"))
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
        let sentence = format!(
            "  – the watch rates its training effect as {effect}: an outcome, so it does not count as a label"
        );
        fold(&sentence, style) + "\n"
    });
    let joined: Vec<String> =
        joined(&run.measured).map(|path| sanitize(path, LONGEST_PATH)).collect();
    let joined = (!joined.is_empty())
        .then(|| fold(&format!("  + joined with {}", joined.join(", ")), style) + "\n");
    head + &lines.chain(outcomes).chain(joined).collect::<String>()
}

fn line(evidence: &Evidence, style: &Style) -> String {
    let (sign, colour) = match evidence.role {
        LabelRole::Wins => ("✓", Paint::Good),
        LabelRole::Agrees => ("=", Paint::Plain),
        LabelRole::Conflicts => ("≠", Paint::Mild),
        LabelRole::Silent => ("·", Paint::Dim),
    };
    let because = sanitize(&evidence.because, usize::MAX);
    let text = sanitize(&evidence.text, LONGEST_TEXT);
    let by = sanitize(&evidence.by, LONGEST_PATH);
    format!(
        "  {}\n",
        paint(&fold(&format!("{sign} “{text}” ({by}): {because}"), style), colour, style)
    )
}
