//! Sentences about a whole review: what it was judged by, and what would make it better.

use crate::athlete::{AnchorEvidence, AnchorSource, JudgingLines, Model};
use crate::audit::wording::plain;
use crate::review::{AthleteReview, VerdictCounts};

/// By which anchors an athlete was judged, and where they come from.
pub fn judged_by(athlete: &AthleteReview) -> String {
    match &athlete.lines {
        Some(lines) => by_lines(&athlete.anchors, lines),
        None => "No heart-rate anchor is known, so effort cannot be judged.".to_owned(),
    }
}

/// By which anchors a run was judged.
pub fn by_lines(anchors: &AnchorEvidence, lines: &JudgingLines) -> String {
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

fn anchor_words(anchors: &AnchorEvidence, lines: &JudgingLines) -> String {
    let source = match lines.source {
        AnchorSource::Settings => "settings",
        AnchorSource::Watch => "from the watch",
        AnchorSource::Age => "a guess from age",
    };
    let max = anchors.max.map_or(0.0, |max| max.bpm.get());
    let resting = anchors.resting.map_or(0.0, |resting| resting.bpm.get());
    let threshold = anchors
        .stated_threshold
        .or(anchors.watch_threshold)
        .map_or(0.0, super::super::units::BeatsPerMinute::get);
    let value = match lines.model {
        Model::Ceiling => plain(lines.ceiling.get(), 0),
        Model::TalkTest => plain(lines.moderate.get(), 0),
        Model::Threshold => plain(threshold, 0),
        Model::Hrr => format!("maximum {}, resting {}", plain(max, 0), plain(resting, 0)),
        Model::Hrmax => plain(max, 0),
    };
    format!("{value}, {source}")
}

/// The one thing that would make the judgement better; `None` where it stands on a measured anchor.
pub fn advice(athlete: &AthleteReview) -> Option<&'static str> {
    match &athlete.lines {
        None => Some(
            "To get a judgement, run easily and note the highest heart rate at which you can still speak whole \
             sentences. Put it into talktest.toml as `talk_test` (`talktest init` writes the file).",
        ),
        Some(lines) if lines.guessed => Some(
            "Your maximum heart rate is only guessed from your age, so the ceiling may be off by 9 bpm. A talk test \
             (the highest heart rate at which you can still speak whole sentences, `talk_test` in talktest.toml) or \
             the mean heart rate of the last 20 minutes of a hard 30-minute run (`threshold`) would settle it.",
        ),
        Some(lines) if lines.source == AnchorSource::Watch => Some(
            "The anchor is the watch's own. A talk test (the highest heart rate at which you can still speak whole \
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

/// How to label runs, for those who have labelled none.
pub const HOW_TO_LABEL: &str = "No run here is labelled recovery. A label is a word such as \"recovery\" in the title or \
    type of a GPX file, in the name of the workout on the watch, in the name of the file, or in a notes file named in \
    talktest.toml.";
