//! Colours: an addition to words and shades, never the only sign.

use crate::audit::{Outcome, Verdict};
use crate::report::output::Style;
use crate::report::signs;

/// What a colour is to say. Blue and orange are told apart by nearly everyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// Nothing.
    Plain,
    /// As it should be: blue.
    Good,
    /// A little off: yellow.
    Mild,
    /// Not as it should be: bold orange-red.
    Bad,
    /// In the background.
    Dim,
    /// A heading.
    Bold,
}

/// A text in a colour, if colours may be used.
pub fn paint(text: &str, paint: Paint, style: &Style) -> String {
    let code = match paint {
        Paint::Plain => return text.to_owned(),
        Paint::Good => "34",
        Paint::Mild => "33",
        Paint::Bad => "1;31",
        Paint::Dim => "2",
        Paint::Bold => "1",
    };
    if style.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// The sign and colour of a verdict.
pub fn of_verdict(verdict: Verdict) -> (&'static str, Paint) {
    let colour = match verdict {
        Verdict::Kept => Paint::Good,
        Verdict::Slipped => Paint::Mild,
        Verdict::NotRecovery => Paint::Bad,
        Verdict::CannotJudge => Paint::Dim,
    };
    (signs::of_verdict(verdict), colour)
}

/// The sign and colour of an answer.
pub fn of_outcome(outcome: Outcome) -> (&'static str, Paint) {
    let colour = match outcome {
        Outcome::Pass => Paint::Good,
        Outcome::Note | Outcome::Slip => Paint::Mild,
        Outcome::Fail => Paint::Bad,
        Outcome::Cannot => Paint::Dim,
    };
    (signs::of_outcome(outcome), colour)
}
