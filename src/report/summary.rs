//! Sentences about a whole review: what it was judged by, and what would make it better.

use super::plural::counted;
use chrono::NaiveDate;

use super::sanitize::sanitize;
use crate::activity::LabelSource;
use crate::athlete::{AnchorEvidence, AnchorSource, HeartRateThresholds, MEAN_MAXIMUM, Model};
use crate::audit::wording::plain;
use crate::history::PassedMaximum;
use crate::review::{AnchorPeriod, AthleteReview, FileCounts, Review, ReviewedRun, VerdictCounts};
use crate::session::SessionKind;
use crate::units::BeatsPerMinute;

/// Periods told below a table before the older ones are left out.
const MOST_PERIODS: usize = 6;

/// By which anchors an athlete was judged, where they come from and since when; one line for each
/// stretch of time with its own.
pub fn judged_by(athlete: &AthleteReview) -> Vec<String> {
    let mut told = match (athlete.judged_by.as_slice(), &athlete.lines) {
        ([single], _) if is_constant(single) => vec![by_lines(&single.evidence, &single.lines)],
        ([], Some(lines)) => vec![by_lines(&athlete.anchors, lines)],
        ([], None) => vec!["No heart rate was recorded, so effort cannot be judged.".to_owned()],
        (periods, _) => by_periods(periods),
    };
    told.extend(athlete.passed_maximum.as_ref().map(passed_maximum));
    told
}

fn is_constant(period: &AnchorPeriod) -> bool {
    let (lowest, highest) = period.ceilings_bpm;
    plain(lowest, 1) == plain(highest, 1)
}

fn by_periods(periods: &[AnchorPeriod]) -> Vec<String> {
    let earlier = periods.len().saturating_sub(MOST_PERIODS);
    let newest = periods[earlier..].iter().map(period);
    let older = match earlier {
        0 => None,
        several => Some(format!("{} before them.", counted(several, "other stretch of time"))),
    };
    std::iter::once("Each run was judged by what was known on its day:".to_owned())
        .chain(newest)
        .chain(older)
        .collect()
}

/// By what the runs of a stretch of time were judged.
pub fn period(period: &AnchorPeriod) -> String {
    let (lowest, highest) = period.ceilings_bpm;
    let ceilings = if is_constant(period) {
        format!("ceiling {}", plain(lowest, 1))
    } else {
        format!("ceiling {} to {}", plain(lowest, 1), plain(highest, 1))
    };
    let days = if period.first == period.last {
        period.first.to_string()
    } else {
        format!("{} to {}", period.first, period.last)
    };
    format!(
        "{days}, {}: {} ({}), {ceilings} ± {} bpm.",
        counted(period.runs, "run"),
        period.lines.model.title(),
        anchor_words(&period.evidence, &period.lines),
        plain(period.lines.uncertainty, 1),
    )
}

/// What is said of a stated maximum that runs went beyond.
pub fn passed_maximum(passed: &PassedMaximum) -> String {
    format!(
        "Your maximum of {} was passed on {}; the highest was {}.",
        plain(passed.stated.get(), 0),
        counted(passed.days, "day"),
        plain(passed.highest.get(), 0),
    )
}

/// By which anchors a run was judged.
pub fn by_lines(anchors: &AnchorEvidence, lines: &HeartRateThresholds) -> String {
    let ceiling = plain(lines.ceiling.get(), 1);
    let off = plain(lines.uncertainty, 1);
    let disagree = lines.disagreeing_ceiling.map_or(String::new(), |other| {
        format!(" Your anchors disagree: another gives a ceiling of {} bpm.", plain(other.get(), 0))
    });
    let before = if anchors.before_first_setting {
        " The run is older than the first heart rate in the settings, which is used all the same."
    } else {
        ""
    };
    format!(
        "Judged by {} ({}): ceiling {ceiling} ± {off} bpm, moderate line {}, hard line {}.{disagree}{before}",
        lines.model.title(),
        anchor_words(anchors, lines),
        plain(lines.moderate.get(), 1),
        plain(lines.hard.get(), 1),
    )
}

/// The anchor's value, who says so and since when.
fn anchor_words(anchors: &AnchorEvidence, lines: &HeartRateThresholds) -> String {
    let with_source = |value: String| format!("{value}, {}", source_of(lines));
    let threshold = anchors.threshold().map_or(0.0, |threshold| threshold.bpm.get());
    let max = anchors.max.map_or(0.0, |max| max.bpm.get());
    match (lines.model, anchors.resting) {
        (Model::Ceiling, _) => with_source(plain(lines.ceiling.get(), 0)),
        (Model::TalkTest, _) => with_source(plain(lines.easy.get(), 0)),
        (Model::Threshold, _) => with_source(plain(threshold, 0)),
        (Model::Hrr, Some(resting)) => format!(
            "{}; at rest {}, {}",
            with_source(format!("maximum {}{}", plain(max, 0), passed(anchors))),
            plain(resting.bpm.get(), 0),
            said_by(resting.source, resting.day)
        ),
        (Model::Hrr | Model::Hrmax, _) if lines.nothing_known() => nothing_known(anchors),
        (Model::Hrr | Model::Hrmax, _) => {
            with_source(format!("{}{}", plain(max, 0), passed(anchors)))
        }
    }
}

