//! A word that looks like a label and is none, as the table of them describes it.

use crate::session::SessionKind;

/// A reason why a word is no label, and the surroundings that tell.
pub(super) struct FalseFriend {
    pub(super) of: AmbiguousWords,
    /// To be read after "it".
    pub(super) why: &'static str,
    pub(super) patterns: &'static [&'static str],
}

/// Which words may be false friends.
#[derive(Debug, Clone, Copy)]
pub(super) enum AmbiguousWords {
    /// Every word for these kinds.
    Kinds(&'static [SessionKind]),
    /// These words for one kind alone.
    Words(SessionKind, &'static [&'static str]),
}

impl AmbiguousWords {
    pub(super) fn concerns(self, kind: SessionKind) -> bool {
        match self {
            Self::Kinds(kinds) => kinds.contains(&kind),
            Self::Words(of, _) => of == kind,
        }
    }

    pub(super) fn names(self, word: &str) -> bool {
        match self {
            Self::Kinds(_) => true,
            Self::Words(_, words) => words.contains(&word),
        }
    }
}
