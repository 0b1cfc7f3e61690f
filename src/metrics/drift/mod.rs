//! Heart-rate drift: how heart rate moved against pace.
//!
//! The raw figures take in all of the run after its first minutes. They are comparable with those
//! of other programs, and wrong wherever hills, stops or changes of pace fall unevenly on the run.
//! So drift is read from the steady stretches alone, with an interval that says how sure it is.

mod lag;
mod raw;
#[cfg(test)]
pub(crate) mod simulation;
mod slope;
mod steady;
mod stretches;

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Unmeasured;
use super::series::Series;

pub use raw::RawDrift;
pub use slope::HeartRateSlope;
pub use steady::SteadyDrift;
pub use stretches::SteadyTime;

/// How heart rate moved against pace.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Drift {
    /// The figures of all of the run, steady or not.
    pub raw: RawDrift,
    /// How much of the run is steady, and what is not.
    pub time: SteadyTime,
    /// The drift of the steady stretches, where they last long enough together.
    pub steady: Option<SteadyDrift>,
}

/// The interval may reach this far to each side, in bpm per 10 minutes: one that is wider cannot
/// tell the usual 2 from the 5 of a hot day.
pub const WIDEST_HALF_WIDTH: f64 = 3.0;

/// Why the drift of a measured run cannot be read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unreadable {
    /// Its steady stretches are too short together.
    TooLittleSteady(SteadyTime),
    /// The interval is wider than what could be said.
    TooUncertain {
        /// Half its width, in bpm per 10 minutes.
        half_width: f64,
        /// Seconds of steady running that it comes from.
        steady_s: u32,
    },
}

impl Drift {
    /// Measures a run whose own speed is `reference_speed`, in m/s.
    pub fn of(series: &Series, reference_speed: f64) -> Result<Self, Unmeasured> {
        let (stretches, time) = stretches::steady_seconds(series);
        Ok(Self {
            raw: RawDrift::of(series, reference_speed)?,
            time,
            steady: SteadyDrift::of(&stretches),
        })
    }

    /// The drift of the steady stretches, if it is sure enough to say anything.
    pub fn readable(&self) -> Result<&SteadyDrift, Unreadable> {
        let steady = self.steady.as_ref().ok_or(Unreadable::TooLittleSteady(self.time))?;
        let half_width = steady.slope.half_width();
        if half_width > WIDEST_HALF_WIDTH {
            return Err(Unreadable::TooUncertain { half_width, steady_s: self.time.steady_s });
        }
        Ok(steady)
    }
}

/// A stretch without a break that steady drift is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SteadyStretch {
    /// Its seconds of timer time.
    pub seconds: Range<usize>,
    /// Its seconds of moving time.
    pub moving: Range<usize>,
}

/// The stretches that steady drift is read from.
pub fn steady_stretches(series: &Series) -> Vec<SteadyStretch> {
    let (seconds, _) = stretches::steady_seconds(series);
    seconds
        .chunk_by(|left, right| left.second + 1 == right.second)
        .filter_map(|stretch| {
            let (first, last) = (stretch.first()?, stretch.last()?);
            Some(SteadyStretch {
                seconds: first.second as usize..last.second as usize + 1,
                moving: first.moving_second as usize..last.moving_second as usize + 1,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::run;

    #[test]
    fn a_stretch_ends_where_the_run_stops() {
        let series =
            run(1500, |k| (Some(130), if (800..900).contains(&k) { 0 } else { 2_500 }, 166));
        let [before, after] = &steady_stretches(&series)[..] else { panic!("two stretches") };
        assert_eq!((before.seconds.clone(), before.moving.clone()), (300..800, 300..800));
        assert_eq!((after.seconds.end, after.moving.end), (1500, 1400));
        assert_eq!(after.seconds.start, after.moving.start + 100);
    }

    #[test]
    fn a_heart_rate_that_wanders_widely_cannot_be_read() {
        let wide =
            |k: usize| (Some((140.0 + 12.0 * libm::sin(k as f64 / 150.0)) as u16), 2_500, 166);
        let drift = Drift::of(&run(1800, wide), 2.5).unwrap();
        assert!(
            matches!(drift.readable(), Err(Unreadable::TooUncertain { half_width, steady_s: 1500 }) if half_width > 3.0)
        );
        let short = Drift::of(&run(600, |_| (Some(130), 2_500, 166)), 2.5).unwrap();
        assert_eq!(short.readable(), Err(Unreadable::TooLittleSteady(short.time)));
    }
}
