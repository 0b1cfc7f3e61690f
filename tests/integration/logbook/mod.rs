//! The logbook through the built command: only what changed is read, and nothing is ever lost.
mod damage;
mod jobs;
mod joined;
mod news;
mod nights;
mod places;
mod unchanged;
mod upkeep;
mod versions;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use rusqlite::Connection;
use tempfile::TempDir;

const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");

/// A folder of exports and a logbook beside it.
struct Room(TempDir);

impl Room {
    fn empty() -> Self {
        let room = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(room.runs()).unwrap();
        room
    }

    /// The season, written an hour ago as far as its times tell.
    fn furnished() -> Self {
        let room = Self::empty();
        for entry in std::fs::read_dir(SEASON).unwrap() {
            let entry = entry.unwrap();
            room.add(&entry.path(), entry.file_name().to_str().unwrap());
        }
        room
    }

    fn runs(&self) -> PathBuf {
        self.0.path().join("runs")
    }

    fn logbook(&self) -> PathBuf {
        self.0.path().join("logbook.sqlite")
    }

    fn add(&self, from: &Path, name: &str) {
        let to = self.runs().join(name);
        std::fs::copy(from, &to).unwrap();
        settle(&to);
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_talktest"));
        command.env("XDG_CONFIG_HOME", self.0.path()).current_dir(self.0.path());
        command.args(["audit", "runs", "--format", "json"]).args(arguments);
        command
    }

    fn audit(&self, arguments: &[&str]) -> Output {
        self.command(&[&["--logbook", "logbook.sqlite"], arguments].concat()).output().unwrap()
    }

    /// What an audit without a logbook says: the truth.
    fn truth(&self) -> Vec<u8> {
        let output = self.command(&["--no-logbook"]).output().unwrap();
        assert!(output.status.success(), "{}", err(&output));
        output.stdout
    }

    /// Audits with the logbook, compares with the truth, and gives the line about the job.
    fn night(&self) -> String {
        let output = self.audit(&[]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        assert!(output.stdout == self.truth(), "the logbook changed the result");
        err(&output)
    }

    fn upkeep(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_talktest"));
        command.current_dir(self.0.path()).args(["logbook", "--logbook", "logbook.sqlite"]);
        command.args(arguments).output().unwrap()
    }

    fn ask(&self, question: &str) -> i64 {
        let connection = Connection::open(self.logbook()).unwrap();
        connection.query_row(question, [], |row| row.get(0)).unwrap()
    }
}

/// Files of the season beside settings, plan and notes.
fn exports() -> usize {
    let names = std::fs::read_dir(SEASON).unwrap().map(|entry| entry.unwrap().file_name());
    let is_export = |name: &str| [".fit", ".gpx"].iter().any(|ending| name.ends_with(ending));
    names.filter(|name| is_export(name.to_str().unwrap())).count()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Lets a file look as if it had lain there for an hour.
fn settle(path: &Path) {
    let hour_ago = SystemTime::now() - Duration::from_secs(3600);
    File::options().write(true).open(path).unwrap().set_modified(hour_ago).unwrap();
}

fn has(told: &str, part: &str) {
    assert!(told.contains(part), "`{part}` is not in:\n{told}");
}

const ONE: &str = "2026-05-07-07-30-00.fit";
const OTHER: &str = "2026-05-09-18-15-00.fit";
