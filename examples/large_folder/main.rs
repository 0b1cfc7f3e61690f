//! Writes the folder of a runner of many years: `cargo run --release --example large_folder --
//! DIR RUNS`.
//!
//! For measuring how large folders are read; keep it outside the project and delete it afterwards.
#![expect(
    clippy::disallowed_methods,
    reason = "this program is an edge: writing files is all it is for"
)]

#[allow(unused_imports, reason = "its tests are run with the fixtures")]
#[path = "../generate_fixtures/fixtures.rs"]
mod fixtures;
mod years;

use std::path::Path;

use anyhow::{Context, bail};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, runs] = arguments.as_slice() else { bail!("name a folder and a number of runs") };
    let runs: i64 = runs.parse().context("write the number of runs as digits")?;
    Ok((0..runs).try_for_each(|number| years::write(Path::new(folder), number))?)
}
