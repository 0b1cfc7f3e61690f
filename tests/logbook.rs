//! The logbook through the built command: only what changed is read, and nothing is ever lost.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test reads files and stops at the first surprise"
)]

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use rusqlite::Connection;
use serde_json::Value;
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

#[test]
fn a_night_reads_only_what_is_new() {
    let room = Room::furnished();
    std::fs::remove_file(room.runs().join(ONE)).unwrap();
    has(&room.night(), ": 0 unchanged, 0 known by their bytes");
    let files = std::fs::read_dir(SEASON).unwrap().count() - 2; // without one, and the settings
    has(&room.night(), &format!("{files} files: {files} unchanged"));
    room.add(&Path::new(SEASON).join(ONE), ONE);
    has(&room.night(), &format!("{} files: {files} unchanged, 0 known", files + 1));
}

#[test]
fn other_settings_need_no_file() {
    let room = Room::furnished();
    room.night();
    let settings = "[athlete]\nname = \"me\"\n[[athlete.heart_rate]]\ntalk_test = 120\n";
    std::fs::write(room.runs().join("talktest.toml"), settings).unwrap();
    let files = std::fs::read_dir(SEASON).unwrap().count() - 1;
    has(&room.night(), &format!("{files} unchanged"));
}

#[test]
fn bytes_are_known_under_any_name_and_in_archives() {
    let room = Room::empty();
    room.add(&Path::new(SEASON).join(ONE), ONE);
    room.night();
    std::fs::rename(room.runs().join(ONE), room.runs().join("renamed.fit")).unwrap();
    has(&room.night(), "1 files: 0 unchanged, 1 known by their bytes");
    let bytes = std::fs::read(room.runs().join("renamed.fit")).unwrap();
    std::fs::remove_file(room.runs().join("renamed.fit")).unwrap();
    write_archive(&room.runs().join("a.zip"), &[("deep/in.fit", &bytes)]);
    has(&room.night(), "0 unchanged, 1 known by their bytes");
    has(&room.night(), "1 unchanged, 0 known by their bytes");
    let other = std::fs::read(Path::new(SEASON).join(OTHER)).unwrap();
    write_archive(&room.runs().join("a.zip"), &[("new.fit", &other), ("deep/in.fit", &bytes)]);
    has(&room.night(), "0 unchanged, 1 known by their bytes");
    assert_eq!(room.ask("SELECT count(*) FROM content"), 2);
}

