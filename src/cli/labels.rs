//! `talktest labels`: every source of a label, and why the winner won.

use talktest::report::machine::labels::json;
use talktest::report::terminal::labels::text;
use talktest::review::labels;

use super::args::{LabelsArguments, LabelsFormat};
use super::{Failure, ingest, output, settings};
use crate::source;

pub fn run(arguments: &LabelsArguments) -> Result<(), Failure> {
    let loaded = settings::load(&arguments.common, &arguments.paths, false)?;
    let walk = source::walk(&arguments.paths)?;
    let gathered = ingest::ingest(&walk, &loaded.settings, None, true);
    for problem in gathered.problems.iter().filter(|problem| problem.fatal) {
        output::say(&format!("{}: {}", problem.path, problem.problem));
    }
    let runs =
        labels(gathered, &loaded.settings, &loaded.side_files).map_err(anyhow::Error::from)?;
    let style = output::style(loaded.settings.units, false);
    output::print(&match arguments.format {
        LabelsFormat::Table => text(&runs, &style),
        LabelsFormat::Json => json(&runs),
    })
}
