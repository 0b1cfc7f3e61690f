//! Writes a folder as a diligent runner has it after years: `cargo run --release --example
//! large_folder -- DIR RUNS`, one run of 30 to 60 minutes a day, every fourth labelled recovery.
//!
//! For measuring how large folders are read; keep it outside the project and delete it afterwards.
#![expect(
    clippy::disallowed_methods,
    reason = "this program is an edge: writing files is all it is for"
)]

#[allow(unused_imports, reason = "its tests are run with the fixtures")]
#[path = "../generate_fixtures/fixtures.rs"]
mod fixtures;

use std::path::Path;

use anyhow::{Context, bail};
use fixtures::day::{Day, EVENING, File, MORNING, on};
use fixtures::run::{Outing, RECOVERY_SPEED, level};

/// Days before the fixtures' season on which this runner's first run lies: in the autumn of 2007.
const FIRST_DAY: i64 = -6_750;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, runs] = arguments.as_slice() else { bail!("name a folder and a number of runs") };
    let runs: i64 = runs.parse().context("write the number of runs as digits")?;
    (0..runs).try_for_each(|number| write(Path::new(folder), number))
}

fn write(folder: &Path, number: i64) -> anyhow::Result<()> {
    let day = day(number);
    let year = folder.join(day.local("%Y"));
    std::fs::create_dir_all(&year)?;
    std::fs::write(year.join(day.path()), day.bytes())?;
    Ok(())
}

/// Recovery runs in the morning, everything else in the evening; no two runs are alike.
fn day(number: i64) -> Day {
    let is_recovery = number % 4 == 3;
    let minutes = if is_recovery { 30 + number % 9 } else { 36 + number % 25 };
    let speed = if is_recovery { RECOVERY_SPEED } else { 2.7 + 0.01 * (number % 60) as f64 };
    let local_minute = if is_recovery { MORNING } else { EVENING } + number % 11;
    Day {
        file: if is_recovery { File::Named("recovery") } else { File::Watch },
        outing: Outing {
            pieces: vec![level(60 * minutes as u32, speed)],
            heart_shift: (number % 13) as f64 - 6.0,
            ..Outing::default()
        },
        ..on(FIRST_DAY + number, local_minute)
    }
}
