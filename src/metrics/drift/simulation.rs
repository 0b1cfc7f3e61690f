//! Runs of known drift, for tests: what a heart does, and what a watch makes of it.
//!
//! Heart rate answers grade-adjusted speed with a time constant near 57 s and near 24 bpm per m/s
//! (PMC4687158); it climbs from rest at the start and after stops, wanders slowly by itself, and
//! rises by the known drift. The watch adds the errors of satellites and altitude and rounds to
//! whole beats. Nothing is taken from the estimator: heart and watch differ from run to run, within
//! what 40 real runs show (heart rate wanders by 1–3 bpm with a correlation time of 20–100 s).

use std::ops::Range;

use crate::metrics::grade::{effort_factor, to_channel};
use crate::metrics::movement::movement;
use crate::metrics::series::{Channel, GradeSource, Series, TimerPause, speed_to_channel};

/// A source of chance whose every sequence is known by its seed.
struct Chance(fastrand::Rng);

impl Chance {
    fn between(&mut self, range: Range<f64>) -> f64 {
        range.start + (range.end - range.start) * self.0.f64()
    }

    fn second(&mut self, range: Range<usize>) -> usize {
        self.0.usize(range)
    }

    /// A normal deviate (Box & Muller 1958).
    fn normal(&mut self, spread: f64) -> f64 {
        let (radius, angle) = (1.0 - self.0.f64(), std::f64::consts::TAU * self.0.f64());
        spread * (-2.0 * libm::log(radius)).sqrt() * libm::cos(angle)
    }

    /// Noise of this spread, one value per second, whose correlation fades with this time.
    fn wander(&mut self, seconds: usize, spread: f64, correlation_s: f64) -> Vec<f64> {
        let kept = libm::exp(-1.0 / correlation_s);
        let step = spread * (1.0 - kept * kept).sqrt();
        let mut value = self.normal(spread);
        (0..seconds)
            .map(|_| {
                value = kept * value + self.normal(step);
                value
            })
            .collect()
    }
}

/// A run whose heart rate rises by so many beats in ten minutes of moving, otherwise by chance.
pub(crate) fn drifting_run(bpm_per_10_min: f64, seed: u64) -> Series {
    let mut chance = Chance(fastrand::Rng::with_seed(seed));
    let course = Course::of(&mut chance);
    let heart_rate = heart_rate(&course, bpm_per_10_min, &mut chance);
    recorded(&course, &heart_rate, &mut chance)
}

/// What the runner really did.
struct Course {
    usual_speed: f64,
    speed: Vec<f64>,
    grade: Vec<f64>,
    pauses: Vec<TimerPause>,
}

impl Course {
    /// 28 to 60 minutes with up to 5 hills, 3 stops and 4 strides.
    fn of(chance: &mut Chance) -> Self {
        let seconds = chance.second(28 * 60..60 * 60);
        let usual_speed = chance.between(2.4..2.9);
        let grade = grade(seconds, chance);
        let mut speed = pace(usual_speed, &grade, chance);
        let pauses = stops(&mut speed, chance);
        Self { usual_speed, speed, grade, pauses }
    }

    /// Level speed of equal effort, in m/s.
    fn effort(&self, second: usize) -> f64 {
        self.speed[second] * effort_factor(self.grade[second])
    }
}

/// Ground that is never quite level, with hills of 1–6 % that last up to four minutes.
fn grade(seconds: usize, chance: &mut Chance) -> Vec<f64> {
    let mut grade = chance.wander(seconds, 0.004, 60.0);
    for _ in 0..chance.second(0..6) {
        let (start, length) = (chance.second(0..seconds - 60), chance.second(40..240));
        let steepness = chance.between(0.01..0.06) * if chance.0.bool() { 1.0 } else { -1.0 };
        let end = (start + length).min(seconds);
        grade[start..end].iter_mut().for_each(|grade| *grade += steepness);
    }
    grade
}

