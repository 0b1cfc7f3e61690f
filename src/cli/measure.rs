//! `talktest measure`: one row per activity, to be judged elsewhere or later.
//!
//! Rows leave a batch of files at a time: what is held does not grow with the folder, and the
//! order of the lines does not depend on the threads.

use rayon::prelude::*;

use super::args::{Common, MeasureArguments, Progress};
use super::output::Lines;
use super::{Failure, inputs, progress, settings};
use crate::files::{self, Ingestion};
use crate::ingest::{FileProblem, FileReading, Owned};
use crate::report::sanitize::escaped;
use crate::rows;

pub fn run(arguments: &MeasureArguments) -> Result<(), Failure> {
    let MeasureArguments { inputs, config } = arguments;
    let paths = inputs::paths(inputs)?;
    // Whoever judges hears what is wrong with plan and notes.
    let common = Common { config: config.clone(), units: None };
    let loaded = settings::load(&common, &paths, true)?;
    let walk = inputs::walk(&paths, &loaded)?;
    let threads = inputs::threads(inputs)?;
    let bar = progress::bar(walk.files.len(), inputs.progress == Progress::Auto);
    let ingestion = Ingestion { progress: &bar, ..Ingestion::new(&loaded.settings) };
    let mut output = Lines::new();
    for batch in files::batches(&walk.files) {
        let lines: Vec<String> = threads.install(|| {
            let readings = ingestion.readings(batch);
            let lines =
                |reading: FileReading| rows::lines(&Owned::by_folder(reading, &loaded.settings));
            readings.into_par_iter().flat_map_iter(lines).map(|line| escaped(&line)).collect()
        });
        if output.write(&lines)?.is_break() {
            return Ok(());
        }
    }
    bar.finish_and_clear();
    let places = walk.inaccessible.into_iter().map(FileProblem::from);
    let lines: Vec<String> = places.map(|place| escaped(&rows::closed_line(&place))).collect();
    output.write(&lines).map(|_| ())
}
