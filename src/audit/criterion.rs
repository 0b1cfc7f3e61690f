//! What a criterion is: one question with its limits, its sources and its own explanation.

use serde::Serialize;

use super::criterion_input::CriterionInput;
use super::finding::Assessment;
use super::limit::LimitDefinition;
use super::outcome::Severity;

/// One question asked of a recovery run. Its id is the stem of its file, its key in `[limits]`, its
/// key in JSON and its heading in the documentation.
#[derive(Debug)]
pub struct Criterion {
    /// Kebab-case.
    pub id: &'static str,
    /// What its answer may do to the verdict.
    pub severity: Severity,
    /// The question.
    pub question: &'static str,
    /// Why it is asked.
    pub why: &'static str,
    /// The line of the article that it comes from, quoted; empty where it comes from elsewhere.
    pub article: &'static str,
    /// How it is measured.
    pub how: &'static str,
    /// What can mislead it.
    pub misleads: &'static str,
    /// What is said when the data is missing.
    pub missing: &'static str,
    /// Where its limits come from.
    pub sources: &'static [Reference],
    /// The limits that the settings may change.
    pub limits: &'static [&'static LimitDefinition],
    /// Answers the question for one run.
    pub assess: fn(&CriterionInput) -> Assessment,
}

/// A source and how much it can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// Author, year, place.
    pub citation: &'static str,
    /// What kind of evidence it is.
    pub strength: Strength,
}

/// Kinds of evidence, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Measured and published.
    Study,
    /// Published coaching practice on which several sources agree.
    Consensus,
    /// The choice of this tool, with its reason in the explanation.
    Custom,
}

impl Strength {
    /// The strength in a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Study => "study",
            Self::Consensus => "consensus",
            Self::Custom => "custom",
        }
    }
}
