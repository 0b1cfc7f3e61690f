//! Words that look like a label and are none, by what stands around them.

use std::ops::Range;

use regex::RegexSet;

use crate::activity::LabelSource;
use crate::session::SessionKind::{self, Easy, Interval, Long, Race, Recovery, Tempo};

use super::fold::Folded;

/// A reason why a word is no label. In the patterns `§` stands for the word and its
/// surroundings are in plain form (see `fold`).
struct FalseFriend {
    kinds: &'static [SessionKind],
    why: &'static str,
    patterns: &'static [&'static str],
}

const ALL: &[SessionKind] = &[Recovery, Easy, Long, Tempo, Interval, Race];

const TABLE: &[FalseFriend] = &[FalseFriend {
    kinds: ALL,
    why: "is denied",
    patterns: &[r"\b(?:no|not|never|non|without|instead of) (?:an? )?§"],
}];

/// The false friends of the words of one kind.
#[derive(Debug)]
pub(super) struct FalseFriends {
    patterns: RegexSet,
    reasons: Vec<&'static str>,
}

impl FalseFriends {
    pub(super) fn of(kind: SessionKind) -> Self {
        let of_kind = || TABLE.iter().filter(|friend| friend.kinds.contains(&kind));
        let patterns = of_kind().flat_map(|friend| friend.patterns);
        let reasons = of_kind().flat_map(|friend| friend.patterns.iter().map(|_| friend.why));
        Self {
            patterns: RegexSet::new(patterns).expect("built-in patterns are regular expressions"),
            reasons: reasons.collect(),
        }
    }

    /// Why a word is no label; `None` where it is one.
    pub(super) fn why_not(
        &self,
        _source: LabelSource,
        _word: &str,
        folded: &Folded,
        range: &Range<usize>,
    ) -> Option<&'static str> {
        let found = self.patterns.matches(&folded.around(range));
        found.iter().next().map(|first| self.reasons[first])
    }
}
