//! Every bound of `docs/limits.md`, exceeded: the built command names it, and takes no more memory
//! than is promised.

mod archives;
mod fit;
mod folders;
mod tables;
mod texts;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use wait4::Wait4;

/// More is not taken for any input, whatever it holds.
const MOST_BYTES: u64 = 400 << 20;

/// An input that exceeds one bound.
struct Excess {
    /// What is bounded, as the row of `docs/limits.md` calls it.
    row: &'static str,
    /// Lines of the settings: a bound that is too high to be exceeded in a test is lowered.
    reading: &'static str,
    /// Writes the input into a folder.
    write: fn(&Path),
    /// What else the command is told.
    arguments: &'static [&'static str],
    /// What is said.
    says: &'static [&'static str],
}

impl Excess {
    const fn of(row: &'static str, write: fn(&Path), says: &'static [&'static str]) -> Self {
        Self { row, reading: "", write, arguments: &["--format", "json"], says }
    }

    fn check(&self) {
        let folder = tempfile::tempdir().unwrap();
        if !self.reading.is_empty() {
            let settings = format!("[reading]\n{}\n", self.reading);
            fs::write(folder.path().join("talktest.toml"), settings).unwrap();
        }
        (self.write)(folder.path());
        let (peak, said) = audited(folder.path(), self.arguments);
        for sentence in self.says {
            let shown: String = said.chars().take(2_000).collect();
            assert!(said.contains(sentence), "{}: {sentence} is missing in {shown}", self.row);
        }
        assert!(peak <= MOST_BYTES, "{}: {} MiB", self.row, peak >> 20);
    }
}

/// The peak of memory that an audit of this folder takes, and what it says.
fn audited(folder: &Path, arguments: &[&str]) -> (u64, String) {
    let asked = ["audit", folder.to_str().unwrap(), "--all", "--no-logbook", "-q"];
    measured(&[&asked[..], arguments].concat(), None)
}

/// The peak of memory that the command takes, and what it says.
///
/// The system counts what a program takes from before it begins: while it is started it still is a
/// part of whoever starts it. So it is started by this program anew, which holds nothing.
fn measured(arguments: &[&str], input: Option<&Path>) -> (u64, String) {
    let [output, measured] = [(); 2].map(|()| tempfile::NamedTempFile::new().unwrap());
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "bounds::measures_a_command", "--nocapture"]);
    command.env("TALKTEST_MEASURED", measured.path());
    command.env("TALKTEST_MEASURED_ARGUMENTS", arguments.join("\n"));
    command.env("TALKTEST_MEASURED_OUTPUT", output.path());
    input.iter().for_each(|input| {
        command.env("TALKTEST_MEASURED_INPUT", input);
    });
    let ended = command.stdout(Stdio::null()).status().unwrap();
    assert!(ended.success(), "{ended:?}");
    let measured = fs::read_to_string(measured.path()).unwrap();
    (measured.parse().unwrap(), fs::read_to_string(output.path()).unwrap())
}

#[test]
#[ignore = "measures what another test asks for"]
fn measures_a_command() {
    let Some(measured) = std::env::var_os("TALKTEST_MEASURED") else { return };
    let [output, input] = ["TALKTEST_MEASURED_OUTPUT", "TALKTEST_MEASURED_INPUT"]
        .map(|name| std::env::var_os(name).map(PathBuf::from));
    let arguments = std::env::var("TALKTEST_MEASURED_ARGUMENTS").unwrap();
    let (output, nobody) = (File::create(output.unwrap()).unwrap(), tempfile::tempdir().unwrap());
    let mut command = Command::new(env!("CARGO_BIN_EXE_talktest"));
    command.env("XDG_CONFIG_HOME", nobody.path()).args(arguments.lines());
    // What is wrong with an input as a whole is no result.
    let is_refused = input.is_some();
    let input = input.map_or(Stdio::null(), |path| File::open(path).unwrap().into());
    command.stdin(input).stderr(output.try_clone().unwrap()).stdout(output);
    let used = command.spawn().unwrap().wait4().unwrap();
    assert_eq!(used.status.code(), Some(if is_refused { 2 } else { 0 }), "{:?}", used.status);
    let (peak, time) = (used.rusage.maxrss, used.rusage.utime + used.rusage.stime);
    eprintln!("{} MiB, {} ms of the processor", peak >> 20, time.as_millis());
    // A peak that is not measured would hold any bound.
    assert!(peak > 1 << 20, "{peak}");
    fs::write(measured, peak.to_string()).unwrap();
}

fn all() -> impl Iterator<Item = &'static Excess> {
    [&texts::EXCESSES[..], &fit::EXCESSES, &archives::EXCESSES, &folders::EXCESSES]
        .into_iter()
        .flatten()
}

#[test]
fn every_row_of_the_table_is_exceeded_by_an_input() {
    let page = include_str!("../../../docs/limits.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| "));
    let rows = rows.filter_map(|line| line.split(" |").next()).filter(|cell| *cell != "what");
    let rows: BTreeSet<&str> = rows.collect();
    let tried: BTreeSet<&str> = all().map(|excess| excess.row).chain(tables::ROWS).collect();
    assert_eq!(rows, tried);
}

/// What is refused for want of memory is reported, and the rest is judged.
#[cfg(target_os = "linux")]
#[test]
fn where_the_system_gives_no_memory_the_file_is_named_and_the_others_are_judged() {
    let folder = tempfile::tempdir().unwrap();
    texts::many_activities(folder.path(), 16_000);
    let run = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season/2026-04-20_recovery.fit");
    fs::copy(run, folder.path().join("run.fit")).unwrap();
    for kibibytes in ["200000", "300000"] {
        let mut command = Command::new("sh");
        let line = "ulimit -v \"$1\"; shift; exec \"$@\"";
        command.args(["-c", line, "sh", kibibytes, env!("CARGO_BIN_EXE_talktest"), "audit"]);
        command.arg(folder.path()).args(["--all", "--no-logbook", "-q", "--format", "json"]);
        let output = command.env("XDG_CONFIG_HOME", folder.path()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{kibibytes}: {output:?}");
        assert!(said.contains("the system gives no memory for it"), "{kibibytes}: {said}");
        assert!(said.contains("run.fit"), "{kibibytes}: {said}");
    }
}
