//! What every source states about one run, and why the strongest one is used.

use crate::activity::LabelSource;
use crate::session::SessionKind;

use super::reading::{Dismissal, MAX_TEXT_CHARS, Reading};
use super::run_label::{Conflict, Label};
use super::statement::{AttributedText, Statement};

/// What one source states and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Where the text stands.
    pub source: LabelSource,
    /// Where it stands: the path of a file or table, or the line of notes or plan.
    pub by: String,
    /// The text, cut where reading ended: untrusted.
    pub text: String,
    /// The kind it names; `None` where it names none, or expressly says `none`.
    pub kind: Option<SessionKind>,
    /// What became of it.
    pub role: LabelRole,
    /// Why, in a plain sentence that quotes words of the text: untrusted too.
    pub because: String,
}

/// What a source is to the label of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelRole {
    /// It is the label of the run.
    Wins,
    /// It states the same.
    Agrees,
    /// It states something else, and a stronger source counts.
    Conflicts,
    /// It names no kind.
    Silent,
}

/// What a source states the run to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StatedKind {
    Kind(SessionKind),
    ExpresslyNone,
}

impl StatedKind {
    fn kind(self) -> Option<SessionKind> {
        match self {
            Self::Kind(kind) => Some(kind),
            Self::ExpresslyNone => None,
        }
    }
}

/// One source of the label with what was read in it.
#[derive(Debug)]
pub(super) struct LabelCandidate {
    pub(super) source: LabelSource,
    by: String,
    text: String,
    stated: Option<StatedKind>,
    reading: Reading,
}

impl LabelCandidate {
    pub(super) fn stated(statement: &Statement<'_>) -> Self {
        Self {
            source: statement.source,
            by: format!("{} line {}", statement.file, statement.line),
            text: cut(&statement.label.text),
            stated: Some(statement.label.kind.map_or(StatedKind::ExpresslyNone, StatedKind::Kind)),
            reading: Reading::default(),
        }
    }

    pub(super) fn read(attributed: &AttributedText<'_>, reading: Reading) -> Self {
        Self {
            source: attributed.source,
            by: attributed.by.to_owned(),
            text: cut(attributed.text),
            stated: reading.kind().map(StatedKind::Kind),
            reading,
        }
    }

    fn kind(&self) -> Option<SessionKind> {
        self.stated.and_then(StatedKind::kind)
    }

    fn conflict(&self, kind: Option<SessionKind>) -> Conflict {
        Conflict { source: self.source, by: self.by.clone(), text: self.text.clone(), kind }
    }

    /// The kinds in the text beside the one that it is taken for.
    fn others(&self) -> Vec<SessionKind> {
        self.reading.kinds().split_off(1.min(self.reading.matches.len()))
    }
}

fn cut(text: &str) -> String {
    text.chars().take(MAX_TEXT_CHARS).collect()
}

pub(super) fn resolve(candidates: &[LabelCandidate]) -> Option<Label> {
    let place = candidates.iter().position(|candidate| candidate.stated.is_some())?;
    let winner = &candidates[place];
    let winning = winner.stated?;
    let beside = winner.others().into_iter().map(|other| winner.conflict(Some(other)));
    let weaker = candidates[place + 1..]
        .iter()
        .filter(|weaker| weaker.stated.is_some_and(|stated| stated != winning))
        .map(|weaker| weaker.conflict(weaker.kind()));
    Some(Label {
        kind: winning.kind(),
        text: winner.text.clone(),
        source: winner.source,
        by: winner.by.clone(),
        conflicts: beside.chain(weaker).collect(),
    })
}

pub(super) fn evidence(candidates: Vec<LabelCandidate>) -> Vec<Evidence> {
    let place = candidates.iter().position(|candidate| candidate.stated.is_some());
    let winner = place.map(|place| (candidates[place].source, candidates[place].stated));
    let evidence = |(at, candidate): (usize, LabelCandidate)| {
        let role = match winner {
            _ if candidate.stated.is_none() => LabelRole::Silent,
            _ if place == Some(at) => LabelRole::Wins,
            Some((_, stated)) if stated == candidate.stated => LabelRole::Agrees,
            _ => LabelRole::Conflicts,
        };
        Evidence {
            source: candidate.source,
            kind: candidate.kind(),
            role,
            because: because(&candidate, role, winner.map(|(source, _)| source)),
            by: candidate.by,
            text: candidate.text,
        }
    };
    candidates.into_iter().enumerate().map(evidence).collect()
}

fn because(candidate: &LabelCandidate, role: LabelRole, winner: Option<LabelSource>) -> String {
    let named = candidate.kind().map_or("no label", SessionKind::name);
    let source = plain_name(candidate.source);
    let winner = match winner {
        Some(winner) if winner == candidate.source => "one before it".to_owned(),
        other => format!("the {}", other.map_or("", plain_name)),
    };
    let first = match role {
        LabelRole::Wins => {
            format!("the {source} says {named}, and no stronger source names a kind")
        }
        LabelRole::Agrees => format!("the {source} says {named} too"),
        LabelRole::Conflicts => format!("the {source} says {named}, but {winner} counts more"),
        LabelRole::Silent => format!("the {source} names no kind of run"),
    };
    let others = candidate
        .others()
        .into_iter()
        .map(|other| format!("; it also says {other}, but {named} counts more within one text"));
    let dismissed = candidate.reading.dismissals.iter().map(|no| dismissed(&candidate.text, no));
    std::iter::once(first).chain(others).chain(dismissed).collect()
}

fn dismissed(text: &str, dismissal: &Dismissal) -> String {
    let word = text.get(dismissal.range.clone()).unwrap_or_default().replace(char::is_control, " ");
    format!("; “{word}” in it is no label: it {}", dismissal.why)
}

fn plain_name(source: LabelSource) -> &'static str {
    match source {
        LabelSource::Notes => "note",
        LabelSource::Plan => "plan",
        LabelSource::StravaTag => "Strava tag",
        LabelSource::Title => "title",
        LabelSource::Workout => "workout",
        LabelSource::Type => "activity type",
        LabelSource::Description => "description",
        LabelSource::FileName => "file name",
        LabelSource::Folder => "folder",
    }
}
