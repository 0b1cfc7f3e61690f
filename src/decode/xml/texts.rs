//! Texts that may hold a label, bounded in length and number.

use crate::activity::{LabelSource, LabelText};
use crate::decode::{Problem, ProblemKind, text};

/// Bytes of one text, of a device's name, and texts of one activity: beyond any real one.
const MAX_TEXT: usize = 4096;
const MAX_DEVICE: usize = 128;
const MAX_TEXTS: usize = 32;

/// The texts that say anything, each once, in the order in which they are given.
pub fn label_texts<'a>(
    found: impl IntoIterator<Item = (LabelSource, Option<&'a str>)>,
) -> Vec<LabelText> {
    let mut texts: Vec<LabelText> = Vec::new();
    for (source, text) in found {
        let Some(text) = text.and_then(|text| bounded(text, MAX_TEXT)) else { continue };
        let label = LabelText { source, text };
        if texts.len() < MAX_TEXTS && !texts.contains(&label) {
            texts.push(label);
        }
    }
    texts
}

/// Bytes that all texts of one file may have together: a thousand long ones.
const MAX_OF_FILE: usize = 4 << 20;

/// What the texts of one file may still take.
pub struct TextRoom(usize);

impl Default for TextRoom {
    fn default() -> Self {
        Self(MAX_OF_FILE)
    }
}

impl TextRoom {
    /// The text without blanks around it, as much of it as is ever used; `None` where nothing is
    /// left of it, or no room.
    pub fn keep(&mut self, text: &str) -> Option<String> {
        let kept = bounded(text, MAX_TEXT.min(self.0))?;
        self.0 -= kept.len();
        Some(kept)
    }

    /// Says so where no text more was kept.
    pub fn problem(&self) -> Option<Problem> {
        let detail = format!("names and notes beyond {MAX_OF_FILE} bytes left out");
        (self.0 == 0).then(|| Problem::new(ProblemKind::LimitExceeded, detail))
    }
}

/// The name of a device; `None` where it is blank.
pub fn device(name: &str) -> Option<String> {
    bounded(name, MAX_DEVICE)
}

/// The text without blanks around it, cut to a number of bytes; `None` where nothing is left.
fn bounded(text: &str, max_bytes: usize) -> Option<String> {
    let text = text.trim();
    let text = text::beginning(text, max_bytes).trim_end();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use LabelSource::{Description, Title};

    #[test]
    fn blank_and_repeated_texts_are_left_out() {
        let found = [(Title, Some(" a ")), (Title, Some("a")), (Title, Some(" ")), (Title, None)];
        let texts = label_texts(found.into_iter().chain([(Description, Some("a"))]));
        let expected = [(Title, "a"), (Description, "a")]
            .map(|(source, text)| LabelText { source, text: text.to_owned() });
        assert_eq!(texts, expected);
    }

    #[test]
    fn length_and_number_are_bounded() {
        let long = "é".repeat(MAX_TEXT);
        assert_eq!(label_texts([(Title, Some(&*long))])[0].text.len(), MAX_TEXT);
        let many: Vec<String> = (0..100).map(|n| n.to_string()).collect();
        let found = many.iter().map(|text| (Title, Some(text.as_str())));
        assert_eq!(label_texts(found).len(), MAX_TEXTS);
        assert_eq!(device(&long).unwrap().len(), MAX_DEVICE);
        assert_eq!(device("  "), None);
    }
}
