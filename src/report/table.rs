//! The table for people.

use std::fmt::Write;

use comfy_table::{ContentArrangement, Table, presets};

use super::paint::{Paint, of_verdict, paint};
use super::safe::safe;
use super::{Output, Style, summary};
use crate::audit::wording::{Wording, clock, plain};
use crate::review::{NotRun, Review, ReviewedRun};

/// `--format table`.
pub static OUTPUT: Output = Output { id: "table", render };

/// Names shown of one kind of file that is no run, without `-v`.
const SHOWN_NOT_RUNS: usize = 3;
/// Problems shown without `-v`.
const SHOWN_PROBLEMS: usize = 20;

fn render(review: &Review, style: &Style) -> String {
    let mut text = String::new();
    if !review.runs.is_empty() {
        line(&mut text, &runs_table(&review.runs, style));
    }
    if review.unlabelled.is_empty() {
        if review.runs.is_empty() && review.files.runs == 0 {
            line(&mut text, "No run was found.");
        }
    } else {
        unlabelled(&mut text, review, style);
    }
    athletes(&mut text, review, style);
    not_runs(&mut text, review, style);
    problems(&mut text, review, style);
    files(&mut text, review);
    text
}

fn line(text: &mut String, line: &str) {
    // Writing into a string cannot fail.
    let _ = writeln!(text, "{line}");
}

fn runs_table(runs: &[ReviewedRun], style: &Style) -> String {
    let mut table = Table::new();
    table
        .load_preset(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(style.width)
        .force_no_tty()
        .set_header(["Day", "Run", "Moving", "Pace", "Mean HR", "Above ceiling", "Verdict", "Because"]);
    let several = runs.iter().any(|run| run.measured.athlete != runs[0].measured.athlete);
    for run in runs {
        table.add_row(cells(run, several, style));
    }
    painted(&table.to_string(), style)
}

/// Colours the verdicts in a finished table, whose widths colours must not disturb.
fn painted(table: &str, style: &Style) -> String {
    let verdicts = ["✓ kept", "~ slipped", "✗ not", "? cannot"];
    let colours = [Paint::Good, Paint::Mild, Paint::Bad, Paint::Dim];
    verdicts.iter().zip(colours).fold(table.to_owned(), |table, (verdict, colour)| {
        table.replace(verdict, &paint(verdict, colour, style))
    })
}

fn cells(run: &ReviewedRun, with_athlete: bool, style: &Style) -> Vec<String> {
    let row = &run.measured.row;
    let wording = Wording { units: style.units };
    let pace = row.pace().map_or("–".to_owned(), |pace| wording.pace(pace));
    let estimated = if row.speed_is_estimated() && row.pace().is_some() { "~" } else { "" };
    let name = if with_athlete { format!("{}: {}", run.measured.athlete, name(run)) } else { name(run) };
    let (verdict, because) = verdict(run);
    vec![
        run.start.time.format("%Y-%m-%d").to_string(),
        safe(&name, 60),
        clock(row.clocks.moving.get()),
        format!("{estimated}{pace}"),
        row.heart_rate.mean.map_or("–".to_owned(), |mean| plain(mean.get(), 0)),
        above_ceiling(run),
        verdict,
        because,
    ]
}

/// What a run is called: its label's text, else its file.
fn name(run: &ReviewedRun) -> String {
    let file = || run.measured.sources.first().map_or("", |source| source.path.as_str());
    let file = || file().rsplit('/').next().unwrap_or_default().to_owned();
    run.label.as_ref().map_or_else(file, |label| label.text.clone())
}

fn above_ceiling(run: &ReviewedRun) -> String {
    let rated = run.audit.as_ref().and_then(|audit| audit.effort.rated.as_ref());
    rated.map_or("–".to_owned(), |rated| format!("{} %", plain(rated.times.share_pct(), 0)))
}

fn verdict(run: &ReviewedRun) -> (String, String) {
    match &run.audit {
        Some(audit) => {
            let (sign, _) = of_verdict(audit.ruling.verdict);
            let verdict = format!("{sign} {}", audit.ruling.verdict.title());
            let doubt = match audit.ruling.certainty {
                None | Some(crate::audit::Certainty::Firm) => String::new(),
                Some(certainty) => format!(" ({})", certainty.title()),
            };
            let leaning = match audit.ruling.leaning {
                Some(crate::audit::Leaning::Easy) => " Signs point to easy.",
                Some(crate::audit::Leaning::Hard) => " Signs point to too hard.",
                None => "",
            };
            (verdict + &doubt, format!("{}{leaning}", audit.ruling.because))
        }
        None => ("–".to_owned(), format!("session: {}", run.session.name().replace('_', " "))),
    }
}

fn unlabelled(text: &mut String, review: &Review, style: &Style) {
    line(text, summary::HOW_TO_LABEL);
    line(text, "");
    let count = review.unlabelled.len();
    line(text, &format!("The {count} newest runs of up to 60 minutes, judged as if they were recovery runs (not labelled, not counted):"));
    line(text, &runs_table(&review.unlabelled, style));
}

fn athletes(text: &mut String, review: &Review, style: &Style) {
    for athlete in &review.athletes {
        if review.athletes.len() > 1 {
            line(text, &paint(&format!("{}:", safe(&athlete.name, 60)), Paint::Bold, style));
        }
        if athlete.recovery.runs > 0 {
            line(text, &paint(&summary::counts(&athlete.recovery), Paint::Bold, style));
        }
        line(text, &summary::judged_by(athlete));
        if let Some(advice) = summary::advice(athlete) {
            line(text, advice);
        }
    }
}

fn not_runs(text: &mut String, review: &Review, style: &Style) {
    if review.not_runs.is_empty() {
        return;
    }
    line(text, "\nNot runs:");
    for kind in review.not_runs.chunk_by(|left, right| left.what == right.what) {
        line(text, &format!("  {} × {}: {}", kind.len(), safe(&kind[0].what, 100), names(kind, style)));
    }
}

fn names(kind: &[NotRun], style: &Style) -> String {
    let shown = if style.verbose { kind.len() } else { SHOWN_NOT_RUNS };
    let names: Vec<String> = kind.iter().take(shown).map(|not_run| safe(&not_run.path, 100)).collect();
    let rest = kind.len() - names.len();
    if rest > 0 { format!("{}, … and {rest} more (-v shows all)", names.join(", ")) } else { names.join(", ") }
}

fn problems(text: &mut String, review: &Review, style: &Style) {
    if review.problems.is_empty() {
        return;
    }
    line(text, "\nProblems:");
    let shown = if style.verbose { review.problems.len() } else { SHOWN_PROBLEMS };
    // What could not be used at all matters more than what was repaired.
    let (lost, repaired): (Vec<_>, Vec<_>) = review.problems.iter().partition(|problem| problem.fatal);
    for problem in lost.iter().chain(&repaired).take(shown) {
        let fate = if problem.fatal { "not used" } else { "used all the same" };
        line(text, &format!("  {}: {} ({fate})", safe(&problem.path, 100), safe(&problem.problem.to_string(), 300)));
    }
    let rest = review.problems.len().saturating_sub(shown);
    if rest > 0 {
        line(text, &format!("  … and {rest} more (-v shows all)"));
    }
}

fn files(text: &mut String, review: &Review) {
    let files = &review.files;
    line(
        text,
        &format!(
            "\n{} files: {} runs, {} not runs, {} duplicates, {} not usable.",
            files.seen, files.runs, files.not_runs, files.duplicates, files.failed
        ),
    );
}
