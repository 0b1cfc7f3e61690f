//! When a run was whose recorder did not know: its clock was never set, so that the file says 1970, 1989
//! or 2000. The table of the export says it, else the name of the file.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeZone};

use crate::activity::{Repair, RepairKind, is_before_clocks};
use crate::metrics::{RecordedMetadata, RunMetrics};
use crate::units::UnixTime;

/// A table that differs by less is right about something else: dates are written in many ways.
const ANOTHER_YEAR_MS: i64 = 366 * 86_400_000;
/// The same of a clock that was never set, in ms: time zones make no more.
const ANOTHER_DAY_MS: i64 = 26 * 3_600_000;
/// A name that differs by less names the day of the same clock, in ms.
const ANOTHER_MONTH_MS: i64 = 30 * 86_400_000;
/// Years that a name may mean.
const YEARS: std::ops::RangeInclusive<i32> = 2007..=2100;

/// Whether a run that begins by its file at this time began by its table at that one.
pub(super) fn table_decides(recorded: UnixTime, listed: UnixTime) -> bool {
    let apart = (recorded.0 - listed.0).abs();
    !is_before_clocks(listed)
        && apart > if is_before_clocks(recorded) { ANOTHER_DAY_MS } else { ANOTHER_YEAR_MS }
}

/// Moves a run to another start, and notes it.
pub(super) fn move_to(run: &mut RunMetrics, start: UnixTime) {
    run.metadata.start = start;
    run.metadata.repairs.retain(|repair| repair.kind != RepairKind::ClockNotSet);
    run.metadata.repairs.push(Repair { kind: RepairKind::ClockNotSet, count: 1 });
}

/// Whether the day of a run was found elsewhere than in its file.
pub(super) fn is_moved(run: &RunMetrics) -> bool {
    run.metadata.repairs.iter().any(|repair| repair.kind == RepairKind::ClockNotSet)
}

/// Moves the runs of a file whose clock was not set to the day in its name; says whether it did.
pub(super) fn follow_name(path: &str, runs: &mut [RunMetrics]) -> bool {
    let Some(first) = runs.iter().map(|run| run.metadata.start).min() else { return false };
    let base = path.rsplit('/').next().unwrap_or(path);
    let named = named(base).filter(|_| is_before_clocks(first));
    let Some(named) = named.and_then(|named| named.start(&runs[0].metadata)) else { return false };
    if (named.0 - first.0).abs() <= ANOTHER_MONTH_MS {
        return false;
    }
    for run in runs {
        let start = UnixTime(run.metadata.start.0 + named.0 - first.0);
        move_to(run, start);
    }
    true
}

/// What the name of a file says of its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct NamedStart {
    day: NaiveDate,
    time: Option<NaiveTime>,
    is_utc: bool,
}

impl NamedStart {
    /// The moment; local times go by what the file says of its time zone. Without a time it is noon, so
    /// that the day is right.
    fn start(self, recorded: &RecordedMetadata) -> Option<UnixTime> {
        let noon = NaiveTime::from_hms_opt(12, 0, 0)?;
        let local = NaiveDateTime::new(self.day, self.time.unwrap_or(noon));
        let as_utc_s = local.and_utc().timestamp();
        let seconds = match (recorded.utc_offset_s, recorded.time_zone) {
            _ if self.is_utc => as_utc_s,
            (Some(offset), _) => as_utc_s - i64::from(offset),
            (None, Some(zone)) => zone.from_local_datetime(&local).earliest()?.timestamp(),
            (None, None) => as_utc_s,
        };
        Some(UnixTime::from_seconds(seconds))
    }
}

/// Reads `2026-03-10`, `2026_03_10T08.00.00Z`, `20260310-080000`, `20260310080000` wherever it stands.
fn named(name: &str) -> Option<NamedStart> {
    let numbers = numbers(name);
    (0..numbers.len()).find_map(|first| read_from(&numbers[first..]))
}

