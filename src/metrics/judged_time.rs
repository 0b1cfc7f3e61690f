//! The seconds that heart-rate rules look at.

use super::series::Series;

/// Moving time in which the heart rate is still rising and nothing is judged, in seconds: three
/// time constants of about 57 s.
pub const WARM_UP_S: u32 = 180;

/// Moving seconds after the heart has settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedTime {
    /// For every second of the series whether it is judged.
    pub mask: Vec<bool>,
    /// How many are.
    pub seconds: u32,
    /// How many of those have a heart rate.
    pub with_heart_rate: u32,
}

impl JudgedTime {
    /// The judged seconds of a run whose first `warm_up_s` seconds of moving time are not judged.
    pub fn of(series: &Series, warm_up_s: u32) -> Self {
        let (mut moved, mut seconds, mut with_heart_rate) = (0, 0, 0);
        let seen = series.heart_rate.iter().map(|beats| beats.is_some());
        let mask = series.movement.iter().zip(seen).map(|(movement, is_seen)| {
            moved += u32::from(movement.is_moving());
            let is_judged = movement.is_moving() && moved > warm_up_s;
            seconds += u32::from(is_judged);
            with_heart_rate += u32::from(is_judged && is_seen);
            is_judged
        });
        let mask = mask.collect();
        Self { mask, seconds, with_heart_rate }
    }

    /// Judged seconds without a heart rate.
    pub fn missing(&self) -> u32 {
        self.seconds - self.with_heart_rate
    }

    /// Share of the judged seconds that have a heart rate, in percent; 0 where none is judged.
    pub fn coverage_pct(&self) -> f64 {
        if self.seconds == 0 {
            0.0
        } else {
            100.0 * f64::from(self.with_heart_rate) / f64::from(self.seconds)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::run;

    #[test]
    fn the_first_three_minutes_are_not_judged_and_missing_seconds_are_counted() {
        let series = run(600, |k| ((k < 500).then_some(130), 2_500, 166));
        let judged = JudgedTime::of(&series, WARM_UP_S);
        assert_eq!(judged.seconds, 420);
        assert_eq!((judged.missing(), judged.with_heart_rate), (100, 320));
    }
}
