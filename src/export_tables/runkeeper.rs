//! `cardioActivities.csv` of a Runkeeper export: types, notes and totals of the recordings beside it.
//!
//! Its dates are the clock of the wall, so that only the names of files say which recording is meant. The
//! name of a route is no name of a run, and is not read.

use crate::activity::{LabelSource, Sport, StatedTotals, SubSport};
use crate::annotations::Annotations;
use crate::csv_table::NamedCells;
use crate::decode::sport;
use crate::units::Seconds;

use super::entry::{ExportEntry, Recording};
use super::named_rows::{LineMeaning, NamedTable, distance};
use super::table::{ExportTable, TableLayout};
use super::text;

/// The list of all activities of a Runkeeper account.
pub static TABLE: ExportTable = ExportTable {
    id: "runkeeper",
    form: TableLayout::Named(NamedTable {
        columns: &["Date", "Type", "Duration", "Average Heart Rate (bpm)", "GPX File"],
        entry,
    }),
};

fn entry(cells: &NamedCells<'_>, line: usize) -> LineMeaning {
    let recording = match cells.text("GPX File") {
        Some(name) => Recording::File(name.to_owned()),
        None => Recording::None,
    };
    let kind = cells.text("Type").unwrap_or_default();
    let sport = Some(sport::sport(kind)).filter(|sport| *sport != Sport::Unspecified);
    let sub_sport = sport.as_ref().map(|sport| sport::sub_sport(kind, sport));
    let notes = cells.text("Notes").and_then(|notes| text::label(LabelSource::Description, notes));
    let annotations = Annotations {
        texts: notes.into_iter().collect(),
        sport,
        sub_sport: sub_sport.filter(|sub_sport| *sub_sport != SubSport::default()),
        stated: stated(cells),
        ..Annotations::default()
    };
    LineMeaning::Activity(Box::new(ExportEntry {
        line,
        recording,
        start: None,
        elapsed: None,
        annotations,
    }))
}

fn stated(cells: &NamedCells<'_>) -> StatedTotals {
    StatedTotals {
        timer: cells.text("Duration").and_then(seconds).and_then(Seconds::new),
        distance: distance(cells),
        mean_heart_rate_bpm: cells.beats("Average Heart Rate (bpm)"),
        ..StatedTotals::default()
    }
}

/// Seconds of `30:21` or `1:23:34`.
fn seconds(clock: &str) -> Option<f64> {
    let parts: Vec<&str> = clock.split(':').collect();
    let is_clock = matches!(parts.len(), 2 | 3);
    parts
        .iter()
        .filter(|_| is_clock)
        .try_fold(0.0, |sum, part| {
            let is_number =
                matches!(part.len(), 1..=3) && part.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| part.parse::<f64>().ok()).flatten().map(|part| 60.0 * sum + part)
        })
        .filter(|_| is_clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_clocks() {
        assert_eq!(seconds("30:21"), Some(1821.0));
        assert_eq!(seconds("1:23:34"), Some(5014.0));
        for no in ["", "30", "1:2:3:4", "-1:00", "a:b", "1:2.5"] {
            assert_eq!(seconds(no), None, "{no}");
        }
    }
}