fn write_archive(path: &Path, entries: &[(&str, &[u8])]) {
    let mut archive = zip::ZipWriter::new(File::create(path).unwrap());
    for (name, bytes) in entries {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
    settle(path);
}

#[test]
fn a_file_that_was_just_written_is_looked_into() {
    let room = Room::empty();
    let (one, other) = (Path::new(SEASON).join(ONE), Path::new(SEASON).join(OTHER));
    let place = room.runs().join("a.fit");
    let mut bytes = std::fs::read(&one).unwrap();
    let length = bytes.len().max(std::fs::read(&other).unwrap().len());
    let moment = SystemTime::now() + Duration::from_secs(60);
    let write = |bytes: &[u8]| {
        std::fs::write(&place, bytes).unwrap();
        File::options().write(true).open(&place).unwrap().set_modified(moment).unwrap();
    };
    bytes.resize(length, 0);
    write(&bytes);
    room.night();
    has(&room.night(), "0 unchanged, 1 known by their bytes");
    let mut bytes = std::fs::read(&other).unwrap();
    bytes.resize(length, 0);
    write(&bytes);
    has(&room.night(), "0 unchanged, 0 known by their bytes");
}

#[test]
fn only_one_job_at_a_time_and_readers_need_not_wait() {
    let room = Room::empty();
    room.add(&Path::new(SEASON).join(ONE), ONE);
    room.night();
    let lock = File::options().write(true).open(room.0.path().join("logbook.sqlite.lock")).unwrap();
    lock.lock().unwrap();
    let refused = room.audit(&[]);
    assert_eq!(refused.status.code(), Some(75));
    assert!(refused.stdout.is_empty());
    has(&err(&refused), "another job holds the logbook");
    assert_eq!(room.audit(&["--wait", "1"]).status.code(), Some(75));
    assert!(room.upkeep(&["info"]).status.success());
    assert_eq!(room.ask("SELECT count(*) FROM runs"), 1);
    lock.unlock().unwrap();
    room.night();
}

#[test]
fn what_is_no_logbook_is_left_alone() {
    let room = Room::empty();
    room.add(&Path::new(SEASON).join(ONE), ONE);
    std::fs::write(room.logbook(), "my diary, which nobody may touch, however long it is").unwrap();
    let refused = room.audit(&[]);
    assert_eq!(refused.status.code(), Some(74));
    has(&err(&refused), "is no logbook");
    assert!(std::fs::read_to_string(room.logbook()).unwrap().starts_with("my diary"));
    std::fs::remove_file(room.logbook()).unwrap();
    Connection::open(room.logbook()).unwrap().execute_batch("CREATE TABLE recipes (cake)").unwrap();
    assert_eq!(room.audit(&[]).status.code(), Some(74));
    std::fs::remove_file(room.logbook()).unwrap();
    room.night();
    Connection::open(room.logbook()).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let refused = room.audit(&[]);
    assert_eq!(refused.status.code(), Some(74));
    has(&err(&refused), "newer talktest");
}

#[test]
fn without_a_place_for_a_logbook_the_audit_goes_on() {
    let room = Room::empty();
    room.add(&Path::new(SEASON).join(ONE), ONE);
    let occupied = room.0.path().join("occupied");
    std::fs::write(&occupied, "").unwrap();
    let mut command = room.command(&[]);
    command.env_remove("TALKTEST_LOGBOOK").env("HOME", &occupied).env("XDG_DATA_HOME", &occupied);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    has(&err(&output), "The logbook cannot be used, so every file is read");
    assert!(output.stdout == room.truth());
}

#[cfg(target_os = "linux")]
#[test]
fn the_usual_place_is_in_the_users_data_folder() {
    let room = Room::empty();
    room.add(&Path::new(SEASON).join(ONE), ONE);
    let mut command = room.command(&[]);
    command.env_remove("TALKTEST_LOGBOOK").env("XDG_DATA_HOME", room.0.path().join("data"));
    assert!(command.output().unwrap().status.success());
    let logbook = room.0.path().join("data/talktest/logbook.sqlite");
    assert!(logbook.is_file());
    // There a damaged one is ours to set aside.
    std::fs::write(&logbook, vec![7; 9000]).unwrap();
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    has(&err(&output), "logbook.sqlite.damaged-1");
    assert!(output.stdout == room.truth());
}

#[test]
fn a_damaged_logbook_never_changes_a_result() {
    let room = Room::furnished();
    room.night();
    let (whole, truth) = (std::fs::read(room.logbook()).unwrap(), room.truth());
    let mut dice = 0x2545_f491_u32;
    for _ in 0..12 {
        let mut bytes = whole.clone();
        for _ in 0..40 {
            dice ^= dice << 13;
            dice ^= dice >> 17;
            dice ^= dice << 5;
            // The first page says whose it is.
            let at = 4096 + dice as usize % (bytes.len() - 4096);
            bytes[at] ^= (dice >> 24) as u8 | 1;
        }
        std::fs::write(room.logbook(), &bytes).unwrap();
        let output = room.audit(&[]);
        assert!(matches!(output.status.code(), Some(0 | 74)), "{}", err(&output));
        if output.status.code() == Some(0) {
            assert!(output.stdout == truth, "damage changed the result");
        }
        let _ = std::fs::remove_file(room.0.path().join("logbook.sqlite-wal"));
    }
    std::fs::write(room.logbook(), &whole[..whole.len() / 2]).unwrap();
    let output = room.audit(&[]);
    assert!(output.stdout == truth || output.status.code() == Some(74), "{}", err(&output));
    room.night();
}

#[test]
fn lanes_that_are_found_damaged_late_are_read_from_their_files() {
    let room = Room::furnished();
    let pages = |folder: &str| -> Vec<(String, Vec<u8>)> {
        let entries = std::fs::read_dir(room.0.path().join(folder).join("runs")).unwrap();
        let page = |entry: std::fs::DirEntry| {
            (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())
        };
        let mut pages: Vec<_> = entries.map(|entry| page(entry.unwrap())).collect();
        pages.sort();
        pages
    };
    let first = room.audit(&["--report", "first"]);
    let files = std::fs::read_dir(SEASON).unwrap().count() - 1;
    for damage in ["UPDATE lanes SET packed = x'00' WHERE rowid % 3 = 0", "DELETE FROM lanes"] {
        Connection::open(room.logbook()).unwrap().execute(damage, []).unwrap();
        // Nothing is judged anew, so nobody reads lanes before the pages are drawn.
        let again = room.audit(&["--report", "again"]);
        assert_eq!(again.status.code(), Some(0), "{}", err(&again));
        assert!(again.stdout == first.stdout && pages("again") == pages("first"));
        has(&String::from_utf8(room.upkeep(&["verify"]).stdout).unwrap(), "are sound");
        has(&room.night(), &format!("{files} unchanged"));
        std::fs::remove_dir_all(room.0.path().join("again")).unwrap();
    }
}

#[test]
fn a_report_beside_the_news_is_whole() {
    let room = Room::furnished();
    room.audit(&[]);
    let news = room.audit(&["--since", "last", "--report", "report"]);
    assert_eq!(news.status.code(), Some(0), "{}", err(&news));
    let pages = std::fs::read_dir(room.0.path().join("report/runs")).unwrap().count();
    assert!(pages > 10, "{pages} pages");
}

#[cfg(unix)]
#[test]
fn a_full_disk_takes_only_the_logbook() {
    let room = Room::furnished();
    let script = "trap '' XFSZ; ulimit -f 900; exec \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh", env!("CARGO_BIN_EXE_talktest")]);
    command.args(["audit", "runs", "--format", "json", "--logbook", "logbook.sqlite"]);
    command.env("XDG_CONFIG_HOME", room.0.path()).current_dir(room.0.path());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(74));
    has(&err(&output), "could not be written");
    assert!(output.stdout == room.truth());
    room.night();
}

