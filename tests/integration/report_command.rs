//! `--report`: what is written, what is left alone, what is removed, and how it fails.
use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use assert_cmd::Command;
use assert_cmd::assert::Assert;

const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");
const MANIFEST: &str = ".talktest-report";

fn audit(folder: &Path, report: &Path, arguments: &[&str]) -> Assert {
    let mut command = Command::cargo_bin("talktest").unwrap();
    command.env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"));
    command.arg("audit").arg(folder).arg("--report").arg(report).args(arguments).assert()
}

fn out(assert: &Assert) -> String {
    String::from_utf8_lossy(&assert.get_output().stdout).into_owned()
}

fn err(assert: &Assert) -> String {
    String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
}

/// A folder with the recovery runs of these names.
fn runs(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names.iter().chain(&["talktest.toml"]) {
        std::fs::copy(Path::new(SEASON).join(name), folder.path().join(name)).unwrap();
    }
    folder
}

const FIRST: &str = "2026-04-01_recovery_30min.fit";
const SECOND: &str = "2026-05-06_recovery_30min.fit";

/// Every file of a report, with its bytes and the time of its last change.
fn files(report: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let entries = walkdir::WalkDir::new(report).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(report).unwrap().to_str().unwrap().to_owned();
            let changed = entry.metadata().unwrap().modified().unwrap();
            (name, (std::fs::read(entry.path()).unwrap(), changed))
        })
        .collect()
}

fn names(report: &Path) -> Vec<String> {
    files(report).into_keys().collect()
}

#[test]
fn a_report_says_where_it_is_and_lists_what_it_wrote() {
    let (folder, target) = (runs(&[FIRST, SECOND]), tempfile::tempdir().unwrap());
    let report = target.path().join("deep/report");
    let done = audit(folder.path(), &report, &[]).code(0);
    let last = out(&done).lines().last().unwrap().to_owned();
    assert!(last.starts_with("Report: ") && last.ends_with("index.html"), "{last}");
    let mut listed: Vec<String> = std::fs::read_to_string(report.join(MANIFEST))
        .unwrap()
        .lines()
        .skip(1)
        .map(str::to_owned)
        .collect();
    listed.insert(0, MANIFEST.to_owned());
    assert_eq!(names(&report), listed);
    assert_eq!(listed.len(), 5, "two runs, the criteria, the index, the list itself");
}

#[test]
fn other_formats_stay_as_they_are() {
    let (folder, target) = (runs(&[FIRST]), tempfile::tempdir().unwrap());
    for format in ["json", "ndjson"] {
        let with = audit(folder.path(), &target.path().join(format), &["--format", format]).code(0);
        let without = Command::cargo_bin("talktest")
            .unwrap()
            .args(["audit", folder.path().to_str().unwrap(), "--format", format])
            .assert();
        assert_eq!(out(&with), out(&without));
        assert!(target.path().join(format).join("index.html").is_file());
    }
}

#[test]
fn equal_input_gives_equal_bytes_whatever_the_threads() {
    let target = tempfile::tempdir().unwrap();
    let bytes = |name: &str, jobs: &str| {
        let report = target.path().join(name);
        audit(Path::new(SEASON), &report, &["--all", "--jobs", jobs]).code(0);
        files(&report).into_iter().map(|(name, (bytes, _))| (name, bytes)).collect::<Vec<_>>()
    };
    let (one, four) = (bytes("one", "1"), bytes("four", "4"));
    assert!(one == four, "the pages differ");
    assert!(one.len() > 40);
    for (name, page) in one.iter().filter(|(name, _)| name.starts_with("runs/")) {
        assert!(page.len() <= 60_000, "{name} has {} bytes", page.len());
    }
}

#[test]
fn only_what_has_changed_is_written() {
    let (folder, target) = (runs(&[FIRST]), tempfile::tempdir().unwrap());
    let report = target.path().join("report");
    audit(folder.path(), &report, &[]).code(0);
    let before = files(&report);
    audit(folder.path(), &report, &[]).code(0);
    assert!(files(&report) == before, "nothing had changed, and yet a file was written");
    std::fs::copy(Path::new(SEASON).join(SECOND), folder.path().join(SECOND)).unwrap();
    audit(folder.path(), &report, &[]).code(0);
    let after = files(&report);
    assert_eq!(after["criteria.html"], before["criteria.html"]);
    assert_ne!(after["index.html"].0, before["index.html"].0);
}

