//! Signs, words and untrusted texts as pages show them; colour alone never carries a meaning.

use maud::{Markup, html};

use crate::audit::{Outcome, Verdict};
use crate::report::sanitize::sanitize;
use crate::report::{signs, words};
use crate::review::ReviewedRun;
use crate::session::Session;

/// Characters of a name, and of a sentence that may hold one.
const LONGEST_NAME: usize = 120;
const LONGEST_SENTENCE: usize = 600;

/// A name from a file: shown, never obeyed, and kept from turning the text around it.
pub(super) fn name(text: &str) -> Markup {
    html! { bdi { (sanitize(text, LONGEST_NAME)) } }
}

/// A sentence that may quote a file.
pub(super) fn sentence(text: &str) -> String {
    sanitize(text, LONGEST_SENTENCE)
}

/// What a run is called.
pub(super) fn title(run: &ReviewedRun) -> String {
    sanitize(run.title(), LONGEST_NAME)
}

/// A verdict as a class of the style.
pub(super) fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Kept => "kept",
        Verdict::Slipped => "slipped",
        Verdict::NotRecovery => "not-recovery",
        Verdict::CannotJudge => "cannot-judge",
    }
}

/// The sign of a verdict.
pub(super) fn glyph(verdict: Verdict) -> &'static str {
    signs::of_verdict(verdict)
}

/// A verdict; the style puts its sign before the word.
pub(super) fn verdict(verdict: Verdict) -> Markup {
    html! {
        span class=(format!("verdict {}", class(verdict))) { (verdict.title()) }
    }
}

/// The answer to a criterion; the style puts its sign before the word.
pub(super) fn outcome(outcome: Outcome) -> Markup {
    let class = match outcome {
        Outcome::Pass => "kept",
        Outcome::Note => "note",
        Outcome::Slip => "slipped",
        Outcome::Fail => "not-recovery",
        Outcome::Cannot => "cannot-judge",
    };
    html! {
        span class=(format!("verdict {class}")) { (words::answer(outcome)) }
    }
}

/// The kind of a session in words.
pub(super) fn kind(session: Session) -> &'static str {
    match session {
        Session::Known(kind, _) => kind.name(),
        Session::Unknown => "run",
        Session::OtherSport => "other sport",
    }
}

/// A word at the beginning of a sentence.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_and_not_obeyed() {
        let shown = name("<script>alert(1)</script>\u{202e}&\"\u{1b}[2J").into_string();
        assert_eq!(shown, "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;[2J</bdi>");
        assert_eq!(
            name(&"x".repeat(10_000)).into_string().chars().filter(|c| *c == 'x').count(),
            119
        );
    }
}
