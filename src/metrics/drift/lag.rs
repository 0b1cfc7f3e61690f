//! What a heart still feels of the minutes before: each quantity followed with its time constant.

use crate::metrics::series::{Movement, Series};

/// Time constant of the heart rate's answer to effort, in seconds (PMC4687158: 55.7–59.5 s).
const TIME_CONSTANT_S: f64 = 57.0;

/// Standing or walking that the heart still feels at most, as a share: of 60 bpm, 3 are left.
const MOST_INTERRUPTED: f64 = 0.05;
/// Slope that the heart feels at most, up or down, as rise over run.
const STEEPEST: f64 = 0.04;

/// What the heart feels at a moving second.
pub(super) struct LaggedSecond {
    pub(super) second: u32,
    /// Whether it still feels standing or walking.
    pub(super) is_interrupted: bool,
    /// Whether it feels a hill.
    pub(super) is_hilly: bool,
    /// Grade-adjusted speed in m/s.
    pub(super) speed: f64,
}

/// A value that follows another with the time constant of the heart.
struct FirstOrderLag(f64);

impl FirstOrderLag {
    /// Follows a value for a time of which the heart feels this share.
    fn follow(&mut self, value: f64, felt: f64) {
        self.0 += (value - self.0) * felt;
    }
}

/// The share of a lasting change that the heart feels after so many seconds.
fn felt_after(seconds: f64) -> f64 {
    1.0 - libm::exp(-seconds / TIME_CONSTANT_S)
}

/// What the heart feels at every moving second of a run.
pub(super) fn lagged_seconds(series: &Series) -> Vec<LaggedSecond> {
    let (mut interrupted, mut speed, mut grade) =
        (FirstOrderLag(1.0), FirstOrderLag(0.0), FirstOrderLag(0.0));
    let one_second = felt_after(1.0);
    let (mut pauses, mut latest) = (series.pauses.iter().peekable(), 0.0);
    let mut lagged = Vec::with_capacity(series.len());
    for (second, movement) in series.movement.iter().enumerate() {
        while let Some(pause) = pauses.next_if(|pause| pause.before as usize <= second) {
            let felt = felt_after(f64::from(pause.seconds));
            interrupted.follow(1.0, felt);
            speed.follow(0.0, felt);
        }
        latest = series.graded_speed_m_s(second).unwrap_or(latest);
        let runs = *movement == Movement::Running;
        interrupted.follow(if runs { 0.0 } else { 1.0 }, one_second);
        speed.follow(if movement.is_moving() { latest } else { 0.0 }, one_second);
        grade.follow(series.grade_at(second), one_second);
        if movement.is_moving() {
            lagged.push(LaggedSecond {
                second: second as u32,
                is_interrupted: interrupted.0 > MOST_INTERRUPTED,
                is_hilly: grade.0.abs() > STEEPEST,
                speed: speed.0,
            });
        }
    }
    lagged
}
