//! How long a run was meant to be, by its file name.

use std::sync::LazyLock;

use regex::Regex;

use crate::activity::LabelSource;
use crate::units::Seconds;

use super::fold::for_plain_text;
use super::reading::Vocabulary;
use super::statements::AttributedText;

const SHORTEST_MIN: f64 = 5.0;
const LONGEST_MIN: f64 = 240.0;

/// A duration right before or after the label, at most one word between them.
static BESIDE: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    let minutes = r"(\d{1,3}(?:[.,]\d{1,2})?) ?min(?:s|\.|ute[ns]?|utos|uti)?";
    let before = format!(r"(?:^|[^\d.,x]){minutes}(?: [a-z]+)?[ .-]?§");
    let after = format!(r"§[a-z]*[ .-]?(?:[a-z]+ )?{minutes}(?:$|[^a-z\d])");
    [before, after]
        .map(|pattern| Regex::new(&for_plain_text(&pattern)).expect("a regular expression"))
});

pub(super) fn duration(vocabulary: &Vocabulary, quotes: &[AttributedText<'_>]) -> Option<Seconds> {
    let names = quotes.iter().filter(|quote| quote.source == LabelSource::FileName);
    let mut stated = names.flat_map(|name| durations_near_labels(vocabulary, name.text));
    let first = stated.next()?;
    // Two different durations leave open which one was meant.
    let agreed = stated.all(|other| other.total_cmp(&first).is_eq());
    agreed.then(|| Seconds::from_minutes(first))
}

fn durations_near_labels(vocabulary: &Vocabulary, name: &str) -> Vec<f64> {
    let surroundings = vocabulary.surroundings(LabelSource::FileName, name);
    surroundings.iter().flat_map(|around| minutes(around)).collect()
}

fn minutes(around: &str) -> Vec<f64> {
    let number = |found: &str| found.replace(',', ".").parse::<f64>().ok();
    BESIDE
        .iter()
        .filter_map(|beside| beside.captures(around)?.get(1))
        .filter_map(|minutes| number(minutes.as_str()))
        .filter(|minutes| (SHORTEST_MIN..=LONGEST_MIN).contains(minutes))
        .collect()
}
