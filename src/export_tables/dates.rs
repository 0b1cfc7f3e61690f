//! The dates of tables: UTC, in the order, the words and the clock of the account's language.

use chrono::{NaiveDate, NaiveTime};

use crate::units::UnixTime;

use super::clock::{self, half_of_day};
use super::months;

/// What the text of a date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParsedDate {
    /// One moment.
    Known(UnixTime),
    /// `3/4/2026`: which number is the day is decided by the other dates of the table.
    Either {
        /// If the day comes first; `None` where that is no date.
        day_first: Option<UnixTime>,
        /// If the month comes first; `None` where that is no date.
        month_first: Option<UnixTime>,
    },
}

/// Which number of `3/4/2026` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateOrder {
    DayFirst,
    MonthFirst,
}

impl ParsedDate {
    /// The moment in a table whose dates have this order, if that is known.
    pub(super) fn resolve(self, order: Option<DateOrder>) -> Option<UnixTime> {
        match (self, order) {
            (Self::Known(time), _) => Some(time),
            (Self::Either { day_first, .. }, Some(DateOrder::DayFirst)) => day_first,
            (Self::Either { month_first, .. }, Some(DateOrder::MonthFirst)) => month_first,
            (Self::Either { day_first, month_first }, None) => {
                day_first.filter(|_| day_first == month_first)
            }
        }
    }
}

/// The order that all dates of a table together allow; `None` where they do not say, or
/// contradict each other.
pub(super) fn order(moments: impl IntoIterator<Item = ParsedDate>) -> Option<DateOrder> {
    let (mut day, mut month) = (false, false);
    for date_time in moments {
        match date_time {
            ParsedDate::Either { day_first: Some(_), month_first: None } => day = true,
            ParsedDate::Either { day_first: None, month_first: Some(_) } => month = true,
            _ => {}
        }
    }
    match (day, month) {
        (true, false) => Some(DateOrder::DayFirst),
        (false, true) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// No date of any form is longer.
const MAX_BYTES: usize = 64;

/// Reads a date with its time.
pub(super) fn read(text: &str) -> Option<ParsedDate> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let text = plain(text);
    let from = clock::start(&text)?;
    let (date, time) = text.split_at(from);
    let (date, half) = half_of_day(date);
    Day::read(date.strip_suffix('t').unwrap_or(&date))?.at(clock::read(time, half)?)
}

/// In small letters, the signs for year, month and day replaced by what separates numbers.
fn plain(text: &str) -> String {
    let separators = |c: char| match c {
        '年' | '月' | '년' | '월' => '-',
        '日' | '일' => ' ',
        c => c,
    };
    text.trim().to_lowercase().chars().map(separators).collect()
}

/// Words that may stand between the parts of a date and before the time.
const FILLERS: [&str; 14] =
    ["", "de", "г", "года", "kl", "klo", "à", "at", "um", "om", "alle", "den", "o", "saat"];

/// The three parts of a date.
#[derive(Debug, Clone, Copy)]
enum Day {
    Known { year: u32, month: u32, day: u32 },
    Either { first: u32, second: u32, year: u32 },
}

impl Day {
    fn read(text: &str) -> Option<Self> {
        let parts = text.split(|c: char| !c.is_alphanumeric());
        // “20 de set. de 2026”
        let parts: Vec<&str> = parts.filter(|part| !FILLERS.contains(part)).collect();
        let &[a, b, c] = parts.as_slice() else { return None };
        let is_year = |part: &str| part.len() == 4;
        let number = |part: &str| {
            let is_number = part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| part.parse().ok()).flatten()
        };
        if let Some(month) = months::month(b) {
            let (day, year) = if is_year(a) { (c, a) } else { (a, c) };
            return Some(Self::Known { year: number(year)?, month, day: number(day)? });
        }
        if let Some(month) = months::month(a) {
            return Some(Self::Known { year: number(c)?, month, day: number(b)? });
        }
        let (first, second, third) = (number(a)?, number(b)?, number(c)?);
        match () {
            () if is_year(a) => Some(Self::Known { year: first, month: second, day: third }),
            () if !is_year(c) => None,
            // No language that parts the numbers with points puts the month first.
            () if text.contains('.') => {
                Some(Self::Known { year: third, month: second, day: first })
            }
            () => Some(Self::Either { first, second, year: third }),
        }
    }

    fn at(self, time: NaiveTime) -> Option<ParsedDate> {
        let date_time = |year: u32, month, day| {
            let date = NaiveDate::from_ymd_opt(year as i32, month, day)?;
            let time = UnixTime(date.and_time(time).and_utc().timestamp_millis());
            PLAUSIBLE_YEARS.contains(&year).then_some(time)
        };
        match self {
            Self::Known { year, month, day } => date_time(year, month, day).map(ParsedDate::Known),
            Self::Either { first, second, year } => {
                let day_first = date_time(year, second, first);
                let month_first = date_time(year, first, second);
                (day_first.or(month_first))?;
                Some(ParsedDate::Either { day_first, month_first })
            }
        }
    }
}

