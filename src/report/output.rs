//! One form in which a review can be written, and how texts for people are written.

use std::io::{self, Write};

use crate::review::Review;
use crate::settings::UnitSystem;

/// One form in which a review can be written.
#[derive(Debug)]
pub struct Output {
    /// The name on the command line and the stem of its file.
    pub id: &'static str,
    /// What it is, for the help of the command line.
    pub about: &'static str,
    /// What the command may write beside it.
    pub kind: OutputKind,
    /// Writes the review, piece by piece where it may be large.
    pub write: fn(&Review, &Style, &mut dyn Write) -> io::Result<()>,
}

/// What a form is, as far as the command has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputKind {
    /// Text on a terminal: lines about settings and report may follow it.
    Terminal,
    /// A document that is whole: nothing may follow it.
    Document,
    /// One line per run and nothing else: that no run is labelled does not show in it.
    Rows,
}

/// How text for people is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Kilometres or miles.
    pub units: UnitSystem,
    /// Columns of the terminal.
    pub width: u16,
    /// Whether colours may be used; nothing is told by colour alone.
    pub colour: bool,
    /// Whether long lists are written out.
    pub verbose: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { units: UnitSystem::Metric, width: 100, colour: false, verbose: false }
    }
}
