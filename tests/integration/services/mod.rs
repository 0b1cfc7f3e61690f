//! Exports of other services: written by our own generator, made to hurt, and compared with the facts
//! of real ones where those lie beside the project.

mod apple_health;
mod hostile;
mod joined_files;
mod manifest;
mod one_file;
mod tables;
pub(crate) mod tracks;

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

use crate::support::export_folder as folder;

/// What the built command says of a folder.
fn audit(folder: &Path) -> Value {
    let output = Command::cargo_bin("talktest")
        .unwrap()
        .env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"))
        .args(["audit", "--all", "--no-logbook", "--format", "json"])
        .arg(folder)
        .output()
        .unwrap();
    let code = output.status.code();
    assert!(code.is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}
