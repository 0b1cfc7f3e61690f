//! `user_workout_history.csv` of `MapMyRun` and its sisters: totals and notes of each workout, by the day alone.
//!
//! Distances are in miles or kilometres, as the account shows them. The names of routes are not in it.

use chrono::NaiveDate;

use crate::activity::{LabelSource, Sport, StatedTotals, SubSport};
use crate::annotations::Annotations;
use crate::csv_table::NamedCells;
use crate::decode::sport;
use crate::units::Seconds;

use super::entry::ExportEntry;
use super::named_rows::{LineMeaning, NamedTable, distance};
use super::table::{ExportTable, TableLayout};
use super::text;

/// The list of workouts of a `MapMyRun` account.
pub static TABLE: ExportTable = ExportTable {
    id: "map-my-run",
    form: TableLayout::Named(NamedTable {
        columns: &[
            "Workout Date",
            "Activity Type",
            "Workout Time (seconds)",
            "Avg Heart Rate",
            "Link",
        ],
        entry,
    }),
};

fn entry(cells: &NamedCells<'_>, line: usize) -> LineMeaning {
    let kind = cells.text("Activity Type").unwrap_or_default();
    let sport = sport::sport(kind);
    let timer = cells.amount("Workout Time (seconds)").filter(|timer| *timer > 0.0);
    let Some(timer) = timer.and_then(Seconds::new).filter(|_| sport != Sport::Unspecified) else {
        return LineMeaning::Nothing;
    };
    let Some(day) = cells.text("Workout Date").and_then(day) else {
        return LineMeaning::Unreadable;
    };
    let notes = cells.text("Notes").and_then(|notes| text::label(LabelSource::Description, notes));
    let sub_sport = sport::sub_sport(kind, &sport);
    let annotations = Annotations {
        texts: notes.into_iter().collect(),
        sport: Some(sport),
        sub_sport: Some(sub_sport).filter(|sub_sport| *sub_sport != SubSport::default()),
        stated: StatedTotals {
            timer: Some(timer),
            distance: distance(cells),
            mean_heart_rate_bpm: cells.beats("Avg Heart Rate"),
            ..StatedTotals::default()
        },
        ..Annotations::default()
    };
    LineMeaning::Activity(Box::new(ExportEntry::by_day(line, day, annotations)))
}

/// `May 5, 2025`, or `Sept. 5, 2025` as its programs shorten months.
fn day(text: &str) -> Option<NaiveDate> {
    let text = text.replacen('.', "", 1).replacen("Sept ", "Sep ", 1);
    ["%b %d, %Y", "%B %d, %Y", "%Y-%m-%d"]
        .iter()
        .find_map(|form| NaiveDate::parse_from_str(text.trim(), form).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_in_english() {
        let expected = NaiveDate::from_ymd_opt(2025, 9, 5);
        for text in ["Sep 5, 2025", "Sept. 5, 2025", "September 5, 2025", "2025-09-05"] {
            assert_eq!(day(text), expected, "{text}");
        }
        assert_eq!(day("yesterday"), None);
    }
}
