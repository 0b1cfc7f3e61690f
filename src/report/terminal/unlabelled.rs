//! What is shown where no run is labelled: how to label them, and the newest as an example.

use super::layout::{fold, line};
use super::runs;
use crate::report::output::Style;
use crate::report::summary;
use crate::review::Review;

/// Writes it.
pub(super) fn write(text: &mut String, review: &Review, style: &Style) {
    for athlete in &review.athletes {
        if let Some(sentence) = summary::short_runs(athlete) {
            line(text, &fold(&sentence, style));
            line(text, "");
        }
    }
    line(text, &how_to_label(review, style));
    let shown = &review.unlabelled;
    if shown.is_empty() {
        if !review.selection.as_recovery {
            line(text, &fold(NONE_SHORT, style));
            line(text, "");
        }
        return;
    }
    let newest = match shown.len() {
        1 => "Your newest run of up to 60 minutes, judged as if it were a recovery run".to_owned(),
        count => format!(
            "Your {count} newest runs of up to 60 minutes, judged as if they were recovery runs"
        ),
    };
    line(text, &fold(&format!("{newest} (not labelled, not counted):"), style));
    line(text, &runs::table(shown, style));
}

/// Said where no run is short enough to be shown as an example.
const NONE_SHORT: &str = "Every run here is longer than 60 minutes, so none is shown judged as if it were a recovery run.";

/// How to label runs, for those who have labelled none.
fn how_to_label(review: &Review, style: &Style) -> String {
    let newest = review.unlabelled.first().or(review.runs.last());
    let day = newest.map_or_else(|| "2026-05-01".to_owned(), |run| run.start.date().to_string());
    let act = "No run here is labelled recovery. To label one, put the word recovery into its file name, or write its day \
        into a file notes.csv beside the runs:";
    let also =
        "The title or type in a GPX file and the name of the workout on the watch count too.";
    format!("{}\n\n  date,label\n  {day},recovery\n\n{}\n", fold(act, style), fold(also, style))
}
