//! Whether recovery runs get easier or harder: the last eight by themselves, and against those before.

use crate::metrics::statistics::{Shift, TheilSen, shift, theil_sen};
use crate::units::UnixTime;

/// Recovery runs that count as the last ones.
pub const RECENT_RUNS: usize = 8;
/// Recovery runs that either side needs.
pub const LEAST_RUNS: usize = 5;

/// Where a figure of recovery runs is going, seen over the same runs in two ways: what the criterion
/// `creep` judges a run by, and what a season is summed up by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Its median slope (Theil–Sen) per day over the last eight runs; `None` where fewer than five have it.
    pub slope: Option<TheilSen>,
    /// The last eight that have it against the eight before; `None` where either side has fewer than five.
    pub change: Option<Change>,
}

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
    fn of(figures: &[f64]) -> Option<Self> {
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

impl Trend {
    /// The trend of a figure of runs in time order, each with its start.
    pub fn of(runs: &[(UnixTime, Option<f64>)]) -> Self {
        let figures: Vec<f64> = runs.iter().filter_map(|(_, figure)| *figure).collect();
        Self { slope: recent_slope(runs), change: Change::of(&figures) }
    }
}

fn recent_slope(runs: &[(UnixTime, Option<f64>)]) -> Option<TheilSen> {
    let recent = &runs[runs.len().saturating_sub(RECENT_RUNS)..];
    let mut points: Vec<(f64, f64)> = recent
        .iter()
        .filter_map(|(start, figure)| Some((start.0 as f64 / 86_400_000.0, (*figure)?)))
        .collect();
    points.sort_by(|left, right| left.0.total_cmp(&right.0));
    points.dedup_by_key(|point| point.0);
    theil_sen(&points).filter(|_| points.len() >= LEAST_RUNS)
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

    #[test]
    fn a_slope_per_day_by_hand() {
        let at = |day: i64| UnixTime::from_seconds(86_400 * day);
        let mut runs: Vec<_> = (0..5).map(|day| (at(day), Some(day as f64))).collect();
        let slope = |runs: &[_]| Trend::of(runs).slope.map(|line| line.slope);
        assert_eq!(slope(&runs), Some(1.0));
        runs.push(runs[4]);
        assert_eq!(slope(&runs), Some(1.0), "the same moment twice");
        assert_eq!(slope(&runs[..4]), None);
        runs[4].1 = None;
        assert_eq!(slope(&runs[..5]), None, "a run without the figure");
    }
}
