//! One activity as Garmin's website describes it, which programs that download recordings keep
//! beside them: `activity_<number>.json`.

use crate::decode::Problem;

use super::bounds::Bounds;
use super::entry::ExportEntries;
use super::table::{ExportTable, TableLayout};
use super::{garmin_entry, text};

/// The description of one activity of Garmin's website.
pub static TABLE: ExportTable =
    ExportTable { id: "garmin-activity", form: TableLayout::Own(recognises, read) };

fn recognises(name: &str, head: &[u8]) -> bool {
    if !name.to_ascii_lowercase().ends_with(".json") {
        return false;
    }
    let (text, _) = text::decoded(text::beginning(head));
    let fields = ["\"activityId\"", "\"activityName\"", "\"startTimeGMT\""];
    text.trim_start().starts_with('{') && fields.iter().all(|field| text.contains(field))
}

fn read(bytes: &[u8], bounds: &Bounds) -> Result<ExportEntries, Problem> {
    const SECONDS: f64 = 1.0;
    garmin_entry::read(bytes, bounds, None, SECONDS)
}
