//! JSON → the few fields of each entry that are asked for, without keeping the rest.
//!
//! Entries are handed over one by one, so that what comes before a fault is not lost and a table
//! of 100 MB costs no more than what is kept of it. Nesting is bounded by `serde_json`.

mod value;
mod visitors;

use std::borrow::Cow;

use serde::de::{DeserializeSeed as _, Deserializer};

use crate::decode::{Location, Problem, ProblemKind};

use self::visitors::{EntrySeed, ListSeed};

pub(super) use self::value::Fields;

/// Reads an object, or the entries of a list that stands in `list` of an object or of each object
/// in a list, and hands each over with the known keys it has, nested ones included.
pub(super) fn read(
    text: &str,
    list: Option<&'static str>,
    known: &'static [&'static str],
    mut take: impl FnMut(Fields),
) -> Result<(), Problem> {
    let text = without_nan(text);
    let mut json = serde_json::Deserializer::from_str(&text);
    let read = match list {
        Some(list) => {
            json.deserialize_any(ListSeed { name: list, known, take: &mut take, inside: false })
        }
        None => entry(&mut json, known, &mut take),
    };
    read.and_then(|()| json.end()).map_err(|error| problem(&error))
}

fn entry<'de, D: Deserializer<'de>>(
    json: D,
    known: &'static [&'static str],
    take: &mut dyn FnMut(Fields),
) -> Result<(), D::Error> {
    let mut fields = Fields::default();
    EntrySeed { fields: &mut fields, known, key: None }.deserialize(json)?;
    take(fields);
    Ok(())
}

fn problem(error: &serde_json::Error) -> Problem {
    let place = Location::Line(error.line() as u32);
    if error.is_eof() {
        return Problem::at(place, ProblemKind::Truncated, "the file breaks off");
    }
    let too_deep = error.to_string().starts_with("recursion limit");
    let kind = if too_deep { ProblemKind::LimitExceeded } else { ProblemKind::Malformed };
    let what = if too_deep { "nested too deeply" } else { "not valid JSON" };
    Problem::at(place, kind, format!("{what}, column {}", error.column()))
}

/// Some programs write `NaN` and `Infinity`, which JSON does not know.
fn without_nan(text: &str) -> Cow<'_, str> {
    if !NOT_NUMBERS.iter().any(|word| text.contains(word)) {
        return Cow::Borrowed(text);
    }
    let mut json = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(quote) = rest.find('"') {
        let end = string_end(rest, quote);
        json.push_str(&nan_as_null(&rest[..quote]));
        json.push_str(&rest[quote..end]);
        rest = &rest[end..];
    }
    json.push_str(&nan_as_null(rest));
    Cow::Owned(json)
}

/// What some writers put in place of a number, against the rules of JSON.
const NOT_NUMBERS: [&str; 3] = ["NaN", "-Infinity", "Infinity"];

fn nan_as_null(text: &str) -> String {
    NOT_NUMBERS.iter().fold(text.to_owned(), |text, word| text.replace(word, "null"))
}

/// Behind the quote that ends the string which begins here.
fn string_end(text: &str, quote: usize) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(quote + 1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> (Vec<Fields>, Option<ProblemKind>) {
        let mut entries = Vec::new();
        let read = read(text, Some("list"), &["a", "b", "in"], |entry| entries.push(entry));
        (entries, read.err().map(|problem| problem.kind))
    }

    #[test]
    fn numbers_and_texts_stand_for_each_other() {
        let (entries, problem) = all(r#"[{"list":[{"a":"1.5","b":2,"c":[{"a":9}]},{"b":"x"}]}]"#);
        assert_eq!((entries.len(), problem), (2, None));
        assert_eq!(entries[0].number(&["a"]), Some(1.5));
        assert_eq!(entries[0].number(&["x", "b", "a"]), Some(2.0));
        assert_eq!(entries[0].text(&["b"]), None);
        assert_eq!(entries[1].text(&["a", "b"]), Some("x"));
    }

    #[test]
    fn known_fields_of_objects_in_known_fields_count() {
        let (entries, _) = all(r#"{"list":[{"in":{"a":1},"out":{"b":2}}]}"#);
        assert_eq!(entries[0].number(&["a"]), Some(1.0));
        assert_eq!(entries[0].number(&["b"]), None);
    }

    #[test]
    fn what_is_no_number_in_json_is_nothing() {
        let (entries, problem) = all(r#"[{"list":[{"a":NaN,"b":-Infinity,"c":"NaN \" NaN"}]}]"#);
        assert_eq!((entries[0].number(&["a", "b"]), problem), (None, None));
        let (entries, _) = all(r#"[{"list":[{"a":NaN,"b":"NaN \" Infinity"}]}]"#);
        assert_eq!(entries[0].text(&["b"]), Some("NaN \" Infinity"));
    }

    #[test]
    fn what_comes_before_a_fault_is_kept() {
        for (text, kind) in [
            (r#"[{"list":[{"a":1},{"a":2"#.to_owned(), ProblemKind::Truncated),
            (r#"[{"list":[{"a":1},{"a":2;}"#.to_owned(), ProblemKind::Malformed),
            (
                format!(r#"[{{"list":[{{"a":1}},{{"z":{}"#, "[".repeat(100_000)),
                ProblemKind::Truncated, // what is not asked for is passed over without nesting
            ),
            (
                format!(r#"[{{"list":[{{"a":1}},{{"in":{}"#, r#"{"in":"#.repeat(100_000)),
                ProblemKind::LimitExceeded,
            ),
        ] {
            let (entries, problem) = all(&text);
            assert_eq!(entries.len(), 1);
            assert_eq!(problem, Some(kind));
        }
    }
}
