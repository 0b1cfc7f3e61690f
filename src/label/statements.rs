//! What is said of a run: texts around it, and lines of notes and plan.

use crate::activity::{LabelSource, LabelText};
use crate::settings::StatedLabel;

/// What notes or plan say about a run: a kind already known, or expressly none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement<'a> {
    /// Where it stands.
    pub source: LabelSource,
    /// The name of the file.
    pub file: &'a str,
    /// The line on which it stands, from 1.
    pub line: usize,
    /// What it says.
    pub label: &'a StatedLabel,
}

/// A text and who says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttributedText<'a> {
    /// The path of the file or table that it stands in or is the name of.
    pub by: &'a str,
    /// Where it stands.
    pub source: LabelSource,
    /// The text itself: untrusted.
    pub text: &'a str,
}

impl<'a> AttributedText<'a> {
    /// What a file or table says.
    pub fn of(by: &'a str, label: &'a LabelText) -> Self {
        Self { by, source: label.source, text: &label.text }
    }
}

impl<'a> Statement<'a> {
    /// What a line of the notes says.
    pub fn of_notes(file: &'a str, line: usize, label: &'a StatedLabel) -> Self {
        Self { source: LabelSource::Notes, file, line, label }
    }

    /// What a line of the plan says.
    pub fn of_plan(file: &'a str, line: usize, label: &'a StatedLabel) -> Self {
        Self { source: LabelSource::Plan, file, line, label }
    }
}
