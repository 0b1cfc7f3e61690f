//! Linear regression on a series whose noise is correlated in time.
//!
//! Ordinary least squares takes each value for a new piece of evidence and gives intervals far too
//! narrow where the noise wanders. Here the noise is a first-order autoregression in continuous
//! time, whose correlation decays as exp(−Δt/τ) (Jones & Boadi-Boateng 1991, Biometrics 47:161),
//! and the coefficients are those of generalised least squares (Aitken 1935) for a given τ. τ
//! itself is not known: each candidate counts by its restricted likelihood (Harville 1974,
//! Biometrika 61:383), and the spread between the candidates widens the interval (Bayesian model
//! averaging: Hoeting et al. 1999, Statistical Science 14:382).

/// A value at a time with what may explain it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation<const P: usize> {
    /// When, in seconds; later than the observation before.
    pub at_s: f64,
    /// What may explain the value; the first is 1 where there is an intercept.
    pub predictors: [f64; P],
    /// The value.
    pub value: f64,
}

/// A coefficient with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The coefficient.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// An estimate with the ends of its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The estimate.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Estimate {
    /// Its 95 % interval.
    pub fn interval(&self) -> Interval {
        let reach = 1.96 * self.standard_error;
        Interval { value: self.value, low: self.value - reach, high: self.value + reach }
    }
}

/// Candidates for the correlation time of the noise, in seconds: a prior that is even in its logarithm.
const CORRELATION_TIMES_S: [f64; 6] = [6.0, 12.0, 24.0, 48.0, 96.0, 192.0];

/// The coefficients of the predictors.
///
/// `prior` is one imagined observation that counts as much as a real one without any other near
/// it: it holds coefficients that the series hardly tells (mixed estimation: Theil & Goldberger
/// 1961, International Economic Review 2:65). `least_variance` is the variance that the rounding
/// of the values leaves in any case. `None` where there are hardly more observations than
/// coefficients, or the predictors cannot be told apart.
pub fn regression<const P: usize>(
    series: &[Observation<P>],
    prior: &Observation<P>,
    least_variance: f64,
) -> Option<[Estimate; P]> {
    let candidates = CORRELATION_TIMES_S
        .iter()
        .map(|time| LeastSquaresFit::of(&Whitened::of(series, prior, *time), least_variance))
        .collect::<Option<Vec<_>>>()?;
    Some(averaged(&candidates))
}

/// A series divided by its correlation: what is left of each observation once the one before it
/// is known, in units of equal spread.
struct Whitened<const P: usize> {
    observations: Vec<([f64; P], f64)>,
    /// Half the logarithm of the determinant of the correlation.
    log_scale: f64,
}

impl<const P: usize> Whitened<P> {
    fn of(series: &[Observation<P>], prior: &Observation<P>, correlation_time: f64) -> Self {
        let mut observations = Vec::with_capacity(series.len() + 1);
        observations.extend(series.first().map(|first| (first.predictors, first.value)));
        let mut decay = Decay::after(0.0, correlation_time);
        let mut log_scale = 0.0;
        for pair in series.windows(2) {
            let [before, after] = pair else { continue };
            let step = after.at_s - before.at_s;
            // Most observations are as far apart as those before them.
            if step.to_bits() != decay.step.to_bits() {
                decay = Decay::after(step, correlation_time);
            }
            let predictors =
                std::array::from_fn(|k| decay.left(before.predictors[k], after.predictors[k]));
            observations.push((predictors, decay.left(before.value, after.value)));
            log_scale += decay.log_scale;
        }
        observations.push((prior.predictors, prior.value));
        Self { observations, log_scale }
    }
}

/// How correlation fades from one observation to the next.
struct Decay {
    /// The time between them, in seconds.
    step: f64,
    correlation: f64,
    /// The spread of what is left, as a share of that of the whole.
    scale: f64,
    log_scale: f64,
}

