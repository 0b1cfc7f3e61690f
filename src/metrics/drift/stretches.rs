//! Which seconds of a run are steady enough for drift.
//!
//! Heart rate follows effort with a time constant of about 57 s (treadmill identification study,
//! PMC4687158). What counts at a second is therefore not the speed or the hill of that second but
//! what a heart still feels of the minutes before: all is followed with that time constant first,
//! and stops, hills and changes of pace are judged by what is left of them.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::lag::{LaggedSecond, lagged_seconds};
use super::slope::SETTLING_S;
use crate::metrics::series::Series;
use crate::metrics::statistics::median;

/// Grade-adjusted speed off the run's own that the heart feels at most, as a share of it.
const MOST_OFF_PACE: f64 = 0.15;
/// A steady stretch lasts this long, in seconds.
const LEAST_STRETCH_S: usize = 300;
/// A hill or change of pace up to this long is not read, but does not end a stretch, in seconds.
const BRIDGED_S: usize = 30;

/// A steady second with a heart rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SteadySecond {
    /// Its place in the series.
    pub(super) second: u32,
    /// Its place in moving time.
    pub(super) moving_second: u32,
    /// Its heart rate.
    pub(super) beats: u16,
    /// The grade-adjusted speed that the heart feels, less the run's own, in m/s.
    pub(super) faster: f64,
}

/// How the moving time divides into what is steady and what is not, each second once, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct SteadyTime {
    /// Steady, with a heart rate.
    pub steady_s: u32,
    /// The first five minutes.
    pub settling_s: u32,
    /// Walks, and the time after stops and walks in which heart rate still climbs.
    pub interrupted_s: u32,
    /// Up and down hill.
    pub hills_s: u32,
    /// Much faster or slower than the run's own pace.
    pub off_pace_s: u32,
    /// Steady, but in stretches shorter than five minutes.
    pub short_s: u32,
    /// Steady, but without a heart rate that can be trusted.
    pub no_heart_rate_s: u32,
}

/// What a moving second is to drift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Condition {
    Settling,
    Interrupted,
    Hilly,
    OffPace,
    Short,
    NoHeartRate,
    Steady,
}

/// The steady seconds of a run, and how its moving time divides.
pub(super) fn steady_seconds(series: &Series) -> (Vec<SteadySecond>, SteadyTime) {
    let lagged = lagged_seconds(series);
    let own = own_speed(&lagged);
    let conditions = conditions(series, &lagged, own);
    let time = SteadyTime::of(&conditions);
    let mut seconds = Vec::with_capacity(time.steady_s as usize);
    for ((lagged, condition), moving_second) in lagged.iter().zip(&conditions).zip(0..) {
        let (second, faster) = (lagged.second, lagged.speed - own);
        if *condition == Condition::Steady
            && let Some(beats) = series.heart_rate.get(second as usize)
        {
            seconds.push(SteadySecond { second, moving_second, beats, faster });
        }
    }
    (seconds, time)
}

impl SteadyTime {
    fn of(conditions: &[Condition]) -> Self {
        let seconds = |sought: Condition| {
            conditions.iter().map(|condition| u32::from(*condition == sought)).sum()
        };
        Self {
            steady_s: seconds(Condition::Steady),
            settling_s: seconds(Condition::Settling),
            interrupted_s: seconds(Condition::Interrupted),
            hills_s: seconds(Condition::Hilly),
            off_pace_s: seconds(Condition::OffPace),
            short_s: seconds(Condition::Short),
            no_heart_rate_s: seconds(Condition::NoHeartRate),
        }
    }
}

/// The median of the speed that the heart feels, in m/s; 0 where it never settles.
fn own_speed(lagged: &[LaggedSecond]) -> f64 {
    let settled = lagged.iter().skip(SETTLING_S).filter(|lagged| !lagged.is_interrupted);
    let mut speeds = Vec::with_capacity(lagged.len());
    settled.for_each(|lagged| speeds.push(lagged.speed));
    median(&speeds).unwrap_or(0.0)
}

impl LaggedSecond {
    fn condition(&self, moving_second: usize, own_speed: f64) -> Condition {
        match () {
            () if moving_second < SETTLING_S => Condition::Settling,
            () if self.is_interrupted => Condition::Interrupted,
            () if self.is_hilly => Condition::Hilly,
            () if (self.speed - own_speed).abs() > MOST_OFF_PACE * own_speed => Condition::OffPace,
            () => Condition::Steady,
        }
    }
}

/// The condition of every moving second.
fn conditions(series: &Series, lagged: &[LaggedSecond], own_speed: f64) -> Vec<Condition> {
    let mut conditions: Vec<Condition> =
        lagged.iter().enumerate().map(|(k, lagged)| lagged.condition(k, own_speed)).collect();
    for stretch in bridged(&conditions).into_iter().filter(|s| s.len() < LEAST_STRETCH_S) {
        let short = conditions[stretch].iter_mut().filter(|c| **c == Condition::Steady);
        short.for_each(|condition| *condition = Condition::Short);
    }
    if series.heart_rate.is_whole() && series.suspected.is_empty() {
        return conditions;
    }
    let doubtful = series.mask(series.suspected.iter().map(|(_, span)| span));
    for (condition, lagged) in conditions.iter_mut().zip(lagged) {
        let second = lagged.second as usize;
        let trusted = series.heart_rate.get(second).is_some() && !doubtful[second];
        if *condition == Condition::Steady && !trusted {
            *condition = Condition::NoHeartRate;
        }
    }
    conditions
}

