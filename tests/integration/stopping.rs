//! SIGTERM and SIGINT end a job whatever it does: while it waits for a list, for another job, while
//! it reads and while it judges. Each of these would last for minutes, or for ever.
#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// A job has two seconds; a machine that does other things gets more.
const BOUND: Duration = Duration::from_secs(10);

fn job(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_talktest"));
    command.env("XDG_CONFIG_HOME", folder).current_dir(folder).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Waits until the process has its own handler for SIGTERM.
fn wait_until_it_listens(process: u32) {
    let listens = || {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
        u64::from_str_radix(caught.trim(), 16).unwrap() & (1 << 14) != 0
    };
    while !listens() {
        std::thread::yield_now();
    }
}

fn signal(name: &str, process: u32) {
    assert!(Command::new("kill").args([name, &process.to_string()]).status().unwrap().success());
}

/// How a job ended; `None`, and it is killed, where it has not within the bound.
fn end_of(mut job: Child) -> Option<ExitStatus> {
    let process = job.id();
    // What it waits for must not end by itself.
    let input = job.stdin.take();
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || sender.send(job.wait().unwrap()));
    let ended = receiver.recv_timeout(BOUND).ok();
    if ended.is_none() {
        signal("-KILL", process);
    }
    drop(input);
    ended
}

/// Asserts that either signal ends the job with its exit code.
fn assert_stops(folder: &Path, arguments: &[&str]) {
    for (name, code) in [("-TERM", 143), ("-INT", 130)] {
        let job = job(folder, arguments);
        wait_until_it_listens(job.id());
        signal(name, job.id());
        let ended = end_of(job).unwrap_or_else(|| panic!("{arguments:?} goes on after {name}"));
        assert_eq!(ended.code(), Some(code), "{arguments:?} after {name}");
    }
}

#[test]
fn waiting_for_a_list_of_paths_ends() {
    let folder = tempfile::tempdir().unwrap();
    assert_stops(folder.path(), &["audit", "--files-from", "-", "--no-logbook"]);
}

#[test]
fn waiting_for_another_job_ends() {
    let folder = tempfile::tempdir().unwrap();
    let lock = File::create(folder.path().join("logbook.sqlite.lock")).unwrap();
    lock.lock().unwrap();
    assert_stops(folder.path(), &["audit", ".", "--logbook", "logbook.sqlite", "--wait", "3600"]);
}

#[test]
fn reading_and_judging_end() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("many.tcx"), many_activities(4_000)).unwrap();
    assert_stops(folder.path(), &["audit", ".", "--no-logbook", "--all", "--as-recovery"]);
}

/// What does not listen is ended by the system itself.
#[test]
fn waiting_for_rows_ends() {
    use std::os::unix::process::ExitStatusExt;
    let folder = tempfile::tempdir().unwrap();
    let job = job(folder.path(), &["judge"]);
    signal("-TERM", job.id());
    let ended = end_of(job).expect("it ends");
    assert_eq!(ended.signal(), Some(15));
}

/// One file of so many runs of 40 s, one after the other.
fn many_activities(count: usize) -> String {
    let mut text = "<TrainingCenterDatabase><Activities>".to_owned();
    for k in 0..count {
        let at = |second: usize| {
            let second = 100 * k + second;
            let (day, rest) = (1 + second / 86_400, second % 86_400);
            format!("2024-01-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
        };
        let _ = write!(
            text,
            "<Activity Sport='Running'><Id>{}</Id><Lap StartTime='{}'><Track>",
            at(0),
            at(0)
        );
        for second in [0, 20, 40] {
            let _ = write!(
                text,
                "<Trackpoint><Time>{}</Time><HeartRateBpm><Value>140</Value></HeartRateBpm></Trackpoint>",
                at(second)
            );
        }
        text += "</Track></Lap></Activity>";
    }
    text + "</Activities></TrainingCenterDatabase>"
}
