//! `…_summarizedActivities.json` of a Garmin account export.
//!
//! The recordings lie elsewhere in the export under other numbers, so that only the start says
//! which is which.

use crate::decode::Problem;

use super::bounds::Bounds;
use super::entry::ExportEntries;
use super::table::{ExportTable, TableLayout};
use super::{garmin_entry, text};

/// The list of all activities of a Garmin account.
pub static TABLE: ExportTable =
    ExportTable { id: "garmin", form: TableLayout::Own(recognises, read) };

const LIST: &str = "summarizedActivitiesExport";

/// Enough for the brackets and the name before the first activity, in any encoding.
const BEGINNING_BYTES: usize = 400;

fn recognises(name: &str, head: &[u8]) -> bool {
    if !name.to_ascii_lowercase().ends_with(".json") {
        return false;
    }
    let (text, _) = text::decoded(&head[..head.len().min(BEGINNING_BYTES)]);
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let object = text.strip_prefix('[').unwrap_or(&text);
    object.strip_prefix("{\"").is_some_and(|object| object.starts_with(&format!("{LIST}\":[")))
}

fn read(bytes: &[u8], bounds: &Bounds) -> Result<ExportEntries, Problem> {
    const MILLISECONDS: f64 = 1000.0;
    garmin_entry::read(bytes, bounds, Some(LIST), MILLISECONDS)
}
