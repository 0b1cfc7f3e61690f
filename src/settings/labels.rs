//! Words that tell the kind of a session, added to the built-in ones.

use regex::{Regex, RegexBuilder};

use crate::session::SessionKind;

use super::reader::{SettingsTable, SettingsValue};

/// Regular expressions per kind of session; all of them ignore case.
#[derive(Debug, Clone, Default)]
pub struct LabelWords {
    /// Words for recovery runs.
    pub recovery: Vec<Regex>,
    /// Words for easy runs.
    pub easy: Vec<Regex>,
    /// Words for long runs.
    pub long: Vec<Regex>,
    /// Words for tempo runs.
    pub tempo: Vec<Regex>,
    /// Words for interval sessions.
    pub interval: Vec<Regex>,
    /// Words for races.
    pub race: Vec<Regex>,
    /// Phrases that are no label although they contain a word that is one.
    pub ignore: Vec<Regex>,
}

impl LabelWords {
    /// The expressions for one kind of session.
    pub fn of(&self, kind: SessionKind) -> &[Regex] {
        match kind {
            SessionKind::Recovery => &self.recovery,
            SessionKind::Easy => &self.easy,
            SessionKind::Long => &self.long,
            SessionKind::Tempo => &self.tempo,
            SessionKind::Interval => &self.interval,
            SessionKind::Race => &self.race,
        }
    }

    /// Every list with its key in the settings.
    pub(super) fn lists(&self) -> impl Iterator<Item = (&'static str, &[Regex])> {
        let kinds = SessionKind::ALL.into_iter().map(|kind| (kind.name(), self.of(kind)));
        kinds.chain(std::iter::once(("ignore", self.ignore.as_slice())))
    }
}

impl PartialEq for LabelWords {
    fn eq(&self, other: &Self) -> bool {
        let pattern = |(key, list): (&'static str, &[Regex])| {
            (key, list.iter().map(|regex| regex.as_str().to_owned()).collect::<Vec<_>>())
        };
        self.lists().map(pattern).eq(other.lists().map(pattern))
    }
}

const MAX_PATTERNS: usize = 200;
const MAX_PATTERN_BYTES: usize = 500;
const MAX_COMPILED_BYTES: usize = 1 << 20;

pub(super) fn read(mut labels: SettingsTable<'_>) -> LabelWords {
    let words = LabelWords {
        recovery: read_list(&mut labels, "recovery"),
        easy: read_list(&mut labels, "easy"),
        long: read_list(&mut labels, "long"),
        tempo: read_list(&mut labels, "tempo"),
        interval: read_list(&mut labels, "interval"),
        race: read_list(&mut labels, "race"),
        ignore: read_list(&mut labels, "ignore"),
    };
    labels.finish();
    words
}

fn read_list(labels: &mut SettingsTable<'_>, key: &'static str) -> Vec<Regex> {
    let Some(value) = labels.get(key) else { return Vec::new() };
    let entries = value.list().unwrap_or_default();
    if entries.len() > MAX_PATTERNS {
        value.reject(format!("{} expressions; at most {MAX_PATTERNS} fit", entries.len()));
        return Vec::new();
    }
    entries.iter().filter_map(read_pattern).collect()
}

fn read_pattern(value: &SettingsValue<'_>) -> Option<Regex> {
    let pattern = value.text()?;
    if pattern.len() > MAX_PATTERN_BYTES {
        value.reject(format!("the expression is longer than {MAX_PATTERN_BYTES} bytes"));
        return None;
    }
    let regex = RegexBuilder::new(pattern)
        .case_insensitive(true)
        .size_limit(MAX_COMPILED_BYTES)
        .build()
        .map_err(|error| value.reject(plain(pattern, &error)))
        .ok()?;
    if regex.is_match("") {
        value.reject(format!("`{pattern}` matches every text, even an empty one"));
        return None;
    }
    Some(regex)
}

fn plain(pattern: &str, error: &regex::Error) -> String {
    if matches!(error, regex::Error::CompiledTooBig(_)) {
        return format!("`{pattern}` grows too big when compiled; make it simpler");
    }
    // The last line of the error is the reason; the lines before draw a picture of the place.
    let text = error.to_string();
    let reason = text.lines().last().unwrap_or_default().trim_start_matches("error: ");
    format!("`{pattern}` is not a regular expression: {reason}")
}
