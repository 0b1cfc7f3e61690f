//! `talktest measure`: one row per activity, to be judged elsewhere or later.
//!
//! Rows leave a portion of files at a time: what is held does not grow with the folder, and the
//! order of the lines does not depend on the threads.

use rayon::prelude::*;
use talktest::ingest::{FileReading, Owned};
use talktest::report::sanitize::escaped;
use talktest::rows;

use super::args::{Common, MeasureArguments, Progress};
use super::output::Lines;
use super::{Failure, ingest, inputs, progress, settings};
use crate::source;

pub fn run(arguments: &MeasureArguments) -> Result<(), Failure> {
    let MeasureArguments { inputs, config } = arguments;
    let paths = inputs::paths(inputs)?;
    // Whoever judges hears what is wrong with plan and notes.
    let common = Common { config: config.clone(), units: None };
    let loaded = settings::load(&common, &paths, true)?;
    let walk = inputs::walk(&paths, &loaded)?;
    let threads = inputs::threads(inputs)?;
    let bar = progress::bar(walk.files.len(), inputs.progress == Progress::Auto);
    let mut output = Lines::new();
    for batch in source::batches(&walk.files) {
        let lines: Vec<String> = threads.install(|| {
            let readings = ingest::readings(batch, &loaded.settings, None, &bar);
            let lines =
                |reading: FileReading| rows::lines(&Owned::by_folder(reading, &loaded.settings));
            readings.into_par_iter().flat_map_iter(lines).map(|line| escaped(&line)).collect()
        });
        if output.write(&lines)?.is_break() {
            return Ok(());
        }
    }
    bar.finish_and_clear();
    let closed = walk.closed.into_iter().map(ingest::closed);
    let closed: Vec<String> = closed.map(|place| escaped(&rows::closed_line(&place))).collect();
    output.write(&closed).map(|_| ())
}
