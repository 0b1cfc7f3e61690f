//! Whether recovery runs get easier or harder: the last eight by themselves, and against those before.

use super::{PastRun, slope_per_day};
use crate::metrics::statistics::{Shift, TheilSen, shift};

/// Recovery runs that count as the last ones.
pub const RECENT_RUNS: usize = 8;
/// Recovery runs that either side needs.
pub const LEAST_RUNS: usize = 5;

/// How a figure of the last recovery runs differs from that of the runs before them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Recovery runs that are compared: the last ones, and those before.
    pub runs: [usize; 2],
    /// The difference, last minus before, in the unit of the figure.
    pub shift: Shift,
}

/// Where a figure is going.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// It is lower than before.
    Lower,
    /// It is higher than before.
    Higher,
    /// Its 95 % interval holds zero.
    Unclear,
}

impl Change {
    /// Compares the last eight of figures in time order with the eight before; `None` where either
    /// side has fewer than five.
    pub fn of(figures: &[f64]) -> Option<Self> {
        let (before, recent) = figures.split_at(figures.len().saturating_sub(RECENT_RUNS));
        let before = &before[before.len().saturating_sub(RECENT_RUNS)..];
        let enough = recent.len() >= LEAST_RUNS && before.len() >= LEAST_RUNS;
        enough.then_some(())?;
        Some(Self { runs: [recent.len(), before.len()], shift: shift(recent, before)? })
    }

    /// Whether the figure is clearly lower or higher than before.
    pub fn direction(&self) -> Direction {
        let (low, high) = self.shift.interval;
        match () {
            () if high < 0.0 => Direction::Lower,
            () if low > 0.0 => Direction::Higher,
            () => Direction::Unclear,
        }
    }
}

/// The slope per day of a figure over the last recovery runs; `None` where fewer than five have it.
pub fn recent_slope(
    runs: &[&PastRun],
    figure: impl Fn(&PastRun) -> Option<f64>,
) -> Option<TheilSen> {
    slope_per_day(&runs[runs.len().saturating_sub(RECENT_RUNS)..], LEAST_RUNS, figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_eight_are_compared_with_the_eight_before() {
        let mut figures = vec![500.0; 3];
        figures.extend([60.0, 61.0, 62.0, 63.0, 64.0, 65.0, 66.0, 67.0]);
        figures.extend([20.0, 21.0, 22.0, 23.0, 24.0, 25.0, 26.0, 27.0]);
        let change = Change::of(&figures).unwrap();
        assert_eq!((change.runs, change.direction()), ([8, 8], Direction::Lower));
        assert!((change.shift.difference + 40.0).abs() < 1e-9, "{change:?}");
        figures.reverse();
        let rising = Change::of(&figures[..16]).unwrap();
        assert_eq!(rising.direction(), Direction::Higher);
    }

    #[test]
    fn no_change_is_claimed_without_an_interval_beside_zero() {
        let same: Vec<f64> = (0..16).map(|k| f64::from(k % 4)).collect();
        assert_eq!(Change::of(&same).unwrap().direction(), Direction::Unclear);
        assert_eq!(Change::of(&[0.0; 16]).unwrap().direction(), Direction::Unclear);
    }

    #[test]
    fn few_runs_show_no_change() {
        assert_eq!(Change::of(&[1.0; 12]), None, "eight against four");
        assert_eq!(Change::of(&[1.0; 13]).map(|change| change.runs), Some([8, 5]));
        assert_eq!(Change::of(&[]), None);
    }
}
