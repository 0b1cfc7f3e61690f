//! What every source says about one run, and why the winner won.

use crate::activity::LabelSource;
use crate::session::SessionKind;

use super::reading::{Dismissal, MAX_TEXT_CHARS, Reading};
use super::resolved::{Conflict, Label};
use super::statements::{AttributedText, Statement};

/// What one source says and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Where the text stands.
    pub source: LabelSource,
    /// Who says it: the path of a file or table, or the line of notes or plan.
    pub by: String,
    /// The text, cut where reading ended: untrusted.
    pub text: String,
    /// The kind it names; `None` where it names none, or expressly says `none`.
    pub kind: Option<SessionKind>,
    /// What became of it.
    pub standing: Standing,
    /// Why, in a plain sentence that quotes words of the text: untrusted too.
    pub because: String,
}

/// What became of what a source says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is the label of the run.
    Wins,
    /// It says the same as the label.
    Agrees,
    /// It says something else, and a stronger source counts.
    Conflicts,
    /// It names no kind.
    Silent,
}

/// What a source claims the run to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claim {
    Kind(SessionKind),
    ExpresslyNone,
}

impl Claim {
    fn kind(self) -> Option<SessionKind> {
        match self {
            Self::Kind(kind) => Some(kind),
            Self::ExpresslyNone => None,
        }
    }
}

/// One source with what was read in it.
#[derive(Debug)]
pub(super) struct SourceClaim {
    pub(super) source: LabelSource,
    by: String,
    text: String,
    says: Option<Claim>,
    reading: Reading,
}

impl SourceClaim {
    pub(super) fn stated(statement: &Statement<'_>) -> Self {
        Self {
            source: statement.source,
            by: format!("{} line {}", statement.file, statement.line),
            text: cut(&statement.label.text),
            says: Some(statement.label.kind.map_or(Claim::ExpresslyNone, Claim::Kind)),
            reading: Reading::default(),
        }
    }

    pub(super) fn read(quote: &AttributedText<'_>, reading: Reading) -> Self {
        Self {
            source: quote.source,
            by: quote.by.to_owned(),
            text: cut(quote.text),
            says: reading.kind().map(Claim::Kind),
            reading,
        }
    }

    fn kind(&self) -> Option<SessionKind> {
        self.says.and_then(Claim::kind)
    }

    fn conflict(&self, kind: Option<SessionKind>) -> Conflict {
        Conflict { source: self.source, by: self.by.clone(), text: self.text.clone(), kind }
    }

    /// The kinds in the text beside the one that it is taken for.
    fn others(&self) -> Vec<SessionKind> {
        self.reading.kinds().split_off(1.min(self.reading.mentions.len()))
    }
}

fn cut(text: &str) -> String {
    text.chars().take(MAX_TEXT_CHARS).collect()
}

pub(super) fn resolve(claims: &[SourceClaim]) -> Option<Label> {
    let place = claims.iter().position(|claim| claim.says.is_some())?;
    let winner = &claims[place];
    let claim = winner.says?;
    let beside = winner.others().into_iter().map(|other| winner.conflict(Some(other)));
    let weaker = claims[place + 1..]
        .iter()
        .filter(|weaker| weaker.says.is_some_and(|says| says != claim))
        .map(|weaker| weaker.conflict(weaker.kind()));
    Some(Label {
        kind: claim.kind(),
        text: winner.text.clone(),
        source: winner.source,
        by: winner.by.clone(),
        conflicts: beside.chain(weaker).collect(),
    })
}

pub(super) fn weigh(claims: Vec<SourceClaim>) -> Vec<Evidence> {
    let place = claims.iter().position(|claim| claim.says.is_some());
    let winner = place.map(|place| (claims[place].source, claims[place].says));
    let weigh = |(at, claim): (usize, SourceClaim)| {
        let standing = match winner {
            _ if claim.says.is_none() => Standing::Silent,
            _ if place == Some(at) => Standing::Wins,
            Some((_, says)) if says == claim.says => Standing::Agrees,
            _ => Standing::Conflicts,
        };
        Evidence {
            source: claim.source,
            kind: claim.kind(),
            standing,
            because: because(&claim, standing, winner.map(|(source, _)| source)),
            by: claim.by,
            text: claim.text,
        }
    };
    claims.into_iter().enumerate().map(weigh).collect()
}

fn because(claim: &SourceClaim, standing: Standing, winner: Option<LabelSource>) -> String {
    let named = claim.kind().map_or("no label", SessionKind::name);
    let source = plain_name(claim.source);
    let winner = match winner {
        Some(winner) if winner == claim.source => "one before it".to_owned(),
        other => format!("the {}", other.map_or("", plain_name)),
    };
    let first = match standing {
        Standing::Wins => format!("the {source} says {named}, and no stronger source names a kind"),
        Standing::Agrees => format!("the {source} says {named} too"),
        Standing::Conflicts => format!("the {source} says {named}, but {winner} counts more"),
        Standing::Silent => format!("the {source} names no kind of run"),
    };
    let others = claim
        .others()
        .into_iter()
        .map(|other| format!("; it also says {other}, but {named} counts more within one text"));
    let dismissed = claim.reading.dismissals.iter().map(|no| dismissed(&claim.text, no));
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
