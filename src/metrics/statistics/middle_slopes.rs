//! The slopes of pairs of points that lie between two, found without looking at every pair.
//!
//! Of two points the later one lies above a line of some slope through the earlier one exactly where
//! their slope is greater. So the order of the points by their height above such lines tells how many
//! slopes are lower, and pairs that change places from one slope to another are those in between:
//! Dillencourt, Mount and Netanyahu, International Journal of Computational Geometry & Applications 2
//! (1992), 1–27.

use super::slope::slope;

/// The slopes in the middle, and how many there are besides.
pub(super) struct MiddleSlopes {
    /// How many are lower.
    lower: usize,
    known: Vec<f64>,
    all: usize,
    /// Slopes closer to the ends than the rounding of heights are not told from those beyond.
    sure: (f64, f64),
}

/// A point with its height above lines of two slopes.
#[derive(Clone, Copy)]
struct RankedPoint {
    place: usize,
    x: f64,
    above_low: f64,
    above_high: f64,
}

impl MiddleSlopes {
    /// The slopes from the lower to the higher of two; `None` where a point is no place.
    pub(super) fn of(points: &[(f64, f64)], (low, high): (f64, f64)) -> Option<Self> {
        points.iter().all(|(x, y)| x.is_finite() && y.is_finite()).then_some(())?;
        // Of the two zeros the one that is none below itself: they are one place.
        let place = |(place, (x, y)): (usize, &(f64, f64))| (place, x + 0.0, *y);
        let mut placed: Vec<(usize, f64, f64)> = points.iter().enumerate().map(place).collect();
        // Of points above each other, the higher ones are higher above every line too.
        placed.sort_unstable_by(|(_, x1, y1), (_, x2, y2)| x1.total_cmp(x2).then(y1.total_cmp(y2)));
        let rounding = rounding(&placed, low.abs().max(high.abs()));
        let (low, high) = (low - 2.0 * rounding, high + 2.0 * rounding);
        let rank = |(place, x, y)| RankedPoint {
            place,
            x,
            above_low: y - low * x,
            above_high: y - high * x,
        };
        let mut ranked: Vec<RankedPoint> = placed.into_iter().map(rank).collect();
        let all = pairs(points.len()) - above_each_other(&ranked);
        let lower = sort_by_low(&mut ranked);
        let known = between(&mut ranked, points);
        let sure = (low + rounding, high - rounding);
        Some(Self { lower, known, all, sure })
    }

    /// The middle one, the mean of the middle two of an even number; `None` where that is not among
    /// those that are known.
    pub(super) fn median(mut self) -> Option<f64> {
        let upper = (self.all / 2).checked_sub(self.lower)?;
        if upper == 0 || upper >= self.known.len() {
            return None;
        }
        let (below, upper, _) = self.known.select_nth_unstable_by(upper, f64::total_cmp);
        let (lower, upper) = (below.iter().copied().max_by(f64::total_cmp)?, *upper);
        let is_sure = self.sure.0 < lower && upper < self.sure.1;
        let middle = if self.all % 2 == 1 { upper } else { f64::midpoint(lower, upper) };
        is_sure.then_some(middle)
    }
}

/// How far a slope may lie from where the heights of its points put it; they stand in the order of x.
fn rounding(placed: &[(usize, f64, f64)], steepest: f64) -> f64 {
    let steps = placed.windows(2).map(|pair| pair[1].1 - pair[0].1).filter(|step| *step > 0.0);
    let height = |(_, x, y): &(usize, f64, f64)| y.abs() + steepest * x.abs();
    let highest = placed.iter().map(height).fold(0.0, f64::max);
    let narrowest = steps.fold(f64::INFINITY, f64::min);
    8.0 * f64::EPSILON * (highest / narrowest + steepest)
}

fn pairs(count: usize) -> usize {
    count * count.saturating_sub(1) / 2
}

/// Pairs of points with the same x, which have no slope; the points stand in its order.
fn above_each_other(ranked: &[RankedPoint]) -> usize {
    let alike = |left: &RankedPoint, right: &RankedPoint| (right.x - left.x).abs() <= 0.0;
    ranked.chunk_by(alike).map(|group| pairs(group.len())).sum()
}

/// Puts points in the order of their height above the lower slope, and counts the pairs that stood
/// the other way round.
fn sort_by_low(points: &mut [RankedPoint]) -> usize {
    if points.len() < 2 {
        return 0;
    }
    let (left, right) = points.split_at_mut(points.len() / 2);
    let mut exchanged = sort_by_low(left) + sort_by_low(right);
    let (mut left, mut right) = (&*left, &*right);
    let mut merged = Vec::with_capacity(left.len() + right.len());
    while let ([one, other_left @ ..], [other, other_right @ ..]) = (left, right) {
        if other.above_low < one.above_low {
            exchanged += left.len();
            merged.push(*other);
            right = other_right;
        } else {
            merged.push(*one);
            left = other_left;
        }
    }
    merged.extend_from_slice(left);
    merged.extend_from_slice(right);
    points.copy_from_slice(&merged);
    exchanged
}

/// Puts points that stand in the order of the lower slope in that of the higher one, and tells the
/// slopes of the pairs that change places.
fn between(ranked: &mut [RankedPoint], points: &[(f64, f64)]) -> Vec<f64> {
    let mut slopes = Vec::new();
    for next in 1..ranked.len() {
        let moved = ranked[next];
        let mut place = next;
        while place > 0 && moved.above_high <= ranked[place - 1].above_high {
            let passed = ranked[place - 1];
            if passed.x < moved.x {
                let (first, later) = (passed.place.min(moved.place), passed.place.max(moved.place));
                slopes.extend(slope(points[first], points[later]));
            }
            ranked[place] = passed;
            place -= 1;
        }
        ranked[place] = moved;
    }
    slopes
}
