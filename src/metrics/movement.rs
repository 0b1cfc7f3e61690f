//! Running, walking, standing: what each second was.
//!
//! People walk below about 2.0 m/s and change to running near 140 steps a minute, so a second is
//! walked below 1.9 m/s unless the cadence says otherwise. A second about which nothing is known
//! counts as running: leaving it out would shorten the run.

use super::series::{Channel, Movement};

/// Speed from which one moves, in mm/s.
pub const MOVING_MM_S: u16 = 600;
/// Speed below which one walks, in mm/s.
const RUNNING_MM_S: u16 = 1_900;
/// Cadence from which one moves where no speed is known, in steps per minute.
const MOVING_SPM: u16 = 60;
/// Cadence from which one runs at any speed, in steps per minute.
const RUNNING_SPM: u16 = 140;

/// The movement of every second.
pub fn movement(speed: &Channel, cadence: &Channel) -> Vec<Movement> {
    speed.iter().zip(cadence.iter()).map(|(speed, cadence)| of_second(speed, cadence)).collect()
}

fn of_second(speed: Option<u16>, cadence: Option<u16>) -> Movement {
    let steps_like_running = cadence.is_some_and(|cadence| cadence >= RUNNING_SPM);
    match (speed, cadence) {
        (Some(speed), _) if speed < MOVING_MM_S => Movement::Stopped,
        (None, Some(cadence)) if cadence < MOVING_SPM => Movement::Stopped,
        (Some(speed), _) if speed < RUNNING_MM_S && !steps_like_running => Movement::Walking,
        _ => Movement::Running,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_borders_belong_to_the_faster_side() {
        assert_eq!(of_second(Some(599), Some(170)), Movement::Stopped);
        assert_eq!(of_second(Some(600), None), Movement::Walking);
        assert_eq!(of_second(Some(1_899), Some(139)), Movement::Walking);
        assert_eq!(of_second(Some(1_899), Some(140)), Movement::Running);
        assert_eq!(of_second(Some(1_900), Some(0)), Movement::Running);
        assert_eq!(of_second(None, Some(59)), Movement::Stopped);
        assert_eq!(of_second(None, Some(60)), Movement::Running);
        assert_eq!(of_second(None, None), Movement::Running);
    }
}
