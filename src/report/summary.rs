//! Sentences about a whole review: counts, progress, labels, files.

use std::collections::BTreeSet;

use super::sanitize::sanitize;
use crate::activity::LabelSource;
use crate::audit::wording::plain;
use crate::audit::{Audit, Verdict};
use crate::history::{Change, Direction};
use crate::review::{
    AthleteReview, FileCounts, GoneReason, GoneVerdict, Review, ReviewedRun, VerdictCounts,
};
use crate::session::SessionKind;
use crate::units::counted;

/// Judged time above the ceiling, in percent; `None` where nothing could be judged: a share of too
/// little data would look like an answer.
pub fn share_above(audit: &Audit) -> Option<f64> {
    let judged = audit.ruling.verdict != Verdict::CannotJudge;
    let rated = audit.effort.rated.as_ref().filter(|_| judged);
    rated.map(|rated| rated.times.share_pct())
}

/// Whether recovery runs are getting easier, by the share of them above the ceiling.
pub fn progress(change: Option<&Change>) -> String {
    let Some(change) = change else {
        return "Too few judged recovery runs to say whether they are getting easier: 13 are needed.".to_owned();
    };
    let (answer, how_much) = match change.direction() {
        Direction::Lower => ("Getting better", "less time above your ceiling than"),
        Direction::Higher => ("Getting worse", "more time above your ceiling than"),
        Direction::Unclear => ("No clear change", "about as much time above your ceiling as"),
    };
    let [recent, before] = change.runs;
    let [difference, low, high] =
        [change.shift.difference, change.shift.interval.0, change.shift.interval.1].map(signed);
    format!(
        "{answer}: the last {recent} recovery runs spent {how_much} the {before} before ({difference} percentage points, \
         very likely {low} to {high})."
    )
}

/// A difference in whole points, with its sign.
fn signed(points: f64) -> String {
    let sign = if points.round() > 0.0 { "+" } else { "" };
    format!("{sign}{}", plain(points, 0)).replace('-', "−")
}

/// Verdicts in one line.
pub fn counts(recovery: &VerdictCounts) -> String {
    format!(
        "{} labelled recovery: {} kept, {} slipped, {} not recovery, {} cannot be judged.",
        counted(recovery.runs, "run"),
        recovery.kept,
        recovery.slipped,
        recovery.not_recovery,
        recovery.cannot_judge
    )
}

/// What the short runs of a year would be as recovery runs, where nothing is labelled.
pub fn short_runs(athlete: &AthleteReview) -> Option<String> {
    let short = athlete.short_runs?;
    let cannot = match short.cannot_judge {
        0 => String::new(),
        cannot => format!(" ({cannot} could not be judged)"),
    };
    let typically =
        short.above_ceiling_bpm.zip(athlete.lines).map_or(String::new(), |(over, lines)| {
            let (bpm, which) = (plain(over.abs(), 0), if over > 0.0 { "over" } else { "under" });
            format!(
                " Typically you run them {bpm} bpm {which} your ceiling of {} ± {} bpm.",
                plain(lines.ceiling.get(), 0),
                plain(lines.uncertainty, 0)
            )
        });
    let easy = if short.kept == 1 { "was" } else { "were" };
    Some(format!(
        "Of your {} of up to an hour in the last year, {} {easy} easy and short enough for a recovery run{cannot}.{typically}",
        counted(short.runs, "run"),
        short.kept
    ))
}

/// How an athlete beside others comes to labelled runs; `None` where some are labelled.
pub fn how_to_label(athlete: &AthleteReview, review: &Review) -> Option<String> {
    let has_runs = athlete.calendar.iter().any(|entry| review.is_asked_for(&entry.start));
    (review.has_recovery() && athlete.recovery.runs == 0 && has_runs).then(|| {
        "No run is labelled recovery. To label one, put the word recovery into its title or file name, the plan or the \
         notes."
            .to_owned()
    })
}

/// What is new since the last audit; `None` where everything is listed.
pub fn since_last_job(review: &Review) -> Option<String> {
    let left_out = review.left_out?;
    let runs = match review.runs.len() {
        0 if !review.gone.is_empty() => "No run is new since the last audit.".to_owned(),
        0 => "Nothing new since the last audit.".to_owned(),
        1 => "1 run is new since the last audit, or its verdict changed.".to_owned(),
        several => {
            format!("{several} runs are new since the last audit, or their verdict changed.")
        }
    };
    let problems = match left_out.problems {
        0 => String::new(),
        1 => " 1 file problem was already reported.".to_owned(),
        several => format!(" {several} file problems were already reported."),
    };
    Some(format!("{runs}{}{problems}", gone(review)))
}

/// Verdicts named one by one.
const NAMED_GONE: usize = 5;

