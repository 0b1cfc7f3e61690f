//! Which files are read, and by how many threads.

use std::path::PathBuf;

use anyhow::{Context, Result};
use rayon::ThreadPool;

use super::args::Inputs;
use super::own_files::OwnFiles;
use super::settings::Loaded;
use crate::source::{self, Walk};

/// The named paths; the current folder where none is named.
pub fn paths(inputs: &Inputs) -> Result<Vec<PathBuf>> {
    let mut paths = inputs.paths.clone();
    if let Some(list) = &inputs.files_from {
        paths.extend(source::listed(list, inputs.null)?);
    } else if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    Ok(paths)
}

/// Every file below the paths but those that the settings are made of.
pub fn walk(paths: &[PathBuf], loaded: &Loaded) -> Result<Walk> {
    let mut walk = source::walk(paths)?;
    OwnFiles::of(&loaded.own_files).leave_out(&mut walk);
    Ok(walk)
}

/// So many threads, or one for each core.
pub fn threads(inputs: &Inputs) -> Result<ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(inputs.jobs.map_or(0, usize::from))
        .build()
        .context("threads cannot be started")
}
