//! The time of day in the dates of tables, in the clock of the account's language.

use chrono::NaiveTime;

/// Where the time begins: before the first colon or, where points stand in its place as in Danish
/// and Finnish, in the last word that holds two or three numbers.
pub(super) fn start(text: &str) -> Option<usize> {
    if let Some(colon) = text.find(':') {
        return Some(text[..colon].trim_end_matches(|c: char| c.is_ascii_digit()).len());
    }
    let (_, last) = text.rsplit_once(char::is_whitespace)?;
    let numbers: Vec<&str> = last.split('.').collect();
    let is_clock = matches!(numbers.len(), 2 | 3)
        && numbers.iter().all(|number| matches!(number.len(), 1 | 2))
        && numbers[1..].iter().all(|number| number.len() == 2);
    is_clock.then(|| text.len() - last.len())
}

/// Before or after noon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Morning,
    Afternoon,
}

/// Words for the halves of the day that stand before the time: Chinese, Japanese, Korean.
const HALVES: [(&str, Half); 9] = [
    ("上午", Half::Morning),
    ("凌晨", Half::Morning),
    ("早上", Half::Morning),
    ("午前", Half::Morning),
    ("오전", Half::Morning),
    ("下午", Half::Afternoon),
    ("晚上", Half::Afternoon),
    ("午後", Half::Afternoon),
    ("오후", Half::Afternoon),
];

/// The date without the word for the half of its day, and that half.
pub(super) fn half_of_day(date: &str) -> (String, Option<Half>) {
    let found = HALVES.iter().find(|(word, _)| date.contains(word));
    found.map_or((date.to_owned(), None), |(word, half)| (date.replace(word, " "), Some(*half)))
}

/// `14:12:12`, `14.12.12`, `2:12:12 pm`, `2:12:12 p. m.`, `14:12:12.0z`.
pub(super) fn read(text: &str, half: Option<Half>) -> Option<NaiveTime> {
    let is_digital = |c: char| c.is_ascii_digit() || c == ':';
    let has_colon = text.contains(':');
    let end = text.find(|c| !is_digital(c) && (has_colon || c != '.')).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let numbers = digits.split([':', '.']).map(str::parse);
    let numbers: Vec<u32> = numbers.collect::<Result<_, _>>().ok()?;
    let (hour, minute, second) = match *numbers.as_slice() {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let rest = rest
        .strip_prefix('.')
        .map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let rest: String = rest.chars().filter(|c| c.is_alphanumeric() || "+-:".contains(*c)).collect();
    NaiveTime::from_hms_opt(hour_of_day(hour, half, &rest)?, minute, second)
}

/// The hour from 0, by what stands before and behind the time.
fn hour_of_day(hour: u32, half: Option<Half>, behind: &str) -> Option<u32> {
    match (half, behind, hour) {
        (None, "am", 12) | (Some(Half::Morning), "", 12) => Some(0),
        (None, "" | "z" | "utc" | "+00:00", _)
        | (None, "am", 1..12)
        | (None, "pm", 12)
        | (Some(Half::Morning), "", 0..12)
        | (Some(Half::Afternoon), "", 12) => Some(hour),
        (None, "pm", 1..12) | (Some(Half::Afternoon), "", 0..12) => Some(hour + 12),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_behind_a_blank_of_several_bytes_is_found() {
        // Danish and Finnish write points, and some programs a blank that does not break.
        for date in
            ["5. toukok. 2026\u{a0}18.30", "5. maj 2026 18.30.05", "5. maj 2026\u{3000}7.30"]
        {
            let from = start(date).unwrap();
            assert!(date[from..].starts_with(|first: char| first.is_ascii_digit()), "{date}");
        }
        assert_eq!(start("a\u{a0}—"), None);
    }

    #[test]
    fn noon_and_midnight_of_the_short_clock() {
        let hour = |text: &str| read(text, None).map(|time| time.to_string());
        assert_eq!(hour("12:00:00 am").as_deref(), Some("00:00:00"));
        assert_eq!(hour("12:00:00 pm").as_deref(), Some("12:00:00"));
        assert_eq!(hour("11:59:59 am").as_deref(), Some("11:59:59"));
        assert_eq!(hour("14:00:00 pm"), None);
        assert_eq!(hour("0:00:00 am"), None);
        let half = |text: &str, half| read(text, Some(half)).map(|time| time.to_string());
        assert_eq!(half("12:30", Half::Morning).as_deref(), Some("00:30:00"));
        assert_eq!(half("0:30", Half::Afternoon).as_deref(), Some("12:30:00"));
        assert_eq!(half("12:30", Half::Afternoon).as_deref(), Some("12:30:00"));
        assert_eq!(half("14:30", Half::Afternoon), None);
    }
}
