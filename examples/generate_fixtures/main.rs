//! Writes the fixtures: `cargo run --example generate_fixtures -- [DIR]`.
//!
//! Without an argument the season goes to `fixtures/season` and the table that explains it to
//! `fixtures/README.md`; with one, only the season is written, into that folder. `strava COUNT FILE`
//! and `garmin COUNT FILE` write the export of an account with so many activities as one archive.
#![expect(
    clippy::disallowed_methods,
    reason = "this program is an edge: writing files is all it is for"
)]

#[path = "fixtures.rs"]
mod fixtures;

use std::fs;
use std::path::Path;

use fixtures::exports::{ExportFile, garmin_export, strava_export, zip_of};
use fixtures::season::{beside, season};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["strava", count, file] => return write_export(file, &strava_export(count.parse()?)),
        ["garmin", count, file] => return write_export(file, &garmin_export(count.parse()?)),
        [folder] => return write_season(Path::new(folder)),
        _ => {}
    }
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    write_season(&fixtures.join("season"))?;
    for (name, text) in beside() {
        fs::write(fixtures.join(name), text)?;
    }
    Ok(())
}

fn write_export(file: &str, files: &[ExportFile]) -> anyhow::Result<()> {
    Ok(fs::write(file, zip_of(files))?)
}

fn write_season(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder)?;
    for file in season() {
        fs::write(folder.join(&file.path), &file.bytes)?;
    }
    Ok(())
}
