//! What one text names: words found, false friends struck out.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Match, Regex};

use crate::activity::LabelSource;
use crate::session::SessionKind;
use crate::settings::LabelWords;

use super::false_friends::FalseFriends;
use super::fold::{self, Folded};
use super::words;

/// What stands further back in a text is not read.
pub const MAX_TEXT_CHARS: usize = 500;

/// What a text names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// Words that name a kind, strongest kind first, those of the settings before built-in ones.
    pub matches: Vec<WordMatch>,
    /// Words that look like a label and are none, in the same order.
    pub dismissals: Vec<Dismissal>,
}

/// A word that names a kind of session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordMatch {
    /// The kind it names.
    pub kind: SessionKind,
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
}

/// A word that looks like a label and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dismissal {
    /// The kind it would name.
    pub kind: SessionKind,
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// Why it is none, to be read after "it".
    pub why: &'static str,
}

impl Reading {
    /// The kind that the text names: a quality word beats `recovery` beats `long` beats `easy`.
    pub fn kind(&self) -> Option<SessionKind> {
        self.matches.first().map(|found| found.kind)
    }

    /// Every kind that the text names, once, strongest first.
    pub fn kinds(&self) -> Vec<SessionKind> {
        let mut kinds: Vec<_> = self.matches.iter().map(|found| found.kind).collect();
        kinds.dedup();
        kinds
    }

    /// Whether a place belongs to a stronger label already, as `easy` does in `long easy run`.
    fn holds(&self, range: &Range<usize>) -> bool {
        let within =
            |found: &WordMatch| found.range.start <= range.start && range.end <= found.range.end;
        self.matches.iter().any(within)
    }
}

/// Every kind, strongest first within one text.
pub(super) const BY_STRENGTH: [SessionKind; 6] = [
    SessionKind::Race,
    SessionKind::Interval,
    SessionKind::Tempo,
    SessionKind::Recovery,
    SessionKind::Long,
    SessionKind::Easy,
];

static BUILT_IN: LazyLock<[Regex; 6]> = LazyLock::new(|| BY_STRENGTH.map(words::of));

/// Of each kind compiled when the first text names it: most folders name few kinds.
static FALSE_FRIENDS: [LazyLock<FalseFriends>; 6] = [
    LazyLock::new(|| FalseFriends::of(BY_STRENGTH[0])),
    LazyLock::new(|| FalseFriends::of(BY_STRENGTH[1])),
    LazyLock::new(|| FalseFriends::of(BY_STRENGTH[2])),
    LazyLock::new(|| FalseFriends::of(BY_STRENGTH[3])),
    LazyLock::new(|| FalseFriends::of(BY_STRENGTH[4])),
    LazyLock::new(|| FalseFriends::of(BY_STRENGTH[5])),
];

/// The words of the settings; the built-in ones are compiled once per process.
#[derive(Debug, Clone)]
pub(super) struct Vocabulary {
    settings: LabelWords,
}

impl Vocabulary {
    pub(super) fn new(settings: &LabelWords) -> Self {
        Self { settings: settings.clone() }
    }

    /// Compiles the built-in words, unless that was done.
    pub(super) fn prepare() {
        LazyLock::force(&BUILT_IN);
    }

    pub(super) fn read(&self, source: LabelSource, text: &str) -> Reading {
        let text = self.without_ignored(source, text);
        let folded = Folded::new(&text);
        let mut reading = Reading::default();
        for (rank, kind) in BY_STRENGTH.into_iter().enumerate() {
            let ranges = places(self.settings.of(kind), &text, &folded);
            reading.matches.extend(ranges.into_iter().map(|range| WordMatch { kind, range }));
            for word in BUILT_IN[rank].find_iter(&folded.text) {
                let range = folded.origin(&word.range());
                if !is_whole(&word, &text) || reading.holds(&range) {
                    continue;
                }
                let friends = &FALSE_FRIENDS[rank];
                match FalseFriends::why_not(friends, source, &folded, &word.range()) {
                    None => reading.matches.push(WordMatch { kind, range }),
                    Some(why) => reading.dismissals.push(Dismissal { kind, range, why }),
                }
            }
        }
        reading
    }

    /// The plain text around each label, one text per label.
    pub(super) fn surroundings(&self, source: LabelSource, text: &str) -> Vec<String> {
        let matches = self.read(source, text).matches;
        let text = self.without_ignored(source, text);
        matches.iter().map(|label| fold::around(&text, &label.range)).collect()
    }

    /// The part of a text that is read, with the phrases to ignore blotted out byte by byte.
    fn without_ignored<'t>(&self, source: LabelSource, text: &'t str) -> Cow<'t, str> {
        let text = readable(source, text);
        if self.settings.ignore.is_empty() {
            return Cow::Borrowed(text);
        }
        let ranges = places(&self.settings.ignore, text, &Folded::new(text));
        let mut bytes = text.as_bytes().to_vec();
        for range in ranges {
            bytes[range].fill(b'|');
        }
        Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn readable(source: LabelSource, text: &str) -> &str {
    let end = text.char_indices().nth(MAX_TEXT_CHARS).map_or(text.len(), |(end, _)| end);
    let text = &text[..end];
    if is_field_dump(text) {
        return "";
    }
    if source == LabelSource::FileName { without_endings(text) } else { text }
}

/// Some apps write their fields into the title, `id=1, uuid=…, intervalSetUsedId=-1`: names of
/// fields are no words of the runner.
fn is_field_dump(text: &str) -> bool {
    text.split(',').filter(|part| part.contains('=') && !part.trim().contains(' ')).count() >= 3
}

fn without_endings(mut name: &str) -> &str {
    for ending in [".gz", ".fit", ".gpx", ".tcx"] {
        let stem = name.len().checked_sub(ending.len());
        if let Some((stem, end)) = stem.and_then(|stem| name.split_at_checked(stem))
            && end.eq_ignore_ascii_case(ending)
        {
            name = stem;
        }
    }
    name
}

/// Watches cut a workout's name at 32 bytes; only what may have been cut may lack its end.
fn is_whole(word: &Match<'_>, text: &str) -> bool {
    const MAY_BE_CUT: usize = 28;
    !matches!(word.as_str(), "recov" | "recove") || text.len() >= MAY_BE_CUT
}

/// Where expressions of the settings match: the text as it stands, or its plain form.
fn places(expressions: &[Regex], text: &str, folded: &Folded) -> Vec<Range<usize>> {
    let as_it_stands =
        |regex: &Regex| -> Vec<_> { regex.find_iter(text).map(|found| found.range()).collect() };
    let plain = |regex: &Regex| -> Vec<_> {
        regex.find_iter(&folded.text).map(|found| folded.origin(&found.range())).collect()
    };
    let mut places: Vec<Range<usize>> = expressions
        .iter()
        .flat_map(|regex| [as_it_stands(regex), plain(regex)].concat())
        .filter(|range| !range.is_empty())
        .collect();
    places.sort_by_key(|range| (range.start, range.end));
    places.dedup();
    places
}
