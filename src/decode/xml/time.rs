//! The time of a track point: `xsd:dateTime` and what programs write in its place.

use chrono::{DateTime, NaiveDateTime};

use crate::decode::text::trimmed;
use crate::units::UnixTime;

/// A moment and what its text says about the clock on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    pub time: UnixTime,
    /// Seconds east of Greenwich, where the text names another zone than UTC. `+00:00` is how
    /// many programs spell `Z`: it does not say that the runner was at Greenwich.
    pub offset_s: Option<i32>,
}

/// Reads a time; without a zone it is UTC, as GPX demands.
pub fn parse(text: &str) -> Option<Stamp> {
    let text = trimmed(text);
    common(text.as_bytes()).or_else(|| rare(text))
}

/// Whether a clock that shows this time can be right: there was no satellite watch before 1990, and on
/// the first day of 2000 many clocks begin that nobody set.
pub fn is_plausible(time: UnixTime) -> bool {
    const FROM: i64 = days_since_1970(1990, 1, 1) * MS_PER_DAY;
    const TO: i64 = days_since_1970(2101, 1, 1) * MS_PER_DAY;
    const UNSET: i64 = days_since_1970(2000, 1, 1) * MS_PER_DAY;
    (FROM..TO).contains(&time.0) && !(UNSET..UNSET + MS_PER_DAY).contains(&time.0)
}

/// Whether any clock can show this time: one that was never set counts from 1970.
pub fn is_countable(time: UnixTime) -> bool {
    (0..days_since_1970(2101, 1, 1) * MS_PER_DAY).contains(&time.0)
}

const MS_PER_DAY: i64 = 86_400_000;

/// `YYYY-MM-DD`, `T` or a blank, `hh:mm:ss`, a fraction, a zone: byte by byte, because a general
/// date parser would take a third of the time of reading a file.
fn common(text: &[u8]) -> Option<Stamp> {
    let (fixed, rest) = text.split_at_checked(19)?;
    let separators = [fixed[4], fixed[7], fixed[13], fixed[16]];
    if separators != *b"--::" || !matches!(fixed[10], b'T' | b't' | b' ') {
        return None;
    }
    let day = date(number(&fixed[..4])?, number(&fixed[5..7])?, number(&fixed[8..10])?)?;
    let second = clock(number(&fixed[11..13])?, number(&fixed[14..16])?, number(&fixed[17..])?)?;
    let (fraction_ms, rest) = fraction(rest)?;
    // Apple and Samsung write a blank before the zone.
    let offset_s = zone(rest.trim_ascii_start())?;
    let ms = day * MS_PER_DAY + (second - i64::from(offset_s)) * 1000 + fraction_ms;
    Some(Stamp { time: UnixTime(ms), offset_s: Some(offset_s).filter(|&offset| offset != 0) })
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |value, digit| {
        digit.is_ascii_digit().then(|| value * 10 + i64::from(digit - b'0'))
    })
}

fn date(year: i64, month: i64, day: i64) -> Option<i64> {
    const LENGTHS: [i64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let index = usize::try_from(month - 1).ok()?;
    let length = LENGTHS.get(index)? + i64::from(leap && month == 2);
    (1..=length).contains(&day).then(|| days_since_1970(year, month, day))
}

/// Days of the proleptic Gregorian calendar, counted in years that begin in March so that the
/// leap day is the last of its year.
const fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    const MARCH_0000_TO_1970: i64 = 719_468;
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days_of_months = (153 * month + 2) / 5;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + days_of_months + day - 1 - MARCH_0000_TO_1970
}

/// Seconds since midnight; second 60 is a leap second, hour 24 the end of the day.
fn clock(hour: i64, minute: i64, second: i64) -> Option<i64> {
    let in_range = hour < 24 && minute < 60 && second <= 60;
    let end_of_day = (hour, minute, second) == (24, 0, 0);
    (in_range || end_of_day).then_some(hour * 3600 + minute * 60 + second)
}

/// Milliseconds of a fraction of any length, and what follows it.
fn fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let Some((b'.' | b',', digits)) = text.split_first() else { return Some((0, text)) };
    let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = digits.split_at(length);
    let ms =
        [100, 10, 1].iter().zip(digits).map(|(weight, digit)| weight * i64::from(digit - b'0'));
    (length > 0).then(|| (ms.sum(), rest))
}

/// Seconds east of Greenwich of `+hh:mm` or `-hhmm`.
pub fn offset(text: &str) -> Option<i32> {
    text.starts_with(['+', '-']).then(|| zone(text.as_bytes())).flatten()
}

/// Seconds east of Greenwich of `Z`, `+hh:mm`, `+hhmm`, `+hh` or nothing.
fn zone(text: &[u8]) -> Option<i32> {
    let (sign, digits) = match text.split_first() {
        None | Some((b'Z' | b'z', [])) => return Some(0),
        Some((b'+', digits)) => (1, digits),
        Some((b'-', digits)) => (-1, digits),
        Some(_) => return None,
    };
    let (hours, minutes) = match digits {
        [hours @ .., b':', m1, m2] if hours.len() == 2 => (number(hours)?, number(&[*m1, *m2])?),
        [h1, h2, minutes @ ..] if matches!(minutes.len(), 0 | 2) => {
            (number(&[*h1, *h2])?, number(minutes)?)
        }
        _ => return None,
    };
    let in_range = hours <= 14 && minutes < 60;
    in_range.then_some(sign * (hours * 3600 + minutes * 60) as i32)
}

