//! How far the heart rate of a run can be trusted: a grade that informs and decides nothing.

use serde::{Deserialize, Serialize};

use super::wording::plain;
use crate::athlete::Sensor;
use crate::metrics::series::Removal;
use crate::metrics::{RunMetrics, UnpackedRun};

/// Grades, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Grade {
    /// At least 95 % covered, at most 1 % taken out, by a paired sensor.
    A,
    /// At least 90 % and at most 3 %.
    B,
    /// At least 70 % and at most 10 %.
    C,
    /// Less, or more.
    D,
}

impl Grade {
    /// The grade as a letter.
    pub fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }

    fn of_coverage(pct: f64) -> Self {
        match pct {
            pct if pct >= 95.0 => Self::A,
            pct if pct >= 90.0 => Self::B,
            pct if pct >= 70.0 => Self::C,
            _ => Self::D,
        }
    }

    fn of_removed(pct: f64) -> Self {
        match pct {
            pct if pct <= 1.0 => Self::A,
            pct if pct <= 3.0 => Self::B,
            pct if pct <= 10.0 => Self::C,
            _ => Self::D,
        }
    }
}

/// Coverage, removals and the grade they give.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeartRateQuality {
    /// The grade.
    pub grade: Grade,
    /// The reason for which most seconds were taken out, with those seconds.
    main_removal: Option<(Removal, u32)>,
}

impl HeartRateQuality {
    /// Grades the heart rate of a run.
    pub fn of(run: &RunMetrics, channels: &UnpackedRun, sensor: Sensor) -> Self {
        let recorded = run.heart_rate.recorded_moving_s.max(1);
        let removed_pct = 100.0 * f64::from(run.heart_rate.removed_moving_s) / f64::from(recorded);
        let best = match () {
            () if channels.is_written_in_steps() => Grade::C,
            () if sensor.may_be_wrist() => Grade::B,
            () => Grade::A,
        };
        let grades = [
            Grade::of_coverage(channels.judged.coverage_pct()),
            Grade::of_removed(removed_pct),
            best,
        ];
        Self {
            grade: grades.into_iter().max().unwrap_or(Grade::D),
            main_removal: run
                .heart_rate
                .removed
                .iter()
                .copied()
                .max_by_key(|total| total.seconds)
                .map(|total| (total.reason, total.seconds)),
        }
    }

    /// What took most of the heart rate out, as a sentence with a leading blank; empty where nothing did.
    pub fn blame(&self) -> String {
        let Some((reason, seconds)) = self.main_removal else { return String::new() };
        let minutes = plain(f64::from(seconds) / 60.0, 1);
        format!(" {minutes} min were taken out: {}.", describe(reason))
    }
}

/// A removal in words.
pub fn describe(reason: Removal) -> &'static str {
    match reason {
        Removal::OutOfRange => "values that no heart produces",
        Removal::Spike => "single spikes",
        Removal::CadenceLock => "the sensor followed your steps instead of your pulse",
        Removal::FlatLine => "the sensor repeated one value while the effort changed",
        Removal::Onset => "the sensor had not settled at the start",
        Removal::ImplausiblyLow => "values too low for running",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_borders_of_the_grades() {
        assert_eq!(
            [95.0, 94.9, 90.0, 70.0, 69.9].map(Grade::of_coverage),
            [Grade::A, Grade::B, Grade::B, Grade::C, Grade::D]
        );
        assert_eq!(
            [1.0, 1.1, 3.0, 10.0, 10.1].map(Grade::of_removed),
            [Grade::A, Grade::B, Grade::B, Grade::C, Grade::D]
        );
    }
}
