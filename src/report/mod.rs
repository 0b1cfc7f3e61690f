//! [`Review`] → text: one file per output, all of them pure.

mod chart;
mod closing;
mod columns;
pub mod explain;
pub mod json;
mod ndjson;
mod pace;
mod paint;
pub mod safe;
pub mod sheet;
mod summary;
mod table;

use crate::review::Review;
use crate::settings::UnitSystem;

/// One form in which a review can be written.
#[derive(Debug)]
pub struct Output {
    /// The name on the command line and the stem of its file.
    pub id: &'static str,
    /// Writes the review.
    pub render: fn(&Review, &Style) -> String,
}

/// Every output, the default first.
pub static OUTPUTS: &[&Output] = &[&table::OUTPUT, &json::OUTPUT, &ndjson::OUTPUT];

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

/// A sentence folded to the width of the terminal.
fn fold(sentence: &str, style: &Style) -> String {
    textwrap::fill(sentence, style.width.min(120) as usize)
}
