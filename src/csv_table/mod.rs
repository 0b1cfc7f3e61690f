//! Tables of text as spreadsheets, exports and people write them: bytes → text → rows that know
//! their line.
//!
//! UTF-8, UTF-16 and the old Windows encoding are told apart with and without a byte order mark;
//! commas, semicolons and tabs by which of them the first line holds most.

mod encoding;
mod named_cells;
mod quotation_marks;
mod rows;

pub use csv::StringRecord;
pub use encoding::{EncodingDamage, Text, decode};
pub use named_cells::NamedCells;
pub use rows::{Rows, TooManyCells};
