//! One pass over a JSON text that hands over every value with the place where it stands, and keeps
//! nothing.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::decode::plain_value::PlainValue;
use crate::decode::text::beginning;
use crate::decode::value_taker::ValueTaker;
use crate::decode::{Limits, Location, Problem, ProblemKind};

/// Walks to the end, or as far as the text can be read; then it says why.
pub fn walk(text: &str, limits: &Limits, taker: &mut dyn ValueTaker) -> Option<Problem> {
    let mut json = serde_json::Deserializer::from_str(text);
    let mut walk = JsonWalk { place: String::new(), depth: 0, limits, taker, exceeded: None };
    let walked = Step(&mut walk).deserialize(&mut json);
    let exceeded = walk.exceeded;
    let error = walked.and_then(|()| json.end()).err()?;
    Some(problem(&error, exceeded))
}

fn problem(error: &serde_json::Error, exceeded: Option<String>) -> Problem {
    let place = Location::Line(error.line() as u32);
    let text = error.to_string();
    let (kind, detail) = match exceeded {
        Some(detail) => (ProblemKind::LimitExceeded, detail),
        None if error.is_eof() => (ProblemKind::Truncated, "the file breaks off".to_owned()),
        None if text.starts_with("recursion limit") => {
            (ProblemKind::LimitExceeded, "nested too deeply".to_owned())
        }
        None if text.starts_with("trailing") => {
            let detail = format!("something stands behind the end, column {}", error.column());
            (ProblemKind::TrailingBytes, detail)
        }
        None => (ProblemKind::Malformed, format!("not valid JSON, column {}", error.column())),
    };
    Problem::at(place, kind, detail)
}

struct JsonWalk<'a> {
    place: String,
    depth: usize,
    limits: &'a Limits,
    taker: &'a mut dyn ValueTaker,
    /// Which limit was hit.
    exceeded: Option<String>,
}

impl JsonWalk<'_> {
    fn enter<E: Error>(&mut self) -> Result<(), E> {
        self.depth += 1;
        let most = self.limits.max_depth;
        if self.depth > most {
            return self.exceed(format!("nested deeper than max_depth {most}"));
        }
        Ok(())
    }

    fn check<E: Error>(&mut self) -> Result<(), E> {
        let Limits { max_records, max_sessions, .. } = *self.limits;
        let (readings, sessions) = self.taker.taken();
        if readings > max_records {
            return self.exceed(format!("more readings than max_records {max_records}"));
        }
        if sessions > max_sessions {
            return self.exceed(format!("more sessions than max_sessions {max_sessions}"));
        }
        Ok(())
    }

    fn exceed<E: Error>(&mut self, detail: String) -> Result<(), E> {
        self.exceeded = Some(detail);
        Err(E::custom("a limit is hit"))
    }
}

struct Step<'w, 'a>(&'w mut JsonWalk<'a>);

impl<'de> DeserializeSeed<'de> for Step<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Step<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.0.taker.value(&self.0.place, PlainValue::Nothing);
        Ok(())
    }

    fn visit_bool<E>(self, flag: bool) -> Result<(), E> {
        self.0.taker.value(&self.0.place, PlainValue::Flag(flag));
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.0.taker.value(&self.0.place, PlainValue::Number(number as f64));
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.0.taker.value(&self.0.place, PlainValue::Number(number as f64));
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.0.taker.value(&self.0.place, PlainValue::Number(number));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.taker.value(&self.0.place, PlainValue::Text(text));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.enter()?;
        while list.next_element_seed(Step(self.0))?.is_some() {
            self.0.check()?;
        }
        self.0.depth -= 1;
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let walk = self.0;
        walk.enter()?;
        walk.taker.begin(&walk.place);
        let outside = walk.place.len();
        while map.next_key_seed(KeyStep(&mut walk.place))?.is_some() {
            map.next_value_seed(Step(walk))?;
            walk.place.truncate(outside);
        }
        walk.place.truncate(outside);
        walk.taker.end(&walk.place);
        walk.depth -= 1;
        walk.check()
    }
}

/// Adds a key to the place.
struct KeyStep<'a>(&'a mut String);

/// Bytes of a key: none that is looked for is longer.
const LONGEST_KEY: usize = 64;

impl<'de> DeserializeSeed<'de> for KeyStep<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyStep<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<(), E> {
        if !self.0.is_empty() {
            self.0.push('/');
        }
        self.0.push_str(beginning(key, LONGEST_KEY));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Told(Vec<String>);

    impl ValueTaker for Told {
        fn begin(&mut self, place: &str) {
            self.0.push(format!("+{place}"));
        }

        fn value(&mut self, place: &str, value: PlainValue<'_>) {
            self.0.push(format!("{place} {value:?}"));
        }

        fn end(&mut self, place: &str) {
            self.0.push(format!("-{place}"));
        }

        fn taken(&self) -> (usize, usize) {
            (self.0.len(), 0)
        }
    }

    fn told(text: &str) -> (String, Option<ProblemKind>) {
        let mut told = Told::default();
        let limits = Limits { max_records: 100, ..Limits::default() };
        let problem = walk(text, &limits, &mut told);
        (told.0.join(" "), problem.map(|problem| problem.kind))
    }

    #[test]
    fn every_value_comes_with_its_place() {
        let (told, problem) = told(r#"{"a":[{"b":1},{"b":"\u0078"}],"c":null,"d":{"e":true}}"#);
        assert_eq!(problem, None);
        let expected =
            "+ +a a/b Number(1.0) -a +a a/b Text(\"x\") -a c Nothing +d d/e Flag(true) -d -";
        assert_eq!(told, expected);
    }

    #[test]
    fn what_comes_before_a_fault_is_handed_over() {
        let cases = [
            (r#"{"a":1,"b":"#, ProblemKind::Truncated),
            (r#"{"a":1,"b";"#, ProblemKind::Malformed),
            (r#"{"a":1} x"#, ProblemKind::TrailingBytes),
        ];
        for (text, kind) in cases {
            let (told, problem) = told(text);
            assert!(told.starts_with("+ a Number(1.0)"), "{told}");
            assert_eq!(problem, Some(kind), "{text}");
        }
    }

    #[test]
    fn depth_and_number_are_bounded() {
        assert_eq!(told(&"[".repeat(100_000)).1, Some(ProblemKind::LimitExceeded));
        assert_eq!(told(&r#"{"a":"#.repeat(100_000)).1, Some(ProblemKind::LimitExceeded));
        let many = format!("[{}0]", "1,".repeat(1000));
        assert_eq!(told(&many).1, Some(ProblemKind::LimitExceeded));
    }
}
