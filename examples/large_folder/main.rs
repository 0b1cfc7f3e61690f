//! Writes the folder of a runner of many years: `cargo run --release --example large_folder --
//! DIR RUNS [SERVICE]`, as a watch leaves it or as the export of a service.
//!
//! For measuring how large folders are read; keep it outside the project and delete it afterwards.
#![expect(
    clippy::disallowed_methods,
    reason = "this program is an edge: writing files is all it is for"
)]

#[allow(unused_imports, reason = "its tests are run with the fixtures")]
#[path = "../generate_fixtures/fixtures.rs"]
mod fixtures;
mod services;
mod years;

use std::path::Path;

use anyhow::{Context, bail};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, runs, service) = match arguments.as_slice() {
        [folder, runs] => (Path::new(folder), runs, None),
        [folder, runs, service] => (Path::new(folder), runs, Some(service)),
        _ => bail!("name a folder and a number of runs, and a service if you like"),
    };
    let runs: i64 = runs.parse().context("write the number of runs as digits")?;
    let Some(service) = service else {
        return Ok((0..runs).try_for_each(|number| years::write(folder, number))?);
    };
    let tracks: Vec<_> = (0..runs).map(|number| years::day(number).track()).collect();
    if !services::write(folder, service, &tracks)? {
        bail!("`{service}` is no service that is written here");
    }
    Ok(())
}