fn nothing_known(anchors: &AnchorEvidence) -> String {
    match anchors.supported_max.map(BeatsPerMinute::get) {
        Some(seen) if seen > MEAN_MAXIMUM => {
            format!("a guess: the {} seen in your runs, give or take 20", plain(seen, 0))
        }
        _ => format!("a guess: {}, that of most runners give or take 20", plain(MEAN_MAXIMUM, 0)),
    }
}

/// What the watch took for the maximum, where it was passed.
fn passed(anchors: &AnchorEvidence) -> String {
    anchors.replaced_watch_max.map_or_else(String::new, |watch| {
        format!(", because you passed the watch's {}", plain(watch.get(), 0))
    })
}

fn source_of(lines: &HeartRateThresholds) -> String {
    match (lines.source, lines.guessed) {
        (AnchorSource::Settings, true) => "a guess in the settings".to_owned(),
        (source, _) => said_by(source, lines.day),
    }
}

fn said_by(source: AnchorSource, day: Option<NaiveDate>) -> String {
    match (source, day) {
        (AnchorSource::Settings, None) => "settings".to_owned(),
        (AnchorSource::Settings, Some(day)) => format!("settings from {day} on"),
        (AnchorSource::Watch, None) => "from the watch".to_owned(),
        (AnchorSource::Watch, Some(day)) => format!("from the watch on {day}"),
        (AnchorSource::History, None) => "from your earlier runs".to_owned(),
        (AnchorSource::History, Some(day)) => format!("from your run of {day}"),
        (AnchorSource::Age, _) => "a guess from age".to_owned(),
        (AnchorSource::NothingKnown, _) => "a guess".to_owned(),
    }
}

/// The one thing that would make the judgement better; `None` where it stands on a measured anchor.
pub fn advice(athlete: &AthleteReview) -> Option<&'static str> {
    match &athlete.lines {
        None => Some(
            "To get a judgement, run easily and note the highest heart rate at which you can still speak whole \
             sentences. Put it into talktest.toml as `talk_test` (`talktest init` writes the file).",
        ),
        Some(lines) if lines.nothing_known() => Some(
            "Nothing is known of your own heart, so your limits are those of most runners. A talk test (the highest \
             heart rate at which you can still speak whole sentences, `talk_test` in talktest.toml) would settle it; \
             your year of birth (`birth_year`) would narrow it down.",
        ),
        Some(lines) if lines.guessed => Some(
            "Your maximum heart rate is only a guess, so the ceiling may be off by 9 bpm. A talk test \
             (the highest heart rate at which you can still speak whole sentences, `talk_test` in talktest.toml) or \
             the mean heart rate of the last 20 minutes of a hard 30-minute run (`threshold`) would settle it.",
        ),
        Some(lines) if matches!(lines.source, AnchorSource::Watch | AnchorSource::History) => Some(
            "The anchor is no measurement of your own. A talk test (the highest heart rate at which you can still speak whole \
             sentences, `talk_test` in talktest.toml) would make the judgement surer.",
        ),
        Some(_) => None,
    }
}

/// Verdicts in one line.
pub fn counts(recovery: &VerdictCounts) -> String {
    let runs = if recovery.runs == 1 { "run" } else { "runs" };
    format!(
        "{} {runs} labelled recovery: {} kept, {} slipped, {} not recovery, {} cannot be judged.",
        recovery.runs,
        recovery.kept,
        recovery.slipped,
        recovery.not_recovery,
        recovery.cannot_judge
    )
}

/// What is new since the last job; `None` where everything is told.
pub fn since_last_job(review: &Review) -> Option<String> {
    let left_out = review.left_out?;
    let runs = match review.runs.len() {
        0 => "No run is".to_owned(),
        1 => "1 run is".to_owned(),
        several => format!("{several} runs are"),
    };
    let problems = match left_out.problems {
        0 => String::new(),
        1 => " 1 problem of a file was told before.".to_owned(),
        several => format!(" {several} problems of files were told before."),
    };
    Some(format!("{runs} new or judged otherwise since the last job.{problems}"))
}

/// What a run is labelled, by whom, and who says otherwise.
pub fn label(run: &ReviewedRun) -> String {
    const AS_IF: &str = "judged as if it were a recovery run.";
    let Some(label) = &run.label else { return format!("Not labelled; {AS_IF}") };
    let says = |kind: Option<SessionKind>| kind.map_or("none", SessionKind::name);
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
        (None, None) => return "No run was found.".to_owned(),
    };
    let lie = match review.outside {
        0 => return "No run was found.".to_owned(),
        1 => "1 lies".to_owned(),
        outside => format!("{outside} lie"),
    };
    format!("No run {window}; {lie} outside.")
}

/// All files in one sentence, which adds up.
pub fn files(files: &FileCounts) -> String {
    format!(
        "{}: {} in {}, {}, {}, {} not usable.",
        counted(files.seen, "file"),
        counted(files.runs, "run"),
        counted(files.with_runs, "file"),
        if files.not_runs == 1 {
            "1 not a run".to_owned()
        } else {
            format!("{} not runs", files.not_runs)
        },
        counted(files.duplicates, "duplicate"),
        files.failed
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_no_plural() {
        let one =
            FileCounts { seen: 1, runs: 1, with_runs: 1, not_runs: 0, ..FileCounts::default() };
        assert_eq!(files(&one), "1 file: 1 run in 1 file, 0 not runs, 0 duplicates, 0 not usable.");
    }
}
