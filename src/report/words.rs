//! Words that people read for values that programs read under other names.

use crate::athlete::Sensor;
use crate::audit::wording::plain;
use crate::audit::{Leaning, Outcome};
use crate::settings::UnitSystem;
use crate::units::METRES_PER_MILE;

/// An answer in words that fit whichever way the question is put.
pub(super) fn answer(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "fine",
        Outcome::Note => "note",
        Outcome::Slip => "slip",
        Outcome::Fail => "fail",
        Outcome::Cannot => "not checked",
    }
}

/// What a run without a verdict probably was.
pub(super) fn leaning(leaning: Leaning) -> &'static str {
    match leaning {
        Leaning::Easy => "It was probably easy.",
        Leaning::Hard => "It was probably too hard.",
    }
}

/// The same behind a reason.
pub(super) fn leaning_short(leaning: Leaning) -> &'static str {
    match leaning {
        Leaning::Easy => ", probably easy",
        Leaning::Hard => ", probably too hard",
    }
}

/// What measured the heart rate.
pub(super) fn sensor(sensor: Sensor) -> &'static str {
    match sensor {
        Sensor::Chest => "chest strap",
        Sensor::Arm => "arm sensor",
        Sensor::External => "paired sensor",
        Sensor::Wrist => "wrist sensor",
        Sensor::Unknown => "unknown sensor",
    }
}

/// The limits of an alternative verdict, such as `hrmax+5`.
pub(super) fn other_limits(what: &str) -> String {
    let shift = what.strip_prefix("hrmax").filter(|shift| !shift.is_empty());
    match (shift, what) {
        (Some(shift), _) => format!("maximum {} bpm", shift.replace('-', "−")),
        (None, "ceiling") => "your own ceiling".to_owned(),
        (None, "talk-test") => "your talk test".to_owned(),
        (None, "threshold") => "lactate threshold".to_owned(),
        (None, "hrr") => "heart-rate reserve".to_owned(),
        (None, "hrmax") => "maximum heart rate".to_owned(),
        (None, other) => other.replace('_', " "),
    }
}

/// A measured value and its limit with their unit, in the digits that mean something; with one
/// more where the two would look equal and are not.
pub(super) fn value_and_limit(
    value: Option<f64>,
    limit: Option<f64>,
    unit: &str,
    units: UnitSystem,
) -> [Option<String>; 2] {
    let ReaderUnit { name: unit, times, plus } = ReaderUnit::of(unit, units);
    let [value, limit] = [value, limit].map(|one| Some(times * one? + plus));
    let digits = |more: usize| {
        [value, limit].map(|one| one.map(|one| quantity(one, unit, decimals(one, unit) + more)))
    };
    let plainly = digits(0);
    let differ = value.zip(limit).is_some_and(|(value, limit)| (value - limit).abs() > 1e-9);
    if differ && plainly[0] == plainly[1] { digits(1) } else { plainly }
}

/// A unit of a criterion as its reader knows it, and what makes a value one in it.
struct ReaderUnit<'u> {
    name: &'u str,
    times: f64,
    plus: f64,
}

impl<'u> ReaderUnit<'u> {
    fn of(unit: &'u str, units: UnitSystem) -> Self {
        const KM_PER_MILE: f64 = METRES_PER_MILE / 1000.0;
        let (name, times, plus) = match (unit, units) {
            ("s/mile", UnitSystem::Metric) => ("s/km", 1.0 / KM_PER_MILE, 0.0),
            ("s/mile/28 d", UnitSystem::Metric) => ("s/km/28 d", 1.0 / KM_PER_MILE, 0.0),
            ("s/mile", UnitSystem::Imperial) => ("s/mi", 1.0, 0.0),
            ("s/mile/28 d", UnitSystem::Imperial) => ("s/mi/28 d", 1.0, 0.0),
            ("s/km", UnitSystem::Imperial) => ("s/mi", KM_PER_MILE, 0.0),
            ("°C", UnitSystem::Imperial) => ("°F", 1.8, 32.0),
            (other, _) => (other, 1.0, 0.0),
        };
        Self { name, times, plus }
    }
}

/// Decimals of a measured value that mean something.
fn decimals(value: f64, unit: &str) -> usize {
    match unit {
        "s" | "min" | "bpm" | "days" | "m" | "°C" | "°F" => 0,
        _ if value.abs() >= 20.0 || unit.starts_with("s/") => 0,
        "%" | "h" => 1,
        _ if value.abs() >= 2.0 => 1,
        _ => 2,
    }
}

fn quantity(value: f64, unit: &str, decimals: usize) -> String {
    let number = plain(value, decimals).replace('-', "−");
    let unit = match unit {
        "days" | "ratings" | "runs" | "signs" | "surges" if number == "1" => {
            unit.trim_end_matches('s')
        }
        unit => unit,
    };
    let blank = if unit.is_empty() || unit.starts_with('/') { "" } else { " " };
    format!("{number}{blank}{unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const METRIC: UnitSystem = UnitSystem::Metric;

    #[test]
    fn numbers_keep_the_digits_that_mean_something() {
        let shown =
            |value, unit| value_and_limit(Some(value), None, unit, METRIC)[0].clone().unwrap();
        assert_eq!((shown(31.87, "min"), shown(-0.03, "min")), ("32 min".into(), "0 min".into()));
        assert_eq!((shown(72.4, "%"), shown(8.26, "%")), ("72 %".into(), "8.3 %".into()));
        assert_eq!((shown(1.157, ""), shown(0.0, "s")), ("1.16".into(), "0 s".into()));
        assert_eq!(shown(-3.5, "bpm/10 min"), "−3.5 bpm/10 min");
        assert_eq!(
            (shown(1.0, "surges"), shown(2.0, "surges")),
            ("1 surge".into(), "2 surges".into())
        );
    }

    #[test]
    fn a_value_beyond_its_limit_does_not_look_like_it() {
        let shown = value_and_limit(Some(40.3), Some(40.0), "min", METRIC);
        assert_eq!(shown, [Some("40.3 min".to_owned()), Some("40 min".to_owned())]);
        let same = value_and_limit(Some(40.0), Some(40.0), "min", METRIC);
        assert_eq!(same, [Some("40 min".to_owned()), Some("40 min".to_owned())]);
    }

    #[test]
    fn every_value_stands_in_the_units_of_its_reader() {
        let shown = |value, limit, unit, units| {
            value_and_limit(Some(value), Some(limit), unit, units).map(Option::unwrap)
        };
        assert_eq!(shown(69.0, 60.0, "s/mile", METRIC), ["43 s/km", "37 s/km"]);
        assert_eq!(shown(69.0, 60.0, "s/mile", UnitSystem::Imperial), ["69 s/mi", "60 s/mi"]);
        assert_eq!(shown(42.9, 37.28, "s/km", UnitSystem::Imperial), ["69 s/mi", "60 s/mi"]);
        assert_eq!(shown(31.0, 28.0, "°C", UnitSystem::Imperial), ["88 °F", "82 °F"]);
        assert_eq!(shown(-25.0, 20.0, "s/mile/28 d", METRIC), ["−16 s/km/28 d", "12 s/km/28 d"]);
    }

    #[test]
    fn other_limits_have_names_that_runners_know() {
        let names = ["hrmax-5", "hrmax+5", "hrmax", "hrr", "without_heart_rate"].map(other_limits);
        assert_eq!(
            names,
            [
                "maximum −5 bpm",
                "maximum +5 bpm",
                "maximum heart rate",
                "heart-rate reserve",
                "without heart rate"
            ]
        );
    }
}
