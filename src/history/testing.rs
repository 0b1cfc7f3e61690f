//! Past runs made by hand, for tests.

use chrono::{Days, NaiveDate};

use super::{PastEffort, PastRun};
use crate::activity::{FileAnchors, Rating};
use crate::metrics::peak_heart_rate::PeakHeartRate;
use crate::session::{Session, SessionBy, SessionKind};
use crate::units::{BeatsPerMinute, MetresPerSecond, Percent, Seconds, UnixTime};

/// A day so many days after Monday, 2026-03-30.
pub(crate) fn day(days: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 30).unwrap() + Days::new(days)
}

/// A run of unknown kind at 8:00 UTC.
pub(crate) fn run_on(day: NaiveDate, minutes: f64) -> PastRun {
    let start = day.and_hms_opt(8, 0, 0).unwrap().and_utc().timestamp();
    PastRun {
        start: UnixTime::from_seconds(start),
        end: UnixTime::from_seconds(start + (60.0 * minutes) as i64),
        day,
        is_run: true,
        session: Session::Unknown,
        moving: Seconds::from_minutes(minutes),
        speed: MetresPerSecond::new(2.8),
        mean_heart_rate: None,
        peak_heart_rate: PeakHeartRate::default(),
        coverage: Percent::of(100.0),
        continuous: Seconds::from_minutes(minutes),
        climb_m_per_km: Some(0.0),
        altitude: None,
        anchors: FileAnchors::default(),
        efficiency: None,
        breathing: None,
        rating: Rating::default(),
        next_morning: None,
        effort: None,
        minutes: Vec::new(),
        at_wrist: false,
        best_5_min_speed: None,
        uneven: false,
        load: None,
        verdict: None,
    }
}

/// A run of 40 minutes labelled easy, with a quiet heart rate.
pub(crate) fn easy_on(day: NaiveDate, speed: f64) -> PastRun {
    let quiet = PastEffort {
        above_moderate: Percent::of(0.0),
        seconds: 2400,
        grey_seconds: 0,
        band_s: [0; 5],
    };
    PastRun {
        session: Session::Known(SessionKind::Easy, SessionBy::Label),
        speed: MetresPerSecond::new(speed),
        mean_heart_rate: BeatsPerMinute::new(140.0),
        effort: Some(quiet),
        ..run_on(day, 40.0)
    }
}
