//! The physical model: a planned outing → what a watch would have seen, second by second.
//!
//! Only sums, products and quotients of doubles and an integer generator of chance are used, so
//! that the same bytes come out on every machine.

use super::place;

/// A stretch at one speed and grade.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    /// Length in seconds.
    pub(crate) seconds: u32,
    /// Speed in m/s.
    pub(crate) speed: f64,
    /// Rise over run.
    pub(crate) grade: f64,
}

/// A level stretch.
pub(crate) const fn level(seconds: u32, speed: f64) -> Piece {
    Piece { seconds, speed, grade: 0.0 }
}

/// A stretch up (or down) a hill.
pub(crate) const fn sloping(seconds: u32, speed: f64, grade: f64) -> Piece {
    Piece { seconds, speed, grade }
}

/// What goes wrong with the heart-rate sensor, between two seconds of the timer.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// Nothing is received.
    Silent(u32, u32),
    /// The optical sensor counts steps.
    CadenceLock(u32, u32),
}

/// An outing to be simulated.
#[derive(Debug, Clone, Default)]
pub(crate) struct CalendarEntry {
    /// When it starts, in Unix seconds.
    pub(crate) start: i64,
    /// What is run.
    pub(crate) pieces: Vec<Piece>,
    /// Timer second and length of every stop at which the watch pauses.
    pub(crate) stops: Vec<(u32, u32)>,
    /// How far the heart rate lies above the runner's usual that day, in beats per minute.
    pub(crate) heart_shift: f64,
    /// By how much it creeps up every minute.
    pub(crate) heart_creep: f64,
    /// How far the cadence lies above the runner's usual, in steps per minute.
    pub(crate) cadence_shift: f64,
    /// Sensor faults.
    pub(crate) faults: Vec<Fault>,
}

/// What the watch saw at one second.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sample {
    /// Seconds since the start, pauses included.
    pub(crate) second: u32,
    pub(crate) distance_cm: u32,
    pub(crate) speed_mm_s: u16,
    /// Metres above the sea.
    pub(crate) altitude: f64,
    pub(crate) heart_rate: Option<u8>,
    /// Steps per minute.
    pub(crate) steps: u16,
    /// Degrees north and east.
    pub(crate) position: (f64, f64),
}

/// A recorded outing.
#[derive(Debug, Clone)]
pub(crate) struct Track {
    /// Unix seconds.
    pub(crate) start: i64,
    pub(crate) samples: Vec<Sample>,
    /// First and last second of every pause.
    pub(crate) pauses: Vec<(u32, u32)>,
}

impl Track {
    /// Seconds during which the timer ran between two seconds.
    pub(crate) fn timer_between(&self, from: u32, to: u32) -> u32 {
        let paused = |&(stop, start): &(u32, u32)| to.min(start).saturating_sub(from.max(stop));
        to - from - self.pauses.iter().map(paused).sum::<u32>()
    }

    /// Seconds from start to end.
    pub(crate) fn elapsed(&self) -> u32 {
        self.samples.last().map_or(0, |sample| sample.second)
    }
}

/// A small generator of chance (xorshift): equal seeds give equal noise.
#[derive(Debug)]
pub(crate) struct Dice(u32);

impl Dice {
    /// Dice that fall differently for every start time.
    pub(crate) fn new(start: i64) -> Self {
        let mut dice = Self((start as u32) | 1);
        for _ in 0..16 {
            dice.next();
        }
        dice
    }

    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    /// A number from −1 to 1.
    pub(crate) fn swing(&mut self) -> f64 {
        f64::from(self.next() >> 8) / 8_388_608.0 - 1.0
    }

    /// A whole number between two bounds, both included.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + (self.next() >> 8) % (high - low + 1)
    }
}

/// Time in which the heart follows a change of speed, in seconds.
const HEART_LAG: f64 = 57.0;
/// Beats per minute that one more metre per second costs.
const HEART_GAIN: f64 = 24.0;
/// Heart rate at [`RECOVERY_SPEED`] on the level.
const HEART_AT_RECOVERY: f64 = 129.0;
/// Speed in m/s at which this runner recovers.
pub(crate) const RECOVERY_SPEED: f64 = 2.5;
/// Below this speed in m/s a piece is walked.
const WALKING_SPEED: f64 = 1.9;
/// Steps a minute while walking.
const WALKING_CADENCE: f64 = 112.0;
const HEART_STANDING: f64 = 88.0;
const HEART_AT_START: f64 = 92.0;
/// The runner's maximum of 190 is never reached on these days.
const HEART_LIMIT: f64 = 186.0;
/// m/s gained or lost in a second at most.
const ACCELERATION: f64 = 0.5;
/// Change of grade in a second at most: roads bend, they do not break.
const BEND: f64 = 0.005;
const START_ALTITUDE: f64 = 12.0;

/// The runner at one moment.
struct Runner {
    dice: Dice,
    speed: f64,
    grade: f64,
    heart: f64,
    distance: f64,
    altitude: f64,
    heart_noise: f64,
    speed_noise: f64,
    walking: bool,
}

impl Runner {
    fn new(start: i64) -> Self {
        Self {
            dice: Dice::new(start),
            speed: 0.0,
            grade: 0.0,
            heart: HEART_AT_START,
            distance: 0.0,
            altitude: START_ALTITUDE,
            heart_noise: 0.0,
            speed_noise: 0.0,
            walking: false,
        }
    }

