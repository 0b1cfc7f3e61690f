//! Medians, spreads, shifts, robust slopes, and regression on a series whose noise is correlated in time.

mod autocorrelated;
mod middle_slopes;
mod quartiles;
mod shift;
mod slope;
mod theil_sen;

pub use autocorrelated::{Estimate, Interval, Observation, regression};
pub use quartiles::Quartiles;
pub use shift::{Shift, shift};
pub use theil_sen::{TheilSen, theil_sen, theil_sen_slope};

/// The median; the mean of the middle two for an even count.
pub fn median(values: &[f64]) -> Option<f64> {
    median_of_keys(&mut values.iter().copied().map(sort_key).collect::<Vec<_>>())
}

/// The median of values that are counted first, so that no more room is taken than they need.
pub fn median_of(values: impl Iterator<Item = f64> + Clone) -> Option<f64> {
    let mut keys = Vec::with_capacity(values.clone().count());
    keys.extend(values.map(sort_key));
    median_of_keys(&mut keys)
}

/// A number as a whole one that has the same place by [`f64::total_cmp`]: whole numbers are compared at once.
fn sort_key(value: f64) -> i64 {
    exchanged(value.to_bits() as i64)
}

fn of_sort_key(key: i64) -> f64 {
    f64::from_bits(exchanged(key) as u64)
}

/// Of negative numbers, every bit but the sign turned round.
fn exchanged(bits: i64) -> i64 {
    bits ^ ((bits >> 63) as u64 >> 1) as i64
}

/// The median of numbers by their sort keys, of which the lower half stands before the upper from then on.
fn median_of_keys(keys: &mut [i64]) -> Option<f64> {
    let middle = keys.len() / 2;
    if keys.is_empty() {
        return None;
    }
    let is_odd = keys.len() % 2 == 1;
    let (below, upper, _) = keys.select_nth_unstable(middle);
    let upper = of_sort_key(*upper);
    let lower = below.iter().copied().max().map(of_sort_key);
    if is_odd { Some(upper) } else { lower.map(|lower| f64::midpoint(lower, upper)) }
}

/// Each value replaced by the median of itself and two on each side; fewer at the ends.
pub fn median_of_five<T: Copy + PartialOrd>(values: &[T]) -> Vec<T> {
    let mut medians = values.to_vec();
    if let ([a, b, c, ..], [.., x, y, z]) = (values, values) {
        medians[1] = middle_of_three(*a, *b, *c);
        medians[values.len() - 2] = middle_of_three(*x, *y, *z);
    }
    for (median, around) in medians.iter_mut().skip(2).zip(values.windows(5)) {
        *median = middle_of_five([around[0], around[1], around[2], around[3], around[4]]);
    }
    medians
}

fn middle_of_three<T: Copy + PartialOrd>(a: T, b: T, c: T) -> T {
    greater(lesser(a, b), lesser(greater(a, b), c))
}

/// The least and the greatest of four are not in the middle of five; three remain.
fn middle_of_five<T: Copy + PartialOrd>([a, b, c, d, e]: [T; 5]) -> T {
    let low = greater(lesser(a, b), lesser(c, d));
    let high = lesser(greater(a, b), greater(c, d));
    middle_of_three(low, high, e)
}

/// Of numbers: one comparison, where [`f64::min`] has to look for what is none.
fn lesser<T: PartialOrd>(a: T, b: T) -> T {
    if a < b { a } else { b }
}

fn greater<T: PartialOrd>(a: T, b: T) -> T {
    if a > b { a } else { b }
}

/// The arithmetic mean.
pub fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (sum, count) =
        values.into_iter().fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

/// Standard deviation over mean, in percent; `None` where the mean is zero.
pub fn coefficient_of_variation(values: &[f64]) -> Option<f64> {
    let mean = mean(values.iter().copied())?;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>()
        / values.len() as f64;
    (mean > 0.0).then(|| 100.0 * variance.sqrt() / mean)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(left: f64, right: f64) {
        assert!((left - right).abs() < 1e-9, "{left} is not {right}");
    }

    #[test]
    fn medians_by_hand() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }

    #[test]
    fn spread_by_hand() {
        near(coefficient_of_variation(&[2.0, 4.0]).unwrap(), 100.0 / 3.0);
        assert_eq!(coefficient_of_variation(&[0.0, 0.0]), None);
    }
}
