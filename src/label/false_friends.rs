//! Words that look like a label and are none, by what stands around them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::RegexSet;

use crate::activity::LabelSource;
use crate::session::SessionKind;

use super::false_friend::{AmbiguousWords, FalseFriend};
use super::false_friend_table::TABLE;
use super::fold::{Folded, WORD, for_plain_text};

/// Articles and degrees that may stand between a word and what takes its meaning away.
const BETWEEN: &str = r"(?:(?:an?|the|my|our|any|this|that|these|so|too|very|really|quite|exactly|more|much|hard|[a-z]+day's|big|tough|yesterday's|last|first|local|club|marathon|half|ultra|trail|track|5 ?k|10 ?k|hm|ein|eine[mnrs]?|de[mnr]|die|das|ganz|wirklich|sehr|une?|la|le|les|un[ao]?|el|los|il|del|della|d[aeio]|tres|muy|molto|muito|een|het|de) )*";

/// A time or a distance, as between two hard bouts.
const QUANTITY: &str = r"\d+(?:[.,:]\d+)? ?(?:mins?|minutes?|minuten|mn|m|s|secs?|seconds?|sek|km|k|mi|miles?|metres?|meters?|laps?|'|'')?";

const NAMED: [(&str, &str); 2] = [("<between>", BETWEEN), ("<quantity>", QUANTITY)];

/// The false friends among the words of one kind.
#[derive(Debug)]
pub(super) struct FalseFriends {
    patterns: RegexSet,
    reasons: Vec<(AmbiguousWords, &'static str)>,
}

impl FalseFriends {
    pub(super) fn of(kind: SessionKind) -> Self {
        let friends = || TABLE.iter().filter(|friend| friend.of.concerns(kind));
        let patterns = friends().flat_map(|friend| friend.patterns).map(|pattern| filled(pattern));
        let reasons =
            friends().flat_map(|friend| friend.patterns.iter().map(|_| (friend.of, friend.why)));
        Self {
            patterns: RegexSet::new(patterns).expect("built-in patterns are regular expressions"),
            reasons: reasons.collect(),
        }
    }

    /// Why a word is no label; `None` where it is one. They are not even compiled for a text that is
    /// plain.
    pub(super) fn why_not(
        friends: &LazyLock<Self>,
        source: LabelSource,
        folded: &Folded,
        range: &Range<usize>,
    ) -> Option<&'static str> {
        let word = &folded.text[range.clone()];
        if word == "track" && names_files(source) {
            return Some("may be any recorded way");
        }
        let around = folded.around(range);
        if is_plain(&around) {
            return None;
        }
        let found = friends.patterns.matches(&around);
        let mut reasons = found.iter().map(|place| friends.reasons[place]);
        reasons.find(|(of, _)| of.names(word)).map(|(_, why)| why)
    }
}

/// What most titles and names of files are, beside the word: nothing that could take its meaning away.
const PLAIN: [&str; 5] = ["", "run", "jog", "lauf", "morning run"];

/// Whether a text holds nothing but a label, or a label and a plain word behind it.
fn is_plain(around: &str) -> bool {
    around.strip_prefix(WORD).is_some_and(|rest| PLAIN.contains(&rest.trim_start()))
}

/// Every pattern as it stands in the table, behind the reason that it stands for, and what fills them.
pub(super) fn built_in() -> impl Iterator<Item = &'static str> {
    let of = |friend: &'static FalseFriend| {
        std::iter::once(friend.why).chain(friend.patterns.iter().copied())
    };
    TABLE.iter().flat_map(of).chain(NAMED.iter().map(|(_, value)| *value))
}

fn filled(pattern: &str) -> String {
    let filled = |text: String, (name, value): &(&str, &str)| text.replace(name, value);
    for_plain_text(&NAMED.iter().fold(pattern.to_owned(), filled))
}

/// Apps call their files tracks, and a watch has a profile for running on one.
fn names_files(source: LabelSource) -> bool {
    matches!(source, LabelSource::Type | LabelSource::FileName | LabelSource::Folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_pattern_finds_anything_in_a_plain_text() {
        for kind in SessionKind::ALL {
            let friends = FalseFriends::of(kind);
            for rest in PLAIN {
                for text in [format!("{WORD}{rest}"), format!("{WORD} {rest}")] {
                    assert!(is_plain(&text) && !friends.patterns.is_match(&text), "{kind} {rest}");
                }
            }
            assert!(!is_plain(&format!("no {WORD}")) && !is_plain(&format!("{WORD} week")));
        }
    }
}
