//! The built command, given arguments and what it reads.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// Runs the command to its end.
pub fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_talktest"))
        .args(arguments)
        .env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    // Whoever refuses its arguments does not read.
    let _ = writer.join().unwrap();
    output
}
