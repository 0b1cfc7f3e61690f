//! Which files are read, and by how many threads.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use rayon::ThreadPool;

use super::args::InputArguments;
use super::output::name;
use super::own_files::OwnFiles;
use crate::files::{self, MissingPaths, Walk};
use crate::folder_settings::FolderSettings;

/// The named paths; the current folder where none is named.
pub fn paths(inputs: &InputArguments) -> Result<Vec<PathBuf>> {
    let mut paths = inputs.paths.clone();
    if let Some(list) = &inputs.files_from {
        paths.extend(listed(list, inputs.null)?);
    } else if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    Ok(paths)
}

/// Where settings, plan and notes are looked for: the root that files are named from, else the paths.
pub fn scanned(inputs: &InputArguments, paths: &[PathBuf]) -> Vec<PathBuf> {
    inputs.root.as_ref().map_or_else(|| paths.to_vec(), |root| vec![root.clone()])
}

/// Every file below the paths but those that the settings are made of.
pub fn walk(paths: &[PathBuf], root: Option<&Path>, loaded: &FolderSettings) -> Result<Walk> {
    let mut walk = files::walk_named(paths, root).map_err(missing)?;
    OwnFiles::of(&loaded.own_files).leave_out(&mut walk);
    Ok(walk)
}

/// What is said of paths where nothing lies.
pub fn missing(MissingPaths(paths): MissingPaths) -> anyhow::Error {
    match paths.as_slice() {
        [path] => anyhow!("{} does not exist", name(path)),
        paths => {
            let names: Vec<String> = paths.iter().map(|path| format!("  {}", name(path))).collect();
            anyhow!("{} paths do not exist:\n{}", paths.len(), names.join("\n"))
        }
    }
}

/// The paths in a list, one a line or separated by NUL bytes; `-` is standard input.
fn listed(list: &Path, nul: bool) -> Result<Vec<PathBuf>> {
    let mut text = Vec::new();
    if list == Path::new("-") {
        std::io::stdin().read_to_end(&mut text).context("standard input cannot be read")?;
    } else {
        text = std::fs::read(list).with_context(|| format!("{} cannot be read", name(list)))?;
    }
    let separator = if nul { b'\0' } else { b'\n' };
    let paths = text.split(|byte| *byte == separator);
    let trimmed =
        paths.map(|path| if nul { path } else { path.strip_suffix(b"\r").unwrap_or(path) });
    Ok(trimmed.filter(|path| !path.is_empty()).map(path_of).collect())
}

/// A path is any bytes where the system has it so.
#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).as_ref())
}

/// So many threads, or one for each core.
pub fn threads(inputs: &InputArguments) -> Result<ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(inputs.jobs.map_or(0, usize::from))
        .build()
        .context("threads cannot be started")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_may_come_from_any_system() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("list");
        std::fs::write(&list, b"a.fit\r\nb c.fit\n\n").unwrap();
        assert_eq!(
            listed(&list, false).unwrap(),
            [PathBuf::from("a.fit"), PathBuf::from("b c.fit")]
        );
        std::fs::write(&list, b"a\nb.fit\0c.fit\0").unwrap();
        assert_eq!(
            listed(&list, true).unwrap(),
            [PathBuf::from("a\nb.fit"), PathBuf::from("c.fit")]
        );
    }
}