/// The stretches without a stop, and without a hill or a change of pace that lasts.
fn bridged(conditions: &[Condition]) -> Vec<Range<usize>> {
    let passes = |condition: Condition| matches!(condition, Condition::Hilly | Condition::OffPace);
    let mut stretches: Vec<Range<usize>> = Vec::new();
    let mut end = 0;
    for run in conditions.chunk_by(|left, right| left == right || (passes(*left) && passes(*right)))
    {
        let start = end;
        end += run.len();
        let holds = run[0] == Condition::Steady || (passes(run[0]) && run.len() <= BRIDGED_S);
        match stretches.last_mut().filter(|last| last.end == start) {
            Some(last) if holds => last.end = end,
            None if holds => stretches.push(start..end),
            _ => {}
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::grade::to_channel;
    use crate::metrics::series::{Channel, GradeSource, Suspicion, TimerPause};
    use crate::metrics::span::Span;
    use crate::metrics::testing::run;

    fn time(series: &Series) -> SteadyTime {
        let (seconds, time) = steady_seconds(series);
        assert_eq!(seconds.len() as u32, time.steady_s);
        let all = [
            time.settling_s,
            time.interrupted_s,
            time.hills_s,
            time.off_pace_s,
            time.short_s,
            time.no_heart_rate_s,
        ];
        let moving = series.moving_seconds() as u32;
        assert_eq!(time.steady_s + all.iter().sum::<u32>(), moving, "{time:?}");
        time
    }

    fn even(seconds: usize) -> Series {
        run(seconds, |_| (Some(130), 2_500, 166))
    }

    #[test]
    fn an_even_run_is_steady_once_it_has_settled() {
        let expected = SteadyTime { steady_s: 1500, settling_s: 300, ..SteadyTime::default() };
        assert_eq!(time(&even(1800)), expected);
    }

    #[test]
    fn a_stop_is_felt_until_a_twentieth_of_it_is_left() {
        let stopped =
            run(1800, |k| (Some(130), if (900..960).contains(&k) { 0 } else { 2_500 }, 166));
        // A minute leaves 1 − e^(−60/57) = 0.651, which takes 57 · ln(0.651/0.05) = 146 s to fade.
        assert_eq!(time(&stopped).interrupted_s, 146);
        let paused =
            Series { pauses: vec![TimerPause { before: 900, seconds: 60.0 }], ..even(1800) };
        assert_eq!(time(&paused).interrupted_s, 146);
    }

    #[test]
    fn a_second_read_as_a_walk_ends_no_stretch() {
        let flicker = run(1800, |k| (Some(130), if k == 900 { 1_500 } else { 2_500 }, 120));
        assert_eq!(time(&flicker).interrupted_s, 0);
    }

    #[test]
    fn hills_and_changes_of_pace_are_left_out() {
        let mut hilly = even(1800);
        hilly.grade = Channel::of(
            (0..1800).map(|k| Some(to_channel(if (900..1020).contains(&k) { -0.05 } else { 0.0 }))),
        );
        hilly.grade_source = GradeSource::Given;
        // 5 % down is felt as 4 % after 57 · ln 5 = 92 s, and falls below at once.
        let hills = time(&hilly).hills_s;
        assert!((28..=56).contains(&hills), "{hills}");
        let surge =
            run(1800, |k| (Some(130), if (900..960).contains(&k) { 3_500 } else { 2_500 }, 166));
        // 40 % faster is felt as 15 % after 27 s; 26 % after a minute, which takes 31 s to fade.
        let off_pace = time(&surge).off_pace_s;
        assert!((62..=66).contains(&off_pace), "{off_pace}");
    }

    #[test]
    fn stretches_under_five_minutes_are_not_read() {
        let stops = run(1800, |k| (Some(130), if k % 400 < 30 { 0 } else { 2_500 }, 166));
        let time = time(&stops);
        assert_eq!(time.steady_s, 0);
        assert!(time.short_s > 600, "{time:?}");
    }

    #[test]
    fn a_short_rise_ends_no_stretch() {
        let mut conditions = vec![Condition::Steady; 400];
        conditions[200..230].fill(Condition::Hilly);
        assert_eq!(bridged(&conditions), vec![0..400]);
        conditions[230] = Condition::OffPace;
        assert_eq!(bridged(&conditions), vec![0..200, 231..400]);
        conditions[200..231].fill(Condition::Steady);
        conditions[200] = Condition::Interrupted;
        assert_eq!(bridged(&conditions), vec![0..200, 201..400]);
    }

    #[test]
    fn a_heart_rate_in_doubt_is_not_read() {
        let mut doubtful = even(1800);
        doubtful.suspected = vec![(Suspicion::CadenceMatch, Span { start: 1000, seconds: 100 })];
        (1200..1250).for_each(|k| doubtful.heart_rate.set(k, None));
        assert_eq!(time(&doubtful).no_heart_rate_s, 150);
    }

    #[test]
    fn a_short_run_has_nothing_steady() {
        assert_eq!(time(&even(200)), SteadyTime { settling_s: 200, ..SteadyTime::default() });
        assert_eq!(time(&even(0)), SteadyTime::default());
    }
}
