//! What stands below the table: counts, limits, files without a run, files with problems.

use super::layout::{fold, item, line};
use super::paint::{Paint, paint};
use super::season;
use crate::ingest::{FileProblem, NotRun};
use crate::report::limits;
use crate::report::output::Style;
use crate::report::sanitize::sanitize;
use crate::report::summary;
use crate::review::{AthleteReview, OffsetSource, Review, ReviewedRun};
use crate::units::counted;

/// Names shown of files of one kind, without `-v`.
const SHOWN_NAMES: usize = 2;
/// Kinds of problems shown without `-v`.
const SHOWN_PROBLEMS: usize = 15;

/// Writes everything that follows the runs.
pub(super) fn write(text: &mut String, review: &Review, style: &Style) {
    if let Some(news) = summary::since_last_job(review) {
        line(text, &fold(&news, style));
    }
    if !review.is_empty() {
        athletes(text, review, style);
    }
    if let Some(hint) = zone_hint(review) {
        line(text, &fold(&hint, style));
    }
    not_runs(text, review, style);
    problems(text, review, style);
    line(text, &format!("\n{}", fold(&summary::files(&review.files), style)));
}

fn athletes(text: &mut String, review: &Review, style: &Style) {
    for athlete in &review.athletes {
        if review.athletes.len() > 1 {
            line(text, &paint(&format!("{}:", sanitize(&athlete.name, 60)), Paint::Bold, style));
        }
        if athlete.recovery.runs > 0 {
            line(text, &paint(&summary::counts(&athlete.recovery), Paint::Bold, style));
        }
        if let Some(hint) = summary::how_to_label(athlete, review) {
            line(text, &fold(&hint, style));
        }
        season::write(text, athlete, review.selection.all, style);
        if let Some(advice) = next_time(review, athlete) {
            line(text, &fold(advice, style));
        }
        for sentence in limits::judged_by(athlete) {
            line(text, &fold(&sentence, style));
        }
        if let Some(advice) = limits::advice(athlete) {
            line(text, &fold(&advice, style));
        }
    }
}

/// The advice of the last recovery run.
fn next_time<'r>(review: &'r Review, athlete: &AthleteReview) -> Option<&'r str> {
    let own = |run: &&ReviewedRun| run.is_recovery() && run.measured.athlete == athlete.name;
    let audit = review.runs.iter().rfind(own)?.audit.as_deref()?;
    audit.next_time.as_ref().map(|advice| advice.text.as_str())
}

fn not_runs(text: &mut String, review: &Review, style: &Style) {
    // Since the last audit they are nothing new.
    let are_listed = review.left_out.is_none() || style.verbose;
    if review.not_runs.is_empty() || !are_listed {
        return;
    }
    line(text, "\nFiles without a run:");
    for kind in review.not_runs.chunk_by(|left, right| left.what == right.what) {
        let paths: Vec<&str> = kind.iter().map(|not_run: &NotRun| not_run.path.as_str()).collect();
        let what = sanitize(&kind[0].what, 120);
        item(text, &format!("{}{what}: {}", count(kind.len()), names(&paths, style)), style);
    }
}

/// The first names of a list, or all of them.
fn names(paths: &[&str], style: &Style) -> String {
    let shown = if style.verbose { paths.len() } else { SHOWN_NAMES };
    let names: Vec<String> = paths.iter().take(shown).map(|path| sanitize(path, 100)).collect();
    let rest = paths.len() - names.len();
    if rest > 0 {
        format!("{}, … and {rest} more (-v shows all)", names.join(", "))
    } else {
        names.join(", ")
    }
}

fn problems(text: &mut String, review: &Review, style: &Style) {
    // What could not be read at all matters more than what was repaired, which is listed only of
    // files that were read.
    let (lost, mut repaired): (Vec<_>, Vec<_>) =
        review.problems.iter().partition(|problem| problem.fatal);
    repaired.retain(|problem| lost.iter().all(|lost| lost.path != problem.path));
    for (title, problems) in [("Could not be read", lost), ("Read with problems", repaired)] {
        if !problems.is_empty() {
            line(text, &format!("\n{title}:"));
            let shown = if style.verbose { usize::MAX } else { SHOWN_PROBLEMS };
            let groups = same_sentence(problems);
            groups.iter().take(shown).for_each(|group| problem_line(text, group, style));
            if groups.len() > shown {
                line(
                    text,
                    &format!(
                        "  … and {} (-v shows all)",
                        counted(groups.len() - shown, "more kind")
                    ),
                );
            }
        }
    }
}

/// Problems with the same sentence, the most frequent first.
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
    let mut paths: Vec<&str> = group.iter().map(|problem| problem.path.as_str()).collect();
    paths.dedup();
    let sentence = sanitize(&sentence, 300);
    item(text, &format!("{}{sentence}: {}", count(paths.len()), names(&paths, style)), style);
}

fn count(files: usize) -> String {
    if files == 1 { String::new() } else { format!("{files} × ") }
}

fn zone_hint(review: &Review) -> Option<String> {
    let shown = review.runs.iter().chain(&review.unlabelled);
    summary::unknown_zone(shown.filter(|run| run.start.source == OffsetSource::Utc).count())
}
