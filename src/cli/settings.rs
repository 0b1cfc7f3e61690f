//! Finds and reads the settings and the files they name.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use etcetera::BaseStrategy;
use talktest::audit::limit_catalogue;
use talktest::label::Labels;
use talktest::review::SideFiles;
use talktest::settings::{Notes, Plan, Settings, SideFileProblem, parse, parse_notes, parse_plan};

use super::args::Common;
use super::output::{name, say};

/// The name of the settings file.
pub const FILE: &str = "talktest.toml";

/// Settings with the file they come from and what lies beside it.
pub struct Loaded {
    /// The settings.
    pub settings: Settings,
    /// Plan and notes by athlete.
    pub side_files: BTreeMap<String, SideFiles>,
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
    let (side_files, mut own_files) = read_side_files(&settings, folder, quiet)?;
    own_files.extend(file.clone());
    Ok(Loaded { settings, side_files, file, own_files })
}

fn find(paths: &[PathBuf]) -> Option<PathBuf> {
    let beside = paths.iter().map(|path| {
        let folder = if path.is_dir() { path.as_path() } else { path.parent().unwrap_or(path) };
        folder.join(FILE)
    });
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

/// Reads plan and notes of every athlete, and tells which files they are.
pub fn read_side_files(
    settings: &Settings,
    folder: &Path,
    quiet: bool,
) -> Result<(BTreeMap<String, SideFiles>, Vec<PathBuf>)> {
    let labels = Labels::new(&settings.labels);
    let (mut of_athlete, mut files) = (BTreeMap::new(), Vec::new());
    for athlete in &settings.athletes {
        let (mut plan, mut notes) = (Plan::default(), Notes::default());
        if let Some(name) = settings.plan_file_of(athlete) {
            let (file, bytes) = bytes_of(folder, name)?;
            plan = told(&file, parse_plan(&bytes, &|text| labels.kind_of(text)))?;
            warn(&file, &plan.warnings, quiet);
            files.push(file);
        }
        if let Some(name) = settings.notes_file_of(athlete) {
            let (file, bytes) = bytes_of(folder, name)?;
            notes = told(&file, parse_notes(&bytes, &|text| labels.kind_of(text)))?;
            warn(&file, &notes.warnings, quiet);
            files.push(file);
        }
        of_athlete.insert(athlete.name.clone(), SideFiles { plan, notes });
    }
    Ok((of_athlete, files))
}

fn bytes_of(folder: &Path, stated: &str) -> Result<(PathBuf, Vec<u8>)> {
    let file = folder.join(stated);
    let bytes = std::fs::read(&file).with_context(|| format!("{} cannot be read", name(&file)))?;
    Ok((file, bytes))
}

fn told<T>(file: &Path, parsed: Result<T, Vec<SideFileProblem>>) -> Result<T> {
    parsed.map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(|problem| format!("  {problem}")).collect();
        anyhow!("{} has mistakes:\n{}", name(file), lines.join("\n"))
    })
}

fn warn(file: &Path, warnings: &[SideFileProblem], quiet: bool) {
    if !quiet {
        warnings.iter().for_each(|warning| say(&format!("{}: {warning}", name(file))));
    }
}
