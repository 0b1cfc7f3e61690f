//! Which settings a command uses, and what it says of those that it cannot use.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use etcetera::BaseStrategy;

use super::args::Common;
use super::output::{name, warn};
use crate::folder_settings::{
    FileError, FileErrorKind, FolderSettings, HashedFiles, OnDisk, SETTINGS_FILE, find_settings,
};

/// Loads the settings for these paths; without a file, the defaults.
pub fn load(common: &Common, paths: &[PathBuf], quiet: bool) -> Result<FolderSettings> {
    load_hashed(common, paths, quiet).map(|(loaded, _)| loaded)
}

/// As [`load`], with the hash of everything that was read or looked for on the way.
pub fn load_hashed(
    common: &Common,
    paths: &[PathBuf],
    quiet: bool,
) -> Result<(FolderSettings, u128)> {
    let file = common.config.clone().or_else(|| find_settings(paths)).or_else(of_user);
    let files = HashedFiles::of(&OnDisk);
    let mut loaded = FolderSettings::load_from(&files, file.as_deref(), paths).map_err(sentence)?;
    if let Some(units) = common.units {
        loaded.settings.units = units.into();
    }
    if !quiet {
        warn_of_side_files(&loaded);
    }
    Ok((loaded, files.hash()))
}

/// The settings in the user's configuration folder.
fn of_user() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let file = base.config_dir().join("talktest").join(SETTINGS_FILE);
    file.is_file().then_some(file)
}

/// Says what was left out of plans and notes.
pub fn warn_of_side_files(loaded: &FolderSettings) {
    loaded.warnings.iter().for_each(|(file, warning)| warn(&format!("{}: {warning}", name(file))));
}

/// What is said of files that cannot be used, each in a line of its own.
pub fn sentence(error: FileError) -> anyhow::Error {
    let FileError { path, kind, others } = error;
    let own = match kind {
        FileErrorKind::Missing if path.ends_with(SETTINGS_FILE) => {
            format!("{} does not exist; `talktest init` writes one", name(&path))
        }
        kind => format!("{} {kind}", name(&path)),
    };
    let others = others.into_iter().map(|other| sentence(other).to_string());
    anyhow!(std::iter::once(own).chain(others).collect::<Vec<_>>().join("\n"))
}
