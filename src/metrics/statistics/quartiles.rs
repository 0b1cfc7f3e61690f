//! The middle half of some values.

/// Median and quartiles: a quarter of the values lies below the lower, a quarter above the upper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quartiles {
    /// The lower quartile: the median of the lower half.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The upper quartile: the median of the upper half.
    pub high: f64,
}

impl Quartiles {
    /// Those of at least so many values; `None` of fewer.
    pub fn of(mut values: Vec<f64>, least: usize) -> Option<Self> {
        values.sort_unstable_by(f64::total_cmp);
        let half = values.len() / 2;
        let upper = values.len() - half;
        (values.len() >= least.max(2)).then(|| Self {
            low: middle(&values[..half]),
            median: middle(&values),
            high: middle(&values[upper..]),
        })
    }
}

/// The median of sorted values, of which there is at least one.
fn middle(sorted: &[f64]) -> f64 {
    f64::midpoint(sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_half_by_hand() {
        let middle = Quartiles::of(vec![5.0, 1.0, 2.0, 4.0, 3.0], 3).unwrap();
        assert_eq!(middle, Quartiles { low: 1.5, median: 3.0, high: 4.5 });
        assert_eq!(Quartiles::of(vec![1.0, 2.0], 3), None);
    }
}