/// The verdicts that are gone since the last audit; empty where none is.
fn gone(review: &Review) -> String {
    let gone = &review.gone;
    if gone.is_empty() {
        return String::new();
    }
    let several =
        gone.iter().map(|one| &one.athlete).chain(review.athletes.iter().map(|of| &of.name));
    let several = several.collect::<BTreeSet<_>>().len() > 1;
    let one = |gone: &GoneVerdict| {
        let athlete =
            if several { format!("{} ", sanitize(&gone.athlete, 60)) } else { String::new() };
        let why = match gone.why {
            GoneReason::Missing => "its run is no longer there",
            GoneReason::NotLabelled => "no longer labelled recovery",
        };
        format!("{athlete}{} ({}, {why})", gone.day, gone.verdict.title())
    };
    let named: Vec<String> = gone.iter().take(NAMED_GONE).map(one).collect();
    let rest = match gone.len().saturating_sub(NAMED_GONE) {
        0 => String::new(),
        rest => format!(", and {rest} more"),
    };
    let are = if gone.len() == 1 { "is" } else { "are" };
    let verdicts = counted(gone.len(), "verdict");
    format!(" {verdicts} of the last audit {are} gone: {}{rest}.", named.join(", "))
}

/// What a run is labelled, by whom, and who says otherwise.
pub fn label(run: &ReviewedRun) -> String {
    const AS_IF: &str = "judged as if it were a recovery run.";
    let Some(label) = &run.label else { return format!("Not labelled; {AS_IF}") };
    let says = |kind: Option<SessionKind>| kind.map_or("no kind of run", SessionKind::name);
    let judged = if run.is_recovery() { ".".to_owned() } else { format!("; {AS_IF}") };
    let conflicts = label.conflicts.iter().map(|conflict| {
        format!(" But {} says {}.", source_words(conflict.source), says(conflict.kind))
    });
    format!(
        "Labelled {} by {} (\"{}\"){judged}{}",
        says(label.kind),
        source_words(label.source),
        sanitize(&label.text, 80),
        conflicts.collect::<String>()
    )
}

fn source_words(source: LabelSource) -> &'static str {
    match source {
        LabelSource::Notes => "the notes file",
        LabelSource::Plan => "the plan",
        LabelSource::StravaTag => "its Strava tag",
        LabelSource::Title => "its title",
        LabelSource::Workout => "the workout",
        LabelSource::Type => "its type",
        LabelSource::Description => "its description",
        LabelSource::FileName => "its file name",
        LabelSource::Folder => "its folder",
    }
}

/// Why there is nothing to be shown.
pub fn nothing(review: &Review) -> String {
    let window = match (review.selection.since, review.selection.until) {
        (Some(since), Some(until)) => format!("from {since} to {until}"),
        (Some(since), None) => format!("from {since} on"),
        (None, Some(until)) => format!("up to {until}"),
        (None, None) => return "No runs found.".to_owned(),
    };
    match review.outside {
        0 => "No runs found.".to_owned(),
        1 => format!("No runs {window}; 1 run is outside these dates."),
        outside => format!("No runs {window}; {outside} runs are outside these dates."),
    }
}

/// All files in one sentence, which adds up; and what a service lists without a recording.
pub fn files(files: &FileCounts) -> String {
    let unrecorded = match files.unrecorded {
        0 => "",
        1 => {
            " 1 activity stands in the list of a service without a recording, so it cannot be judged."
        }
        several => &format!(
            " {several} activities stand in the list of a service without a recording, such as those typed in by \
             hand, so they cannot be judged."
        ),
    };
    format!(
        "{}: {} in {}, {} without a run, {}, {} could not be read.{unrecorded}",
        counted(files.seen, "file"),
        counted(files.runs, "run"),
        counted(files.with_runs, "file"),
        files.not_runs,
        counted(files.duplicates, "duplicate"),
        files.failed
    )
}

/// Why the day of runs may be another; `None` where their time zone is known.
pub fn unknown_zone(runs: usize) -> Option<String> {
    (runs > 0).then(|| {
        format!(
            "{}: time zone unknown; dates are UTC (set `time_zone` in talktest.toml).",
            counted(runs, "run")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_no_plural() {
        let one =
            FileCounts { seen: 1, runs: 1, with_runs: 1, not_runs: 0, ..FileCounts::default() };
        assert_eq!(
            files(&one),
            "1 file: 1 run in 1 file, 0 without a run, 0 duplicates, 0 could not be read."
        );
        let listed = files(&FileCounts { unrecorded: 1, ..one });
        assert!(listed.ends_with(" 1 activity stands in the list of a service without a recording, so it cannot be judged."));
        let listed = files(&FileCounts { unrecorded: 3, ..one });
        assert!(listed.contains(" 3 activities stand in the list of a service"), "{listed}");
    }

    #[test]
    fn progress_is_claimed_only_where_it_is_clear() {
        use crate::metrics::statistics::Shift;
        let change = |difference, low, high| Change {
            runs: [8, 8],
            shift: Shift { difference, interval: (low, high) },
        };
        assert_eq!(
            progress(Some(&change(-23.4, -35.2, -11.6))),
            "Getting better: the last 8 recovery runs spent less time above your ceiling than the 8 before \
             (−23 percentage points, very likely −35 to −12)."
        );
        assert!(progress(Some(&change(9.0, 0.1, 20.0))).starts_with("Getting worse"));
        let unclear = progress(Some(&change(-0.2, -30.0, 0.0)));
        assert!(unclear.starts_with("No clear change"), "{unclear}");
        assert!(unclear.contains("(0 percentage points, very likely −30 to 0)"), "{unclear}");
    }
}
