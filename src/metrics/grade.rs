//! Grade and the effort it costs: grade-adjusted speed.
//!
//! The cost of running on a slope is Minetti's polynomial (Minetti et al. 2002, Journal of
//! Applied Physiology 93:1039), in joules per kilogram and metre. Downhill, heart rate falls less
//! than that cost, so half of the saving is counted.

/// The lane value of level ground: lanes hold no negative numbers.
pub const CHANNEL_OFFSET: u16 = 10_000;

const STEEPEST_DOWN: f64 = -0.20;
const STEEPEST_UP: f64 = 0.30;

/// A grade as a lane value, in ten-thousandths, held to what the cost is known for.
pub const fn to_channel(grade: f64) -> u16 {
    let held = grade.clamp(STEEPEST_DOWN, STEEPEST_UP);
    // Rounded: between 8,000 and 13,000 a half is added without error, and what is cut off is the rest.
    (held * 10_000.0 + CHANNEL_OFFSET as f64 + 0.5) as u16
}

/// The grade of a lane value, as rise over run.
pub const fn from_channel(value: u16) -> f64 {
    (value as f64 - CHANNEL_OFFSET as f64) / 10_000.0
}

/// Cost of running at a grade between −0.45 and +0.45, in J/(kg·m).
pub const fn running_cost(i: f64) -> f64 {
    ((((155.4 * i - 30.4) * i - 43.3) * i + 46.3) * i + 19.5) * i + 3.6
}

/// What speed at this grade must be multiplied by to give the level speed of equal effort.
pub const fn effort_factor(grade: f64) -> f64 {
    let held = grade.clamp(STEEPEST_DOWN, STEEPEST_UP);
    let ratio = running_cost(held) / 3.6;
    if held >= 0.0 { ratio } else { 1.0 + (ratio - 1.0) / 2.0 }
}

const LOWEST: u16 = to_channel(STEEPEST_DOWN);
const HIGHEST: u16 = to_channel(STEEPEST_UP);

/// The effort factor of every lane value between the steepest slopes: asked for each second, often.
static FACTORS: [f64; (HIGHEST - LOWEST) as usize + 1] = {
    let mut factors = [0.0; (HIGHEST - LOWEST) as usize + 1];
    let mut value = LOWEST;
    while value <= HIGHEST {
        factors[(value - LOWEST) as usize] = effort_factor(from_channel(value));
        value += 1;
    }
    factors
};

/// [`effort_factor`] of a lane value.
pub fn effort_factor_of_channel(value: u16) -> f64 {
    let steepest = || FACTORS[usize::from(value.clamp(LOWEST, HIGHEST) - LOWEST)];
    FACTORS.get(usize::from(value.wrapping_sub(LOWEST))).copied().unwrap_or_else(steepest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(left: f64, right: f64) {
        assert!((left - right).abs() < 1e-6, "{left} is not {right}");
    }

    #[test]
    fn cost_of_running_by_hand() {
        for (grade, cost) in [
            (0.0, 3.6),
            (0.02, 4.008_169),
            (0.05, 4.685_196),
            (0.10, 5.968_214),
            (0.20, 9.006_688),
            (0.30, 12.579_282),
            (0.45, 19.426_015),
            (-0.05, 2.745_924),
            (-0.10, 2.151_706),
            (-0.20, 1.800_032),
            (-0.30, 2.462_238),
            (-0.45, 4.032_305),
        ] {
            near(running_cost(grade), cost);
        }
    }

    #[test]
    fn effort_downhill_counts_half_the_saving() {
        near(effort_factor(0.05), 1.301_443);
        near(effort_factor(-0.05), 0.881_378);
        near(effort_factor(-0.10), 0.798_848);
        near(effort_factor(-0.35), 0.750_004);
        near(2.5 * effort_factor(0.05), 3.253_608);
        near(2.5 * effort_factor(-0.05), 2.203_446);
    }

    #[test]
    fn the_table_holds_the_formula() {
        for grade in [-0.25, -0.2, -0.0731, 0.0, 0.0004, 0.06, 0.3, 0.4] {
            let channel = to_channel(grade);
            near(effort_factor_of_channel(channel), effort_factor(from_channel(channel)));
        }
    }

    #[test]
    fn a_lane_value_is_rounded() {
        for tenths in -2_000..=3_000_i32 {
            let grade = f64::from(tenths) / 10_000.0;
            for near in [grade, grade + 0.000_05, grade + 0.000_049_999_999, grade.next_down()] {
                let rounded = (near.clamp(-0.2, 0.3) * 10_000.0 + 10_000.0).round();
                assert!((f64::from(to_channel(near)) - rounded).abs() < f64::EPSILON, "{near}");
            }
        }
    }

    #[test]
    fn a_lane_value_keeps_the_grade() {
        near(from_channel(to_channel(0.06)), 0.06);
        near(from_channel(to_channel(-0.5)), -0.20);
    }
}
