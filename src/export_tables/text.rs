//! Bytes of a table → text, and texts that may hold a label.

use std::borrow::Cow;

use crate::activity::{LabelSource, LabelText};
use crate::csv_table;
use crate::decode::{Location, Problem, ProblemKind};

/// So much of a file is enough to recognise it.
pub const HEAD_BYTES: usize = 64 << 10;

pub(super) fn beginning(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(HEAD_BYTES)]
}

/// The text of a table, and what had to be forgiven to read it.
pub(super) fn decoded(bytes: &[u8]) -> (Cow<'_, str>, Option<Problem>) {
    let csv_table::Text { text, damage } = csv_table::decode(bytes);
    let problem = damage.map(|damage| {
        let place = Location::Line(damage.line as u32);
        Problem::at(place, ProblemKind::BadText, damage.to_string())
    });
    (text, problem)
}

/// Longer than any title, and longer than what a label is looked for in.
const MAX_CHARACTERS: usize = 2000;

/// A text that may hold a label; blank ones are none, and no essay is kept whole.
pub(super) fn label(source: LabelSource, text: &str) -> Option<LabelText> {
    let text = text.trim();
    let text: String = text.chars().take(MAX_CHARACTERS).collect();
    (!text.is_empty()).then_some(LabelText { source, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_texts_are_none() {
        assert_eq!(label(LabelSource::Title, " \n"), None);
        assert_eq!(label(LabelSource::Title, " a ").unwrap().text, "a");
        assert_eq!(
            label(LabelSource::Title, &"ä".repeat(9000)).unwrap().text.chars().count(),
            2000
        );
    }
}
