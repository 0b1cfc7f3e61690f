//! What several tests share: the files that are always there, and the reference data, if it is there.

pub mod archive;
pub mod command;
pub mod packing;
pub mod report;

use std::fs;
use std::path::{Path, PathBuf};

use crate::fixtures::exports::{garmin_export, strava_export, zip_of};
use crate::fixtures::hour::{fit_hour, gpx_hour, tcx_hour};
use crate::fixtures::season::{days, season};
use crate::fixtures::tcx_writer::tcx_file;

/// A folder of reference data beside the project; `None`, said aloud, where it is not there.
pub fn beside(name: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("TALKTEST_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let folder = shared.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: the reference data `{name}` is not beside the project");
    None
}

/// A file's name and bytes.
pub type Named = (String, Vec<u8>);

/// Files of a format: the project's own, so that every comparison is made on a clone too, and those
/// in folders of the reference data, where it is beside the project.
pub fn files(extension: &str, folders: &[&str]) -> Vec<Named> {
    let mut files = own_files(extension);
    if let Some(corpus) = beside("corpus") {
        let named = |folder: &&str| files_in(&corpus.join(folder), extension);
        files.extend(folders.iter().flat_map(named));
    }
    files
}

/// The season as FIT, GPX or TCX, and an hour with every field that watches write.
pub fn own_files(extension: &str) -> Vec<Named> {
    let hour = |bytes| (format!("hour.{extension}"), bytes);
    match extension {
        "fit" => of_season(extension).chain([hour(fit_hour())]).collect(),
        "gpx" => of_season(extension).chain([hour(gpx_hour())]).collect(),
        _ => season_as_tcx().chain([hour(tcx_hour())]).collect(),
    }
}

fn of_season(extension: &str) -> impl Iterator<Item = Named> {
    let files = season().into_iter().map(|file| (file.path, file.bytes));
    files.filter(move |(name, _)| has_extension(Path::new(name), extension))
}

fn season_as_tcx() -> impl Iterator<Item = Named> {
    days().into_iter().map(|day| {
        let name = day.local("%Y-%m-%d-%H-%M-%S.tcx");
        (name, tcx_file(&day.track(), day.what).into_bytes())
    })
}

fn files_in(folder: &Path, extension: &str) -> Vec<Named> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| path.is_file() && has_extension(path, extension));
    paths.sort();
    let named = |path: PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (name, fs::read(&path).expect("a file that can be read"))
    };
    paths.into_iter().map(named).collect()
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case(extension))
}

/// The files of an export in a folder.
pub fn export_folder(files: &[(impl AsRef<Path>, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// A folder with exports that have tables, and with files that are no runs.
pub fn exports_and_odd_files() -> tempfile::TempDir {
    export_folder(&[
        ("strava.zip", zip_of(&strava_export(3))),
        ("garmin.zip", zip_of(&garmin_export(3))),
        ("broken.gpx", b"<gpx><trk>".to_vec()),
        ("note.txt", b"hello".to_vec()),
    ])
}
