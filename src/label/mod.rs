//! What kind of session a run was meant to be, and which source states it.
//!
//! ```text
//! text ─fold─▶ plain text ─words─▶ matches ─false friends─▶ kinds ─precedence─▶ Label
//! ```
//!
//! The strongest source that names a kind wins; weaker ones that name another are conflicts and
//! never override it. A watch's training effect is what came out of a run, not what it was meant
//! to be, so it is no source of a label.

mod evidence;
mod false_friend;
mod false_friend_table;
mod false_friends;
mod fold;
mod planned;
mod reading;
mod run_label;
mod statement;
mod words;

use crate::activity::LabelSource;
use crate::session::SessionKind;
use crate::settings::LabelWords;
use crate::units::Seconds;

pub use self::evidence::{Evidence, LabelRole};
pub use self::reading::{Dismissal, MAX_TEXT_CHARS, Reading, WordMatch};
pub use self::run_label::{Conflict, Label};
pub use self::statement::{AttributedText, Statement};

use self::evidence::LabelCandidate;
use self::reading::{BY_STRENGTH, Vocabulary};

/// Everything that built-in labels are found and dismissed by: where it differs, texts are to be read
/// again.
pub fn built_in() -> impl Iterator<Item = &'static str> {
    let of = |kind: SessionKind| std::iter::once(kind.name()).chain(words::built_in(kind));
    BY_STRENGTH.into_iter().flat_map(of).chain(false_friends::built_in())
}

/// Every word that labels a run, compiled once for any number of runs.
#[derive(Debug, Clone)]
pub struct Labels {
    vocabulary: Vocabulary,
}

impl Labels {
    /// The built-in words and those of the settings.
    pub fn new(words: &LabelWords) -> Self {
        Self { vocabulary: Vocabulary::new(words) }
    }

    /// Compiles the built-in words ahead of the first text. It takes longer than reading a hundred
    /// files, and can be done while something else is waited for.
    pub fn prepare() {
        Vocabulary::prepare();
    }

    /// What one text names, and which words in it were no label.
    pub fn read(&self, source: LabelSource, text: &str) -> Reading {
        self.vocabulary.read(source, text)
    }

    /// The kind that a text names; for the labels in plans and notes.
    pub fn kind_of(&self, text: &str) -> Option<SessionKind> {
        self.read(LabelSource::Plan, text).kind()
    }

    /// The label of one run; `None` where no source names a kind. Of several texts of one source
    /// the first that names a kind wins.
    pub fn resolve(&self, stated: &[Statement<'_>], texts: &[AttributedText<'_>]) -> Option<Label> {
        evidence::resolve(&self.candidates(stated, texts))
    }

    /// What every source states and why the strongest one is used, strongest source first.
    pub fn evidence(
        &self,
        stated: &[Statement<'_>],
        texts: &[AttributedText<'_>],
    ) -> Vec<Evidence> {
        evidence::evidence(self.candidates(stated, texts))
    }

    /// How long the run was meant to be, where its file name says so beside a label.
    pub fn planned_duration(&self, texts: &[AttributedText<'_>]) -> Option<Seconds> {
        planned::duration(&self.vocabulary, texts)
    }

    fn candidates(
        &self,
        stated: &[Statement<'_>],
        texts: &[AttributedText<'_>],
    ) -> Vec<LabelCandidate> {
        let stated = stated.iter().map(LabelCandidate::stated);
        let read =
            texts.iter().map(|text| LabelCandidate::read(text, self.read(text.source, text.text)));
        let mut all: Vec<_> = stated.chain(read).collect();
        all.sort_by_key(|candidate| candidate.source);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::StatedLabel;

    fn text(source: LabelSource, text: &str) -> AttributedText<'_> {
        AttributedText { by: "a.fit", source, text }
    }

    fn labels() -> Labels {
        Labels::new(&LabelWords::default())
    }

    #[test]
    fn the_strongest_source_wins_and_others_are_conflicts() {
        let texts = [
            text(LabelSource::FileName, "tempo.fit"),
            text(LabelSource::Title, "Morning Run"),
            text(LabelSource::Workout, "EZ Aerobic / Recovery"),
            text(LabelSource::Description, "recovery run"),
        ];
        let label = labels().resolve(&[], &texts).unwrap();
        assert_eq!(label.kind, Some(SessionKind::Recovery));
        assert_eq!(label.source, LabelSource::Workout);
        let conflicts: Vec<_> =
            label.conflicts.iter().map(|conflict| (conflict.source, conflict.kind)).collect();
        assert_eq!(
            conflicts,
            [
                (LabelSource::Workout, Some(SessionKind::Easy)),
                (LabelSource::FileName, Some(SessionKind::Tempo)),
            ]
        );
        assert_eq!(labels().resolve(&[], &texts[1..2]), None);
    }

    #[test]
    fn notes_can_take_a_label_away() {
        let none = StatedLabel { text: "none".to_owned(), kind: None };
        let easy = StatedLabel { text: "easy".to_owned(), kind: Some(SessionKind::Easy) };
        let stated =
            [Statement::of_plan("p.csv", 3, &easy), Statement::of_notes("n.csv", 2, &none)];
        let texts = [text(LabelSource::Title, "Recovery Run")];
        let label = labels().resolve(&stated, &texts).unwrap();
        assert_eq!((label.kind, label.source), (None, LabelSource::Notes));
        assert_eq!(
            (label.by.as_str(), label.conflicts[0].by.as_str()),
            ("n.csv line 2", "p.csv line 3")
        );
        assert_eq!(label.conflicts.len(), 2);
    }

    #[test]
    fn none_is_a_word_in_json() {
        let label = Label {
            kind: None,
            text: "none".to_owned(),
            source: LabelSource::Notes,
            by: "line 2".to_owned(),
            conflicts: vec![Conflict {
                source: LabelSource::FileName,
                by: "recovery.fit".to_owned(),
                text: "recovery.fit".to_owned(),
                kind: Some(SessionKind::Recovery),
            }],
        };
        let json = serde_json::to_value(label).unwrap();
        assert_eq!(json["kind"], "none");
        assert_eq!(json["conflicts"][0]["kind"], "recovery");
        assert_eq!(json["conflicts"][0]["source"], "file_name");
    }
}
