//! When a run began where it was run.

use chrono::{DateTime, FixedOffset, NaiveDate, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use crate::metrics::RecordedMetadata;

/// What states the time of day where the run began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OffsetSource {
    /// The file.
    File,
    /// The place where it began.
    Position,
    /// The settings.
    Settings,
    /// Nothing: it is UTC.
    Utc,
}

/// When a run began where it was run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LocalStart {
    /// The moment, with its offset.
    pub time: DateTime<FixedOffset>,
    /// What states the offset.
    pub source: OffsetSource,
}

impl LocalStart {
    /// The day that the run belongs to: that of its start.
    pub fn date(&self) -> NaiveDate {
        self.time.date_naive()
    }
}

/// The local start: by the file's own offset, else by the time zone of the place, else by that of
/// the settings, else UTC.
pub fn local_start(recorded: &RecordedMetadata, zone: Option<Tz>) -> LocalStart {
    let utc = recorded.start.date_time().unwrap_or(DateTime::UNIX_EPOCH);
    let file = recorded.utc_offset_s.and_then(FixedOffset::east_opt);
    let in_zone = |zone: Tz| zone.offset_from_utc_datetime(&utc.naive_utc()).fix();
    let (offset, source) = match (file, recorded.time_zone, zone) {
        (Some(offset), ..) => (offset, OffsetSource::File),
        (None, Some(place), _) => (in_zone(place), OffsetSource::Position),
        (None, None, Some(zone)) => (in_zone(zone), OffsetSource::Settings),
        (None, None, None) => (Utc.fix(), OffsetSource::Utc),
    };
    LocalStart { time: utc.with_timezone(&offset), source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::UnixTime;

    fn recorded(offset: Option<i32>) -> RecordedMetadata {
        // 2026-05-03T22:30:00Z
        RecordedMetadata {
            start: UnixTime::from_seconds(1_777_847_400),
            utc_offset_s: offset,
            ..RecordedMetadata::default()
        }
    }

    #[test]
    fn the_day_is_that_of_the_place() {
        let zone = Some(chrono_tz::Europe::Berlin);
        let by_file = local_start(&recorded(Some(-4 * 3600)), zone);
        assert_eq!(
            (by_file.date().to_string().as_str(), by_file.source),
            ("2026-05-03", OffsetSource::File)
        );
        let by_settings = local_start(&recorded(None), zone);
        assert_eq!(by_settings.date().to_string(), "2026-05-04");
        assert_eq!(by_settings.source, OffsetSource::Settings);
        assert_eq!(local_start(&recorded(None), None).source, OffsetSource::Utc);
        let placed =
            RecordedMetadata { time_zone: Some(chrono_tz::America::New_York), ..recorded(None) };
        let by_position = local_start(&placed, zone);
        assert_eq!(
            (by_position.date().to_string().as_str(), by_position.source),
            ("2026-05-03", OffsetSource::Position)
        );
    }

    #[test]
    fn clocks_that_change_keep_the_day() {
        let at = |utc: &str, zone: Tz| {
            let start = DateTime::parse_from_rfc3339(utc).unwrap().timestamp();
            let recorded = RecordedMetadata {
                start: UnixTime::from_seconds(start),
                time_zone: Some(zone),
                ..RecordedMetadata::default()
            };
            local_start(&recorded, None).time.to_rfc3339()
        };
        let berlin = chrono_tz::Europe::Berlin;
        // In 2026 summer time began in Berlin on March 29 and ended on October 25, both at 1:00 UTC.
        assert_eq!(at("2026-03-28T22:59:00Z", berlin), "2026-03-28T23:59:00+01:00");
        assert_eq!(at("2026-03-29T00:59:59Z", berlin), "2026-03-29T01:59:59+01:00");
        assert_eq!(at("2026-03-29T01:00:00Z", berlin), "2026-03-29T03:00:00+02:00");
        assert_eq!(at("2026-03-29T22:30:00Z", berlin), "2026-03-30T00:30:00+02:00");
        assert_eq!(at("2026-10-25T00:30:00Z", berlin), "2026-10-25T02:30:00+02:00");
        assert_eq!(at("2026-10-25T01:30:00Z", berlin), "2026-10-25T02:30:00+01:00");
        // A flight over the date line repeats a day: the same evening, twice.
        assert_eq!(
            at("2026-05-03T07:00:00Z", chrono_tz::Pacific::Auckland),
            "2026-05-03T19:00:00+12:00"
        );
        assert_eq!(
            at("2026-05-04T05:00:00Z", chrono_tz::Pacific::Honolulu),
            "2026-05-03T19:00:00-10:00"
        );
    }
}
