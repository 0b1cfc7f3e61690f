//! What an athlete is judged by: anchors, and the lines made of them.

use serde_json::{Value, json};

use super::number::round;
use crate::athlete::{AnchorEvidence, AnchorSource, HeartRateThresholds, Sourced};
use crate::units::BeatsPerMinute;

/// The anchors of an athlete, each with its source.
pub(super) fn anchors_json(anchors: &AnchorEvidence) -> Value {
    let stated =
        |bpm: Option<BeatsPerMinute>| bpm.map(|bpm| anchor_json(bpm, AnchorSource::Settings));
    let watch = anchors.watch_threshold.map(|bpm| anchor_json(bpm, AnchorSource::Watch));
    json!({
        "ceiling": stated(anchors.ceiling),
        "talk_test": stated(anchors.talk_test),
        "threshold": stated(anchors.stated_threshold).or(watch),
        "max": anchors.max.map(|max| json!({
            "bpm": round(max.bpm.get(), 1), "source": max.source,
            "uncertainty": round(max.uncertainty, 1), "guessed": max.guessed,
        })),
        "resting": anchors.resting.map(|Sourced { bpm, source }| anchor_json(bpm, source)),
    })
}

fn anchor_json(bpm: BeatsPerMinute, source: AnchorSource) -> Value {
    json!({"bpm": round(bpm.get(), 1), "source": source})
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
        "guessed": lines.guessed,
        "disagreeing_ceiling": lines.disagreeing_ceiling.map(bpm),
    })
}