impl Decay {
    fn after(step: f64, correlation_time: f64) -> Self {
        let correlation = libm::exp(-step / correlation_time);
        let scale = (1.0 - correlation * correlation).sqrt();
        Self { step, correlation, scale, log_scale: libm::log(scale) }
    }

    /// What is left of a value once the one before it is known.
    fn left(&self, before: f64, after: f64) -> f64 {
        (after - self.correlation * before) / self.scale
    }
}

/// Generalised least squares for one correlation time.
struct LeastSquaresFit<const P: usize> {
    coefficients: [f64; P],
    variances: [f64; P],
    log_likelihood: f64,
}

impl<const P: usize> LeastSquaresFit<P> {
    fn of(whitened: &Whitened<P>, least_variance: f64) -> Option<Self> {
        let (mut squares, mut products) = ([[0.0; P]; P], [0.0; P]);
        for (predictors, value) in &whitened.observations {
            for row in 0..P {
                products[row] += predictors[row] * value;
                for column in 0..P {
                    squares[row][column] += predictors[row] * predictors[column];
                }
            }
        }
        let (inverse, log_determinant) = inverse(squares)?;
        let coefficients = inverse.map(|row| dot(&row, &products));
        let unexplained: f64 = whitened
            .observations
            .iter()
            .map(|(predictors, value)| value - dot(predictors, &coefficients))
            .map(|residual| residual * residual)
            .sum();
        // Three and more degrees of freedom: below them the spread of Student's t is infinite.
        let freedom = whitened.observations.len().checked_sub(P).filter(|left| *left > 2)? as f64;
        let variance = (unexplained / freedom).max(least_variance);
        Some(Self {
            coefficients,
            variances: std::array::from_fn(|k| {
                inverse[k][k] * variance * freedom / (freedom - 2.0)
            }),
            log_likelihood: -whitened.log_scale
                - 0.5 * (log_determinant + freedom * libm::log(variance)),
        })
    }
}

