//! Training load: Banister's training impulse (TRIMP), summed second by second.
//!
//! Banister 1991; the women's constants after Morton, Fitz-Clarke and Banister 1990. A mean heart
//! rate would give less: load grows faster than heart rate.

use super::unpacked_run::UnpackedRun;
use crate::activity::Sex;
use crate::units::BeatsPerMinute;

/// TRIMP of all seconds with a heart rate; `None` where maximum is not above resting.
pub fn training_impulse(
    channels: &UnpackedRun,
    max: BeatsPerMinute,
    resting: BeatsPerMinute,
    sex: Sex,
) -> Option<f64> {
    let reserve = max.get() - resting.get();
    let (factor, exponent) = match sex {
        Sex::Male => (0.64, 1.92),
        Sex::Female => (0.86, 1.67),
    };
    let weight = |beats: usize| {
        let share = ((beats as f64 - resting.get()) / reserve).clamp(0.0, 1.0);
        share * factor * libm::exp(exponent * share) / 60.0
    };
    // Beats are few and seconds many.
    let weights = channels.beats().iter().enumerate();
    let weights = weights.map(|(beats, count)| if *count > 0 { weight(beats) } else { 0.0 });
    let weights: Vec<f64> = weights.collect();
    let beats = channels.series.heart_rate.iter().flatten();
    (reserve > 0.0).then(|| beats.map(|beats| weights[usize::from(beats)]).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::run;

    fn impulse(pieces: &[(usize, u16)], max: f64, resting: f64, sex: Sex) -> f64 {
        let beats: Vec<u16> =
            pieces.iter().flat_map(|(minutes, beats)| vec![*beats; minutes * 60]).collect();
        let series = run(beats.len(), |k| (Some(beats[k]), 2_500, 166));
        training_impulse(
            &UnpackedRun::of(series),
            BeatsPerMinute::of(max),
            BeatsPerMinute::of(resting),
            sex,
        )
        .unwrap()
    }

    #[test]
    fn worked_impulses() {
        for (pieces, max, resting, sex, expected) in [
            (&[(30, 130)][..], 190.0, 50.0, Sex::Male, 32.866),
            (&[(30, 130)], 190.0, 50.0, Sex::Female, 38.284),
            (&[(50, 145)], 190.0, 50.0, Sex::Male, 79.904),
            (&[(50, 145)], 190.0, 50.0, Sex::Female, 90.618),
            (&[(60, 170)], 190.0, 50.0, Sex::Male, 170.651),
            (&[(30, 130)], 200.0, 40.0, Sex::Male, 31.803),
        ] {
            assert!((impulse(pieces, max, resting, sex) - expected).abs() < 1e-3, "{expected}");
        }
        let mixed = impulse(&[(15, 120), (15, 150)], 190.0, 50.0, Sex::Male);
        let even = impulse(&[(30, 135)], 190.0, 50.0, Sex::Male);
        assert!((mixed - 39.560).abs() < 1e-3 && (even - 37.399).abs() < 1e-3, "{mixed} {even}");
    }
}
