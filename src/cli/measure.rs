//! `talktest measure`: one row per activity, to be judged elsewhere or later.
//!
//! Rows leave a batch of files at a time: what is held does not grow with the folder, and the
//! order of the lines does not depend on the threads.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::args::{Common, MeasureArguments, Missing, ProgressChoice};
use super::failure::Failure;
use super::output::LineWriter;
use super::{inputs, progress, settings};
use crate::decode::{Problem, ProblemKind};
use crate::files::{self, Ingestion};
use crate::ingest::{FileOutcome, FileProblem, FileReading, Owned};
use crate::report::sanitize::escaped;
use crate::rows;

pub fn run(arguments: &MeasureArguments) -> Result<(), Failure> {
    let MeasureArguments { inputs, config, missing, with_map } = arguments;
    let (paths, missing): (Vec<PathBuf>, Vec<PathBuf>) = inputs::paths(inputs)?
        .into_iter()
        .partition(|path| *missing == Missing::Error || path.exists());
    let root = inputs.root.as_deref();
    // Whoever judges hears what is wrong with plan and notes.
    let common = Common { config: config.clone(), units: None };
    let loaded = settings::load(&common, &inputs::scanned(inputs, &paths), true)?;
    let walk = inputs::walk(&paths, root, &loaded)?;
    let threads = inputs::threads(inputs)?;
    let bar = progress::bar(walk.files.len(), inputs.progress == ProgressChoice::Auto);
    let ingestion = Ingestion { progress: &bar, ..Ingestion::new(&loaded.settings) };
    let mut output = LineWriter::new();
    for batch in files::batches(&walk.files) {
        let lines: Vec<String> = threads.install(|| {
            let mut readings = ingestion.readings(batch);
            if !with_map {
                readings.iter_mut().for_each(leave_out_route);
            }
            let lines =
                |reading: FileReading| rows::lines(&Owned::by_folder(reading, &loaded.settings));
            readings.into_par_iter().flat_map_iter(lines).map(|line| escaped(&line)).collect()
        });
        if output.write(&lines)?.is_break() {
            return Ok(());
        }
    }
    bar.finish_and_clear();
    let gone = missing.iter().flat_map(|path| {
        let reading = missing_file(path, root);
        rows::lines(&Owned::by_folder(reading, &loaded.settings))
    });
    let places = walk.inaccessible.into_iter().map(FileProblem::from);
    let places = places.map(|place| rows::closed_line(&place));
    let lines: Vec<String> = gone.chain(places).map(|line| escaped(&line)).collect();
    output.write(&lines).map(|_| ())
}

/// Nobody asked for the shape of the route, which tells more than figures do.
fn leave_out_route(reading: &mut FileReading) {
    if let FileOutcome::Sessions(sessions) = &mut reading.outcome {
        sessions.rows.iter_mut().for_each(|row| row.route_shape = None);
    }
}

/// A path that was named, and where nothing lies.
fn missing_file(path: &Path, root: Option<&Path>) -> FileReading {
    let own = || path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let name = files::name_from(root, path).unwrap_or_else(own);
    FileReading::failed(name, Problem::new(ProblemKind::Unreadable, "it does not exist"))
}
