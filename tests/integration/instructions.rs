//! How many instructions reading and measuring an hour takes: unlike seconds, they are the same on a busy machine.
//! Where valgrind is not installed, or another compiler built the command, that is said aloud and nothing is counted.

use std::path::Path;
use std::process::Command;

use crate::fixtures::hour::{fit_hour, gpx_hour, tcx_hour};

/// Makes an hour in a format.
type Hour = fn() -> Vec<u8>;

/// The compiler that the numbers below were counted with; another one makes other code.
const COMPILER: &str = "rustc 1.95.";
/// An hour of each format read, measured and written as a row, in the profile of the tests, in millions of
/// instructions. Whoever makes it faster writes the new number here.
const MILLIONS: [(&str, Hour, f64); 3] = if cfg!(feature = "columnar") {
    // The crates of tables are not optimised in this profile, and generic code of theirs is shared.
    [("fit", fit_hour, 65.7), ("gpx", gpx_hour, 206.3), ("tcx", tcx_hour, 314.7)]
} else {
    [("fit", fit_hour, 19.2), ("gpx", gpx_hour, 125.7), ("tcx", tcx_hour, 184.5)]
};
/// More than so many times the number is a fault, and so is less: the number is to be written anew. How
/// much of the crates of tables is shared depends on the build, so that with them hardly more is told than
/// that nothing doubled.
const WITHIN: (f64, f64) = if cfg!(feature = "columnar") { (0.0, 1.5) } else { (0.8, 1.1) };

#[test]
fn an_hour_takes_no_more_instructions_than_before() {
    if let Some(what) = missing() {
        eprintln!("SKIPPED: no instructions were counted: {what}");
        return;
    }
    let counted = MILLIONS.map(|(format, hour, millions)| {
        let counted = of_an_hour(format, &hour());
        eprintln!("{format}: {counted:.1} million instructions an hour, {millions} before");
        (format, counted, millions)
    });
    for (format, counted, millions) in counted {
        let (least, most) = WITHIN;
        assert!(counted <= most * millions, "{format}: {counted:.1} million, {millions} before");
        assert!(
            counted >= least * millions,
            "{format}: {counted:.1} million: write it in MILLIONS"
        );
    }
}

/// Millions of instructions for one file more; what starting takes is left out.
fn of_an_hour(format: &str, bytes: &[u8]) -> f64 {
    let of_files = |count: usize| {
        let folder = tempfile::tempdir().unwrap();
        for k in 0..count {
            std::fs::write(folder.path().join(format!("{k}.{format}")), bytes).unwrap();
        }
        instructions(folder.path())
    };
    (of_files(3) - of_files(1)) / 2.0 / 1e6
}

fn missing() -> Option<&'static str> {
    let says = |program: &str| Command::new(program).arg("--version").output().ok();
    let Some(compiler) = says("rustc") else { return Some("no rustc tells its version") };
    match () {
        () if says("valgrind").is_none() => Some("valgrind is not installed"),
        () if !compiler.stdout.starts_with(COMPILER.as_bytes()) => Some("another compiler"),
        () => None,
    }
}

fn instructions(folder: &Path) -> f64 {
    let counted = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_talktest"))
        .args(["measure", "--jobs", "1"])
        .arg(folder)
        .output()
        .unwrap();
    assert!(counted.status.success(), "{}", String::from_utf8_lossy(&counted.stderr));
    let told = String::from_utf8_lossy(&counted.stderr);
    let line = told.lines().find(|line| line.contains("refs:")).expect("callgrind counts");
    let digits: String =
        line.rsplit("refs:").next().unwrap_or("").chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}
