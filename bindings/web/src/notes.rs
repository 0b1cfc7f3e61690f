//! What the runner says of runs, in the form of the page: written into the notes as
//! `talktest note` does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json, json};
use talktest::folder_settings::{Cell, FolderSettings, NewNote, note_about, notes_file};
use talktest::report::html::page_of_run;
use talktest::review::{PlanAndNotes, Review};
use talktest::settings::NoteRow;

/// The columns that the form fills.
const COLUMNS: [&str; 5] = ["label", "planned_minutes", "rpe", "feel", "next_morning"];

/// Every run, the newest first, with what the line that speaks of it alone says.
pub fn notable_runs(review: &Review, plans_and_notes: &BTreeMap<String, PlanAndNotes>) -> String {
    let mut runs: Vec<_> = review.runs.iter().collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.start.time));
    let told = runs.into_iter().map(|run| {
        let minutes = run.measured.row.durations.moving.get() / 60.0;
        json!({
            "page": page_of_run(run),
            "called": format!("{} · {minutes:.0} min · {}", run.start.time.format("%Y-%m-%d %H:%M"), run.title()),
            "said": note_about(run, review, plans_and_notes).map(said),
        })
    });
    Json::Array(told.collect()).to_string()
}

/// What a row says, by column, as it would be written.
fn said(row: &NoteRow) -> Json {
    let cells = [
        row.label.as_ref().map(|label| label.text.clone()),
        row.planned.map(|planned| (planned.get() / 60.0).to_string()),
        row.rating.exertion.map(|exertion| exertion.value.to_string()),
        row.rating.feel.map(|feel| feel.to_string()),
        row.next_morning.map(|morning| morning.name().to_owned()),
    ];
    let cells = COLUMNS.into_iter().zip(cells);
    let cells = cells.filter_map(|(column, cell)| Some((column.to_owned(), Json::from(cell?))));
    Json::Object(cells.collect::<Map<_, _>>())
}

/// The file of the notes and its text with what is said of the run that has this page.
pub fn with_note(
    review: &Review,
    loaded: &FolderSettings,
    texts: &BTreeMap<PathBuf, Vec<u8>>,
    page: &str,
    said: &str,
) -> Result<(PathBuf, String), String> {
    let run = review.runs.iter().find(|run| page_of_run(run) == page);
    let run = run.ok_or_else(|| "there is no such run".to_owned())?;
    let FolderSettings { settings, plans_and_notes, .. } = loaded;
    let athlete = settings.athlete(&run.measured.athlete);
    let athlete = athlete.ok_or_else(|| "the athlete is unknown".to_owned())?;
    let here = Path::new("");
    let file =
        notes_file(texts, settings, athlete, here, here).map_err(|error| error.to_string())?;
    let old = texts.get(&file).map_or(&[][..], Vec::as_slice);
    let cells = cells(said)?;
    let new = NewNote::about(run, review, settings, plans_and_notes, (&file, old), cells);
    let new = new.map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        format!("nothing was noted: {}", lines.join("; "))
    })?;
    Ok((file, new.edited.text))
}

/// What the form says, as cells of the notes.
fn cells(said: &str) -> Result<Vec<Cell>, String> {
    let said: BTreeMap<String, String> =
        serde_json::from_str(said).map_err(|error| error.to_string())?;
    let cell = |column| Some((column, said.get(column)?.clone()));
    Ok(COLUMNS.into_iter().filter_map(cell).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_said_becomes_a_cell() {
        let found = cells(r#"{"rpe": "3", "label": "recovery", "other": "x", "feel": ""}"#);
        let cell = |column, text: &str| (column, text.to_owned());
        assert_eq!(found.unwrap(), [cell("label", "recovery"), cell("rpe", "3"), cell("feel", "")]);
        assert!(cells("[]").is_err());
    }
}
