//! [`Review`] → text: one file per output, all of them pure.

mod chart;
mod columns;
pub mod csv;
pub mod explain;
mod footer;
pub mod html;
pub mod json;
pub mod labels;
mod markdown;
mod ndjson;
mod pace;
mod paint;
pub mod run_view;
pub mod sanitize;
pub mod schema;
mod season;
mod summary;
mod table;

use std::io::{self, Write};

use crate::review::Review;
use crate::settings::UnitSystem;

/// One form in which a review can be written.
#[derive(Debug)]
pub struct Output {
    /// The name on the command line and the stem of its file.
    pub id: &'static str,
    /// Writes the review, piece by piece where it may be large.
    pub write: fn(&Review, &Style, &mut dyn Write) -> io::Result<()>,
}

/// Every output, the default first.
pub static OUTPUTS: &[&Output] =
    &[&table::OUTPUT, &json::OUTPUT, &ndjson::OUTPUT, &csv::OUTPUT, &markdown::OUTPUT];

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
    // Dates and file names have hyphens too, and must stay whole.
    let options = textwrap::Options::new(usize::from(style.width.min(120)))
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(sentence, options)
}

/// Parts put one after another on lines of the terminal's width, none of them broken.
fn flow(parts: &[String], separator: &str, indent: usize, style: &Style) -> String {
    use textwrap::core::display_width;
    let width = usize::from(style.width.min(120));
    let margin = " ".repeat(indent);
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line)
                if display_width(line) + display_width(separator) + display_width(part)
                    <= width =>
            {
                line.push_str(separator);
                line.push_str(part);
            }
            _ => lines.push(format!("{margin}{part}")),
        }
    }
    lines.join("\n")
}
