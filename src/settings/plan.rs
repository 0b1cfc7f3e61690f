//! The plan: what each day was meant to be (`date,label,planned_minutes,notes`).

use chrono::NaiveDate;
use serde::Serialize;

use crate::session::SessionKind;
use crate::units::Seconds;

use super::allowed::Allowed;
use super::side_file::{self, Cells, KindOf, SideFileProblem, StatedLabel};

/// The planned sessions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// What its file is called; empty where it comes from none.
    pub name: String,
    /// By date; several of one date in the order of the file.
    pub rows: Vec<PlanRow>,
    /// What was left out because nothing here knows it.
    pub warnings: Vec<SideFileProblem>,
}

/// One planned session.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanRow {
    /// The line of the file, from 1.
    pub line: usize,
    /// The local date.
    pub date: NaiveDate,
    /// What it was meant to be.
    pub label: Option<StatedLabel>,
    /// How long it was meant to be.
    pub planned: Option<Seconds>,
    /// Free text: untrusted.
    pub notes: Option<String>,
}

impl Plan {
    /// The sessions planned for a local date, in the order of the file.
    pub fn on(&self, date: NaiveDate) -> &[PlanRow] {
        let from = self.rows.partition_point(|row| row.date < date);
        let to = self.rows.partition_point(|row| row.date <= date);
        &self.rows[from..to]
    }
}

pub(super) const PLANNED_MINUTES: Allowed =
    Allowed { what: "a planned duration", from: 1.0, to: 1440.0, unit: "min" };

const COLUMNS: [&str; 4] = ["date", "label", "planned_minutes", "notes"];
const NEEDED: [&str; 1] = ["date"];

/// Whether the first line names columns of a plan, so that a file found by chance is meant as one.
pub fn is_plan(bytes: &[u8]) -> bool {
    side_file::has_columns(bytes, &COLUMNS, &NEEDED)
}

/// Reads a plan. `kind_of` says what a label means that is not simply the name of a kind: the
/// built-in label words and those of the settings.
pub fn parse_plan(
    bytes: &[u8],
    kind_of: &dyn Fn(&str) -> Option<SessionKind>,
) -> Result<Plan, Vec<SideFileProblem>> {
    let (rows, warnings) =
        side_file::read(bytes, &COLUMNS, &NEEDED, |cells| read_row(cells, kind_of))?;
    let mut rows: Vec<PlanRow> = rows.into_iter().flatten().collect();
    rows.sort_by_key(|row| row.date);
    Ok(Plan { name: String::new(), rows, warnings })
}

fn read_row(cells: &Cells<'_>, kind_of: KindOf<'_>) -> Option<PlanRow> {
    let date = cells.date("date");
    if cells.text("date").is_none() {
        cells.reject("date", "the date is missing; write one or remove the line".to_owned());
    }
    let label = cells.label("label", kind_of);
    let planned = cells.number("planned_minutes", &PLANNED_MINUTES);
    Some(PlanRow {
        line: cells.line,
        date: date?,
        label,
        planned: planned.map(Seconds::from_minutes),
        notes: cells.text("notes").map(str::to_owned),
    })
}
