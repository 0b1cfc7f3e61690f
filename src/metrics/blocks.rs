//! Minutes as units: means of sixty seconds, so that the noise of single seconds is gone.

/// Seconds in a block.
pub const BLOCK_S: usize = 60;

/// Means of full blocks of sixty values, of each kind for itself; a run shorter than one block is one block.
pub fn blocks<const N: usize>(values: impl Iterator<Item = [f64; N]>) -> Vec<[f64; N]> {
    let (mut blocks, mut sums, mut count) = (Vec::new(), [0.0; N], 0);
    // Filtered values come twice as fast where nobody asks for them one by one.
    values.for_each(|values| {
        for (sum, value) in sums.iter_mut().zip(values) {
            *sum += value;
        }
        count += 1;
        if count == BLOCK_S {
            blocks.push(sums.map(|sum| sum / count as f64));
            (sums, count) = ([0.0; N], 0);
        }
    });
    if blocks.is_empty() && count > 0 {
        blocks.push(sums.map(|sum| sum / count as f64));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_minute_is_left_out() {
        let means: Vec<f64> =
            blocks((0..150).map(|k| [f64::from(k)])).into_iter().flatten().collect();
        assert_eq!(means, [29.5, 89.5]);
        assert_eq!(blocks([[4.0, 1.0], [6.0, 2.0]].into_iter()), [[5.0, 1.5]]);
        assert!(blocks::<1>(std::iter::empty()).is_empty());
    }
}
