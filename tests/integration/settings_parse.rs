//! Settings files, sound and faulty: what arrives, and what is said about which place.

use proptest::prelude::*;
use talktest::settings::{LimitCatalogue, LimitSpec, SettingsError, parse};
use talktest::zones::MODELS;

fn known() -> LimitCatalogue {
    let spec =
        |criterion, key, default, range, unit| LimitSpec { criterion, key, default, range, unit };
    LimitCatalogue::new(vec![
        spec("duration", "max_minutes", 40.0, 10.0..=180.0, "min"),
        spec("duration", "slip_factor", 1.3, 1.0..=3.0, ""),
        spec("time-above-ceiling", "pass_percent", 10.0, 0.0..=100.0, "%"),
    ])
}

fn errors(text: &str) -> Vec<SettingsError> {
    parse(text, &known()).err().unwrap_or_default()
}

/// Each case of the file has exactly one mistake, told in exactly these words at exactly this place.
#[test]
fn every_kind_of_mistake() {
    let models: Vec<&str> = MODELS.iter().map(|model| model.id).collect();
    let cases = include_str!("settings_mistakes.txt").trim_end();
    let cases = cases.replace("{models}", &models.join(", "));
    for case in cases.split("\n----------\n") {
        let (text, expected) = case.split_once("\n=> ").expect(case);
        let told: Vec<String> = errors(text).iter().map(ToString::to_string).collect();
        assert_eq!(told, [expected], "in {text:?}");
    }
}

/// A value that could not be read must not look like an absent one.
#[test]
fn one_mistake_is_not_told_twice() {
    let cases = [
        "[[athlete.heart_rate]]\nmax = 190\n[[athlete.heart_rate]]\nfrom = 1\nmax = 180",
        "[[athlete.heart_rate]]\nmax = 19\nmax_source = \"race\"",
        "[zones]\nmodel = \"custm\"\nbounds_bpm = [120]",
        "[athletes.a]\nfolder = 1",
    ];
    for text in cases {
        assert_eq!(errors(text).len(), 1, "{text:?} gives {:?}", errors(text));
    }
}

#[test]
fn columns_count_characters_and_a_byte_order_mark_is_none() {
    let text = "\u{feff}labels = { recovery = [\"größer\"], easy = [\"\"] }\r\nunits = 1";
    let places: Vec<_> = errors(text).iter().map(|e| (e.line, e.column)).collect();
    assert_eq!(places, [(1, 43), (2, 9)]);
}

#[test]
fn everything_wrong_at_once_is_told_at_once() {
    let text = include_str!("settings_everything_wrong.toml");
    let told: Vec<String> = errors(text).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn nothing_is_said_about_the_keys_of_a_table_whose_head_is_broken() {
    let text = "[zones\nmodel = \"hrr\"\n\n[plan]\nfile = 1\n";
    let places: Vec<_> = errors(text).iter().map(|e| (e.line, e.column)).collect();
    assert_eq!(places, [(1, 7), (5, 8)]);
}

/// Pieces of settings in any order reach deeper than arbitrary characters do.
const PIECES: &[&str] = &[
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "\n",
    "\"",
    "'",
    "\"\"\"",
    "#",
    " ",
    "athlete",
    "athletes",
    "heart_rate",
    "zones",
    "limits",
    "duration",
    "labels",
    "units",
    "max",
    "190",
    "2026-01-01",
    "\"metric\"",
    "true",
    "1e999",
    "0x",
    "\u{feff}",
    "ü",
    "\r",
    "\0",
    "folder",
];

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = parse(&text, &known());
    }

    #[test]
    fn no_pieces_make_it_panic(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let told = errors(&pieces.concat());
        prop_assert!(told.is_sorted_by_key(|error| (error.line, error.column)));
    }
}
