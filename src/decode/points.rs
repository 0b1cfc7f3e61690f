//! Files of JSON that hold nothing but a list of points, which services keep beside their sessions.

use super::json::walk::walk;
use super::plain_value::PlainValue;
use super::text;
use super::value_taker::ValueTaker;
use super::{Limits, Problem};
use crate::units::UnixTime;

/// What is read of each point.
#[derive(Debug)]
pub struct PointKeys {
    /// Where its time stands.
    pub time: &'static str,
    /// How that is written.
    pub read_time: fn(PlainValue<'_>) -> Option<UnixTime>,
    /// Where its numbers stand.
    pub numbers: &'static [&'static str],
}

/// One point: its time, and its numbers in the order of the keys.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedPoint {
    pub time: Option<UnixTime>,
    pub numbers: Vec<Option<f64>>,
}

/// All points of a file, or those before it breaks off, and why.
pub fn points(
    bytes: &[u8],
    limits: &Limits,
    keys: &PointKeys,
) -> (Vec<ListedPoint>, Option<Problem>) {
    let text::DecodedText { text, damage } = text::decode(bytes);
    let mut taker = PointTaker { keys, open: blank(keys), points: Vec::new() };
    let broken = walk(&text, limits, &mut taker);
    (taker.points, broken.or(damage))
}

fn blank(keys: &PointKeys) -> ListedPoint {
    ListedPoint { time: None, numbers: vec![None; keys.numbers.len()] }
}

struct PointTaker<'k> {
    keys: &'k PointKeys,
    open: ListedPoint,
    points: Vec<ListedPoint>,
}

impl ValueTaker for PointTaker<'_> {
    fn value(&mut self, place: &str, value: PlainValue<'_>) {
        if place == self.keys.time {
            self.open.time = (self.keys.read_time)(value);
        } else if let Some(index) = self.keys.numbers.iter().position(|key| *key == place) {
            self.open.numbers[index] = value.number();
        }
    }

    fn end(&mut self, place: &str) {
        if place.is_empty() {
            self.points.push(std::mem::replace(&mut self.open, blank(self.keys)));
        }
    }

    fn taken(&self) -> (usize, usize) {
        (self.points.len(), 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_has_what_it_states() {
        let keys = PointKeys {
            time: "at",
            read_time: |value| value.number().map(|ms| UnixTime(ms as i64)),
            numbers: &["a", "of/b"],
        };
        let text = br#"[{"at":5,"a":1,"of":{"b":2,"c":3}},{"of":{"b":"4"},"at":6},{"a":"#;
        let (points, broken) = points(text, &Limits::default(), &keys);
        let point = |at, numbers| ListedPoint { time: Some(UnixTime(at)), numbers };
        assert_eq!(points, [point(5, vec![Some(1.0), Some(2.0)]), point(6, vec![None, Some(4.0)])]);
        assert!(broken.is_some());
    }
}
