//! What a criterion found in a run.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::limit::Limit;
use super::outcome::{Outcome, Severity};
use crate::metrics::span::Span;

/// What a criterion says of one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// The answer.
    pub result: Outcome,
    /// The number it rests on.
    pub value: Option<f64>,
    /// The limit that decided.
    pub limit: Option<f64>,
    /// Further figures by name, such as the limit that the decisive one follows from.
    pub figures: Vec<(Cow<'static, str>, f64)>,
    /// The unit of value and limit.
    pub unit: Cow<'static, str>,
    /// The answer as a sentence.
    pub text: Box<str>,
    /// Where in the run, in seconds of timer time.
    pub spans: Box<[Span]>,
}

impl Assessment {
    /// An answer without a number.
    pub fn plain(result: Outcome, text: impl Into<String>) -> Self {
        Self {
            result,
            value: None,
            limit: None,
            figures: Vec::new(),
            unit: Cow::Borrowed(""),
            text: text.into().into_boxed_str(),
            spans: Box::default(),
        }
    }

    /// The data cannot tell, because.
    pub fn cannot(text: impl Into<String>) -> Self {
        Self::plain(Outcome::Cannot, text)
    }

    /// An answer with its number, the limit that decided and their unit.
    pub fn measured(
        result: Outcome,
        value: f64,
        limit: Limit,
        unit: &'static str,
        text: impl Into<String>,
    ) -> Self {
        Self {
            value: Some(value),
            limit: Some(limit.get()),
            unit: Cow::Borrowed(unit),
            ..Self::plain(result, text)
        }
    }

    /// The same answer with its places in the run.
    #[must_use]
    pub fn at(self, spans: Vec<Span>) -> Self {
        Self { spans: spans.into_boxed_slice(), ..self }
    }

    /// The same answer with a further figure.
    #[must_use]
    pub fn with_figure(mut self, name: &'static str, figure: impl Into<f64>) -> Self {
        self.figures.push((Cow::Borrowed(name), figure.into()));
        self
    }

    /// One of the further figures.
    pub fn figure(&self, name: &str) -> Option<f64> {
        self.figures.iter().find(|(key, _)| key == name).map(|(_, figure)| *figure)
    }
}

/// An [`Assessment`] with the criterion that made it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The id of the criterion.
    pub criterion: Cow<'static, str>,
    /// What its answer may do.
    pub severity: Severity,
    /// Its answer.
    pub assessment: Assessment,
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
    fn a_finding_is_read_back_whatever_its_unit_and_its_criterion() {
        let written = Finding {
            criterion: Cow::Borrowed("a-criterion-of-tomorrow"),
            severity: Severity::Advisory,
            assessment: Assessment::measured(
                Outcome::Note,
                3.0,
                Limit::of(2.0),
                "furlongs per fortnight",
                "Fast.",
            )
            .with_figure("usual", Limit::of(1.0))
            .at(vec![Span::of(&(10..20))]),
        };
        let text = serde_json::to_string(&written).unwrap();
        assert_eq!(serde_json::from_str::<Finding>(&text).unwrap(), written);
        assert_eq!(written.assessment.figure("usual"), Some(1.0));
    }
}