/// Nobody recorded a run before, and no clock that is right is beyond.
const PLAUSIBLE_YEARS: std::ops::RangeInclusive<u32> = 1990..=2100;

/// A moment in milliseconds since 1970, where it can be right.
pub(super) fn from_milliseconds(ms: f64) -> Option<UnixTime> {
    const FROM: f64 = 631_152_000_000.0;
    const TO: f64 = 4_133_980_800_000.0;
    (FROM..TO).contains(&ms).then_some(UnixTime(ms as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(text: &str) -> Option<UnixTime> {
        read(text).and_then(|date_time| date_time.resolve(None))
    }

    #[test]
    fn every_form_means_the_same_moment() {
        // date -u -d '2026-09-20 14:12:12' +%s
        let expected = Some(UnixTime::from_seconds(1_789_913_532));
        for text in [
            "Sep 20, 2026, 2:12:12 PM",
            "Sep 20, 2026, 2:12:12\u{202f}PM",
            "20.09.2026, 14:12:12",
            "20. 9. 2026 14:12:12",
            "2026-09-20 14:12:12",
            "2026-09-20T14:12:12Z",
            "2026-09-20T14:12:12.0",
            "2026-09-20T14:12:12+00:00",
            "2026-09-20 14:12:12 UTC",
            "20 Sept 2026, 14:12:12",
            "20 sept. 2026, 14:12:12",
            "20 de set. de 2026, 14:12:12",
            "20 sept 2026, 2:12:12 p.\u{a0}m.",
            "20 set 2026, 14:12:12",
            "20 sep 2026, 14:12:12",
            "20 sep. 2026 14:12:12",
            "20. September 2026, 14:12:12",
            "20. září 2026 14:12:12",
            "20 septembre 2026, 14:12:12",
            "20 sept. 2026 à 14:12:12",
            "20. September 2026 um 14:12:12",
            "2026年9月20日 14:12:12",
            "2026年9月20日 下午2:12:12",
            "2026/09/20 14:12:12",
            "2026年9月20日 午後2:12:12",
            "2026. 9. 20. 오후 2:12:12",
            "2026년 9월 20일 오후 2:12:12",
            "20 сент. 2026 г., 14:12:12",
            "20 сентября 2026 г. 14:12:12",
            "20. sep. 2026 14.12.12",
            "20. sep. 2026 kl. 14.12.12",
            "20. sep. 2026, 14:12:12",
            "20. september 2026 kl. 14:12:12",
            "20 sep. 2026 kl. 14:12:12",
            "20.9.2026 klo 14.12.12",
            "20. syyskuuta 2026 klo 14.12.12",
            "20 wrz 2026, 14:12:12",
            "20 września 2026 14:12:12",
            "20 Eyl 2026 14:12:12",
            "20 Eylül 2026 saat 14:12:12",
        ] {
            assert_eq!(known(text), expected, "{text}");
        }
    }

    #[test]
    fn the_whole_table_says_which_number_is_the_day() {
        let read = |text: &str| read(text).unwrap();
        let unclear = read("03/04/2026, 07:00:00");
        let (day, month) = (read("13/04/2026, 07:00:00"), read("4/13/2026, 7:00:00 AM"));
        assert_eq!(order([unclear]), None);
        assert_eq!(unclear.resolve(None), None);
        assert_eq!(order([unclear, day]), Some(DateOrder::DayFirst));
        assert_eq!(order([month, unclear]), Some(DateOrder::MonthFirst));
        assert_eq!(order([day, month]), None);
        let third_of_april = known("2026-04-03 07:00:00");
        assert_eq!(unclear.resolve(Some(DateOrder::DayFirst)), third_of_april);
        assert_eq!(unclear.resolve(Some(DateOrder::MonthFirst)), known("2026-03-04 07:00:00"));
        assert_eq!(known("04/04/2026, 07:00:00"), known("2026-04-04 07:00:00"));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            ":",
            "14:12:12",
            "Oct 1, 2026",
            "31.02.2026, 10:00:00",
            "20.13.2026, 10:00:00",
            "20.09.26, 10:00:00",
            "20.09.2026, 24:00:00",
            "20.09.2026, 10:61:00",
            "20.09.2026, 10:00:00 heures",
            "2026-09-20T14:12:12+02:00",
            "20.09.1901, 10:00:00",
            "foo 20, 2026, 2:12:12 PM",
            "２０.09.2026, 10:00:00",
            "99999999999.09.2026, 10:00:00",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn milliseconds_are_bounded() {
        assert_eq!(from_milliseconds(1_789_913_532_000.0), known("2026-09-20 14:12:12"));
        for no in [0.0, -1.0, f64::NAN, f64::INFINITY, 1_789_913_532.0] {
            assert_eq!(from_milliseconds(no), None);
        }
    }
}
