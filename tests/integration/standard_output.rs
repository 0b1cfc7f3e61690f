//! What becomes of a result that cannot be written: a closed or full standard output ends with 74
//! in every format, and a pipe that nobody reads to its end is no error.
#![cfg(unix)]

use std::process::Command;

const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");
const ONE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season/2026-04-20_recovery.fit");

/// Runs a command whose standard output leads there, and says how it ended and what it said.
fn into(there: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("\"$@\" {there}"), "sh", env!("CARGO_BIN_EXE_talktest")]);
    command.env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"));
    let output = command.args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Whatever writes a result and is no audit.
fn others(paths: &'static str) -> Vec<Vec<&'static str>> {
    vec![
        vec!["measure", paths],
        vec!["labels", paths],
        vec!["labels", paths, "--format", "json"],
        vec!["explain", "--all"],
        vec!["schema"],
        vec!["man"],
    ]
}

/// Everything that writes a result, in every format.
fn results() -> Vec<Vec<&'static str>> {
    let audit =
        |format| vec!["audit", ONE, "--no-logbook", "-q", "--as-recovery", "--format", format];
    talktest::report::OUTPUTS.iter().map(|output| audit(output.id)).chain(others(ONE)).collect()
}

fn assert_not_written(there: &str, why: &str) {
    for arguments in results() {
        let (code, said) = into(there, &arguments);
        assert_eq!(code, Some(74), "{arguments:?}: {said}");
        assert!(
            said.contains("could not be written") && said.contains(why),
            "{arguments:?}: {said}"
        );
    }
}

#[test]
fn a_closed_standard_output_ends_with_74() {
    assert_not_written(">&-", "standard output is closed");
}

#[test]
fn a_program_that_silences_the_command_wholly_is_no_error() {
    // So do Python's and Node's own ways to ignore what a program writes.
    let (code, _) = into("1<>/dev/null 2<>/dev/null", &["audit", ONE, "--no-logbook"]);
    assert_eq!(code, Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_ends_with_74() {
    assert_not_written(">/dev/full", "No space left");
}

#[test]
fn a_pipe_that_nobody_reads_is_no_error() {
    for arguments in others(SEASON) {
        let mut command = Command::new("sh");
        // The end of the command itself counts, not that of its reader.
        let line = "{ \"$@\"; echo \"ended with $?\" >&2; } | true";
        command.args(["-c", line, "sh", env!("CARGO_BIN_EXE_talktest")]).args(&arguments);
        command.env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"));
        let said = String::from_utf8(command.output().unwrap().stderr).unwrap();
        assert_eq!(said, "ended with 0\n", "{arguments:?}");
    }
}
