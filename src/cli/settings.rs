//! Finds and reads the settings and the files they name.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use etcetera::BaseStrategy;

use super::args::Common;
use super::output::name;
use super::plan_and_notes;
use crate::audit::limit_catalogue;
use crate::review::PlanAndNotes;
use crate::settings::{Settings, parse};

/// The name of the settings file.
pub const FILE: &str = "talktest.toml";

/// Settings with the file they come from and what lies beside it.
pub struct Loaded {
    /// The settings.
    pub settings: Settings,
    /// Plan and notes by athlete.
    pub plans_and_notes: BTreeMap<String, PlanAndNotes>,
    /// The file they come from.
    pub file: Option<PathBuf>,
    /// Files that are no activities, because the settings are made of them.
    pub own_files: Vec<PathBuf>,
}

/// Loads the settings for these paths; without a file, the defaults.
pub fn load(common: &Common, paths: &[PathBuf], quiet: bool) -> Result<Loaded> {
    let file = common.config.clone().or_else(|| find(paths));
    let mut settings = file.as_deref().map_or_else(|| Ok(Settings::default()), read)?;
    if let Some(units) = common.units {
        settings.units = units.into();
    }
    let folder = file.as_deref().and_then(Path::parent).unwrap_or_else(|| Path::new(""));
    let mut beside = plan_and_notes::read(&settings, folder, &folders(paths), quiet)?;
    beside.files.extend(file.clone());
    let plan_and_notes::PlansAndNotes { of_athlete, files } = beside;
    Ok(Loaded { settings, plans_and_notes: of_athlete, file, own_files: files })
}

/// The scanned folders, and those that the scanned files lie in, each once.
fn folders(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = Vec::new();
    for path in paths {
        let folder = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(path) };
        if !folders.iter().any(|known| known == folder) {
            folders.push(folder.to_owned());
        }
    }
    folders
}

fn find(paths: &[PathBuf]) -> Option<PathBuf> {
    let beside = folders(paths).into_iter().map(|folder| folder.join(FILE));
    let own = etcetera::choose_base_strategy()
        .ok()
        .map(|base| base.config_dir().join("talktest").join(FILE));
    beside.chain(own).find(|file| file.is_file())
}

/// Reads one settings file; all its mistakes are told at once.
pub fn read(file: &Path) -> Result<Settings> {
    let text = std::fs::read(file).map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            anyhow!("{} does not exist; `talktest init` writes one", name(file))
        }
        _ => anyhow!(error).context(format!("{} cannot be read", name(file))),
    })?;
    let text = String::from_utf8(text)
        .map_err(|_| anyhow!("{} is not written in UTF-8: save it as UTF-8", name(file)))?;
    parse(&text, &limit_catalogue()).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|error| format!("  {error}")).collect();
        let mistakes = if lines.len() == 1 { "one mistake" } else { "mistakes" };
        anyhow!("{} has {mistakes}:\n{}", name(file), lines.join("\n"))
    })
}
