//! One job at a time, and each ends cleanly when it is asked to.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;

use serde_json::Value;

use super::{ONE, Room, SEASON, err, has};

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
fn messages_for_machines_are_json() {
    let room = Room::furnished();
    let output = room.audit(&["--log-format", "json", "-v"]);
    let lines: Vec<Value> =
        err(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().any(|line| line["message"].as_str().unwrap().starts_with("skipped ")));
    assert!(lines.iter().all(|line| line["level"] == "info"));
    assert_eq!(err(&room.audit(&["-q"])), "");
}
