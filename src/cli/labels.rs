//! `talktest labels`: every label source of each run, and which one was used.

use super::args::{LabelsArguments, LabelsFormat};
use super::failure::Failure;
use super::{clock, inputs, output, progress, settings};
use crate::files::{self, Ingestion};
use crate::report::machine::labels::json;
use crate::report::terminal::labels::text;
use crate::review::labels;

pub fn run(arguments: &LabelsArguments) -> Result<(), Failure> {
    let loaded = settings::load(&arguments.common, &arguments.paths, false)?;
    let walk = files::walk(&arguments.paths).map_err(inputs::missing)?;
    let bar = progress::bar(walk.files.len(), true);
    let ingestion =
        Ingestion { now: Some(clock::now()), progress: &bar, ..Ingestion::new(&loaded.settings) };
    let ingested = ingestion.ingest(&walk);
    bar.finish_and_clear();
    for problem in ingested.problems.iter().filter(|problem| problem.fatal) {
        output::warn(&format!("{}: {}", problem.path, problem.problem));
    }
    let runs =
        labels(ingested, &loaded.settings, &loaded.plans_and_notes).map_err(anyhow::Error::from)?;
    let style = output::style(loaded.settings.units, false);
    output::print(&match arguments.format {
        LabelsFormat::Table => text(&runs, &style),
        LabelsFormat::Json => json(&runs),
    })
}
