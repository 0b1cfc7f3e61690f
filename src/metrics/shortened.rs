//! A measured run as if it had ended earlier.

use super::assemble::{self, RecordedDurations};
use super::row::{Distances, RunMetrics};
use super::series::{Channel, Movement, Series, TimerPause};
use super::span::Span;
use super::steadiness::Steadiness;
use crate::units::{Metres, Seconds};

/// The first part of a measured run: its row without channels, and its series.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortened {
    /// The row: durations, distances and evenness of the part; what only the whole has is unchanged.
    pub row: RunMetrics,
    /// The seconds of the part.
    pub series: Series,
}

impl Shortened {
    /// A run up to, not including, second `end` of its timer time.
    pub fn of(row: &RunMetrics, series: &Series, end: usize) -> Self {
        let part = first_seconds(series, end);
        let paused: f64 = part.pauses.iter().map(|pause| f64::from(pause.seconds)).sum();
        let recorded = RecordedDurations {
            elapsed: part.len() as f64 + paused,
            timer: part.len() as f64,
            interval: row.durations.recording_interval.map(Seconds::get),
            heart_rate_interval: row.durations.heart_rate_interval.map(Seconds::get),
        };
        let share = share_of_distance(series, &part);
        let shorter = |metres: Option<Metres>| metres.and_then(|m| Metres::new(share * m.get()));
        let row = RunMetrics {
            durations: assemble::durations(&recorded, &part),
            distances: Distances {
                distance: shorter(row.distances.distance),
                graded_distance: shorter(row.distances.graded_distance),
                ..row.distances
            },
            steadiness: Steadiness::of(&part),
            ..row.clone()
        };
        Self { row, series: part }
    }
}

fn first_seconds(series: &Series, end: usize) -> Series {
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

fn share_of_distance(whole: &Series, part: &Series) -> f64 {
    let metres =
        |series: &Series| -> f64 { (0..series.len()).filter_map(|k| series.speed_m_s(k)).sum() };
    let all = metres(whole);
    if all > 0.0 { metres(part) / all } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::run;
    use crate::metrics::{RecordedMetadata, Resampled, measure_series};

    #[test]
    fn half_a_run_is_half_as_long() {
        let series = run(1_800, |k| (Some(120 + (k / 60) as u16), 2_500, 166));
        let resampled = Resampled {
            series,
            distance_m: Some(4_500.0),
            ascent_m: Some(0.0),
            speed_recorded: true,
        };
        let whole = measure_series(RecordedMetadata::default(), resampled);
        let series = whole.channels.unpack().unwrap();
        let half = Shortened::of(&whole, &series, 900);
        assert_eq!(half.row.durations.moving, Seconds::of(900.0));
        assert_eq!(half.row.durations.timer, Seconds::of(900.0));
        assert_eq!(half.row.distances.distance.map(Metres::get), Some(2_250.0));
        assert_eq!(half.series.len(), 900);
        assert_eq!(half.series.heart_rate.get(899), Some(134));
        let all = Shortened::of(&whole, &series, 5_000);
        assert_eq!((all.row.durations, all.series), (whole.durations, series));
    }
}
