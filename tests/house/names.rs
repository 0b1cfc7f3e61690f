//! Types, modules and functions have names that a runner's, a statistician's or a Rust programmer's
//! dictionary contains, and no two types share one.

use std::collections::BTreeMap;

use crate::assert_none;
use crate::source::{Contents, Declaration, Source, sources};

/// Words that once stood for something here, each with the word that says it: no part of any name.
const RETIRED: &[(&str, &str)] = &[
    ("beside", "plan_and_notes"),
    ("draft", "the stage that it is"),
    ("forgetful", "no_cache"),
    ("gather", "ingest"),
    ("gathering", "ingest"),
    ("lane", "channel"),
    ("lanes", "channels"),
    ("listing", "export_tables"),
    ("look", "file_stamp"),
    ("looks", "file_stamp"),
    ("moment", "date or time"),
    ("news", "changes"),
    ("outing", "calendar_entry"),
    ("outings", "calendar_entries"),
    ("outline", "route_shape"),
    ("polluted", "share_too_hard"),
    ("portions", "batches"),
    ("quote", "label_text"),
    ("quotes", "label_texts"),
    ("remark", "annotation"),
    ("remarks", "annotations"),
    ("said", "stated or recorded"),
    ("say", "warn"),
    ("seal", "checksum"),
    ("sheet", "csv_rows or run_view"),
    ("sheets", "csv_rows or run_views"),
    ("shelf", "channel_store"),
    ("strange", "altitude_uncertainty"),
    ("tell", "info"),
    ("testimony", "statement"),
    ("testimonies", "statements"),
    ("told", "reported or stated"),
    ("trial", "test_run or with_input"),
    ("unsound", "invalid"),
    ("upkeep", "maintenance"),
    ("usual", "baseline"),
    ("way", "distance or route"),
    ("ways", "distances or routes"),
    ("witness", "statement"),
    ("witnesses", "statements"),
];

/// Types and modules that once stood for something here; elsewhere the word is fine.
const RETIRED_ALONE: &[(&str, &str)] = &[
    ("case", "criterion_input"),
    ("clocks", "durations"),
    ("closed", "inaccessible"),
    ("closing", "footer"),
    ("complete", "fill_missing"),
    ("dated", "on_day"),
    ("derived", "speed_from_distance"),
    ("flow", "pipeline"),
    ("fresh", "new_reading"),
    ("judged", "judged_time, judged_run or last_job"),
    ("judging", "scope"),
    ("kept", "cached_judgement"),
    ("known", "cache_lookup"),
    ("listed", "export_entry"),
    ("measured", "measured_session"),
    ("order", "ids or file_counts"),
    ("peaks", "peak_heart_rate"),
    ("safe", "sanitize"),
    ("seen", "display_data"),
    ("sound", "validate"),
    ("trust", "heart_rate_quality"),
    ("undecided", "no_verdict_reason"),
    ("was", "actual_effort"),
];

/// `HeartRate` and `heart_rate` alike.
fn words(name: &str) -> Vec<String> {
    let mut spaced = String::new();
    for character in name.chars() {
        if character == '_' || character.is_uppercase() {
            spaced.push(' ');
        }
        spaced.extend(character.to_lowercase().filter(|letter| *letter != '_'));
    }
    spaced.split_whitespace().map(str::to_owned).collect()
}

/// What to call it instead of a name with a retired word in it.
fn better_part(name: &str) -> Option<&'static str> {
    let words = words(name);
    let part = RETIRED.iter().find(|(retired, _)| words.iter().any(|word| word == retired));
    part.map(|(_, better)| *better)
}

/// What to call a type or module instead.
fn better_whole(name: &str) -> Option<&'static str> {
    let whole = words(name).join("_");
    let alone = RETIRED_ALONE.iter().find(|(retired, _)| whole == *retired);
    alone.map(|(_, better)| *better)
}

fn retired(source: &Source) -> Vec<String> {
    let Source { path, contents, .. } = source;
    let Contents { types, children, modules, functions, .. } = contents;
    let whole = [types, children, modules]
        .into_iter()
        .flatten()
        .map(|name| (name, better_whole(&name.name)));
    let parts = [types, children, modules, functions]
        .into_iter()
        .flatten()
        .map(|name| (name, better_part(&name.name)));
    let found =
        whole.chain(parts).filter(|(name, _)| !name.in_test).filter_map(|(name, better)| {
            let Declaration { name, first_line, .. } = name;
            Some(format!("src/{path}:{first_line}: `{name}` is a retired word: {}", better?))
        });
    found.collect()
}

/// Types of one name in several places.
fn doubles(sources: &[Source]) -> Vec<String> {
    let mut places: BTreeMap<&str, Vec<&Source>> = BTreeMap::new();
    for source in sources {
        for name in source.contents.types.iter().filter(|name| !name.in_test) {
            places.entry(&name.name).or_default().push(source);
        }
    }
    places.retain(|_, sources| sources.len() > 1);
    let told = places.into_iter().map(|(name, sources)| {
        let paths: Vec<_> = sources.iter().map(|source| format!("src/{}", source.path)).collect();
        format!("`{name}` is the name of {} types: {}", paths.len(), paths.join(", "))
    });
    told.collect()
}

#[test]
fn no_retired_word_returns() {
    assert_none(&sources().iter().flat_map(retired).collect::<Vec<_>>());
}

#[test]
fn no_two_types_share_a_name() {
    assert_none(&doubles(&sources()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::File;

    fn source(path: &str, text: &str) -> Source {
        Source::of(&File { path: path.to_owned(), text: text.to_owned() })
    }

    #[test]
    fn retired_words_are_found_in_names_and_nowhere_else() {
        let text = "mod lanes;\npub struct FileLook { kept: u8 }\n/// Told.\nfn way_home() {}\n\
                    struct Kept;\nfn kept(seen: u8) { told() }\n#[cfg(test)]\nmod t { fn told() {} }";
        let found = retired(&source("a.rs", text));
        let lines: Vec<_> = found.iter().map(|line| line.split(": ").next().unwrap()).collect();
        assert_eq!(lines, ["src/a.rs:5", "src/a.rs:2", "src/a.rs:1", "src/a.rs:4"], "{found:?}");
        assert!(
            retired(&source("a.rs", "fn always() {}\nstruct Kepts;\nfn sight_seen() {}"))
                .is_empty()
        );
    }

    #[test]
    fn two_types_of_one_name_are_found() {
        let sources = [
            source("a.rs", "struct Part;\n#[cfg(test)]\nmod t { struct Row; }"),
            source("b.rs", "enum Part {}\nstruct Row;"),
        ];
        let found = "`Part` is the name of 2 types: src/a.rs, src/b.rs";
        assert_eq!(doubles(&sources), [found]);
    }
}
