//! `talktest measure`: one row per activity, to be judged elsewhere or later.
//!
//! Rows leave a batch of files at a time: what is held does not grow with the folder, and the
//! order of the lines does not depend on the threads.

use std::path::{Path, PathBuf};

#[cfg(feature = "columnar")]
use super::args::BytesFrom;
use super::args::{Common, MeasureArguments, Missing, ProgressChoice};
use super::failure::Failure;
use super::row_writer::{RowForm, RowWriter, leave_out_route};
use super::{inputs, progress, settings};
use crate::decode::{Problem, ProblemKind};
use crate::files::{self, Ingestion};
use crate::ingest::{FileProblem, FileReading, Owned};

pub fn run(arguments: &MeasureArguments) -> Result<(), Failure> {
    let form = RowForm::of(arguments)?;
    let mut output = RowWriter::new(&form)?;
    #[cfg(feature = "columnar")]
    if let Some(BytesFrom::Arrow) = arguments.bytes_from {
        return super::measure_bytes::run(arguments, &form, output);
    }
    let MeasureArguments { inputs, config, missing, with_map, .. } = arguments;
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
    let own = |reading| Owned::by_folder(reading, &loaded.settings);
    for batch in files::batches(&walk.files) {
        let rows = threads.install(|| {
            let mut readings = ingestion.readings(batch);
            if !with_map {
                readings.iter_mut().for_each(leave_out_route);
            }
            form.files(&readings.into_iter().map(own).collect::<Vec<_>>())
        });
        if output.write(&rows?)?.is_break() {
            return Ok(());
        }
    }
    bar.finish_and_clear();
    let gone: Vec<Owned> = missing.iter().map(|path| own(missing_file(path, root))).collect();
    let places: Vec<FileProblem> = walk.inaccessible.into_iter().map(FileProblem::from).collect();
    if output.write(&form.files(&gone)?)?.is_continue()
        && output.write(&form.inaccessible(&places)?)?.is_continue()
    {
        output.finish()?;
    }
    Ok(())
}

/// A path that was named, and where nothing lies.
fn missing_file(path: &Path, root: Option<&Path>) -> FileReading {
    let own = || path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let name = files::name_from(root, path).unwrap_or_else(own);
    FileReading::failed(name, Problem::new(ProblemKind::Unreadable, "it does not exist"))
}
