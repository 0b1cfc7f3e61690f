//! The verdict of a run with everything that belongs to it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::session::Verdict;

/// How far the verdict depends on the uncertainty of the lines and on missing seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// It would be the same.
    Firm,
    /// It could be one grade off.
    Soft,
    /// It could be the opposite.
    CloseCall,
}

impl Certainty {
    /// The certainty in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Firm => "firm",
            Self::Soft => "borderline",
            Self::CloseCall => "close call",
        }
    }
}

/// Where the signs point when nothing can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leaning {
    /// To an easy run.
    Easy,
    /// To a run that was too hard.
    Hard,
}

/// What the run really was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActualEffort {
    /// A recovery run.
    Recovery,
    /// Almost a recovery run: something slipped.
    Almost,
    /// An easy run: most of it above the easy line.
    Easy,
    /// A moderate run.
    Moderate,
    /// A run with a hard part.
    Hard,
    /// Easy in effort, too long.
    EasyButLong,
    /// A run that felt hard.
    FeltHard,
}

impl ActualEffort {
    /// The class in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Recovery => "a recovery run",
            Self::Almost => "almost a recovery run",
            Self::Easy => "an easy run",
            Self::Moderate => "a moderate run",
            Self::Hard => "a run with a hard part",
            Self::EasyButLong => "an easy effort, too long",
            Self::FeltHard => "a run that felt hard",
        }
    }
}

/// The verdict with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ruling {
    /// The verdict.
    pub verdict: Verdict,
    /// How sure it is; `None` where nothing could be judged.
    pub certainty: Option<Certainty>,
    /// Where the signs point; only where nothing could be judged.
    pub leaning: Option<Leaning>,
    /// What the run was; `None` where its effort could not be judged.
    pub was: Option<ActualEffort>,
    /// The criteria that make the verdict, the decisive one first: every text names them in this
    /// order.
    pub reasons: Vec<Cow<'static, str>>,
    /// Why, in a sentence or two.
    pub because: String,
}
