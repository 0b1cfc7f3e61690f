//! The robust slope of Theil and Sen.

use super::median_in_place;

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

/// The Theil–Sen slope alone, where nobody asks how certain it is: a third of the work.
pub fn theil_sen_slope(points: &[(f64, f64)]) -> Option<f64> {
    median_in_place(&mut pair_slopes(&thinned(points)))
}

/// The Theil–Sen slope of points whose x all differ; `None` for fewer than two.
pub fn theil_sen(points: &[(f64, f64)]) -> Option<TheilSen> {
    let points = thinned(points);
    let mut slopes = pair_slopes(&points);
    let slope = median_in_place(&mut slopes)?;
    let (n, pairs) = (points.len() as f64, slopes.len() as f64);
    let reach = 1.96 * (n * (n - 1.0) * (2.0 * n + 5.0) / 18.0).sqrt();
    let last = slopes.len() - 1;
    let low = ((pairs - reach) / 2.0).floor().max(0.0) as usize;
    let high = (f64::midpoint(pairs, reach).ceil().max(1.0) as usize - 1).min(last);
    let low = *slopes.select_nth_unstable_by(low.min(last), f64::total_cmp).1;
    let high = *slopes.select_nth_unstable_by(high, f64::total_cmp).1;
    Some(TheilSen { slope, interval: (low, high) })
}

fn thinned(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    points.iter().copied().step_by(points.len().div_ceil(MOST_POINTS).max(1)).collect()
}

fn pair_slopes(points: &[(f64, f64)]) -> Vec<f64> {
    let mut slopes = Vec::with_capacity(points.len() * points.len().saturating_sub(1) / 2);
    for (i, (x1, y1)) in points.iter().enumerate() {
        // Points above each other have no slope.
        let later = points[i + 1..].iter().filter(|(x2, _)| (x2 - x1).abs() > 0.0);
        slopes.extend(later.map(|(x2, y2)| (y2 - y1) / (x2 - x1)));
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

    #[test]
    fn too_few_points_have_no_slope() {
        assert_eq!(theil_sen(&[]), None);
        assert_eq!(theil_sen(&[(1.0, 2.0)]), None);
        let two = theil_sen(&[(0.0, 1.0), (2.0, 5.0)]).unwrap();
        near(two.slope, 2.0);
    }
}
