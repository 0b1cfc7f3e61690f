//! What a night tells: only what is new.

use std::path::Path;
use std::process::Command;
use std::process::Output;

use serde_json::Value;

use super::{Room, SEASON, err, has};

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
fn files_of_one_name_are_told_each() {
    let room = Room::empty();
    let broken = |folder: &str| {
        std::fs::create_dir_all(room.runs().join(folder)).unwrap();
        std::fs::write(room.runs().join(folder).join("x.fit"), b"no run").unwrap();
    };
    let night = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_talktest"));
        command.env("XDG_CONFIG_HOME", room.runs()).current_dir(room.runs());
        command.args(["audit", "a", "b", "--since", "last", "--fail-on", "problems"]);
        command.args(["--logbook", "../logbook.sqlite"]).output().unwrap().status.code()
    };
    broken("b");
    std::fs::create_dir(room.runs().join("a")).unwrap();
    assert_eq!((night(), night()), (Some(1), Some(0)));
    broken("a");
    assert_eq!((night(), night()), (Some(1), Some(0)));
}

#[cfg(unix)]
#[test]
fn what_nobody_read_to_its_end_is_told_again() {
    let room = Room::furnished();
    let into = |to: &str| {
        let line = format!("\"$@\" --since last --report report {to}");
        let mut command = Command::new("sh");
        command.args(["-c", &line, "sh", env!("CARGO_BIN_EXE_talktest"), "audit", "runs"]);
        command.args(["--format", "markdown", "--logbook", "logbook.sqlite"]);
        command.env("XDG_CONFIG_HOME", room.0.path()).current_dir(room.0.path());
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    into(">/dev/full");
    into("| true");
    has(&into(""), "35 runs are new");
    has(&into(""), "Nothing new since the last audit");
}

#[test]
fn a_verdict_that_is_gone_is_news_once() {
    let room = Room::furnished();
    let night = |format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_talktest"));
        command.env("XDG_CONFIG_HOME", room.0.path()).current_dir(room.0.path());
        command.args(["audit", "runs", "--since", "last", "--format", format]);
        let output = command.args(["--logbook", "logbook.sqlite"]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let text = String::from_utf8(output.stdout.clone()).unwrap();
        (text.split_whitespace().collect::<Vec<_>>().join(" "), err(&output))
    };
    let gone = |text: &str| serde_json::from_str::<Value>(text).unwrap()["gone"].clone();
    assert_eq!(gone(&night("json").0), Value::Array(Vec::new()));
    let lose = |file: &str| std::fs::remove_file(room.runs().join(file)).unwrap();

    lose("2026-05-06_recovery_30min.fit");
    let table = night("table").0;
    has(
        &table,
        "No run is new since the last audit. 1 verdict of the last audit is gone: 2026-05-06 (",
    );
    has(&table, "its run is no longer there).");
    let next = night("table").0;
    has(&next, "Nothing new since the last audit.");

    lose("2026-05-13_recovery_30min.fit");
    let lost = gone(&night("json").0);
    assert_eq!(lost[0]["path"], "2026-05-13_recovery_30min.fit");
    assert_eq!((&lost[0]["day"], &lost[0]["why"]), (&"2026-05-13".into(), &"missing".into()));

    // A note that takes the label away leaves the run where it is.
    let notes = "file,label\n2026-05-16_recovery_30min.fit,easy\n";
    std::fs::write(room.runs().join("notes.csv"), notes).unwrap();
    has(&night("markdown").0, "2026-05-16 (");
    std::fs::remove_file(room.runs().join("notes.csv")).unwrap();
    night("json");
    std::fs::write(room.runs().join("notes.csv"), notes).unwrap();
    let (rows, aside) = night("csv");
    assert!(!rows.contains("gone"), "{rows}");
    has(&aside, "no longer labelled recovery");

    // Who looks at some days only does not see the others.
    let some = room.audit(&["--since", "last", "--until", "2026-04-30"]);
    assert_eq!(gone(&String::from_utf8(some.stdout).unwrap()), Value::Array(Vec::new()));
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
    has(
        &news,
        "1 run is new since the last audit, or its verdict changed. 1 file problem was already",
    );
    has(&news, "## 2026-05-06");
    assert_eq!(news.matches("\n## 20").count(), 1, "{news}");
    assert!(!news.contains("## Files"), "{news}");
    has(&mail(), "Nothing new since the last audit.");
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

/// Where a result may lead that nobody reads to its end, and how the command ends then.
#[cfg(target_os = "linux")]
const UNREAD: [(Unread, i32); 3] = [(Unread::Closed, 74), (Unread::Full, 74), (Unread::Broken, 0)];

#[cfg(target_os = "linux")]
#[derive(Debug, Clone, Copy, PartialEq)]
enum Unread {
    /// Standard output is closed from the beginning.
    Closed,
    /// Nothing more fits where it leads.
    Full,
    /// It leads to a pipe whose reader is gone.
    Broken,
}

#[cfg(target_os = "linux")]
impl Unread {
    fn run(self, command: &mut Command) -> Output {
        match self {
            Self::Closed => {}
            Self::Full => {
                let device = std::fs::OpenOptions::new().write(true).open("/dev/full");
                command.stdout(device.unwrap());
            }
            Self::Broken => {
                let (reader, writer) = std::io::pipe().unwrap();
                drop(reader);
                command.stdout(writer);
            }
        }
        command.stderr(std::process::Stdio::piped());
        command.spawn().unwrap().wait_with_output().unwrap()
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_not_read_is_told_again_in_every_format() {
    let room = Room::furnished();
    for format in talktest::report::OUTPUTS.iter().map(|output| output.id) {
        for (unread, code) in UNREAD {
            // Rust opens what is closed, so the shell closes it.
            let closes = if unread == Unread::Closed { ">&-" } else { "" };
            let mut command = Command::new("sh");
            let line = format!("exec \"$@\" {closes}");
            command.args(["-c", &line, "sh", env!("CARGO_BIN_EXE_talktest"), "audit", "runs"]);
            command.args(["--since", "last", "--format", format, "--logbook", "logbook.sqlite"]);
            command.env("XDG_CONFIG_HOME", room.0.path()).current_dir(room.0.path());
            let output = unread.run(&mut command);
            let ended = output.status.code();
            assert_eq!(ended, Some(code), "{format}, {unread:?}: {}", err(&output));
            assert_eq!(room.ask("SELECT count(*) FROM job"), 0, "{format}, {unread:?}: told");
        }
    }
    room.audit(&["--since", "last"]);
    assert_eq!(room.ask("SELECT count(*) FROM job"), 1);
}
