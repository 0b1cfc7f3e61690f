//! Sentences about heart-rate limits: what they are, where they come from, what would make them better.

use chrono::NaiveDate;

use crate::athlete::{AnchorEvidence, AnchorSource, HeartRateThresholds, MEAN_MAXIMUM, Model};
use crate::audit::wording::plain;
use crate::history::PassedMaximum;
use crate::review::{AnchorPeriod, AthleteReview};
use crate::units::BeatsPerMinute;
use crate::units::counted;

/// Periods listed below a table before the older ones are left out.
const MOST_PERIODS: usize = 6;

/// The heart-rate limits of an athlete, where they come from and since when; one line for each
/// stretch of time with its own.
pub fn judged_by(athlete: &AthleteReview) -> Vec<String> {
    let mut lines = match (athlete.judged_by.as_slice(), &athlete.lines) {
        ([single], _) if is_constant(single) => vec![by_lines(&single.evidence, &single.lines)],
        ([], Some(lines)) => vec![by_lines(&athlete.anchors, lines)],
        ([], None) => vec![UNKNOWN_LIMITS.to_owned()],
        (periods, _) => by_periods(periods),
    };
    lines.extend(athlete.passed_maximum.as_ref().map(passed_maximum));
    lines
}

fn is_constant(period: &AnchorPeriod) -> bool {
    let (lowest, highest) = period.ceilings_bpm;
    plain(lowest, 0) == plain(highest, 0)
}

fn by_periods(periods: &[AnchorPeriod]) -> Vec<String> {
    let earlier = periods.len().saturating_sub(MOST_PERIODS);
    let older = (earlier > 0).then(|| format!("{} before.", counted(earlier, "earlier period")));
    std::iter::once("Every run is judged by the limits of its day:".to_owned())
        .chain(periods[earlier..].iter().map(period))
        .chain(older)
        .collect()
}

/// By which limits the runs of a stretch of time were judged.
pub fn period(period: &AnchorPeriod) -> String {
    let (lowest, highest) = period.ceilings_bpm;
    let ceilings = if is_constant(period) {
        format!("ceiling {}", plain(lowest, 0))
    } else {
        format!("ceiling {} to {}", plain(lowest, 0), plain(highest, 0))
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
        plain(period.lines.uncertainty.round(), 0),
    )
}

/// Said of a maximum in the settings that runs went beyond.
pub fn passed_maximum(passed: &PassedMaximum) -> String {
    format!(
        "Your maximum of {} was passed on {}; the highest was {}.",
        plain(passed.stated.get(), 0),
        counted(passed.days, "day"),
        plain(passed.highest.get(), 0),
    )
}

/// Said where no heart-rate limit is known.
pub const UNKNOWN_LIMITS: &str =
    "How hard a run was cannot be told: your heart-rate limits are unknown.";

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
        (Model::Hrr, Some(resting)) => {
            let max = format!("maximum {}{}", plain(max, 0), passed(anchors));
            let rest = format!("resting {}", plain(resting.bpm.get(), 0));
            let source = from_where(resting.source, resting.day);
            if source == source_of(lines) {
                format!("{max}, {rest}, {source}")
            } else {
                format!("{}; {rest}, {source}", with_source(max))
            }
        }
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

/// What a talk test finds, and where it goes.
const TALK_TEST: &str = "the highest heart rate at which you can still speak whole sentences, `talk_test` in \
     talktest.toml; docs/talk-test.md shows how in ten minutes";

/// The one thing that would make the judgement better; `None` where it rests on measured limits and
/// no run failed by a percentage of them.
pub fn advice(athlete: &AthleteReview) -> Option<String> {
    let Some(lines) = &athlete.lines else {
        return Some(format!("Do a talk test: it finds {TALK_TEST}."));
    };
    let failed = athlete.failed_by_percentage;
    let kind = match lines.source {
        _ if lines.guessed => "guessed",
        AnchorSource::Watch | AnchorSource::History => "estimated",
        _ if failed => "percentages",
        _ => return None,
    };
    let settles = if failed {
        "and people differ from them by 5 to 8 bpm. A talk test settles it"
    } else {
        "A talk test would make them reliable"
    };
    let joint = if failed { ", " } else { ". " };
    let hard_run = if lines.guessed {
        " So would the mean heart rate of the last 20 minutes of a hard 30-minute run (`threshold`)."
    } else {
        ""
    };
    Some(format!("These limits are {kind}{joint}{settles}: {TALK_TEST}.{hard_run}"))
}