/// A job that is killed when its logbook has grown to so many bytes; whether it was in time.
fn killed_at(room: &Room, bytes: u64) -> bool {
    let mut command = room.command(&["--logbook", "logbook.sqlite", "--jobs", "1"]);
    let mut job = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let wal = room.0.path().join("logbook.sqlite-wal");
    let grown = || std::fs::metadata(&wal).map_or(0, |metadata| metadata.len());
    while grown() < bytes && job.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    let in_time = job.try_wait().unwrap().is_none();
    let _ = job.kill();
    job.wait().unwrap();
    in_time
}

fn kill_often(kills: u64) {
    let room = Room::furnished();
    let mut in_time = 0;
    for kill in 0..kills {
        if kill % 2 == 0 {
            let _ = std::fs::remove_file(room.logbook());
            let _ = std::fs::remove_file(room.0.path().join("logbook.sqlite-wal"));
            let _ = std::fs::remove_file(room.0.path().join("logbook.sqlite-shm"));
        }
        // From before the first byte to after the last.
        in_time += u64::from(killed_at(&room, 4096 * (kill * 37 % 100)));
        room.night();
        assert!(room.upkeep(&["verify"]).status.success());
        std::fs::remove_file(room.runs().join(ONE)).unwrap();
        room.add(&Path::new(SEASON).join(ONE), ONE);
    }
    assert!(in_time > 0, "no job was killed in time");
}

#[test]
fn a_killed_job_loses_nothing() {
    kill_often(6);
}

