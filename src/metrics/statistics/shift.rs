//! How far one sample lies above another.

use super::median;

/// How far one sample lies above another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// The median of all differences, in the unit of the samples.
    pub difference: f64,
    /// The lower and upper end of its 95 % interval.
    pub interval: (f64, f64),
}

/// The Hodges–Lehmann shift from `before` to `after` with the interval of the rank-sum test, in its
/// normal approximation; `None` where either is empty. Two samples of five or more have an interval
/// narrower than all differences.
pub fn shift(after: &[f64], before: &[f64]) -> Option<Shift> {
    let mut differences: Vec<f64> =
        after.iter().flat_map(|later| before.iter().map(move |earlier| later - earlier)).collect();
    differences.sort_by(f64::total_cmp);
    let (m, n) = (after.len() as f64, before.len() as f64);
    let reach = 1.96 * (m * n * (m + n + 1.0) / 12.0).sqrt();
    let low = ((m * n / 2.0 - reach).floor().max(0.0)) as usize;
    let last = differences.len().checked_sub(1)?;
    let low = low.min(last / 2);
    Some(Shift {
        difference: median(&differences)?,
        interval: (differences[low], differences[last - low]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(left: f64, right: f64) {
        assert!((left - right).abs() < 1e-9, "{left} is not {right}");
    }

    #[test]
    fn a_shift_is_the_worked_one() {
        // Differences are 10·d − 5 for d = i − j, of which there are 8 − |d|: the 14th smallest, the
        // end that tables of the rank-sum test give for 8 and 8, is that of d = −3.
        let before: Vec<f64> = (1..=8).map(|k| f64::from(10 * k)).collect();
        let after: Vec<f64> = before.iter().map(|value| value - 5.0).collect();
        let found = shift(&after, &before).unwrap();
        near(found.difference, -5.0);
        near(found.interval.0, -35.0);
        near(found.interval.1, 25.0);
        assert_eq!(shift(&[], &before), None);
        near(shift(&[3.0], &[1.0]).unwrap().difference, 2.0);
    }
}
