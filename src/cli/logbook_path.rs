//! Which logbook is meant.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use etcetera::BaseStrategy;

use crate::logbook::LogbookPath;

/// Names another place for the logbook, or `none`.
const VARIABLE: &str = "TALKTEST_LOGBOOK";

/// Which logbook is meant: the one that is named, else by the environment, else the usual one;
/// none if the environment says so.
pub fn place(named: Option<&Path>) -> Result<Option<LogbookPath>> {
    let asked_for = |path: PathBuf| Some(LogbookPath { path, is_usual: false });
    match (named, std::env::var_os(VARIABLE)) {
        (Some(path), _) => Ok(asked_for(path.to_owned())),
        (None, Some(value)) if value == "none" => Ok(None),
        (None, Some(value)) if !value.is_empty() => Ok(asked_for(value.into())),
        _ => default_path().map(|path| Some(LogbookPath { path, is_usual: true })),
    }
}

/// Where the logbook lies if nobody says otherwise.
fn default_path() -> Result<PathBuf> {
    let base = etcetera::choose_base_strategy().context("the user's data folder is not known")?;
    Ok(base.data_dir().join("talktest").join("logbook.sqlite"))
}
