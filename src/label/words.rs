//! The words that name a kind of session, by language, in plain form (see `fold`).

use regex::Regex;

use crate::session::SessionKind;

/// Words of one language, each a regular expression that must match whole words.
type Words = (&'static str, &'static [&'static str]);

const RECOVERY: &[Words] = &[("English", &["recov$"])];

const EASY: &[Words] = &[(
    "English",
    &["easy ?(?:runs?|jog)?", "ez", "conversational", "aerobic", "maf", "zone ?2", "z2"],
)];

const LONG: &[Words] = &[("English", &["long ?(?:runs?|jog)", "lsd"])];

const TEMPO: &[Words] = &[("English", &["tempo ?(?:runs?)?", "threshold"])];

const INTERVAL: &[Words] =
    &[("English", &["intervals?", "repeats", "vo2 ?(?:max)?", "track", "fartlek", "hill reps?"])];

const RACE: &[Words] = &[("English", &["races?", "raced"])];

/// Words that count inside others too: watches cut names anywhere, and Chinese has no blanks.
const PARTS: &[(SessionKind, &[&str])] = &[(SessionKind::Recovery, &["recovery?"])];

/// One expression for all words of a kind.
pub(super) fn of(kind: SessionKind) -> Regex {
    let languages = match kind {
        SessionKind::Recovery => RECOVERY,
        SessionKind::Easy => EASY,
        SessionKind::Long => LONG,
        SessionKind::Tempo => TEMPO,
        SessionKind::Interval => INTERVAL,
        SessionKind::Race => RACE,
    };
    let whole: Vec<&str> = languages.iter().flat_map(|(_, words)| *words).copied().collect();
    let parts = PARTS.iter().filter(|(of, _)| *of == kind).flat_map(|(_, parts)| *parts);
    let mut pattern = format!(r"\b(?:{})\b", whole.join("|"));
    parts.for_each(|part| pattern = format!("{pattern}|{part}"));
    Regex::new(&pattern).expect("built-in words are regular expressions")
}
