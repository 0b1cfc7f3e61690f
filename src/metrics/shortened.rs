//! A measured run as if it had ended earlier.

use super::assemble::{self, RecordedDurations};
use super::packed::PackedSeries;
use super::row::{Distances, RunMetrics};
use super::series::{Channel, Movement, Series, TimerPause};
use super::span::Span;
use super::steadiness::Steadiness;
use super::unmeasured::Unmeasured;
use crate::units::{Metres, Seconds};

/// The row of a run had it ended as its part does, of which the way and the evenness are known:
/// what only the whole has is unchanged, and there are no channels.
pub(super) fn shortened(
    row: &RunMetrics,
    part: &Series,
    share_of_distance: f64,
    steadiness: Result<Steadiness, Unmeasured>,
) -> RunMetrics {
    let paused: f64 = part.pauses.iter().map(|pause| f64::from(pause.seconds)).sum();
    let recorded = RecordedDurations {
        elapsed: part.len() as f64 + paused,
        timer: part.len() as f64,
        interval: row.durations.recording_interval.map(Seconds::get),
        heart_rate_interval: row.durations.heart_rate_interval.map(Seconds::get),
    };
    let shorter = |metres: Option<Metres>| {
        metres.and_then(|metres| Metres::new(share_of_distance * metres.get()))
    };
    RunMetrics {
        durations: assemble::durations(&recorded, part),
        distances: Distances {
            distance: shorter(row.distances.distance),
            graded_distance: shorter(row.distances.graded_distance),
            ..row.distances
        },
        steadiness,
        channels: PackedSeries::default(),
        ..row.clone()
    }
}

/// A series up to, not including, second `end` of its timer time.
pub(super) fn first_seconds(series: &Series, end: usize) -> Series {
    let end = end.min(series.len());
    let channel = |whole: &Channel| whole.until(end);
    let spans = |span: &Span| {
        let range = span.range_within(end);
        (!range.is_empty()).then(|| Span::of(&range))
    };
    let movement: Vec<Movement> = series.movement[..end].to_vec();
    let is_before = |pause: &&TimerPause| (pause.before as usize) < end;
    Series {
        heart_rate: channel(&series.heart_rate),
        speed: channel(&series.speed),
        grade: channel(&series.grade),
        grade_source: series.grade_source,
        altitude: channel(&series.altitude),
        cadence: channel(&series.cadence),
        movement,
        pauses: series.pauses.iter().filter(is_before).copied().collect(),
        removed: series
            .removed
            .iter()
            .filter_map(|(why, span)| Some((*why, spans(span)?)))
            .collect(),
        suspected: series
            .suspected
            .iter()
            .filter_map(|(why, span)| Some((*why, spans(span)?)))
            .collect(),
    }
}

/// The share of its distance that a run had covered at the end of its part.
pub(super) fn share_of_distance(whole: &Series, part: &Series) -> f64 {
    let metres =
        |series: &Series| -> f64 { (0..series.len()).filter_map(|k| series.speed_m_s(k)).sum() };
    let all = metres(whole);
    if all > 0.0 { metres(part) / all } else { 1.0 }
}
