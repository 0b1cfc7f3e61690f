//! The file of one run among those of its folder.

use std::path::{Path, PathBuf};

use crate::files::{FoundFile, Walk};
use crate::folder_settings::SETTINGS_FILE;
use crate::review::ReviewedRun;

/// The folder that an audit of this file would be of: the nearest one around it that has settings,
/// else its own.
pub fn folder_of(file: &Path) -> PathBuf {
    let own = file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    with_settings(own)
}

/// The nearest folder at or around this one that has settings, else this one.
pub fn with_settings(own: &Path) -> PathBuf {
    let around = own.canonicalize().unwrap_or_else(|_| own.to_owned());
    let found = around.ancestors().find(|folder| folder.join(SETTINGS_FILE).is_file());
    found.filter(|found| *found != around).map_or_else(|| own.to_owned(), Path::to_owned)
}

/// Calls the file as its folder's walk does, and puts it there where that passed it over.
pub fn put_in(walk: &mut Walk, alone: &mut Walk) {
    let Some(file) = alone.files.first_mut() else { return };
    let end = file.path.canonicalize().ok();
    let is_same = |found: &&FoundFile| {
        found.path.file_name() == file.path.file_name() && found.path.canonicalize().ok() == end
    };
    match walk.files.iter().find(is_same) {
        Some(found) => *file = found.clone(),
        None => walk.files.push(file.clone()),
    }
}

/// Whether a run was recorded in the file that a walk calls so, or in an archive of that name.
pub fn is_of_file(run: &ReviewedRun, file: &str) -> bool {
    run.measured.sources.iter().any(|source| lies_in(&source.path, file))
}

/// Whether a path is that of the file, or of an entry in it.
pub fn lies_in(path: &str, file: &str) -> bool {
    let rest = path.strip_prefix(file);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
