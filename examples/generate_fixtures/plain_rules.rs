//! The decisive rules, written down once more and as plainly as possible, to check by them what
//! the model made. The product's own rules are checked against the season elsewhere.

use super::day::{Day, File, on};
use super::fit_activity::Step;
use super::run::{Sample, Track};

/// The lines for a maximum of 190 and a resting heart rate of 50, and what is uncertain about them
/// when the maximum was tested and the sensor is a strap.
pub(super) const CEILING: f64 = 145.2;
pub(super) const MODERATE: f64 = 153.6;
pub(super) const HARD: f64 = 164.8;
pub(super) const UNCERTAINTY: f64 = 4.70;

/// Ceiling, easy, moderate and hard line on a day: 68, 71, 74 and 82 % of the heart-rate reserve.
pub(super) fn lines(day: &Day) -> [f64; 4] {
    let (max, resting) = if day.start < on(0, 0).start { (188.0, 56.0) } else { (190.0, 50.0) };
    [0.68, 0.71, 0.74, 0.82].map(|share| resting + share * (max - resting))
}

/// One second of a run, timer stopped or standing left out.
#[derive(Clone, Copy)]
pub(super) struct Second {
    pub(super) at: u32,
    pub(super) heart_rate: Option<f64>,
    pub(super) speed: f64,
}

pub(super) fn moving(track: &Track) -> Vec<Second> {
    let second = |sample: &Sample| Second {
        at: sample.second,
        heart_rate: sample.heart_rate.map(f64::from),
        speed: f64::from(sample.speed_mm_s) / 1000.0,
    };
    track.samples.iter().map(second).filter(|second| second.speed >= 0.6).collect()
}

pub(super) fn judged(track: &Track) -> Vec<Second> {
    let mut seconds = without_lock(track);
    seconds.drain(..180);
    seconds
}

/// Seconds at which heart rate equals the step rate for two minutes after a jump are not believed.
pub(super) fn without_lock(track: &Track) -> Vec<Second> {
    let mut seconds = moving(track);
    let steps: Vec<f64> = track.samples.iter().map(|sample| f64::from(sample.steps)).collect();
    let locked = |second: &Second| {
        let near = |beats: f64| (beats - steps[second.at as usize]).abs() <= 3.0;
        track.pauses.is_empty() && second.heart_rate.is_some_and(near)
    };
    let mut from = 0;
    while from < seconds.len() {
        let length = seconds[from..].iter().take_while(|second| locked(second)).count();
        let before = from.checked_sub(1).and_then(|last| seconds[last].heart_rate);
        let jump = before.zip(seconds[from].heart_rate).is_some_and(|(a, b)| (a - b).abs() >= 12.0);
        if length >= 120 && jump {
            seconds[from..from + length].iter_mut().for_each(|second| second.heart_rate = None);
        }
        from += length.max(1);
    }
    seconds
}

pub(super) fn seconds_above(seconds: &[Second], line: f64) -> usize {
    seconds.iter().filter(|second| second.heart_rate.is_some_and(|beats| beats > line)).count()
}

/// The longest stretch above a line, dips of up to `bridge` seconds included.
pub(super) fn longest_above(seconds: &[Second], line: f64, bridge: u32) -> u32 {
    let above = |second: &&Second| second.heart_rate.is_some_and(|beats| beats > line);
    let (mut longest, mut begin, mut last) = (0, None, 0);
    for second in seconds.iter().filter(above) {
        if begin.is_none() || second.at - last > bridge + 1 {
            begin = Some(second.at);
        }
        last = second.at;
        longest = longest.max(last + 1 - begin.unwrap_or(last));
    }
    longest
}

/// 0 pass, 1 slip, 2 fail.
pub(super) fn grade(value: f64, pass: f64, slip: f64) -> u8 {
    u8::from(value > pass) + u8::from(value > slip)
}

/// The worst of the heart-rate rules with all lines moved by `shift`; `None` where heart rate
/// cannot be judged.
pub(super) fn heart_rate_result(day: &Day, shift: f64) -> Option<u8> {
    let seconds = judged(&day.track());
    let [ceiling, easy, moderate, hard] = lines(day).map(|line| line + shift);
    let all = seconds.len() as f64;
    let missing = seconds.iter().filter(|second| second.heart_rate.is_none()).count() as f64;
    if all - missing < 600.0 && missing / all > 0.3 {
        return None;
    }
    let share = |line| seconds_above(&seconds, line) as f64 / all;
    let longest = |line, bridge| f64::from(longest_above(&seconds, line, bridge));
    let total_moderate = seconds_above(&seconds, moderate) as f64;
    let total_hard = seconds_above(&seconds, hard) as f64;
    let moderate_allowed = (all / 3.0).min(300.0).max(0.15 * all);
    let results = [
        u8::from(share(ceiling) > 0.10) * (1 + u8::from(share(easy) > 0.50)),
        u8::from(longest(ceiling, 15) > 300.0),
        grade(total_moderate, 60.0, moderate_allowed)
            .max(2 * u8::from(longest(moderate, 15) > 300.0)),
        grade(total_hard, 59.0, 179.0).max(grade(longest(hard, 5), 29.0, 119.0)),
    ];
    let worst = results.into_iter().max().unwrap_or(0);
    (worst == 2 || missing / all <= 0.25).then_some(worst)
}

pub(super) fn mean_speed(seconds: &[Second]) -> f64 {
    seconds.iter().map(|second| second.speed).sum::<f64>() / seconds.len() as f64
}

