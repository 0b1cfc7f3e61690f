//! What an answer is, and what it may do to the verdict.

use serde::{Deserialize, Serialize};

use super::limit::Limit;

/// The answer of a criterion; missing data is never a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// As it should be.
    Pass,
    /// Worth a sentence, no more.
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

    /// Whether the answer lowers a verdict that counts it.
    pub fn is_fault(self) -> bool {
        matches!(self, Self::Slip | Self::Fail)
    }

    /// Pass up to `pass`, slip up to `slip`, fail above.
    pub fn by_limits(value: f64, pass: Limit, slip: Limit) -> Self {
        match () {
            () if !pass.exceeded_by(value) => Self::Pass,
            () if !slip.exceeded_by(value) => Self::Slip,
            () => Self::Fail,
        }
    }

    /// Pass up to the limit, a note above.
    pub fn noted_above(value: f64, limit: Limit) -> Self {
        if limit.exceeded_by(value) { Self::Note } else { Self::Pass }
    }

    /// The worst of several answers; `cannot` only where all cannot.
    pub fn worst(answers: impl IntoIterator<Item = Self>) -> Self {
        answers.into_iter().max_by_key(|answer| answer.badness()).unwrap_or(Self::Cannot)
    }
}

/// What an answer may do to the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Whether anything can be said at all.
    Gate,
    /// It decides.
    Decisive,
    /// It may lower kept to slipped, no further.
    Lowering,
    /// It is said and changes nothing.
    Advisory,
}

impl Severity {
    /// The severity in words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Gate => "decides whether the effort can be judged at all",
            Self::Decisive => "decides the verdict",
            Self::Lowering => "may lower the verdict to slipped, no further",
            Self::Advisory => "is said and never changes the verdict",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_limit_is_within_it() {
        let of = |value| Outcome::by_limits(value, Limit::of(10.0), Limit::of(25.0));
        assert_eq!(
            [10.0, 10.01, 25.0, 25.01].map(of),
            [Outcome::Pass, Outcome::Slip, Outcome::Slip, Outcome::Fail]
        );
        assert_eq!(Outcome::noted_above(10.0, Limit::of(10.0)), Outcome::Pass);
        assert_eq!(Outcome::noted_above(10.01, Limit::of(10.0)), Outcome::Note);
    }

    #[test]
    fn no_answer_never_outweighs_one() {
        assert_eq!(Outcome::worst([Outcome::Pass, Outcome::Cannot]), Outcome::Pass);
        assert_eq!(Outcome::worst([Outcome::Cannot]), Outcome::Cannot);
        assert_eq!(Outcome::worst([Outcome::Slip, Outcome::Note]), Outcome::Slip);
    }
}
