//! The table for people.

use std::fmt::Write;

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};

use super::paint::{Paint, of_verdict, paint};
use super::safe::safe;
use super::{Output, Style, fold, summary};
use crate::audit::wording::{Wording, clock, plain};
use crate::audit::{Certainty, Leaning, Verdict};
use crate::review::{FileProblem, NotRun, Review, ReviewedRun};

/// `--format table`.
pub static OUTPUT: Output = Output { id: "table", render };

/// Names shown of files of one kind, without `-v`.
const SHOWN_NAMES: usize = 2;
/// Kinds of problems shown without `-v`.
const SHOWN_PROBLEMS: usize = 15;

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

/// Columns that the verdict and its reason take at least.
const VERDICT_WIDTH: u16 = 44;

fn runs_table(runs: &[ReviewedRun], style: &Style) -> String {
    let mut table = Table::new();
    table
        .load_preset(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(style.width)
        .set_header(["Day", "Run", "Moving", "Pace", "Mean\nbpm", "Above\nceiling", "Verdict"]);
    let columns = table.column_count();
    if let Some(verdict) = table.column_mut(columns - 1) {
        verdict.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(VERDICT_WIDTH)));
    }
    let several = runs.iter().any(|run| run.measured.athlete != runs[0].measured.athlete);
    for run in runs {
        table.add_row(cells(run, several, style));
    }
    painted(&table.to_string(), style)
}

/// Colours the verdicts in a finished table, whose widths colours must not disturb.
fn painted(table: &str, style: &Style) -> String {
    let verdicts = [Verdict::Kept, Verdict::Slipped, Verdict::NotRecovery, Verdict::CannotJudge];
    verdicts.into_iter().fold(table.to_owned(), |table, verdict| {
        let (sign, colour) = of_verdict(verdict);
        let words = format!("{sign} {}", verdict.title().to_uppercase());
        table.replace(&words, &paint(&words, colour, style))
    })
}

fn cells(run: &ReviewedRun, with_athlete: bool, style: &Style) -> Vec<String> {
    let row = &run.measured.row;
    let wording = Wording { units: style.units };
    let pace = row.pace().map_or("–".to_owned(), |pace| wording.pace(pace));
    let estimated = if row.speed_is_estimated() && row.pace().is_some() { "~" } else { "" };
    let name =
        if with_athlete { format!("{}: {}", run.measured.athlete, name(run)) } else { name(run) };
    vec![
        run.start.time.format("%Y-%m-%d").to_string(),
        safe(&name, 60),
        clock(row.clocks.moving.get()),
        format!("{estimated}{pace}"),
        row.heart_rate.mean.map_or("–".to_owned(), |mean| plain(mean.get(), 0)),
        above_ceiling(run),
        verdict(run),
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

/// The verdict, how sure it is, and why.
fn verdict(run: &ReviewedRun) -> String {
    let Some(audit) = &run.audit else {
        return format!("session: {}", run.session.name().replace('_', " "));
    };
    let ruling = &audit.ruling;
    let (sign, _) = of_verdict(ruling.verdict);
    let doubt = match ruling.certainty {
        None | Some(Certainty::Firm) => String::new(),
        Some(certainty) => format!(" ({})", certainty.title()),
    };
    let leaning = match ruling.leaning {
        Some(Leaning::Easy) => " Signs point to easy.",
        Some(Leaning::Hard) => " Signs point to too hard.",
        None => "",
    };
    format!("{sign} {}{doubt}\n{}{leaning}", ruling.verdict.title().to_uppercase(), ruling.because)
}

fn unlabelled(text: &mut String, review: &Review, style: &Style) {
    line(text, &fold(summary::HOW_TO_LABEL, style));
    line(text, "");
    let count = review.unlabelled.len();
    line(
        text,
        &format!(
            "The {count} newest runs of up to 60 minutes, judged as if they were recovery runs (not labelled, not counted):"
        ),
    );
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
        line(text, &fold(&summary::judged_by(athlete), style));
        if let Some(advice) = summary::advice(athlete) {
            line(text, &fold(advice, style));
        }
    }
}

fn not_runs(text: &mut String, review: &Review, style: &Style) {
    if review.not_runs.is_empty() {
        return;
    }
    line(text, "\nNot runs:");
    for kind in review.not_runs.chunk_by(|left, right| left.what == right.what) {
        let paths: Vec<&str> = kind.iter().map(|not_run: &NotRun| not_run.path.as_str()).collect();
        line(
            text,
            &format!(
                "  {}{}: {}",
                count(kind.len()),
                safe(&kind[0].what, 120),
                names(&paths, style)
            ),
        );
    }
}

/// The first names of a list, or all of them.
fn names(paths: &[&str], style: &Style) -> String {
    let shown = if style.verbose { paths.len() } else { SHOWN_NAMES };
    let names: Vec<String> = paths.iter().take(shown).map(|path| safe(path, 100)).collect();
    let rest = paths.len() - names.len();
    if rest > 0 {
        format!("{}, … and {rest} more (-v shows all)", names.join(", "))
    } else {
        names.join(", ")
    }
}

fn problems(text: &mut String, review: &Review, style: &Style) {
    // What could not be used at all matters more than what was repaired.
    let (lost, repaired): (Vec<_>, Vec<_>) =
        review.problems.iter().partition(|problem| problem.fatal);
    for (title, problems) in [("Not usable", lost), ("Used all the same", repaired)] {
        if !problems.is_empty() {
            line(text, &format!("\n{title}:"));
            let shown = if style.verbose { usize::MAX } else { SHOWN_PROBLEMS };
            let groups = same_sentence(problems);
            groups.iter().take(shown).for_each(|group| problem_line(text, group, style));
            if groups.len() > shown {
                line(text, &format!("  … and {} more kinds (-v shows all)", groups.len() - shown));
            }
        }
    }
}

/// Problems told by the same sentence, the most frequent first.
fn same_sentence(mut problems: Vec<&FileProblem>) -> Vec<Vec<&FileProblem>> {
    problems.sort_by(|left, right| {
        (&left.problem.detail, &left.path).cmp(&(&right.problem.detail, &right.path))
    });
    let same =
        |left: &&FileProblem, right: &&FileProblem| left.problem.detail == right.problem.detail;
    let mut groups: Vec<Vec<&FileProblem>> = problems.chunk_by(same).map(<[_]>::to_vec).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups
}

fn problem_line(text: &mut String, group: &[&FileProblem], style: &Style) {
    let sentence = match group {
        [single] => single.problem.to_string(),
        several => several[0].problem.detail.clone(),
    };
    let paths: Vec<&str> = group.iter().map(|problem| problem.path.as_str()).collect();
    line(
        text,
        &format!("  {}{}: {}", count(group.len()), safe(&sentence, 300), names(&paths, style)),
    );
}

fn count(files: usize) -> String {
    if files == 1 { String::new() } else { format!("{files} × ") }
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
