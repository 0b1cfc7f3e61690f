//! Numbers as sentences carry them.

use crate::settings::UnitSystem;
use crate::units::{METRES_PER_MILE, Metres, Seconds, SecondsPerKilometre};

/// Metres in one foot.
const METRES_PER_FOOT: f64 = 0.3048;

/// How sentences are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wording {
    /// Kilometres or miles.
    pub units: UnitSystem,
}

impl Wording {
    /// A pace with its unit, such as `6:45/km`.
    pub fn pace(self, pace: SecondsPerKilometre) -> String {
        match self.units {
            UnitSystem::Metric => format!("{}/km", clock(pace.get())),
            UnitSystem::Imperial => format!("{}/mi", clock(pace.per_mile())),
        }
    }

    /// A distance with its unit, such as `5.20 km`.
    pub fn distance(self, distance: Metres) -> String {
        match self.units {
            UnitSystem::Metric => format!("{:.2} km", distance.get() / 1000.0),
            UnitSystem::Imperial => format!("{:.2} mi", distance.get() / METRES_PER_MILE),
        }
    }

    /// A difference of paces with its unit, such as `45 s/km`.
    pub fn pace_difference(self, seconds_per_km: f64) -> String {
        match self.units {
            UnitSystem::Metric => format!("{} s/km", plain(seconds_per_km, 0)),
            UnitSystem::Imperial => {
                format!("{} s/mi", plain(seconds_per_km * METRES_PER_MILE / 1000.0, 0))
            }
        }
    }

    /// [`pace_difference`](Self::pace_difference) of one that is in seconds per mile.
    pub fn pace_difference_of_mile(self, seconds_per_mile: f64) -> String {
        self.pace_difference(seconds_per_mile * 1000.0 / METRES_PER_MILE)
    }

    /// A temperature with its unit, such as `28 °C`.
    pub fn temperature(self, celsius: f64) -> String {
        match self.units {
            UnitSystem::Metric => format!("{} °C", plain(celsius, 0)),
            UnitSystem::Imperial => format!("{} °F", plain(1.8 * celsius + 32.0, 0)),
        }
    }

    /// A height with its unit, such as `1200 m`.
    pub fn height(self, height: Metres) -> String {
        match self.units {
            UnitSystem::Metric => format!("{} m", plain(height.get(), 0)),
            UnitSystem::Imperial => format!("{} ft", plain(height.get() / METRES_PER_FOOT, 0)),
        }
    }

    /// A climb per distance with its unit, such as `12 m/km`.
    pub fn climb_rate(self, metres_per_km: f64) -> String {
        match self.units {
            UnitSystem::Metric => format!("{metres_per_km:.0} m/km"),
            UnitSystem::Imperial => {
                format!("{:.0} ft/mi", metres_per_km / METRES_PER_FOOT * METRES_PER_MILE / 1000.0)
            }
        }
    }
}

/// Seconds as `m:ss` or `h:mm:ss`.
pub fn clock(seconds: f64) -> String {
    let whole = seconds.round().max(0.0) as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// A duration in words: `45 s`, `3 min 12 s`, `40 min`.
pub fn duration(seconds: impl Into<f64>) -> String {
    let whole = seconds.into().round().max(0.0) as u64;
    match (whole / 60, whole % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// A duration as minutes, such as `41.5`; whole minutes without a fraction.
pub fn minutes(time: Seconds) -> String {
    plain(time.minutes(), 1)
}

/// A number with at most so many decimals and no needless zeros.
pub fn plain(value: impl Into<f64>, decimals: usize) -> String {
    let value = value.into();
    let text = format!("{value:.decimals$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A value and its limit, with more digits where rounding would make them look equal.
pub fn pair(value: f64, limit: impl Into<f64>, decimals: usize) -> (String, String) {
    let limit = limit.into();
    let alike = |decimals| plain(value, decimals) == plain(limit, decimals);
    let needed = (decimals..decimals + 4).find(|d| !alike(*d)).unwrap_or(decimals);
    let decimals = if (value - limit).abs() < 1e-9 { decimals } else { needed };
    (plain(value, decimals), plain(limit, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(clock(2055.4), "34:15");
        assert_eq!(clock(4200.0), "1:10:00");
        assert_eq!((duration(45.0), duration(192.0)), ("45 s".into(), "3 min 12 s".into()));
        assert_eq!(
            (plain(40.0, 1), plain(8.25, 1), plain(-0.04, 1)),
            ("40".into(), "8.2".into(), "0".into())
        );
    }

    #[test]
    fn value_and_limit_never_look_equal_when_they_are_not() {
        assert_eq!(pair(10.04, 10.0, 0), ("10.04".into(), "10".into()));
        assert_eq!(pair(10.0, 10.0, 0), ("10".into(), "10".into()));
        assert_eq!(pair(12.3, 10.0, 0), ("12".into(), "10".into()));
    }

    #[test]
    fn paces_in_both_units() {
        let pace = SecondsPerKilometre::of(400.0);
        assert_eq!(Wording { units: UnitSystem::Metric }.pace(pace), "6:40/km");
        assert_eq!(Wording { units: UnitSystem::Imperial }.pace(pace), "10:44/mi");
    }

    #[test]
    fn differences_temperatures_and_heights_in_both_units() {
        let said = |units| {
            let wording = Wording { units };
            let height = wording.height(Metres::of(2_000.0));
            [wording.pace_difference(37.28), wording.temperature(28.0), height]
        };
        assert_eq!(said(UnitSystem::Metric), ["37 s/km", "28 °C", "2000 m"]);
        assert_eq!(said(UnitSystem::Imperial), ["60 s/mi", "82 °F", "6562 ft"]);
    }
}
