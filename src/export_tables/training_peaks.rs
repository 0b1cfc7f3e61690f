//! `workouts.csv` of `TrainingPeaks`: what was planned, and how it went, by the day alone.
//!
//! A line without a time that was done says nothing of a run. The instructions of a workout speak of
//! easy and hard parts and are no label; which way its feeling counts is not known.

use chrono::NaiveDate;

use crate::activity::{Exertion, LabelSource, PlannedEnd, Rating, Sport, StatedTotals};
use crate::annotations::Annotations;
use crate::csv_table::NamedCells;
use crate::decode::sport;
use crate::units::{Metres, Seconds};

use super::entry::ExportEntry;
use super::named_rows::{LineMeaning, NamedTable};
use super::table::{ExportTable, TableLayout};
use super::text;

/// The list of workouts of a `TrainingPeaks` account.
pub static TABLE: ExportTable = ExportTable {
    id: "training-peaks",
    form: TableLayout::Named(NamedTable {
        columns: &["Title", "WorkoutType", "WorkoutDay", "PlannedDuration", "TimeTotalInHours"],
        entry,
    }),
};

fn entry(cells: &NamedCells<'_>, line: usize) -> LineMeaning {
    let hours = |name| cells.amount(name).filter(|hours| *hours > 0.0).map(|hours| 3600.0 * hours);
    let sport = sport::sport(cells.text("WorkoutType").unwrap_or_default());
    let Some(timer) = hours("TimeTotalInHours").and_then(Seconds::new) else {
        return LineMeaning::Nothing;
    };
    if sport == Sport::Unspecified {
        return LineMeaning::Nothing;
    }
    let day = cells.text("WorkoutDay").and_then(|day| day.parse::<NaiveDate>().ok());
    let Some(day) = day else { return LineMeaning::Unreadable };
    let label = |name, source| text::label(source, cells.text(name)?);
    let texts =
        [label("Title", LabelSource::Title), label("AthleteComments", LabelSource::Description)];
    let exertion = cells.number("Rpe").filter(|effort| (1.0..=10.0).contains(effort));
    let annotations = Annotations {
        texts: texts.into_iter().flatten().collect(),
        rating: Rating { exertion: exertion.map(Exertion::cr10), feel: None },
        sport: Some(sport),
        planned_end: hours("PlannedDuration").and_then(Seconds::new).map(PlannedEnd::After),
        stated: StatedTotals {
            timer: Some(timer),
            distance: cells.amount("DistanceInMeters").and_then(Metres::new),
            mean_heart_rate_bpm: cells.beats("HeartRateAverage"),
            max_heart_rate_bpm: cells.beats("HeartRateMax"),
            ..StatedTotals::default()
        },
        ..Annotations::default()
    };
    LineMeaning::Activity(Box::new(ExportEntry::by_day(line, day, annotations)))
}
