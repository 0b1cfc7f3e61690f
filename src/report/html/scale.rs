//! From values to places on a picture, and the few round values that get a label.

/// A range of values laid over a height, in pixels from the top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    /// The value at the bottom.
    bottom: f64,
    /// The value at the top; smaller than that at the bottom where less is up.
    top: f64,
    /// Pixels left free above it.
    margin: f64,
    /// Pixels in all.
    height: f64,
}

impl Scale {
    /// A scale of some height; a range without extent is widened.
    pub(super) fn new(bottom: f64, top: f64, margin: f64, height: f64) -> Self {
        let top = if (top - bottom).abs() < 1e-9 { bottom + 1.0 } else { top };
        Self { bottom, top, margin, height }
    }

    /// Where a value lies, inside the picture.
    pub(super) fn y(&self, value: f64) -> f64 {
        let share = ((value - self.bottom) / (self.top - self.bottom)).clamp(0.0, 1.0);
        self.height - share * (self.height - self.margin)
    }

    /// Whether a value lies on the scale.
    pub(super) fn holds(&self, value: f64) -> bool {
        let (low, high) = (self.bottom.min(self.top), self.bottom.max(self.top));
        (low..=high).contains(&value)
    }

    /// Its height in pixels.
    pub(super) fn height(&self) -> f64 {
        self.height
    }

    /// At most so many multiples of the smallest of these steps that is wide enough.
    pub(super) fn ticks(&self, steps: &[f64], most: usize) -> Vec<f64> {
        ticks(self.bottom.min(self.top), self.bottom.max(self.top), steps, most)
    }
}

/// At most so many multiples of the smallest of these rising steps that is wide enough; none where
/// even the widest is too narrow.
pub(super) fn ticks(low: f64, high: f64, steps: &[f64], most: usize) -> Vec<f64> {
    let multiples = |step: f64| {
        let (first, last) = ((low / step).ceil(), (high / step).floor());
        (first <= last && last - first < most as f64).then_some((step, first, last))
    };
    let Some((step, first, last)) = steps.iter().copied().find_map(multiples) else {
        return Vec::new();
    };
    (0..=(last - first) as usize).map(|k| (first + k as f64) * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_lie_between_the_edges() {
        let scale = Scale::new(100.0, 180.0, 20.0, 220.0);
        assert!((scale.y(100.0) - 220.0).abs() < 1e-9);
        assert!((scale.y(180.0) - 20.0).abs() < 1e-9);
        assert!((scale.y(140.0) - 120.0).abs() < 1e-9);
        assert!((scale.y(300.0) - 20.0).abs() < 1e-9, "what is too high stays at the edge");
        assert!(scale.holds(180.0) && !scale.holds(180.1));
    }

    #[test]
    fn less_is_up_where_the_scale_is_turned() {
        let pace = Scale::new(480.0, 300.0, 0.0, 90.0);
        assert!(pace.y(300.0) < pace.y(360.0));
        assert!((pace.y(360.0) - 30.0).abs() < 1e-9);
        assert_eq!(pace.ticks(&[30.0, 60.0], 4), [300.0, 360.0, 420.0, 480.0]);
    }

    #[test]
    fn a_flat_range_has_a_place_all_the_same() {
        assert!(Scale::new(7.0, 7.0, 0.0, 50.0).y(7.0).is_finite());
    }

    #[test]
    fn ticks_are_few_and_round() {
        assert_eq!(ticks(0.0, 1_798.0, &[60.0, 120.0, 300.0, 600.0], 6).len(), 6);
        assert_eq!(
            ticks(0.0, 1_798.0, &[60.0, 120.0, 300.0, 600.0], 5),
            [0.0, 600.0, 1200.0],
            "0, 5, … 25 min would be six"
        );
        assert_eq!(ticks(118.0, 163.0, &[5.0, 10.0, 20.0], 5), [120.0, 130.0, 140.0, 150.0, 160.0]);
        assert!(ticks(0.0, 1e9, &[1.0], 5).is_empty());
    }
}