/// Pace that wavers and changes a little from start to finish, slower uphill, with strides in one run of two.
fn pace(usual: f64, grade: &[f64], chance: &mut Chance) -> Vec<f64> {
    let seconds = grade.len();
    let (spread, correlation_s) = (chance.between(0.04..0.10), chance.between(60.0..400.0));
    let wander = chance.wander(seconds, spread, correlation_s);
    let (change, yielding) = (chance.normal(0.1), chance.between(0.3..1.0));
    let mut speed: Vec<f64> = (0..seconds)
        .map(|k| {
            let level = usual + wander[k] + change * (k as f64 / seconds as f64 - 0.5);
            level / libm::pow(effort_factor(grade[k]), yielding)
        })
        .collect();
    for _ in 0..chance.second(0..2) * chance.second(0..5) {
        let (start, length) = (chance.second(200..seconds - 60), chance.second(15..30));
        speed[start..start + length].iter_mut().for_each(|speed| *speed *= 1.4);
    }
    speed
}

/// Up to three stops of 5 to 90 s, with the timer stopped or not.
fn stops(speed: &mut [f64], chance: &mut Chance) -> Vec<TimerPause> {
    let mut pauses = Vec::new();
    for _ in 0..chance.second(0..4) {
        let (start, length) = (chance.second(60..speed.len() - 90), chance.second(5..90));
        if chance.0.bool() {
            speed[start..start + length].fill(0.0);
        } else {
            pauses.push(TimerPause { before: start as u32, seconds: length as f32 });
        }
    }
    pauses.sort_by_key(|pause| pause.before);
    pauses
}

fn heart_rate(course: &Course, bpm_per_10_min: f64, chance: &mut Chance) -> Vec<f64> {
    let (time_constant, gain) = (57.0 + chance.normal(6.0), 24.0 + chance.normal(3.0));
    let usual = chance.between(125.0..145.0);
    let (spread, correlation_s) = (chance.between(1.2..2.6), chance.between(20.0..70.0));
    let wander = chance.wander(course.speed.len(), spread, correlation_s);
    let aim = |effort: f64| usual + gain * (effort - course.usual_speed);
    let follow = |value: f64, aim: f64, seconds: f64| {
        aim + (value - aim) * libm::exp(-seconds / time_constant)
    };
    let (mut beats, mut moved) = (chance.between(70.0..95.0), 0.0);
    (0..course.speed.len())
        .map(|k| {
            for pause in course.pauses.iter().filter(|pause| pause.before as usize == k) {
                beats = follow(beats, aim(0.0), f64::from(pause.seconds));
            }
            beats = follow(beats, aim(course.effort(k)), 1.0);
            moved += f64::from(u8::from(course.speed[k] > 0.0));
            beats + bpm_per_10_min * moved / 600.0 + wander[k] + chance.normal(0.5)
        })
        .collect()
}

fn recorded(course: &Course, heart_rate: &[f64], chance: &mut Chance) -> Series {
    let seconds = course.speed.len();
    let (spread, correlation_s) = (chance.between(0.05..0.20), chance.between(4.0..15.0));
    let satellites = chance.wander(seconds, spread, correlation_s);
    let spread = chance.between(0.002..0.008);
    let altimeter = chance.wander(seconds, spread, 15.0);
    let speed = Channel::of((0..seconds).map(|k| {
        let stands = course.speed[k] <= 0.0;
        Some(if stands { 0 } else { speed_to_channel((course.speed[k] + satellites[k]).max(0.7)) })
    }));
    let cadence =
        Channel::of((0..seconds).map(|k| Some(if course.speed[k] > 0.0 { 164 } else { 0 })));
    Series {
        heart_rate: Channel::of(heart_rate.iter().map(|beats| Some(beats.round() as u16))),
        grade: Channel::of((0..seconds).map(|k| Some(to_channel(course.grade[k] + altimeter[k])))),
        grade_source: GradeSource::Given,
        altitude: Channel::blank(seconds),
        movement: movement(&speed, &cadence),
        speed,
        cadence,
        pauses: course.pauses.clone(),
        ..Series::default()
    }
}