#[test]
fn pages_of_runs_that_are_gone_are_removed_and_nothing_else() {
    let (folder, target) = (runs(&[FIRST, SECOND]), tempfile::tempdir().unwrap());
    let report = target.path().join("report");
    audit(folder.path(), &report, &[]).code(0);
    std::fs::write(report.join("mine.txt"), "mine").unwrap();
    std::fs::write(report.join("runs/mine.html"), "mine").unwrap();
    std::fs::write(report.join("runs/.talktest-unfinished-abc"), "half").unwrap();
    std::fs::remove_file(folder.path().join(SECOND)).unwrap();
    audit(folder.path(), &report, &[]).code(0);
    let left = names(&report);
    assert!(left.contains(&"mine.txt".to_owned()) && left.contains(&"runs/mine.html".to_owned()));
    assert_eq!(left.iter().filter(|name| name.starts_with("runs/2026-")).count(), 1);
    assert!(!left.iter().any(|name| name.contains("unfinished")), "{left:?}");
}

#[test]
fn a_list_that_was_tampered_with_removes_no_other_file() {
    let (folder, target) = (runs(&[FIRST]), tempfile::tempdir().unwrap());
    let report = target.path().join("report");
    audit(folder.path(), &report, &[]).code(0);
    std::fs::write(target.path().join("precious.html"), "mine").unwrap();
    std::fs::write(report.join("notes.csv"), "mine").unwrap();
    let mut list = std::fs::read_to_string(report.join(MANIFEST)).unwrap();
    list.push_str("../precious.html\nnotes.csv\nruns/../../precious.html\n");
    std::fs::write(report.join(MANIFEST), list).unwrap();
    audit(folder.path(), &report, &[]).code(0);
    assert!(target.path().join("precious.html").is_file());
    assert!(report.join("notes.csv").is_file());
}

#[test]
fn the_folder_of_somebody_else_is_refused_before_any_work() {
    let (folder, target) = (runs(&[FIRST]), tempfile::tempdir().unwrap());
    let foreign = target.path().join("photos");
    std::fs::create_dir(&foreign).unwrap();
    std::fs::write(foreign.join("index.html"), "mine").unwrap();
    let refused = audit(folder.path(), &foreign, &[]).code(2);
    assert_eq!(out(&refused), "");
    assert!(err(&refused).contains("no report of talktest"), "{}", err(&refused));
    assert_eq!(names(&foreign), ["index.html"]);
    assert_eq!(std::fs::read(foreign.join("index.html")).unwrap(), b"mine");
    audit(folder.path(), &foreign.join("index.html"), &[]).code(2);
    audit(folder.path(), folder.path(), &[]).code(2);
}

#[test]
fn a_report_in_the_folder_that_is_read_is_no_run() {
    let folder = runs(&[FIRST]);
    let report = folder.path().join("report");
    let first = out(&audit(folder.path(), &report, &[]).code(0));
    let before = files(&report);
    let second = out(&audit(folder.path(), &report, &[]).code(0));
    assert_eq!(first, second);
    assert!(files(&report) == before);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_ends_with_74_and_leaves_the_old_report_whole() {
    use std::os::unix::fs::symlink;
    let (folder, target) = (runs(&[FIRST, SECOND]), tempfile::tempdir().unwrap());
    let report = target.path().join("report");
    audit(folder.path(), &report, &[]).code(0);
    let before = files(&report);
    // A folder where the index should be cannot be replaced by a file, whoever runs the test.
    std::fs::remove_file(folder.path().join(SECOND)).unwrap();
    std::fs::rename(report.join("index.html"), target.path().join("kept")).unwrap();
    std::fs::create_dir_all(report.join("index.html/full")).unwrap();
    let failed = audit(folder.path(), &report, &[]).code(74);
    assert!(err(&failed).contains("index.html"), "{}", err(&failed));
    std::fs::remove_dir_all(report.join("index.html")).unwrap();
    std::fs::rename(target.path().join("kept"), report.join("index.html")).unwrap();
    let after = files(&report);
    let pages = |files: &BTreeMap<String, (Vec<u8>, SystemTime)>| -> Vec<String> {
        files.keys().cloned().collect()
    };
    assert_eq!(pages(&after), pages(&before), "the index still finds every page");
    audit(folder.path(), &report, &[]).code(0);
    assert!(names(&report).len() < before.len());
    // A link out of the folder is not followed.
    std::fs::remove_dir_all(report.join("runs")).unwrap();
    let elsewhere = target.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, report.join("runs")).unwrap();
    audit(folder.path(), &report, &[]).code(2);
    assert_eq!(names(&elsewhere).len(), 0);
    audit(folder.path(), Path::new("/dev/null/report"), &[]).code(2);
}
