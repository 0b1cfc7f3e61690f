//! Whether the recorder wrote the heart rate in steps: one value for half a minute and more, then
//! another.
//!
//! Nothing is taken out, because each value is a true one; it is only an old one most of the time.

use std::ops::Range;

use super::means::Means;
use crate::metrics::judged_time::JudgedTime;
use crate::metrics::series::Series;

/// One value for so long is a step, in seconds.
const STEP_S: usize = 30;
/// Share of the judged time that lies in steps, in percent; more than this is not chance.
const SHARE_PCT: u64 = 40;
/// From one step to the next the value jumps by so much, in bpm, …
const JUMP_BPM: u16 = 4;
/// … while the speed changes by less than this, in mm/s, …
const SPEED_CHANGE_MM_S: f64 = 300.0;
/// … so many times.
const JUMPS: usize = 5;

/// Whether the heart rate was written in steps.
pub fn is_written_in_steps(series: &Series, judged: &JudgedTime) -> bool {
    let steps = series.heart_rate.equal_runs(STEP_S);
    let in_steps: usize =
        steps.iter().map(|step| step.clone().filter(|k| judged.mask[*k]).count()).sum();
    if 100 * in_steps as u64 <= SHARE_PCT * u64::from(judged.seconds) {
        return false;
    }
    let speed = Means::of(&series.speed);
    steps.windows(2).filter(|pair| jumps(series, &speed, &pair[0], &pair[1])).count() >= JUMPS
}

/// Whether one step follows the other at once, at another heart rate and the same speed.
fn jumps(series: &Series, speed: &Means, first: &Range<usize>, next: &Range<usize>) -> bool {
    let [from, to] = [first, next].map(|step| series.heart_rate.get(step.start));
    let far = from.zip(to).is_some_and(|(from, to)| from.abs_diff(to) >= JUMP_BPM);
    // Nothing was read between them, or the heart went from one to the other by itself.
    let at_once = (first.end..next.start).all(|k| series.heart_rate.get(k).is_none());
    let steady = [first, next].map(|step| speed.over(step.clone()));
    let same_speed =
        matches!(steady, [Some(from), Some(to)] if (from - to).abs() < SPEED_CHANGE_MM_S);
    far && at_once && same_speed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::run;

    /// Half an hour in which the value changes every `step_s` seconds by `jump` bpm, up and down.
    fn stepped(step_s: usize, jump: u16, speed: impl Fn(usize) -> u16) -> bool {
        let beats = |k: usize| 130 + jump * (k / step_s % 2) as u16;
        let series = run(1800, |k| (Some(beats(k)), speed(k), 166));
        is_written_in_steps(&series, &JudgedTime::of(&series, 180))
    }

    #[test]
    fn half_minutes_of_one_value_are_steps() {
        assert!(stepped(60, 5, |_| 2_500));
        assert!(stepped(30, 4, |_| 2_500));
        assert!(!stepped(29, 4, |_| 2_500), "shorter than half a minute");
        assert!(!stepped(60, 3, |_| 2_500), "three beats are no jump");
        assert!(!stepped(400, 5, |_| 2_500), "four jumps");
        assert!(stepped(320, 5, |_| 2_500), "five");
    }

    #[test]
    fn a_heart_that_answers_the_speed_is_none() {
        assert!(!stepped(60, 5, |k| if k / 60 % 2 == 0 { 2_500 } else { 2_800 }));
        assert!(stepped(60, 5, |k| if k / 60 % 2 == 0 { 2_500 } else { 2_790 }));
    }

    #[test]
    fn two_fifths_of_the_judged_time_are_not_enough() {
        // Steps of 40 s in the last part; before them the heart moves.
        let from = |start: usize| {
            let beats = |k: usize| {
                if k < start { 130 + (k % 7) as u16 } else { 130 + 5 * (k / 40 % 2) as u16 }
            };
            let series = run(1200, |k| (Some(beats(k)), 2_500, 166));
            is_written_in_steps(&series, &JudgedTime::of(&series, 180))
        };
        // Judged are 1020 s; from 760 on 440 s are in steps, from 800 on 400 s.
        assert!(from(760));
        assert!(!from(800));
    }

    #[test]
    fn a_steady_heart_that_moves_by_itself_is_none() {
        // Forty seconds of one value, then ten seconds of climbing to the next.
        let beats = |k: usize| {
            let (round, second) = (k / 50, k % 50);
            let base = if round % 2 == 0 { 130 } else { 140 };
            let step = second.saturating_sub(39) as u16;
            if round % 2 == 0 { base + step } else { base - step }
        };
        let series = run(1800, |k| (Some(beats(k)), 2_500, 166));
        assert!(!is_written_in_steps(&series, &JudgedTime::of(&series, 180)));
    }
}
