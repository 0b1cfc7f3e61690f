//! The pages in a real browser: Chromium of the distribution, driven by `tests/browser/check.mjs`.
//! Where node, Chromium or the packages are not there, that is said aloud and nothing is checked.
use std::path::Path;
use std::process::Command;

use crate::support::beside;
use crate::support::report::{SEASON, large_index};

pub const BROWSER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser");

/// What is missing to open a page.
pub fn missing() -> Option<&'static str> {
    let chromium = std::env::var_os("CHROMIUM").unwrap_or_else(|| "/usr/bin/chromium".into());
    let has_node = Command::new("node").arg("--version").output().is_ok();
    let has_packages = Path::new(BROWSER).join("node_modules/playwright-core").is_dir();
    match () {
        () if !has_node => Some("node is not installed"),
        () if !Path::new(&chromium).is_file() => Some("Chromium is not installed"),
        () if !has_packages => Some("`npm ci` was not run in tests/browser"),
        () => None,
    }
}

pub fn talktest(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_talktest"))
        .arg("audit")
        .arg(folder)
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn a_browser_finds_nothing_wrong() {
    if let Some(what) = missing() {
        eprintln!("SKIPPED: no page was opened in a browser: {what}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report");
    let json =
        talktest(Path::new(SEASON), &["--format", "json", "--report", report.to_str().unwrap()]);
    let audit = folder.path().join("audit.json");
    std::fs::write(&audit, json).unwrap();
    let large = folder.path().join("large.html");
    std::fs::write(&large, large_index()).unwrap();
    let checked = Command::new("node")
        .arg(Path::new(BROWSER).join("check.mjs"))
        .args([&report, &audit, &large])
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

#[test]
fn no_label_of_a_real_run_lies_on_another() {
    let Some(corpus) = beside("corpus") else { return };
    if let Some(what) = missing() {
        eprintln!("SKIPPED: no page was opened in a browser: {what}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report");
    talktest(&corpus, &["--all", "--as-recovery", "--report", report.to_str().unwrap()]);
    let looked = Command::new("node")
        .arg(Path::new(BROWSER).join("labels.mjs"))
        .arg(&report)
        .output()
        .unwrap();
    assert!(looked.status.success(), "{}", String::from_utf8_lossy(&looked.stderr));
}
