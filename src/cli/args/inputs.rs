//! Which files are read, and how.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::common::ProgressChoice;
#[cfg(feature = "columnar")]
use super::formats::BytesFrom;
use super::formats::RowFormat;

#[derive(Debug, Args)]
pub struct MeasureArguments {
    #[command(flatten)]
    pub inputs: InputArguments,
    /// The settings file, which says whose file is whose; if not given, talktest.toml in the
    /// scanned folder, or else in the user's configuration folder.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What becomes of a named path where nothing lies: an error, or a row with its problem.
    #[arg(long, value_enum, default_value_t = Missing::Error)]
    pub missing: Missing,
    /// Write the shape of the route too (`outline`), for `judge --report --with-map`: north is up,
    /// and its scale follows from the distance, so whoever knows your area may recognise it.
    #[arg(long)]
    pub with_map: bool,
    /// How the rows are written.
    #[arg(long, value_enum, default_value_t = RowFormat::Ndjson)]
    pub format: RowFormat,
    /// Write the cleaned run at 1 Hz too, as lists in the column `channels`; in Arrow and Parquet.
    #[cfg(feature = "columnar")]
    #[arg(long)]
    pub channels: bool,
    /// Measure files whose bytes come on standard input instead of from paths.
    #[cfg(feature = "columnar")]
    #[arg(long, value_enum, value_name = "FORM", conflicts_with_all = ["paths", "files_from", "root", "missing"])]
    pub bytes_from: Option<BytesFrom>,
}

/// What becomes of a named path where nothing lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Missing {
    /// Nothing is measured, and all such paths are named.
    Error,
    /// Each is a row of the kind `failed`, and all others are measured.
    Row,
}

/// Which files are read, and how.
#[derive(Debug, Args)]
pub struct InputArguments {
    /// Folders and files to read; the current folder if none is given.
    pub paths: Vec<PathBuf>,
    /// Read the paths from this file, one per line; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
    /// The paths of --files-from are separated by NUL bytes.
    #[arg(short = '0', requires = "files_from")]
    pub null: bool,
    /// Name files from this folder and take its settings, as if it had been given: so listed files
    /// belong to the athlete of their folder.
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Number of threads that read files; one per core if not given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Show progress on a terminal, or never.
    #[arg(long, value_enum, default_value_t = ProgressChoice::Auto)]
    pub progress: ProgressChoice,
}