fn dot<const P: usize>(left: &[f64; P], right: &[f64; P]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

/// The mean of the candidates by their likelihood; its variance is the mean of theirs and the
/// variance between them (law of total variance).
fn averaged<const P: usize>(candidates: &[LeastSquaresFit<P>]) -> [Estimate; P] {
    let likeliest = candidates.iter().map(|fit| fit.log_likelihood).fold(f64::MIN, f64::max);
    let weight = |fit: &LeastSquaresFit<P>| libm::exp(fit.log_likelihood - likeliest);
    let total: f64 = candidates.iter().map(weight).sum();
    let mean = |of: &dyn Fn(&LeastSquaresFit<P>) -> f64| {
        candidates.iter().map(|fit| weight(fit) * of(fit)).sum::<f64>() / total
    };
    std::array::from_fn(|k| {
        let value = mean(&|fit| fit.coefficients[k]);
        let variance = mean(&|fit| {
            let apart = fit.coefficients[k] - value;
            fit.variances[k] + apart * apart
        });
        Estimate { value, standard_error: variance.sqrt() }
    })
}

/// The inverse of a symmetric positive matrix and the logarithm of its determinant, by
/// Gauss–Jordan elimination.
fn inverse<const P: usize>(mut matrix: [[f64; P]; P]) -> Option<([[f64; P]; P], f64)> {
    let mut inverse =
        std::array::from_fn(|row| std::array::from_fn(|k| f64::from(u8::from(k == row))));
    let mut log_determinant = 0.0;
    for pivot in 0..P {
        let scale = matrix[pivot][pivot];
        if !scale.is_finite() || scale < f64::EPSILON {
            return None;
        }
        log_determinant += libm::log(scale);
        let divided = matrix[pivot].map(|value| value / scale);
        let divided_inverse = inverse[pivot].map(|value: f64| value / scale);
        for row in 0..P {
            let factor = if row == pivot { scale - 1.0 } else { matrix[row][pivot] };
            for column in 0..P {
                matrix[row][column] -= factor * divided[column];
                inverse[row][column] -= factor * divided_inverse[column];
            }
        }
    }
    Some((inverse, log_determinant))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_PRIOR: Observation<2> = Observation { at_s: 0.0, predictors: [0.0; 2], value: 0.0 };

    fn near(left: f64, right: f64) {
        assert!((left - right).abs() < 1e-9, "{left} is not {right}");
    }

    /// A line with these deviations, every so many seconds.
    fn line(every_s: f64, deviations: &[f64]) -> Vec<Observation<2>> {
        let observation = |(k, deviation): (usize, &f64)| Observation {
            at_s: every_s * k as f64,
            predictors: [1.0, k as f64],
            value: 5.0 + 2.0 * k as f64 + deviation,
        };
        deviations.iter().enumerate().map(observation).collect()
    }

    #[test]
    fn a_straight_line_is_found_with_the_doubt_of_rounding_alone() {
        let [intercept, slope] = regression(&line(1e6, &[0.0; 12]), &NO_PRIOR, 1.0).unwrap();
        near(intercept.value, 5.0);
        near(slope.value, 2.0);
        // Twelve independent values: variance 1 / 143, and 11 of 9 for Student's t.
        near(slope.standard_error, (1.0_f64 / 143.0 * 11.0 / 9.0).sqrt());
    }

    #[test]
    fn far_apart_it_is_ordinary_least_squares() {
        let deviations = [1.0, -1.0, 1.0, -1.0, 1.0, -1.0];
        let [intercept, slope] = regression(&line(1e6, &deviations), &NO_PRIOR, 0.0).unwrap();
        near(slope.value, 2.0 - 3.0 / 17.5);
        near(intercept.value, 5.0 + 2.5 * 3.0 / 17.5);
        // Unexplained 6 − 9 / 17.5 by 4 degrees of freedom (the empty prior counts as one more).
        near(slope.standard_error, ((6.0 - 9.0 / 17.5) / 5.0 / 17.5 * 5.0 / 3.0_f64).sqrt());
    }

    #[test]
    fn wandering_noise_widens_the_interval() {
        let (mut chance, mut value) = (fastrand::Rng::with_seed(1), 0.0);
        let mut next = || {
            value = 0.8 * value + chance.f64() - 0.5;
            value
        };
        let wander: Vec<f64> = (0..200).map(|_| next()).collect();
        let mut jitter = wander.clone();
        fastrand::Rng::with_seed(2).shuffle(&mut jitter);
        let error = |deviations: &[f64]| {
            regression(&line(30.0, deviations), &NO_PRIOR, 0.0).unwrap()[1].standard_error
        };
        // The same values count as (1 + 0.8) / (1 − 0.8) = 9 times fewer.
        let wider = error(&wander) / error(&jitter);
        assert!((2.0..4.0).contains(&wider), "{wider}");
    }

    #[test]
    fn the_prior_holds_what_the_series_does_not_tell() {
        let level: Vec<Observation<2>> = (0..10)
            .map(|k| Observation { at_s: 30.0 * f64::from(k), predictors: [1.0, 0.0], value: 7.0 })
            .collect();
        assert_eq!(regression(&level, &NO_PRIOR, 1.0), None);
        let prior = Observation { at_s: 0.0, predictors: [0.0, 0.5], value: 2.0 };
        let [intercept, held] = regression(&level, &prior, 1.0).unwrap();
        near(intercept.value, 7.0);
        near(held.value, 4.0);
        assert!(held.standard_error > 2.0);
    }

    #[test]
    fn too_few_observations_tell_nothing() {
        assert_eq!(regression(&line(30.0, &[0.0; 3]), &NO_PRIOR, 1.0), None);
        assert_eq!(regression(&[], &NO_PRIOR, 1.0), None);
    }
}
