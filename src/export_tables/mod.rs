//! The tables that exports keep beside their files: bytes → what they say of each activity.
//!
//! A table says what no recording holds: the title, the runner's own tags and ratings, the
//! weather. Which recording a line is about is found by the name of its file, or by its start.
//! As decoders, the readers are pure, never panic, and forgive only aloud.

mod bounds;
mod clock;
mod dates;
mod entry;
mod faults;
mod fields;
mod garmin;
mod garmin_activity;
mod garmin_entry;
mod map_my_run;
mod months;
mod named_rows;
mod runkeeper;
mod strava;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod training_peaks;

pub use self::bounds::Bounds;
pub use self::entry::{ExportEntries, ExportEntry, Recording};
pub use self::table::ExportTable;
pub use self::text::HEAD_BYTES;

/// Every kind of table, in the order in which they are tried.
pub static TABLES: &[&ExportTable] = &[
    &runkeeper::TABLE,
    &training_peaks::TABLE,
    &map_my_run::TABLE,
    &strava::TABLE,
    &garmin::TABLE,
    &garmin_activity::TABLE,
];

/// The kind of table that a file is.
pub fn recognise(name: &str, head: &[u8]) -> Option<&'static ExportTable> {
    TABLES.iter().copied().find(|table| table.recognises(name, head))
}
