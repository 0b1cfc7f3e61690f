//! The robust slope of Theil and Sen.

use super::middle_slopes::MiddleSlopes;
use super::slope::slope;
use super::{median_of_keys, of_sort_key, sort_key};

/// More points are thinned evenly: their pairs grow with the square.
const MOST_POINTS: usize = 1_000;

/// The slope that half of all pairs of points exceed, with its 95 % interval.
///
/// Theil (1950) and Sen (1968, Journal of the American Statistical Association 63:1379): one wild
/// point does not move it, where it would turn a least-squares line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TheilSen {
    /// The median slope, in units of y per unit of x.
    pub slope: f64,
    /// The lower and upper end of its 95 % interval.
    pub interval: (f64, f64),
}

/// The Theil–Sen slope alone, where nobody asks how certain it is: only the slopes near the middle
/// are looked at.
pub fn theil_sen_slope(points: &[(f64, f64)]) -> Option<f64> {
    let points = thinned(points);
    let middle = || MiddleSlopes::of(&points, around_the_middle(&points)?)?.median();
    middle().or_else(|| median_of_keys(&mut pair_slopes(&points)))
}

/// Pairs that tell about where the middle slope lies.
const SAMPLE: usize = 800;
/// The middle of all pairs lies within so many places of that of the sample, but for one case in
/// some hundred, in which all slopes are put in order: three standard errors, 3 · √800 / 2.
const REACH: usize = 42;

/// Slopes below and above the middle one, by a sample; `None` for few points, of which all slopes
/// are found as fast.
fn around_the_middle(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let n = points.len();
    if n * n.saturating_sub(1) / 2 <= 2 * SAMPLE {
        return None;
    }
    // Steps through all points that do not fall into the rhythm of runs and minutes.
    let pair = |k: usize| (points[k * 7_919 % n], points[(k * 104_729 + k / n + 1) % n]);
    let sampled = (0..4 * SAMPLE).map(pair).filter_map(|(left, right)| slope(left, right));
    let mut sampled: Vec<f64> = sampled.take(SAMPLE).collect();
    sampled.sort_unstable_by(f64::total_cmp);
    let middle = sampled.len() / 2;
    let at = |place: usize| sampled.get(place).copied();
    Some((middle.checked_sub(REACH).and_then(at)?, at(middle + REACH)?))
}

/// The Theil–Sen slope of points whose x all differ; `None` for fewer than two.
pub fn theil_sen(points: &[(f64, f64)]) -> Option<TheilSen> {
    let points = thinned(points);
    let mut slopes = pair_slopes(&points);
    let slope = median_of_keys(&mut slopes)?;
    let (n, pairs) = (points.len() as f64, slopes.len() as f64);
    let reach = 1.96 * (n * (n - 1.0) * (2.0 * n + 5.0) / 18.0).sqrt();
    let last = slopes.len() - 1;
    let low = ((pairs - reach) / 2.0).floor().max(0.0) as usize;
    let high = (f64::midpoint(pairs, reach).ceil().max(1.0) as usize - 1).min(last);
    // Since the median was found, no slope of the lower half stands behind one of the upper.
    let middle = slopes.len() / 2;
    let (lower, upper) = slopes.split_at_mut(middle);
    let nth = |keys: &mut [i64], n: usize| of_sort_key(*keys.select_nth_unstable(n).1);
    let high = nth(upper, high.saturating_sub(middle));
    let low = if low < middle { nth(lower, low) } else { slope };
    Some(TheilSen { slope, interval: (low, high) })
}

fn thinned(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    points.iter().copied().step_by(points.len().div_ceil(MOST_POINTS).max(1)).collect()
}

