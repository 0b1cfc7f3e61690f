//! Sentences about a whole review: the limits it was judged by, and what would make it better.

use chrono::NaiveDate;

use super::plural::counted;
use super::sanitize::sanitize;
use crate::activity::LabelSource;
use crate::athlete::{AnchorEvidence, AnchorSource, HeartRateThresholds, MEAN_MAXIMUM, Model};
use crate::audit::wording::plain;
use crate::review::{AthleteReview, FileCounts, Review, ReviewedRun, VerdictCounts};
use crate::session::SessionKind;
use crate::units::BeatsPerMinute;

/// The heart-rate limits of an athlete, and where they come from; `shown` are the runs listed.
pub fn judged_by(athlete: &AthleteReview, shown: &[&ReviewedRun]) -> String {
    let Some(lines) = &athlete.lines else { return UNKNOWN_LIMITS.to_owned() };
    let sentence = by_lines(&athlete.anchors, lines);
    if have_different_lines(shown) {
        format!("Every run is judged by the limits of its day. The newest: {sentence}")
    } else {
        sentence
    }
}

/// Said where no heart-rate limit is known.
pub const UNKNOWN_LIMITS: &str =
    "How hard a run was cannot be told: your heart-rate limits are unknown.";

/// Whether judged runs have different limits.
fn have_different_lines(shown: &[&ReviewedRun]) -> bool {
    let judged = shown.iter().filter(|run| run.audit.is_some()).filter_map(|run| run.lines);
    let anchors = judged.map(|lines| (lines.model, lines.source, plain(lines.ceiling.get(), 1)));
    let anchors: Vec<_> = anchors.collect();
    anchors.windows(2).any(|pair| pair[0] != pair[1])
}

/// The heart-rate limits of a run, and where they come from.
pub fn by_lines(anchors: &AnchorEvidence, lines: &HeartRateThresholds) -> String {
    let whole = |bpm: BeatsPerMinute| plain(bpm.get(), 0);
    let disagree = lines.disagreeing_ceiling.map_or(String::new(), |other| {
        format!(" Another of your heart rates would give a ceiling of {} bpm.", whole(other))
    });
    let before = if anchors.before_first_setting {
        " The run is older than the first heart rate in the settings, which is used for it too."
    } else {
        ""
    };
    format!(
        "Your recovery ceiling is {} ± {} bpm, moderate begins at {}, hard at {}; from {} ({}).{disagree}{before}",
        whole(lines.ceiling),
        plain(lines.uncertainty.round(), 0),
        whole(lines.moderate),
        whole(lines.hard),
        lines.model.title(),
        anchor_words(anchors, lines),
    )
}

/// The heart rates that the limits are drawn from, their source and since when they hold.
fn anchor_words(anchors: &AnchorEvidence, lines: &HeartRateThresholds) -> String {
    let with_source = |value: String| format!("{value}, {}", source_of(lines));
    let threshold = anchors.threshold().map_or(0.0, |threshold| threshold.bpm.get());
    let max = anchors.max.map_or(0.0, |max| max.bpm.get());
    match (lines.model, anchors.resting) {
        (Model::Ceiling, _) => with_source(plain(lines.ceiling.get(), 0)),
        (Model::TalkTest, _) => with_source(plain(lines.easy.get(), 0)),
        (Model::Threshold, _) => with_source(plain(threshold, 0)),
        (Model::Hrr, Some(resting)) => format!(
            "{}; resting {}, {}",
            with_source(format!("maximum {}{}", plain(max, 0), passed(anchors))),
            plain(resting.bpm.get(), 0),
            from_where(resting.source, resting.day)
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
            format!("a guess: the highest in your runs, {} ± 20", plain(seen, 0))
        }
        _ => format!("a guess: {} ± 20, as for most runners", plain(MEAN_MAXIMUM, 0)),
    }
}

/// The maximum in the watch, where it was passed.
fn passed(anchors: &AnchorEvidence) -> String {
    anchors.replaced_watch_max.map_or_else(String::new, |watch| {
        format!(", above the {} in your watch", plain(watch.get(), 0))
    })
}

fn source_of(lines: &HeartRateThresholds) -> String {
    match (lines.source, lines.guessed) {
        (AnchorSource::Settings, true) => "a guess in your settings".to_owned(),
        (source, _) => from_where(source, lines.day),
    }
}

fn from_where(source: AnchorSource, day: Option<NaiveDate>) -> String {
    match (source, day) {
        (AnchorSource::Settings, None) => "from your settings".to_owned(),
        (AnchorSource::Settings, Some(day)) => format!("from your settings since {day}"),
        (AnchorSource::Watch, None) => "from your watch".to_owned(),
        (AnchorSource::Watch, Some(day)) => format!("from your watch on {day}"),
        (AnchorSource::History, None) => "from your earlier runs".to_owned(),
        (AnchorSource::History, Some(day)) => format!("from your run of {day}"),
        (AnchorSource::Age, _) => "guessed from your age".to_owned(),
        (AnchorSource::NothingKnown, _) => "a guess".to_owned(),
    }
}

/// The one thing that would make the judgement better; `None` where it rests on measured limits.
pub fn advice(athlete: &AthleteReview) -> Option<&'static str> {
    match &athlete.lines {
        None => Some(
            "Do a talk test: run easily and note the highest heart rate at which you can still speak whole sentences. \
             Put it into talktest.toml as `talk_test` (`talktest init` writes the file).",
        ),
        Some(lines) if lines.guessed => Some(
            "These limits are guessed. A talk test would make them reliable: the highest heart rate at which you can still \
             speak whole sentences, `talk_test` in talktest.toml. So would the mean heart rate of the last 20 minutes of \
             a hard 30-minute run (`threshold`).",
        ),
        Some(lines) if matches!(lines.source, AnchorSource::Watch | AnchorSource::History) => Some(
            "These limits are estimated. A talk test would make them reliable: the highest heart rate at which you can \
             still speak whole sentences, `talk_test` in talktest.toml.",
        ),
        Some(_) => None,
    }
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

/// What is new since the last audit; `None` where everything is listed.
pub fn since_last_job(review: &Review) -> Option<String> {
    let left_out = review.left_out?;
    let runs = match review.runs.len() {
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
    Some(format!("{runs}{problems}"))
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

/// All files in one sentence, which adds up.
pub fn files(files: &FileCounts) -> String {
    format!(
        "{}: {} in {}, {} without a run, {}, {} could not be read.",
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
    }
}
