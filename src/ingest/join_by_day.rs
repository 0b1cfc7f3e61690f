//! Which recording a line is about that states nothing but its day: the one of its sport that lasted as
//! long.

use chrono::{Offset, TimeZone};

use super::MeasuredSession;
use crate::export_tables::ExportEntry;
use crate::metrics::RecordedMetadata;
use crate::units::{Metres, Seconds};

/// A day, and what time zones add before and behind it, in milliseconds.
const DAY_MS: i64 = 86_400_000;
const ZONES_MS: i64 = 14 * 3_600_000;
/// How far apart the lengths of one run may be stated, in seconds and as a share: some programs leave
/// out what is stood.
const SAME_LENGTH_S: f64 = 30.0;
const SAME_LENGTH_SHARE: f64 = 0.02;
/// The same of its distance.
const SAME_DISTANCE_SHARE: f64 = 0.05;

/// From when to when a run of the stated day may have begun, in milliseconds since 1970.
pub(super) fn window(listed: &ExportEntry) -> Option<(i64, i64)> {
    let day = listed.start?.0;
    Some((day.saturating_sub(ZONES_MS), day.saturating_add(DAY_MS + ZONES_MS)))
}

/// Whether a recording may be the one that is meant.
pub(super) fn fits(listed: &ExportEntry, run: &MeasuredSession) -> bool {
    let row = &run.row;
    let is_day = |offset_s: i32| {
        let local = row.metadata.start.0.saturating_add(1000 * i64::from(offset_s));
        listed.start.is_some_and(|day| local.div_euclid(DAY_MS) == day.0.div_euclid(DAY_MS))
    };
    let is_sport = listed.annotations.sport.as_ref() == Some(&row.metadata.sport);
    is_sport && offset_s(&row.metadata).is_none_or(is_day) && lasts_as_long(listed, run)
}

fn lasts_as_long(listed: &ExportEntry, run: &MeasuredSession) -> bool {
    let stated = &listed.annotations.stated;
    let durations = &run.row.durations;
    let is_near = |stated: Seconds| {
        let most = SAME_LENGTH_S.max(SAME_LENGTH_SHARE * stated.get());
        let own = [durations.timer, durations.elapsed, durations.moving];
        own.iter().any(|own| (own.get() - stated.get()).abs() <= most)
    };
    let is_as_far = |(stated, own): (Metres, Metres)| {
        (own.get() - stated.get()).abs() <= SAME_DISTANCE_SHARE * stated.get()
    };
    stated.timer.is_some_and(is_near)
        && stated.distance.zip(run.row.distances.distance).is_none_or(is_as_far)
}

/// Seconds east of Greenwich where the run began, if its file or its place tells.
fn offset_s(recorded: &RecordedMetadata) -> Option<i32> {
    recorded.utc_offset_s.or_else(|| {
        let utc = recorded.start.date_time()?.naive_utc();
        Some(recorded.time_zone?.offset_from_utc_datetime(&utc).fix().local_minus_utc())
    })
}