/// The sort keys of the slopes of all pairs.
fn pair_slopes(points: &[(f64, f64)]) -> Vec<i64> {
    let mut slopes = Vec::with_capacity(points.len() * points.len().saturating_sub(1) / 2);
    for (k, point) in points.iter().enumerate() {
        let later = points[k + 1..].iter();
        slopes.extend(later.filter_map(|later| slope(*point, *later)).map(sort_key));
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(left: f64, right: f64) {
        assert!((left - right).abs() < 1e-9, "{left} is not {right}");
    }

    fn by_minute(first: u32, beats: &[f64]) -> Vec<(f64, f64)> {
        (first..).map(f64::from).zip(beats.iter().copied()).collect()
    }

    #[test]
    fn a_steady_rise_keeps_its_slope_despite_one_wild_block() {
        let mut beats: Vec<f64> = (0..25).map(|k| 130.0 + 0.25 * f64::from(k)).collect();
        let steady = theil_sen(&by_minute(0, &beats)).unwrap();
        near(steady.slope * 10.0, 2.5);
        near(steady.interval.0 * 10.0, 2.5);
        near(steady.interval.1 * 10.0, 2.5);
        beats[20] += 40.0;
        near(theil_sen(&by_minute(0, &beats)).unwrap().slope * 10.0, 2.5);
        near(theil_sen_slope(&by_minute(0, &beats)).unwrap() * 10.0, 2.5);
    }

    #[test]
    fn the_interval_is_the_worked_one() {
        let beats = [
            128.0, 130.3, 127.6, 129.9, 127.2, 130.5, 129.8, 129.1, 132.4, 128.7, 132.0, 130.3,
            131.6, 133.9, 131.2,
        ];
        let noisy = theil_sen(&by_minute(5, &beats)).unwrap();
        near(noisy.slope * 10.0, 3.0);
        near(noisy.interval.0 * 10.0, 0.5);
        near(noisy.interval.1 * 10.0, 5.0);
    }

    /// Points as they come from minutes: noisy, some of them at the same x, and in single precision.
    fn minutes(count: usize, steps: f64, seed: u64) -> Vec<(f64, f64)> {
        let mut chance = fastrand::Rng::with_seed(seed);
        let mut minute = || {
            let speed = (steps * (2.4 + chance.f64())).round() / steps;
            (f64::from(speed as f32), f64::from((80.0 + 22.0 * speed + 20.0 * chance.f64()) as f32))
        };
        (0..count).map(|_| minute()).collect()
    }

    #[test]
    fn the_slope_is_that_of_all_pairs_to_the_last_bit() {
        for seed in 0..40 {
            for (count, steps) in
                [(2, 9.0), (57, 9.0), (58, 1e6), (300, 2.0), (301, 50.0), (700, 1e6)]
            {
                let points = minutes(count, steps, seed);
                let plain = median_of_keys(&mut pair_slopes(&points));
                let bits = |slope: Option<f64>| slope.map(f64::to_bits);
                assert_eq!(bits(theil_sen_slope(&points)), bits(plain), "{count} {steps} {seed}");
            }
        }
    }

    #[test]
    fn the_middle_of_minutes_is_found_without_all_their_pairs() {
        let is_found = |seed: &u64| {
            let points = minutes(400, 1e6, *seed);
            let middle = MiddleSlopes::of(&points, around_the_middle(&points).unwrap());
            middle.and_then(MiddleSlopes::median).is_some()
        };
        assert!((0..100).filter(is_found).count() >= 97);
    }

    #[test]
    fn a_sample_that_misses_the_middle_changes_nothing() {
        let points = minutes(200, 1e6, 1);
        let of = |low, high| MiddleSlopes::of(&points, (low, high)).and_then(MiddleSlopes::median);
        let slope = theil_sen_slope(&points).unwrap();
        assert_eq!(of(slope - 1.0, slope + 1.0), Some(slope));
        assert_eq!((of(slope + 1.0, slope + 2.0), of(slope - 2.0, slope - 1.0)), (None, None));
        // Two clusters: the sample says little of where the gap between them is.
        let apart = |k: usize| (k as f64, if k.is_multiple_of(2) { 1e6 } else { -1e6 });
        let clusters: Vec<(f64, f64)> = (0..400).map(apart).collect();
        assert_eq!(theil_sen_slope(&clusters), median_of_keys(&mut pair_slopes(&clusters)));
        let level: Vec<(f64, f64)> = (0..400).map(|k| (f64::from(k), 5.0)).collect();
        assert_eq!(theil_sen_slope(&level), Some(0.0));
        assert_eq!(theil_sen_slope(&[(1.0, 2.0); 99]), None, "points above each other");
        // The two zeros are one place.
        let xs = [-0.0, 0.0, 1.0, 2.0, -1.0];
        for seed in 0..20 {
            let mut chance = fastrand::Rng::with_seed(seed);
            let points: Vec<(f64, f64)> =
                (0..100).map(|k| (xs[k % 5], 10.0 * chance.f64())).collect();
            assert_eq!(theil_sen_slope(&points), median_of_keys(&mut pair_slopes(&points)));
        }
        let mut nowhere = minutes(100, 1e6, 1);
        nowhere[7].1 = f64::NAN;
        let found = theil_sen_slope(&nowhere).map(f64::to_bits);
        assert_eq!(found, median_of_keys(&mut pair_slopes(&nowhere)).map(f64::to_bits));
    }

    #[test]
    fn too_few_points_have_no_slope() {
        assert_eq!(theil_sen(&[]), None);
        assert_eq!(theil_sen(&[(1.0, 2.0)]), None);
        let two = theil_sen(&[(0.0, 1.0), (2.0, 5.0)]).unwrap();
        near(two.slope, 2.0);
    }
}
