//! Minutes as units: means of sixty seconds, so that the noise of single seconds is gone.

/// Seconds in a block.
pub const BLOCK_S: usize = 60;

/// One full block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    /// The mean of its values.
    pub mean: f64,
}

/// Means of full blocks of sixty values; a run shorter than one block is one block.
pub fn blocks(values: impl Iterator<Item = f64>) -> Vec<Block> {
    let (mut blocks, mut sum, mut count) = (Vec::new(), 0.0, 0);
    // Filtered values come twice as fast where nobody asks for them one by one.
    values.for_each(|value| {
        sum += value;
        count += 1;
        if count == BLOCK_S {
            blocks.push(Block { mean: sum / count as f64 });
            (sum, count) = (0.0, 0);
        }
    });
    if blocks.is_empty() && count > 0 {
        blocks.push(Block { mean: sum / count as f64 });
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_minute_is_left_out() {
        let means: Vec<f64> =
            blocks((0..150).map(f64::from)).iter().map(|block| block.mean).collect();
        assert_eq!(means, [29.5, 89.5]);
        assert_eq!(blocks([4.0, 6.0].into_iter()), [Block { mean: 5.0 }]);
        assert!(blocks(std::iter::empty()).is_empty());
    }
}