/// A number as it stands in a name: its digits, and the sign behind it.
type NameNumber<'a> = (&'a str, Option<char>);

fn numbers(name: &str) -> Vec<NameNumber<'_>> {
    let mut numbers = Vec::new();
    let mut rest = name;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = &rest[start..];
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        numbers.push((&digits[..end], digits[end..].chars().next()));
        rest = &digits[end..];
    }
    numbers
}

fn read_from(numbers: &[NameNumber<'_>]) -> Option<NamedStart> {
    let (day_digits, behind) = match numbers {
        [(all, _), ..] if matches!(all.len(), 8 | 14) => ((*all).to_owned(), &numbers[1..]),
        [(year, _), (month, _), (day, _), ..]
            if year.len() == 4 && month.len() == 2 && day.len() == 2 =>
        {
            (format!("{year}{month}{day}"), &numbers[3..])
        }
        _ => return None,
    };
    let (date, glued) = day_digits.split_at(8);
    let day = NaiveDate::parse_from_str(date, "%Y%m%d").ok()?;
    let is_year = YEARS.contains(&chrono::Datelike::year(&day));
    let separate: Vec<&str> = match behind {
        [(all, _), ..] if all.len() == 6 => vec![all],
        _ => {
            behind.iter().take(3).map(|(digits, _)| *digits).take_while(|d| d.len() == 2).collect()
        }
    };
    let clock = if glued.is_empty() { separate.concat() } else { glued.to_owned() };
    let format = if clock.len() == 4 { "%H%M" } else { "%H%M%S" };
    let time = NaiveTime::parse_from_str(&clock, format).ok();
    let last = numbers.iter().zip(1..).find(|((_, behind), _)| matches!(behind, Some('Z' | 'z')));
    is_year.then_some(NamedStart { day, time, is_utc: time.is_some() && last.is_some() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(name: &str, offset: Option<i32>) -> Option<String> {
        let recorded = RecordedMetadata { utc_offset_s: offset, ..RecordedMetadata::default() };
        let start = named(name)?.start(&recorded)?;
        Some(start.date_time().unwrap().to_rfc3339()[..19].to_owned())
    }

    #[test]
    fn names_say_when() {
        for (name, expected) in [
            ("2026-03-10-08-00-00.fit", "2026-03-10T07:00:00"),
            ("Running_2026-03-10T08_00_00.fit", "2026-03-10T07:00:00"),
            ("suuntoapp-Running-2026-03-10T07-00-00Z-track.gpx", "2026-03-10T07:00:00"),
            ("20260310-080000.tcx", "2026-03-10T07:00:00"),
            ("20260310080000.tcx", "2026-03-10T07:00:00"),
            ("2026-03-10_recovery_30min.fit", "2026-03-10T11:00:00"),
            ("activity 2026.03.10 0800.gpx", "2026-03-10T11:00:00"),
        ] {
            assert_eq!(start(name, Some(3_600)).as_deref(), Some(expected), "{name}");
        }
        assert_eq!(start("2026-03-10-08-00-00.fit", None).as_deref(), Some("2026-03-10T08:00:00"));
    }

    #[test]
    fn numbers_are_no_dates() {
        for name in ["7000000001.fit", "19891231-000000.fit", "20261310.fit", "10k in 45 min.gpx"] {
            assert_eq!(named(name), None, "{name}");
        }
    }

    #[test]
    fn a_table_decides_where_the_clock_cannot() {
        let at = UnixTime::from_seconds;
        let listed = at(1_773_126_000);
        assert!(table_decides(at(631_065_600), listed));
        assert!(table_decides(at(0), listed));
        assert!(table_decides(at(1_420_070_400), listed), "a clock that began in 2015");
        assert!(!table_decides(at(1_773_126_000 + 86_400 * 30), listed), "a date read otherwise");
        assert!(!table_decides(listed, at(0)));
    }
}