/// The median of the middle half of the minutes.
pub(super) fn usual_speed(seconds: &[Second]) -> f64 {
    let minutes: Vec<f64> = seconds.chunks(60).map(mean_speed).collect();
    let mut middle = minutes[minutes.len() / 4..minutes.len() * 3 / 4].to_vec();
    middle.sort_by(f64::total_cmp);
    middle[middle.len() / 2]
}

pub(super) fn finish_ratio(track: &Track) -> f64 {
    let seconds = moving(track);
    let last = (seconds.len() / 10).clamp(180, 300);
    mean_speed(&seconds[seconds.len() - last..]) / usual_speed(&seconds)
}

/// Stretches of at least 15 s a quarter above the usual speed, by their first and last second.
pub(super) fn surges(track: &Track) -> Vec<(u32, u32)> {
    let seconds = moving(track);
    let limit = 1.25 * usual_speed(&seconds);
    let windows: Vec<&[Second]> = seconds.windows(15).skip(180).collect();
    let is_fast = |window: &&[Second]| mean_speed(window) > limit;
    let stretches = windows.chunk_by(|a, b| is_fast(a) == is_fast(b));
    let long =
        stretches.filter(|stretch| is_fast(&stretch[0]) && (15..=90).contains(&stretch.len()));
    long.map(|stretch| (stretch[0][7].at, stretch[stretch.len() - 1][7].at)).collect()
}

/// Whether surges took the heart rate above the ceiling for a quarter of a minute.
pub(super) fn surges_too_hard(day: &Day) -> bool {
    let (track, [ceiling, ..]) = (day.track(), lines(day));
    let surges = surges(&track);
    let near = |at: u32| surges.iter().any(|(from, to)| (*from..=to + 60).contains(&at));
    let above = moving(&track).into_iter().filter(|second| near(second.at));
    let above = above.filter(|second| second.heart_rate.is_some_and(|beats| beats > ceiling));
    surges.len() >= 2 && above.count() >= 15
}

/// Whether more than a tenth of the moving time was walked, so that speed says nothing.
fn is_run_walk(seconds: &[Second]) -> bool {
    let walked = seconds.iter().filter(|second| second.speed < 1.9).count();
    10 * walked > seconds.len()
}

pub(super) fn planned_minutes(day: &Day) -> Option<f64> {
    let by_plan = day.local("%F") == "2026-05-29";
    if by_plan || matches!(day.file, File::Named("recovery_30min")) {
        return Some(30.0);
    }
    let (_, steps) = day.notes.workout?;
    let seconds = steps.iter().map(|step| match step {
        Step::Time(seconds) => Some(f64::from(*seconds)),
        Step::Distance(_) | Step::Open => None,
    });
    seconds.sum::<Option<f64>>().map(|sum| sum / 60.0)
}

/// The criteria that object, each with how much.
pub(super) fn objections(day: &Day) -> Vec<(&'static str, u8)> {
    let track = day.track();
    let minutes = moving(&track).len() as f64 / 60.0;
    let over = planned_minutes(day).map_or(0.0, |planned| minutes - planned);
    let speed_is_odd =
        is_run_walk(&moving(&track)) || day.outing.pieces.iter().any(|piece| piece.grade > 0.0);
    let finish = if speed_is_odd { 1.0 } else { finish_ratio(&track) };
    let rating = day.notes.rpe.map_or(0, |rpe| u8::from(rpe > 2) + u8::from(rpe >= 4));
    let all = [
        ("duration", grade(minutes, 50.0, 65.0)),
        ("effort-rating", rating),
        ("fast-finish", grade(finish, 1.15, f64::INFINITY)),
        ("surges", u8::from(!speed_is_odd && surges_too_hard(day))),
        ("planned-end", grade(over, 5.0, f64::INFINITY)),
    ];
    all.into_iter().filter(|(_, result)| *result > 0).collect()
}

pub(super) fn has_heart_rate(day: &Day) -> bool {
    !matches!(day.file, File::Gpx { heart_rate: false, .. })
}

pub(super) fn verdict(day: &Day, shift: f64) -> &'static str {
    let long_enough = moving(&day.track()).len() >= 600;
    let heart = has_heart_rate(day).then(|| heart_rate_result(day, shift)).flatten();
    let heart = heart.filter(|result| long_enough || *result == 2);
    let other = objections(day).iter().map(|(_, result)| *result).max().unwrap_or(0);
    match (heart, other) {
        (Some(2), _) | (_, 2) => "not_recovery",
        (None, _) => "cannot_judge",
        (Some(1), _) | (_, 1) => "slipped",
        _ => "kept",
    }
}

/// Whether heart rate follows the feet (or one foot) for most of some two minutes.
pub(super) fn looks_locked(track: &Track) -> bool {
    let near = |sample: &Sample, part: f64, within: f64| {
        // FIT keeps whole strides, so an odd step is lost.
        let steps = f64::from(sample.steps / 2 * 2);
        sample.heart_rate.is_some_and(|beats| (f64::from(beats) - steps * part).abs() <= within)
    };
    let share = |window: &[Sample], part, within| {
        let count = window.iter().filter(|sample| near(sample, part, within)).count();
        count as f64 / window.len() as f64
    };
    let locked =
        |window: &[Sample]| share(window, 1.0, 3.0) >= 0.8 || share(window, 0.5, 2.0) >= 0.9;
    track.samples.windows(120).any(locked)
}
