//! Every criterion has one identity and explains itself whole.

use std::collections::BTreeSet;

use talktest::audit::{CRITERIA, Criterion, LimitDefinition};

use crate::assert_none;

/// The ids that settings and outputs know; another name would be another criterion.
const IDS: &[&str] = &[
    "heart-rate-coverage",
    "time-above-ceiling",
    "longest-above-ceiling",
    "time-moderate",
    "time-hard",
    "duration",
    "effort-rating",
    "fast-finish",
    "surges",
    "planned-end",
    "progression",
    "fast-start",
    "unevenness",
    "shorter-than-easy",
    "pace-gap",
    "pace-hierarchy",
    "aerobic-decoupling",
    "heart-rate-slope",
    "placement",
    "need",
    "rest-instead",
    "creep",
    "next-day",
    "struggle",
    "feel",
    "next-morning",
    "form",
    "breathing",
    "load",
    "heat-altitude",
];

fn is_written_with(text: &str, joint: char) -> bool {
    let word = |word: &str| {
        let mut characters = word.chars();
        characters.next().is_some_and(|first| first.is_ascii_lowercase())
            && characters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    text.split(joint).all(word)
}

fn offences(criterion: &Criterion) -> Vec<String> {
    let Criterion { id, question, why, how, misleads, missing, .. } = criterion;
    let texts = [("why", why), ("how", how), ("misleads", misleads), ("missing", missing)];
    let silent = texts.iter().filter(|(_, text)| text.trim().is_empty());
    let mut keys = BTreeSet::new();
    let twice = criterion.limits.iter().filter(|limit| !keys.insert(limit.key));
    let wrong = [
        (!is_written_with(id, '-'), "its id is not kebab-case"),
        (!IDS.contains(id), "its id is not in `IDS` in tests/house/criteria.rs"),
        (!question.ends_with('?') || question.len() < 2, "it asks no question"),
        (criterion.sources.is_empty(), "it has no source"),
    ];
    let wrong = wrong.iter().filter(|(wrong, _)| *wrong);
    wrong
        .map(|(_, what)| (*what).to_owned())
        .chain(silent.map(|(part, _)| format!("its `{part}` says nothing")))
        .chain(twice.map(|limit| format!("it has the limit `{}` twice", limit.key)))
        .chain(criterion.limits.iter().copied().flat_map(limit_offences))
        .map(|what| format!("{id}: {what}"))
        .collect()
}

fn limit_offences(limit: &LimitDefinition) -> Vec<String> {
    let LimitDefinition { key, default, range, meaning, .. } = limit;
    let wrong = [
        (!is_written_with(key, '_'), "is not snake_case"),
        (!range.contains(default), "has a default outside of its range"),
        (meaning.trim().is_empty(), "has no meaning"),
    ];
    let wrong = wrong.iter().filter(|(wrong, _)| *wrong);
    wrong.map(|(_, what)| format!("its limit `{key}` {what}")).collect()
}

fn doubles(ids: &[&str]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let again = ids.iter().filter(|id| !seen.insert(**id));
    again.map(|id| format!("there are two criteria `{id}`")).collect()
}

#[test]
fn every_criterion_explains_itself() {
    assert_none(&CRITERIA.iter().copied().flat_map(offences).collect::<Vec<_>>());
}

#[test]
fn no_two_criteria_share_an_id_and_none_is_gone() {
    let ids: Vec<&str> = CRITERIA.iter().map(|criterion| criterion.id).collect();
    assert_none(&doubles(&ids));
    assert_none(&doubles(IDS));
    let gone = IDS.iter().filter(|id| !ids.contains(*id));
    let gone = gone.map(|id| format!("`{id}` is in `IDS` and no criterion: settings may name it"));
    assert_none(&gone.collect::<Vec<_>>());
}

#[cfg(test)]
mod tests {
    use super::*;

    static CROOKED: LimitDefinition = LimitDefinition {
        key: "maxMinutes",
        default: 9.0,
        range: 0.0..=8.0,
        unit: "min",
        meaning: " ",
    };

    static CROOKED_TWICE: &[&LimitDefinition] = &[&CROOKED, &CROOKED];

    #[test]
    fn a_second_criterion_of_one_id_is_found() {
        assert_eq!(doubles(&["duration", "surges", "duration"]).len(), 1);
    }

    #[test]
    fn a_silent_criterion_is_found() {
        let silent = Criterion {
            question: "Too long",
            why: "",
            how: " ",
            misleads: "",
            missing: "",
            sources: &[],
            ..*CRITERIA[0]
        };
        assert_eq!(offences(&silent).len(), 6, "{:?}", offences(&silent));
    }

    #[test]
    fn another_name_is_found() {
        let renamed = |id| offences(&Criterion { id, ..*CRITERIA[0] });
        assert_eq!(
            renamed("max-length"),
            ["max-length: its id is not in `IDS` in tests/house/criteria.rs"]
        );
        assert_eq!(renamed("Max_Length").len(), 2);
    }

    #[test]
    fn a_crooked_limit_is_found() {
        let crooked = Criterion { limits: CROOKED_TWICE, ..*CRITERIA[0] };
        assert_eq!(offences(&crooked).len(), 7, "{:?}", offences(&crooked));
    }
}
