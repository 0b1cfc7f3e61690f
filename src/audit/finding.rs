//! What a criterion found in a run.

use std::borrow::Cow;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::criteria::CRITERIA;
use super::criterion::Severity;
use crate::metrics::span::Span;

/// The answer of a criterion; missing data is never a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// As it should be.
    Pass,
    /// Worth saying, no more.
    Note,
    /// A little off.
    Slip,
    /// Not a recovery run.
    Fail,
    /// The data cannot tell.
    Cannot,
}

impl Outcome {
    /// The answer in a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Note => "note",
            Self::Slip => "slip",
            Self::Fail => "fail",
            Self::Cannot => "cannot",
        }
    }

    /// How bad an answer is; `None` where there is none.
    pub fn badness(self) -> Option<u8> {
        match self {
            Self::Pass => Some(0),
            Self::Note => Some(1),
            Self::Slip => Some(2),
            Self::Fail => Some(3),
            Self::Cannot => None,
        }
    }

    /// Pass up to `pass`, slip up to `slip`, fail above.
    pub fn by_limits(value: f64, pass: f64, slip: f64) -> Self {
        match value {
            value if value <= pass => Self::Pass,
            value if value <= slip => Self::Slip,
            _ => Self::Fail,
        }
    }

    /// The worst of several answers; `cannot` only where all cannot.
    pub fn worst(answers: impl IntoIterator<Item = Self>) -> Self {
        answers.into_iter().max_by_key(|answer| answer.badness()).unwrap_or(Self::Cannot)
    }
}

/// One of a few texts that the program knows. By this name it can be read back: to the derived
/// reader a reference would be a borrow from what it reads.
pub type Name = &'static str;

/// What a criterion says of one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// The answer.
    pub result: Outcome,
    /// The number it rests on.
    pub value: Option<f64>,
    /// The limit it was held against.
    pub limit: Option<f64>,
    /// The unit of both.
    #[serde(deserialize_with = "unit")]
    pub unit: Name,
    /// The answer as a sentence.
    pub text: String,
    /// Where in the run, in seconds of timer time.
    pub spans: Vec<Span>,
}

impl Assessment {
    /// An answer without a number.
    pub fn plain(result: Outcome, text: impl Into<String>) -> Self {
        Self { result, value: None, limit: None, unit: "", text: text.into(), spans: Vec::new() }
    }

    /// The data cannot tell, because.
    pub fn cannot(text: impl Into<String>) -> Self {
        Self::plain(Outcome::Cannot, text)
    }

    /// An answer with its number, its limit and their unit.
    pub fn measured(
        result: Outcome,
        value: f64,
        limit: f64,
        unit: &'static str,
        text: String,
    ) -> Self {
        Self { result, value: Some(value), limit: Some(limit), unit, text, spans: Vec::new() }
    }

    /// The same answer with its places in the run.
    #[must_use]
    pub fn at(self, spans: Vec<Span>) -> Self {
        Self { spans, ..self }
    }
}

/// An [`Assessment`] with the criterion that made it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The id of the criterion.
    #[serde(deserialize_with = "criterion")]
    pub criterion: Name,
    /// What its answer may do.
    pub severity: Severity,
    /// Its answer.
    pub assessment: Assessment,
}

/// Every unit that an answer has: what is read back must be one of them.
const UNITS: [&str; 20] = [
    "",
    "%",
    "°C",
    "/week",
    "CR10",
    "Strava",
    "bpm",
    "bpm/10 min",
    "bpm/28 d",
    "days",
    "h",
    "min",
    "of 100",
    "of an easy run",
    "s",
    "s/km",
    "s/mile",
    "s/mile/28 d",
    "signs",
    "surges",
];

fn unit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    let text = Cow::<str>::deserialize(deserializer)?;
    UNITS
        .into_iter()
        .find(|unit| *unit == text)
        .ok_or_else(|| D::Error::custom("no unit of an answer"))
}

fn criterion<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    let text = Cow::<str>::deserialize(deserializer)?;
    let mut ids = CRITERIA.iter().map(|criterion| criterion.id);
    ids.find(|id| *id == text).ok_or_else(|| D::Error::custom("no criterion"))
}

impl Finding {
    /// The answer alone.
    pub fn result(&self) -> Outcome {
        self.assessment.result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_limit_is_within_it() {
        assert_eq!(Outcome::by_limits(10.0, 10.0, 25.0), Outcome::Pass);
        assert_eq!(Outcome::by_limits(10.01, 10.0, 25.0), Outcome::Slip);
        assert_eq!(Outcome::by_limits(25.0, 10.0, 25.0), Outcome::Slip);
        assert_eq!(Outcome::by_limits(25.01, 10.0, 25.0), Outcome::Fail);
    }

    #[test]
    fn no_answer_never_outweighs_one() {
        assert_eq!(Outcome::worst([Outcome::Pass, Outcome::Cannot]), Outcome::Pass);
        assert_eq!(Outcome::worst([Outcome::Cannot]), Outcome::Cannot);
        assert_eq!(Outcome::worst([Outcome::Slip, Outcome::Note]), Outcome::Slip);
    }
}