/// Forms met too seldom to be worth a parser of their own.
fn rare(text: &str) -> Option<Stamp> {
    if let Ok(time) =
        DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text))
    {
        let offset_s = Some(time.offset().local_minus_utc()).filter(|&offset| offset != 0);
        return Some(Stamp { time: UnixTime(time.timestamp_millis()), offset_s });
    }
    let text = text.strip_suffix("UTC").or_else(|| text.strip_suffix('Z')).unwrap_or(text).trim();
    let formats =
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y/%m/%d %H:%M:%S%.f", "%Y%m%dT%H%M%S", "%Y-%m-%dT%H:%M"];
    let spaced = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y/%m/%dT%H:%M:%S%.f"];
    let mut formats = formats.iter().chain(&spaced);
    let time = formats.find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())?;
    Some(Stamp { time: UnixTime(time.and_utc().timestamp_millis()), offset_s: None })
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, NaiveDate, TimeDelta};

    use super::*;

    fn ms(text: &str) -> Option<i64> {
        parse(text).map(|stamp| stamp.time.0)
    }

    #[test]
    fn every_common_form_means_the_same_moment() {
        let expected = Some(1_004_124_772_000);
        for text in [
            "2001-10-26T19:32:52Z",
            "2001-10-26t19:32:52z",
            " 2001-10-26T19:32:52.000Z\n",
            "2001-10-26 19:32:52",
            "2001-10-26T19:32:52",
            "2001-10-26T21:32:52+02:00",
            "2001-10-26T21:32:52+0200",
            "2001-10-26T21:32:52+02",
            "2001-10-26T14:02:52-05:30",
            "2001-10-26 21:32:52 +0200",
            "2001-10-26 19:32:52 UTC",
            "2001/10/26 19:32:52",
            "20011026T193252Z",
            "Fri, 26 Oct 2001 19:32:52 +0000",
        ] {
            assert_eq!(ms(text), expected, "{text}");
        }
    }

    #[test]
    fn fractions_are_cut_to_milliseconds() {
        let whole = ms("2014-01-16T18:48:44Z").unwrap();
        assert_eq!(ms("2014-01-16T18:48:44.3Z"), Some(whole + 300));
        assert_eq!(ms("2014-01-16T18:48:44.3409999+00:00"), Some(whole + 340));
        assert_eq!(ms("2014-01-16T18:48:44,34"), Some(whole + 340));
        assert_eq!(ms("2014-01-16T18:48:44.Z"), None);
    }

    #[test]
    fn only_a_zone_other_than_utc_is_an_offset() {
        let offset = |text| parse(text).unwrap().offset_s;
        assert_eq!(offset("2021-09-08T00:00:00+02:00"), Some(7200));
        assert_eq!(offset("2021-09-08T00:00:00-03:30"), Some(-12_600));
        assert_eq!(offset("2021-09-08T00:00:00Z"), None);
        assert_eq!(offset("2021-09-08T00:00:00+00:00"), None);
        assert_eq!(offset("2021-09-08T00:00:00"), None);
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "Z",
            "2001-10-26",
            "2001-13-26T19:32:52Z",
            "2001-02-29T19:32:52Z",
            "2001-10-26T25:32:52Z",
            "2001-10-26T19:60:52Z",
            "2001-10-26T19:32:61Z",
            "2001-10-26T19:32:52+99:00",
            "2001-10-26T19:32:52Zulu",
            "20o1-10-26T19:32:52Z",
            "２００１-10-26T19:32:52Z",
        ] {
            assert_eq!(ms(text), None, "{text}");
        }
    }

    #[test]
    fn days_agree_with_the_calendar() {
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        for day in -800_000..300_000_i32 {
            let date = epoch + TimeDelta::days(i64::from(day));
            let (year, month, day_of_month) = parts(date);
            if year >= 0 {
                assert_eq!(days_since_1970(year, month, day_of_month), i64::from(day), "{date}");
            }
        }
    }

    fn parts(date: NaiveDate) -> (i64, i64, i64) {
        (i64::from(date.year()), i64::from(date.month()), i64::from(date.day()))
    }

    #[test]
    fn plausible_years() {
        let plausible = |text| is_plausible(parse(text).unwrap().time);
        assert!(plausible("1990-01-01T00:00:00Z"));
        assert!(plausible("2100-12-31T23:59:59.999Z"));
        assert!(!plausible("1989-12-31T23:59:59Z"));
        assert!(!plausible("2101-01-01T00:00:00Z"));
        assert!(!plausible("7496-03-01T00:00:00Z"));
        assert!(!plausible("1901-12-13T20:45:52Z"));
    }
}
