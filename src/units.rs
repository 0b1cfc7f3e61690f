//! One type per unit, finite by construction.
//!
//! A quantity that is not known is `None`, never a special number: these types cannot hold NaN or
//! an infinity, so a comparison with a limit always has an answer.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
        #[serde(try_from = "f64", into = "f64")]
        pub struct $name(f64);

        impl $name {
            /// A value known to be finite, such as a constant.
            ///
            /// # Panics
            /// If the value is not finite.
            pub const fn of(value: f64) -> Self {
                assert!(value.is_finite(), "a quantity must be finite");
                Self(value)
            }

            /// The value as a quantity, or `None` where it is not finite.
            pub fn new(value: f64) -> Option<Self> {
                value.is_finite().then_some(Self(value))
            }

            /// The bare number in this unit.
            pub const fn get(self) -> f64 {
                self.0
            }
        }

        impl From<$name> for f64 {
            fn from(quantity: $name) -> f64 {
                quantity.0
            }
        }

        impl TryFrom<f64> for $name {
            type Error = &'static str;

            fn try_from(value: f64) -> Result<Self, Self::Error> {
                Self::new(value).ok_or("not a finite number")
            }
        }
    };
}

unit!(
    /// Heart rate in beats per minute.
    BeatsPerMinute
);
unit!(
    /// A length of time in seconds.
    Seconds
);
unit!(
    /// A length in metres.
    Metres
);
unit!(
    /// Speed in metres per second.
    MetresPerSecond
);
unit!(
    /// Pace in seconds per kilometre.
    SecondsPerKilometre
);
unit!(
    /// Cadence in steps per minute, both feet counted.
    StepsPerMinute
);
unit!(
    /// A share in percent: 0–100 for parts of a whole, any sign for changes.
    Percent
);
unit!(
    /// Temperature in degrees Celsius.
    DegreesCelsius
);

impl Seconds {
    /// Whole minutes and their parts as seconds.
    pub const fn from_minutes(minutes: f64) -> Self {
        Self::of(minutes * 60.0)
    }

    /// The same time in minutes.
    pub const fn minutes(self) -> f64 {
        self.0 / 60.0
    }
}

impl MetresPerSecond {
    /// The pace at this speed; `None` when standing still.
    pub fn pace(self) -> Option<SecondsPerKilometre> {
        (self.0 > 0.0).then(|| SecondsPerKilometre(1000.0 / self.0))
    }
}

/// Metres in one statute mile.
pub const METRES_PER_MILE: f64 = 1609.344;

impl SecondsPerKilometre {
    /// The same pace in seconds per statute mile.
    pub const fn per_mile(self) -> f64 {
        self.0 * METRES_PER_MILE / 1000.0
    }
}

/// A moment in milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(transparent)]
pub struct UnixTime(pub i64);

impl UnixTime {
    /// A moment from whole seconds since 1970.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds * 1000)
    }

    /// Seconds from `earlier` to this moment; negative when this one comes first.
    pub fn seconds_since(self, earlier: Self) -> f64 {
        (self.0 - earlier.0) as f64 / 1000.0
    }

    /// The moment as a calendar date and time, where the calendar reaches that far.
    pub fn date_time(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.0)
    }
}

/// A number of things, which in the plural end in s: `1 run`, `2 runs`.
pub fn counted(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_finite() {
        assert_eq!(BeatsPerMinute::new(f64::NAN), None);
        assert_eq!(BeatsPerMinute::new(f64::INFINITY), None);
        assert_eq!(BeatsPerMinute::new(144.5).map(BeatsPerMinute::get), Some(144.5));
    }

    #[test]
    fn pace_of_two_and_a_half_metres_per_second() {
        let pace = MetresPerSecond::of(2.5).pace().unwrap();
        assert!((pace.get() - 400.0).abs() < 1e-9);
        assert!((pace.per_mile() - 643.7376).abs() < 1e-9);
        assert_eq!(MetresPerSecond::of(0.0).pace(), None);
    }

    #[test]
    fn one_is_no_plural() {
        let all = [counted(0, "run"), counted(1, "run"), counted(2, "run")];
        assert_eq!(all, ["0 runs", "1 run", "2 runs"]);
    }
}
