//! Writes the fixtures: `cargo run --example generate_fixtures -- [DIR]`.
//!
//! Without an argument the season goes to `fixtures/season` and the table that explains it to
//! `fixtures/README.md`; with one, only the season is written, into that folder.
#![expect(
    clippy::disallowed_methods,
    reason = "this program is an edge: writing files is all it is for"
)]

#[path = "fixtures.rs"]
mod fixtures;

use std::fs;
use std::path::Path;

use fixtures::season::{beside, season};

fn main() -> anyhow::Result<()> {
    if let Some(folder) = std::env::args_os().nth(1) {
        return write_season(Path::new(&folder));
    }
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    write_season(&fixtures.join("season"))?;
    for (name, text) in beside() {
        fs::write(fixtures.join(name), text)?;
    }
    Ok(())
}

fn write_season(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder)?;
    for file in season() {
        fs::write(folder.join(&file.path), &file.bytes)?;
    }
    Ok(())
}
