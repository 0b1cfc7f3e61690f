//! One track point, and what the text of a reading amounts to.

use std::num::ParseFloatError;

use super::faults::PointFaults;
use super::time::{self, Stamp};
use crate::activity::Record;
use crate::decode::point_quantity::PointQuantity;

/// What one track point says.
#[derive(Debug, Default)]
pub struct Point {
    /// Everything but the time. The cadence is as the file has it, in hundredths: whether strides
    /// or steps only shows over the whole run.
    pub record: Record,
    /// When it was taken.
    pub stamp: Option<Stamp>,
}

impl Point {
    /// Takes the time. Of several the first that can be read counts.
    pub fn set_time(&mut self, text: &str, at: usize, faults: &mut PointFaults) {
        self.stamp = self.stamp.or_else(|| time::parse(text));
        if self.stamp.is_none() && !text.is_empty() {
            faults.unreadable_times.add(at);
        }
    }

    /// Takes a reading. Of several for one quantity the first counts: some watches write the
    /// heart rate twice.
    pub fn set(
        &mut self,
        quantity: PointQuantity,
        text: &str,
        at: usize,
        faults: &mut PointFaults,
    ) {
        let value = match NumberReading::of(text, quantity.bounds()) {
            NumberReading::Value(value) => value,
            NumberReading::Missing => return,
            NumberReading::Nonsense => return faults.values.add(at),
        };
        quantity.put(&mut self.record, value);
    }
}

/// A number with a decimal point, or written after its user's habit: with a decimal comma, and with
/// thousands set apart by points, commas, blanks or apostrophes.
pub fn number(text: &str) -> Result<f64, ParseFloatError> {
    if let Some(value) = short_decimal(text) {
        return Ok(value);
    }
    let plain = text.parse();
    if plain.is_ok() {
        return plain;
    }
    let packed: String = text.chars().filter(|mark| !is_blank_between(*mark)).collect();
    let (mark, group) = match (packed.rfind('.'), packed.rfind(',')) {
        (Some(point), Some(comma)) if point > comma => ('.', ','),
        (_, Some(_)) => (',', '.'),
        _ => return packed.parse(),
    };
    let (whole, decimals) = packed.rsplit_once(mark).unwrap_or((&packed, ""));
    let mut groups = whole.split(group).skip(1);
    if whole.contains(mark) || !groups.all(|group| group.len() == 3) {
        return plain;
    }
    format!("{}.{decimals}", whole.replace(group, "")).parse()
}

/// The value of up to fourteen digits with a decimal point, as nearly all numbers are written. They and their power
/// of ten are exact, so that their quotient is the number that [`str::parse`] finds with more care (Clinger 1990).
fn short_decimal(text: &str) -> Option<f64> {
    const POWERS: [f64; 16] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (sign, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (-1.0, digits),
        digits => (1.0, digits),
    };
    let (mut value, mut count, mut decimals_from) = (0_u64, 0, None);
    if digits.len() >= POWERS.len() {
        return None;
    }
    for byte in digits {
        match byte {
            b'0'..=b'9' => (value, count) = (value * 10 + u64::from(byte - b'0'), count + 1),
            b'.' if decimals_from.is_none() => decimals_from = Some(count),
            _ => return None,
        }
    }
    let decimals = count - decimals_from.unwrap_or(count);
    (count > 0).then(|| sign * (value as f64 / POWERS[decimals]))
}

/// Blanks of several widths and apostrophes stand between thousands.
fn is_blank_between(mark: char) -> bool {
    matches!(mark, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’')
}

/// What the text of a reading amounts to.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub enum NumberReading {
    /// A number within its bounds.
    Value(f64),
    /// Nothing, `NaN` or `-1`: a sensor's words for "none".
    #[default]
    Missing,
    /// No number, or one out of all bounds.
    Nonsense,
}

impl NumberReading {
    /// Reads a text as a number between two bounds.
    pub fn of(text: &str, (low, high): (f64, f64)) -> Self {
        match number(text) {
            Ok(value) if (low..=high).contains(&value) => Self::Value(value),
            Ok(value) if value.is_nan() || (value + 1.0).abs() < f64::EPSILON => Self::Missing,
            Err(_) if text.is_empty() => Self::Missing,
            _ => Self::Nonsense,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_decimal_is_what_the_standard_library_reads() {
        let mut chance = fastrand::Rng::with_seed(17);
        let marks = ["", "-", ".", "0", "7", "52", "e", " ", "+", "12345678"];
        for _ in 0..20_000 {
            let text: String = (0..4).map(|_| marks[chance.usize(..marks.len())]).collect();
            let text = if chance.bool() { text } else { format!("{:.9}", 180.0 * chance.f64()) };
            if let Some(value) = short_decimal(&text) {
                assert_eq!(text.parse().map(f64::to_bits), Ok(value.to_bits()), "{text}");
            }
        }
        assert_eq!(short_decimal("-0").map(f64::to_bits), Some((-0.0_f64).to_bits()));
        for text in ["", "-", ".", "1e3", "+1", "1234567890.123456", "NaN"] {
            assert_eq!(short_decimal(text), None, "{text}");
        }
    }

    #[test]
    fn decimal_commas_are_read() {
        for (text, value) in [
            ("52,1", 52.1),
            ("52.1", 52.1),
            ("-0,5", -0.5),
            ("7", 7.0),
            ("1,234.50", 1_234.5),
            ("1.234,50", 1_234.5),
            ("12 345,6", 12_345.6),
            ("1\u{a0}234.5", 1_234.5),
            ("1.234.567,8", 1_234_567.8),
        ] {
            assert_eq!(number(text), Ok(value));
        }
        for text in ["1,2,3", "1,2.3", ",", "a,b", ""] {
            assert!(number(text).is_err(), "{text}");
        }
    }
}