    /// Moves on by a second of running; `surplus` is what the day adds to the heart rate.
    fn run(&mut self, piece: Piece, surplus: f64) {
        self.walking = piece.speed < WALKING_SPEED;
        self.speed += (piece.speed - self.speed).clamp(-ACCELERATION, ACCELERATION);
        self.grade += (piece.grade - self.grade).clamp(-BEND, BEND);
        self.speed_noise = 0.85 * self.speed_noise + 0.02 * self.dice.swing();
        let way = self.seen_speed();
        self.distance += way;
        self.altitude += way * self.grade;
        let effort = self.speed * cost_of_grade(self.grade) - RECOVERY_SPEED;
        let wanted = HEART_AT_RECOVERY + HEART_GAIN * effort + surplus;
        self.follow(wanted.clamp(HEART_STANDING, HEART_LIMIT));
    }

    /// Stands for a second.
    fn stand(&mut self) {
        self.speed = 0.0;
        self.follow(HEART_STANDING);
    }

    fn follow(&mut self, wanted: f64) {
        self.heart += (wanted - self.heart) / HEART_LAG;
        self.heart_noise = (0.9 * self.heart_noise + 0.5 * self.dice.swing()).clamp(-1.0, 1.0);
    }

    fn seen_speed(&self) -> f64 {
        if self.speed > 0.0 { (self.speed + self.speed_noise).max(0.0) } else { 0.0 }
    }

    fn sample(&mut self, second: u32, cadence_shift: f64) -> Sample {
        let cadence = if self.walking {
            WALKING_CADENCE
        } else {
            162.0 + 12.0 * (self.speed - RECOVERY_SPEED) + cadence_shift
        };
        let steps = if self.speed < 0.6 { 0.0 } else { (cadence + self.dice.swing()).round() };
        Sample {
            second,
            distance_cm: (self.distance * 100.0).round() as u32,
            speed_mm_s: (self.seen_speed() * 1000.0).round() as u16,
            altitude: self.altitude,
            heart_rate: Some((self.heart + self.heart_noise).round() as u8),
            steps: steps as u16,
            position: place::along_loop(self.distance),
        }
    }
}

/// Energy cost of running on a grade against the level: Minetti's polynomial uphill, half of its
/// saving downhill.
fn cost_of_grade(grade: f64) -> f64 {
    const COEFFICIENTS: [f64; 6] = [155.4, -30.4, -43.3, 46.3, 19.5, 3.6];
    let cost = COEFFICIENTS.iter().fold(0.0, |sum, factor| sum * grade + factor) / 3.6;
    if grade < 0.0 { 1.0 + 0.5 * (cost - 1.0) } else { cost }
}

/// Runs the outing.
pub(crate) fn record(outing: &CalendarEntry) -> Track {
    let mut runner = Runner::new(outing.start);
    let mut track = Track { start: outing.start, samples: Vec::new(), pauses: Vec::new() };
    let mut paused = 0;
    let seconds = outing.pieces.iter().flat_map(|piece| (0..piece.seconds).map(move |_| *piece));
    track.samples.push(runner.sample(0, outing.cadence_shift));
    for (timer, piece) in (1..).zip(seconds) {
        runner.run(piece, outing.heart_shift + outing.heart_creep * f64::from(timer) / 60.0);
        track.samples.push(runner.sample(timer + paused, outing.cadence_shift));
        if let Some(&(_, length)) = outing.stops.iter().find(|(at, _)| *at == timer) {
            (0..length).for_each(|_| runner.stand());
            track.pauses.push((timer + paused, timer + paused + length));
            paused += length;
            track.samples.push(runner.sample(timer + paused, outing.cadence_shift));
        }
    }
    outing.faults.iter().for_each(|fault| spoil(&mut track, *fault));
    track
}

/// Puts a sensor fault into a finished recording.
fn spoil(track: &mut Track, fault: Fault) {
    let (Fault::Silent(from, to) | Fault::CadenceLock(from, to)) = fault;
    for sample in track.samples.iter_mut().filter(|sample| (from..to).contains(&sample.second)) {
        sample.heart_rate = match fault {
            Fault::Silent(..) => None,
            Fault::CadenceLock(..) => Some(sample.steps as u8),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cost_of_grade_is_the_published_one() {
        assert!((cost_of_grade(0.05) - 1.301_443).abs() < 1e-6);
        assert!((cost_of_grade(-0.05) - 0.881_378).abs() < 1e-6);
    }

    #[test]
    fn the_heart_settles_where_it_should() {
        let pieces = vec![level(1800, RECOVERY_SPEED)];
        let track =
            record(&CalendarEntry { start: 1_774_850_000, pieces, ..CalendarEntry::default() });
        assert_eq!(track.samples.len(), 1801);
        let late = track.samples.iter().skip(300).filter_map(|sample| sample.heart_rate);
        assert!(late.clone().all(|heart| (127..=131).contains(&heart)), "within two beats of 129");
        assert!(late.count() > 1000);
    }

    #[test]
    fn a_stop_takes_time_but_no_timer() {
        let pieces = vec![level(600, RECOVERY_SPEED)];
        let outing = CalendarEntry { pieces, stops: vec![(300, 45)], ..CalendarEntry::default() };
        let track = record(&outing);
        assert_eq!(track.elapsed(), 645);
        assert_eq!(track.timer_between(0, 645), 600);
        assert_eq!(track.timer_between(310, 345), 0);
    }
}
