//! What kind of session a run was: the words that labels, plans and judgements share.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A kind of session, from the easiest to the hardest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// Short and conversational, to recover from another session.
    Recovery,
    /// Conversational, of ordinary length.
    Easy,
    /// The long run of the week.
    Long,
    /// A sustained stretch at or near the threshold.
    Tempo,
    /// Hard bouts with rests between them.
    Interval,
    /// A race.
    Race,
}

impl SessionKind {
    /// Every kind, from the easiest to the hardest.
    pub const ALL: [Self; 6] =
        [Self::Recovery, Self::Easy, Self::Long, Self::Tempo, Self::Interval, Self::Race];

    /// The word used in settings, side files and every output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recovery => "recovery",
            Self::Easy => "easy",
            Self::Long => "long",
            Self::Tempo => "tempo",
            Self::Interval => "interval",
            Self::Race => "race",
        }
    }

    /// The kind that a single word names: its [name](Self::name) in any case, `intervals`, and
    /// any of them followed by `run`. Free texts are for the label rules, not for this.
    pub fn parse_word(word: &str) -> Option<Self> {
        let lower = word.trim().to_lowercase();
        let word = lower.strip_suffix("run").map_or(lower.as_str(), str::trim_end);
        let word = if word == "intervals" { "interval" } else { word };
        Self::ALL.into_iter().find(|kind| kind.name() == word)
    }
}

impl fmt::Display for SessionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What kind of session an activity was, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Session {
    /// Of this kind.
    Known(SessionKind, SessionBy),
    /// A run of which nothing tells the kind.
    #[default]
    Unknown,
    /// No run.
    OtherSport,
}

/// Who says what kind of session it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionBy {
    /// Its label.
    Label,
    /// Its heart rate.
    HeartRate,
    /// Its pace.
    Pace,
}

impl Session {
    /// What a label makes of an activity, which may be no run at all.
    pub fn by_label(is_run: bool, label: Option<SessionKind>) -> Self {
        match (is_run, label) {
            (false, _) => Self::OtherSport,
            (true, Some(kind)) => Self::Known(kind, SessionBy::Label),
            (true, None) => Self::Unknown,
        }
    }

    /// Whether it was a run.
    pub fn is_run(self) -> bool {
        self != Self::OtherSport
    }

    /// Whether it was a run labelled recovery.
    pub fn is_recovery(self) -> bool {
        self == Self::Known(SessionKind::Recovery, SessionBy::Label)
    }

    /// The kind, where it is known.
    pub fn kind(self) -> Option<SessionKind> {
        match self {
            Self::Known(kind, _) => Some(kind),
            Self::Unknown | Self::OtherSport => None,
        }
    }

    /// The kind in a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Known(kind, _) => kind.name(),
            Self::Unknown => "unknown",
            Self::OtherSport => "other_sport",
        }
    }
}

/// Whether the run was kept a recovery run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It was one.
    Kept,
    /// Nearly.
    Slipped,
    /// It was something else.
    NotRecovery,
    /// The data cannot tell.
    CannotJudge,
}

impl Verdict {
    /// The verdict in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Slipped => "slipped",
            Self::NotRecovery => "not recovery",
            Self::CannotJudge => "cannot judge",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_names_are_the_same() {
        for kind in SessionKind::ALL {
            assert_eq!(SessionKind::parse_word(kind.name()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }

    #[test]
    fn words_are_forgiven_their_case_plural_and_run() {
        assert_eq!(SessionKind::parse_word(" Recovery Run "), Some(SessionKind::Recovery));
        assert_eq!(SessionKind::parse_word("INTERVALS"), Some(SessionKind::Interval));
        for unknown in ["", "run", "recoveries", "not easy", "easy-ish"] {
            assert_eq!(SessionKind::parse_word(unknown), None, "{unknown}");
        }
    }
}
