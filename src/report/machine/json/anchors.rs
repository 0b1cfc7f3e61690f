//! What an athlete is judged by: anchors, and the lines made of them.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::number::round;
use crate::athlete::{AnchorEvidence, AnchorSource, HeartRateThresholds, Sourced};
use crate::review::AnchorPeriod;
use crate::units::BeatsPerMinute;

/// The anchors of an athlete, each with its source.
pub(super) fn anchors_json(anchors: &AnchorEvidence) -> Value {
    let stated = |bpm: Option<BeatsPerMinute>| {
        let (source, day) = (AnchorSource::Settings, anchors.stated_from);
        bpm.map(|bpm| anchor_json(Sourced { bpm, source, day }))
    };
    json!({
        "ceiling": stated(anchors.ceiling),
        "talk_test": stated(anchors.talk_test),
        "threshold": anchors.threshold().map(anchor_json),
        "max": anchors.max.map(|max| json!({
            "bpm": round(max.bpm.get(), 1), "source": max.source, "day": day_json(max.day),
            "uncertainty": round(max.uncertainty, 1), "guessed": max.guessed,
        })),
        "resting": anchors.resting.map(anchor_json),
    })
}

fn anchor_json(Sourced { bpm, source, day }: Sourced) -> Value {
    json!({"bpm": round(bpm.get(), 1), "source": source, "day": day_json(day)})
}

fn day_json(day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// By what runs were judged from one day to another.
pub(super) fn period_json(period: &AnchorPeriod) -> Value {
    let (lowest, highest) = period.ceilings_bpm;
    json!({
        "from": period.first.to_string(),
        "to": period.last.to_string(),
        "runs": period.runs,
        "lowest_ceiling_bpm": round(lowest, 1),
        "highest_ceiling_bpm": round(highest, 1),
        "anchors": anchors_json(&period.evidence),
        "lines_bpm": lines_json(&period.lines),
    })
}

/// The lines of a run or of an athlete's newest run.
pub(super) fn lines_json(lines: &HeartRateThresholds) -> Value {
    let bpm = |line: BeatsPerMinute| round(line.get(), 1);
    json!({
        "target": bpm(lines.target),
        "ceiling": bpm(lines.ceiling),
        "easy": bpm(lines.easy),
        "moderate": bpm(lines.moderate),
        "hard": bpm(lines.hard),
        "uncertainty": round(lines.uncertainty, 2),
        "model": lines.model,
        "source": lines.source,
        "day": day_json(lines.day),
        "guessed": lines.guessed,
        "disagreeing_ceiling": lines.disagreeing_ceiling.map(bpm),
    })
}
