//! The runs of an archive, a line for each, where nobody said which of them is meant.

use super::layout::fold;
use super::runs;
use crate::report::output::Style;
use crate::review::ReviewedRun;
use crate::units::counted;

/// Several runs of the file that is called so, and how to show one of them.
pub fn run_list(runs: &[ReviewedRun], file: &str, style: &Style) -> String {
    let head =
        format!("{file}: {}, judged as if they were recovery runs.", counted(runs.len(), "run"));
    let newest = runs.iter().map(|run| run.start.date().to_string()).max().unwrap_or_default();
    let how = format!(
        "To show one, add --run and its day or a part of its name, such as --run {newest}. --all shows every one \
         of them in full."
    );
    format!("{}\n\n{}\n{}\n", fold(&head, style), runs::table(runs, style), fold(&how, style))
}
