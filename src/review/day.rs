//! The local day of a run.

use chrono::{DateTime, FixedOffset, NaiveDate, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use crate::metrics::Said;

/// Who says what time it was where the run began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OffsetSource {
    /// The file.
    File,
    /// The settings.
    Settings,
    /// Nobody: it is UTC.
    Utc,
}

/// When a run began where it was run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalStart {
    /// The moment, with its offset.
    pub time: DateTime<FixedOffset>,
    /// Who says so.
    pub source: OffsetSource,
}

impl LocalStart {
    /// The day that the run belongs to: that of its start.
    pub fn date(&self) -> NaiveDate {
        self.time.date_naive()
    }
}

/// The local start: by the file's own offset, else by the settings' time zone, else UTC.
pub fn local_start(said: &Said, zone: Option<Tz>) -> LocalStart {
    let utc = said.start.date_time().unwrap_or(DateTime::UNIX_EPOCH);
    let file = said.utc_offset_s.and_then(FixedOffset::east_opt);
    let (offset, source) = match (file, zone) {
        (Some(offset), _) => (offset, OffsetSource::File),
        (None, Some(zone)) => {
            (zone.offset_from_utc_datetime(&utc.naive_utc()).fix(), OffsetSource::Settings)
        }
        (None, None) => (Utc.fix(), OffsetSource::Utc),
    };
    LocalStart { time: utc.with_timezone(&offset), source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::UnixTime;

    fn said(offset: Option<i32>) -> Said {
        // 2026-05-03T22:30:00Z
        Said {
            start: UnixTime::from_seconds(1_777_847_400),
            utc_offset_s: offset,
            ..Said::default()
        }
    }

    #[test]
    fn the_day_is_that_of_the_place() {
        let zone = Some(chrono_tz::Europe::Berlin);
        let by_file = local_start(&said(Some(-4 * 3600)), zone);
        assert_eq!(
            (by_file.date().to_string().as_str(), by_file.source),
            ("2026-05-03", OffsetSource::File)
        );
        let by_settings = local_start(&said(None), zone);
        assert_eq!(by_settings.date().to_string(), "2026-05-04");
        assert_eq!(by_settings.source, OffsetSource::Settings);
        assert_eq!(local_start(&said(None), None).source, OffsetSource::Utc);
    }
}