#[test]
#[ignore = "takes minutes: run it after a change to how the logbook is written"]
fn a_hundred_killed_jobs_lose_nothing() {
    kill_often(100);
}

#[cfg(target_os = "linux")]
#[test]
fn a_job_that_is_asked_to_end_keeps_what_it_has() {
    for (signal, number, code) in [("-INT", 2, 130), ("-TERM", 15, 143)] {
        let room = Room::furnished();
        let mut command = Command::new(env!("CARGO_BIN_EXE_talktest"));
        command.args(["audit", "--files-from", "-", "--logbook", "logbook.sqlite"]);
        command.current_dir(room.0.path()).stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut job = command.stdout(Stdio::piped()).spawn().unwrap();
        while !listens(job.id(), number) {
            std::thread::yield_now();
        }
        Command::new("kill").args([signal, &job.id().to_string()]).status().unwrap();
        while pending(job.id(), number) {
            std::thread::yield_now();
        }
        let mut input = job.stdin.take().unwrap();
        input.write_all(room.runs().to_str().unwrap().as_bytes()).unwrap();
        drop(input);
        let output = job.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{}", err(&output));
        assert!(output.stdout.is_empty());
        has(&err(&output), "Stopped.");
        room.night();
    }
}

/// Whether a process has its own handler for a signal.
fn listens(process: u32, signal: u32) -> bool {
    mask(process, "SigCgt") & (1 << (signal - 1)) != 0
}

/// Whether a signal was sent that the process has not seen yet.
fn pending(process: u32, signal: u32) -> bool {
    (mask(process, "ShdPnd") | mask(process, "SigPnd")) & (1 << (signal - 1)) != 0
}

fn mask(process: u32, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    u64::from_str_radix(line.split_whitespace().nth(1).unwrap(), 16).unwrap()
}

#[test]
fn only_news_since_the_last_job() {
    let room = Room::furnished();
    let new = "2026-05-06_recovery_30min.fit";
    std::fs::remove_file(room.runs().join(new)).unwrap();
    let listed = |output: &Output| {
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        let runs = document["runs"].as_array().unwrap().clone();
        runs.iter().map(|run| run["sources"][0]["path"].as_str().unwrap().to_owned()).collect()
    };
    let all: Vec<String> = listed(&room.audit(&["--since", "last"]));
    assert!(all.len() > 10);
    assert_eq!(listed(&room.audit(&["--since", "last"])), Vec::<String>::new());
    room.add(&Path::new(SEASON).join(new), new);
    // A job that only looks at some days is not the last one, nor is one that is not shown.
    assert!(room.audit(&["--since", "2026-05-01"]).status.success());
    let news =
        room.audit(&["--since", "last", "--fail-on", "slipped", "--fail-on", "not-recovery"]);
    assert_eq!(listed(&news), [new]);
    assert_eq!(news.status.code(), Some(0), "nothing that is news slipped: {}", err(&news));
    assert_eq!(listed(&room.audit(&["--since", "last"])), Vec::<String>::new());
    assert_eq!(room.ask("SELECT count(*) FROM audits"), all.len() as i64 + 1);
    assert!(room.ask("SELECT count(*) FROM findings WHERE result = 'fail'") > 0);
    assert!(room.ask("SELECT sum(recovery) FROM weeks") == all.len() as i64 + 1);
}

