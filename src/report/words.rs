//! Words that people read for values that programs read under other names.

use crate::athlete::Sensor;
use crate::audit::wording::plain;
use crate::audit::{Leaning, Outcome};

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
) -> [Option<String>; 2] {
    let digits = |more: usize| {
        [value, limit].map(|one| one.map(|one| quantity(one, unit, decimals(one, unit) + more)))
    };
    let plainly = digits(0);
    let differ = value.zip(limit).is_some_and(|(value, limit)| (value - limit).abs() > 1e-9);
    if differ && plainly[0] == plainly[1] { digits(1) } else { plainly }
}

/// Decimals of a measured value that mean something.
fn decimals(value: f64, unit: &str) -> usize {
    match unit {
        "s" | "min" | "bpm" | "days" | "m" | "°C" => 0,
        _ if value.abs() >= 20.0 => 0,
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

    #[test]
    fn numbers_keep_the_digits_that_mean_something() {
        let shown =
            |value: f64, unit: &str| value_and_limit(Some(value), None, unit)[0].clone().unwrap();
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
        let shown = value_and_limit(Some(40.3), Some(40.0), "min");
        assert_eq!(shown, [Some("40.3 min".to_owned()), Some("40 min".to_owned())]);
        let same = value_and_limit(Some(40.0), Some(40.0), "min");
        assert_eq!(same, [Some("40 min".to_owned()), Some("40 min".to_owned())]);
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
