//! Whether the heart rate reads too low to be true, as a sensor does that sits loosely.
//!
//! It never accuses: a run that fails by such a heart rate fails by a true one as well.

use serde::{Deserialize, Serialize};

use crate::athlete::AnchorEvidence;
use crate::history::{HeartRateOnSpeed, PastRun};
use crate::metrics::judged_time::JudgedTime;
use crate::metrics::series::Series;

/// Nobody runs with less of the heart-rate reserve, …
const LEAST_RESERVE: f64 = 0.25;
/// … or of the maximum, where the resting heart rate is not known.
const LEAST_OF_MAXIMUM: f64 = 0.52;
/// Running for certain, in m/s.
const RUNNING_M_S: f64 = 2.0;
/// Seconds of such running with a heart rate that it takes to tell.
const LEAST_SECONDS: usize = 120;
/// Share of them that may read too low, in percent.
const MOST_LOW_PCT: usize = 20;

/// What the heart rate is too low for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TooLow {
    /// For running at all, by the athlete's maximum.
    ForRunning,
    /// For the speed, by the athlete's own earlier runs.
    ForTheSpeed,
}

/// What the heart rate of a run is too low for; `None` where it may be true.
pub fn too_low(
    series: &Series,
    judged: &JudgedTime,
    evidence: &AnchorEvidence,
    this: &PastRun,
    on_speed: Option<HeartRateOnSpeed>,
) -> Option<TooLow> {
    if least_of_running(evidence).is_some_and(|least| is_low_for_running(series, judged, least)) {
        return Some(TooLow::ForRunning);
    }
    on_speed?.reads_too_low(this).then_some(TooLow::ForTheSpeed)
}

/// The lowest heart rate that running takes, in bpm; `None` without a maximum that is no guess.
fn least_of_running(evidence: &AnchorEvidence) -> Option<f64> {
    let max = evidence.max.filter(|max| !max.guessed)?.bpm.get();
    Some(match evidence.resting.map(|resting| resting.bpm.get()) {
        Some(resting) => resting + LEAST_RESERVE * (max - resting),
        None => LEAST_OF_MAXIMUM * max,
    })
}

fn is_low_for_running(series: &Series, judged: &JudgedTime, least: f64) -> bool {
    let (mut seconds, mut low) = (0, 0);
    for (k, beats) in series.heart_rate.iter().enumerate() {
        let runs = judged.mask[k] && series.speed_m_s(k).is_some_and(|speed| speed >= RUNNING_M_S);
        if let Some(beats) = beats.filter(|_| runs) {
            seconds += 1;
            low += usize::from(f64::from(beats) < least);
        }
    }
    seconds >= LEAST_SECONDS && 100 * low > MOST_LOW_PCT * seconds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::athlete::{AnchorSource, MaxHeartRate, Sourced};
    use crate::history::Past;
    use crate::history::testing::{day, run_on};
    use crate::metrics::testing::run;
    use crate::units::BeatsPerMinute;

    fn evidence(resting: Option<f64>, guessed: bool) -> AnchorEvidence {
        let source = AnchorSource::Settings;
        let max = MaxHeartRate {
            bpm: BeatsPerMinute::of(190.0),
            source,
            day: None,
            uncertainty: 3.0,
            guessed,
        };
        let resting =
            resting.map(|bpm| Sourced { bpm: BeatsPerMinute::of(bpm), source, day: None });
        AnchorEvidence { max: Some(max), resting, ..AnchorEvidence::default() }
    }

    /// Twenty minutes, of which so many judged seconds are at `low` bpm, the others at 130.
    fn found(low: u16, seconds: usize, speed: u16, evidence: &AnchorEvidence) -> Option<TooLow> {
        let beats = |k: usize| if (180..180 + seconds).contains(&k) { low } else { 130 };
        let series = run(1200, |k| (Some(beats(k)), speed, 166));
        let judged = JudgedTime::of(&series, 180);
        too_low(&series, &judged, evidence, &run_on(day(60), 20.0), None)
    }

    #[test]
    fn a_fifth_of_the_running_below_a_quarter_of_the_reserve_is_too_low() {
        // 50 + 0.25 · 140 = 85; judged are 1020 s, a fifth of them 204.
        let with = |low, seconds| found(low, seconds, 2_500, &evidence(Some(50.0), false));
        assert_eq!(with(84, 205), Some(TooLow::ForRunning));
        assert_eq!(with(84, 204), None);
        assert_eq!(with(85, 1000), None);
    }

    #[test]
    fn without_a_resting_heart_rate_it_is_a_share_of_the_maximum() {
        // 0.52 · 190 = 98.8
        assert_eq!(found(98, 300, 2_500, &evidence(None, false)), Some(TooLow::ForRunning));
        assert_eq!(found(99, 300, 2_500, &evidence(None, false)), None);
        assert_eq!(found(98, 300, 2_500, &evidence(None, true)), None, "a guess tells nothing");
        assert_eq!(found(98, 300, 2_500, &AnchorEvidence::default()), None);
    }

    #[test]
    fn walking_may_have_a_low_heart_rate() {
        assert_eq!(found(80, 1020, 1_990, &evidence(Some(50.0), false)), None);
    }

    #[test]
    fn two_minutes_of_running_are_needed() {
        let fast_for = |seconds: usize| {
            let speed = |k: usize| if (180..180 + seconds).contains(&k) { 2_500 } else { 1_500 };
            let series = run(1200, |k| (Some(80), speed(k), 120));
            let (this, past) = (run_on(day(60), 20.0), Past::none(day(60)));
            let known = evidence(Some(50.0), false);
            let on_speed = HeartRateOnSpeed::of(&past, this.at_wrist);
            too_low(&series, &JudgedTime::of(&series, 180), &known, &this, on_speed)
        };
        assert_eq!(fast_for(119), None);
        assert_eq!(fast_for(120), Some(TooLow::ForRunning));
    }

    #[test]
    fn far_below_the_own_earlier_runs_is_too_low_for_the_speed() {
        let minutes = |beats: f32| (0..30).map(|k| (2.5 + 0.01 * k as f32, beats)).collect();
        let earlier: Vec<PastRun> =
            (50..58).map(|k| PastRun { minutes: minutes(140.0), ..run_on(day(k), 40.0) }).collect();
        let past = Past { sessions: &earlier, day: day(60) };
        let series = run(1200, |_| (Some(115), 2_600, 166));
        let with = |beats| {
            let this = PastRun { minutes: minutes(beats), ..run_on(day(60), 40.0) };
            let known = evidence(Some(50.0), false);
            let on_speed = HeartRateOnSpeed::of(&past, this.at_wrist);
            too_low(&series, &JudgedTime::of(&series, 180), &known, &this, on_speed)
        };
        assert_eq!(with(119.0), Some(TooLow::ForTheSpeed));
        assert_eq!(with(120.0), None);
    }
}