#[test]
fn the_second_night_tells_nothing_again() {
    let room = Room::furnished();
    let night = |arguments: &[&str]| room.audit(&[&["--since", "last"], arguments].concat());
    let json = |output: &Output| serde_json::from_slice::<Value>(&output.stdout).unwrap();
    let first = json(&night(&["--all"]));
    let count = |document: &Value, key: &str| document[key].as_array().unwrap().len();
    let (runs, problems) = (count(&first, "runs"), count(&first, "problems"));
    assert!(runs > 30 && problems > 0, "{runs} runs, {problems} problems");
    assert_eq!(first["left_out"], serde_json::json!({"runs": 0, "problems": 0}));
    // What was not listed was seen all the same, labelled recovery or not.
    let second = json(&night(&["--all"]));
    assert_eq!((count(&second, "runs"), count(&second, "problems")), (0, 0));
    assert_eq!(second["left_out"], serde_json::json!({"runs": runs, "problems": problems}));
    assert_eq!(json(&room.audit(&[]))["left_out"], Value::Null);
    std::fs::write(room.runs().join("new.fit"), b"no run").unwrap();
    assert_eq!(night(&["--fail-on", "problems"]).status.code(), Some(1));
    assert_eq!(night(&["--fail-on", "problems"]).status.code(), Some(0), "it was told");
    assert_eq!(room.ask("SELECT count(*) FROM problems WHERE fatal"), 1);
}

#[test]
fn a_mail_tells_the_news_of_the_night() {
    let room = Room::furnished();
    let new = "2026-05-06_recovery_30min.fit";
    std::fs::remove_file(room.runs().join(new)).unwrap();
    let mail = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_talktest"));
        command.env("XDG_CONFIG_HOME", room.0.path()).current_dir(room.0.path());
        command.args(["audit", "runs", "--since", "last", "--format", "markdown"]);
        let output = command.args(["--logbook", "logbook.sqlite"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    has(&mail(), "## Files");
    room.add(&Path::new(SEASON).join(new), new);
    let news = mail();
    has(&news, "1 run is new or judged otherwise since the last job. 1 problem of a file was told");
    has(&news, "## 2026-05-06");
    assert_eq!(news.matches("\n## 20").count(), 1, "{news}");
    assert!(!news.contains("## Files"), "{news}");
    has(&mail(), "No run is new or judged otherwise since the last job.");
}

#[test]
fn the_logbook_can_be_looked_into_and_forgotten() {
    let room = Room::furnished();
    room.night();
    let out = |output: Output| String::from_utf8(output.stdout).unwrap();
    has(&out(room.upkeep(&["info"])), "layout 2");
    has(&out(room.upkeep(&["verify"])), "are sound");
    let exported = out(room.upkeep(&["export"]));
    let readings: Vec<talktest::gather::FileReading> =
        exported.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(readings.len() as i64, room.ask("SELECT count(*) FROM entry"));
    assert_eq!(room.upkeep(&["forget"]).status.code(), Some(2));
    assert_eq!(out(room.upkeep(&["forget", &format!("runs/{ONE}")])), "Forgot 1 file.\n");
    assert_eq!(room.ask("SELECT count(*) FROM runs WHERE path LIKE '%2026-05-07-07-30-00.fit'"), 0);
    std::fs::remove_file(room.runs().join(OTHER)).unwrap();
    assert_eq!(out(room.upkeep(&["forget", "--missing"])), "Forgot 1 file.\n");
    let before = room.ask("SELECT count(DISTINCT path) FROM runs WHERE start < '2026-04-10'");
    assert!(before > 0);
    let told = out(room.upkeep(&["forget", "--before", "2026-04-10"]));
    assert_eq!(told, format!("Forgot {before} files.\n"));
    room.night();
    assert_eq!(room.ask("PRAGMA user_version"), 2);
    Connection::open(room.logbook())
        .unwrap()
        .execute("UPDATE lanes SET packed = x'00'", [])
        .unwrap();
    let damaged = room.upkeep(&["verify"]);
    assert_eq!(damaged.status.code(), Some(1));
    has(&out(damaged), "stored lanes are damaged");
    room.night();
    has(&out(room.upkeep(&["verify"])), "are sound");
}

#[test]
fn messages_for_machines_are_json() {
    let room = Room::furnished();
    let output = room.audit(&["--log-format", "json", "-v"]);
    let lines: Vec<Value> =
        err(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().any(|line| line["message"].as_str().unwrap().starts_with("skipped ")));
    assert!(lines.iter().all(|line| line["level"] == "info"));
    assert_eq!(err(&room.audit(&["-q"])), "");
}
