//! `talktest show`: one run, with everything that an audit of its folder knows.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const SEASON: &str = "fixtures/season";

fn shown(arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("talktest").unwrap();
    let done = command.arg("show").args(arguments).env("COLUMNS", "80").assert().code(0);
    let text = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The recovery runs of a folder as its audit judges them, by file.
fn audited(folder: &Path) -> Vec<(String, Value)> {
    let mut command = Command::cargo_bin("talktest").unwrap();
    let done = command.arg("audit").arg(folder).args(["--format", "json"]).assert().code(0);
    let document: Value = serde_json::from_slice(&done.get_output().stdout).unwrap();
    let runs = document["runs"].as_array().unwrap().iter();
    runs.map(|run| (run["sources"][0]["path"].as_str().unwrap().to_owned(), run["audit"].clone()))
        .collect()
}

#[test]
fn a_run_is_judged_as_the_audit_of_its_folder_judges_it() {
    let runs = audited(Path::new(SEASON));
    let mut seen = 0;
    for (path, audit) in runs.iter().take(3) {
        let shown = shown(&[&format!("{SEASON}/{path}")]);
        let because = audit["because"].as_str().unwrap();
        let because = because.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains(&because), "{because}\nis missing in:\n{shown}");
        for finding in audit["findings"].as_array().unwrap() {
            let text = finding["text"].as_str().unwrap_or_default();
            if finding["result"] == "fail" || finding["criterion"] == "placement" {
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(shown.contains(&text), "{text}\nis missing in:\n{shown}");
            }
        }
        seen += 1;
    }
    assert_eq!(seen, 3);
}

#[test]
fn settings_of_the_folder_around_count_unless_the_file_stands_alone() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("export/activities");
    std::fs::create_dir_all(&inner).unwrap();
    let run = inner.join("2026-04-20_recovery.fit");
    std::fs::copy(Path::new(SEASON).join("2026-04-20_recovery.fit"), &run).unwrap();
    let settings = "[[athlete.heart_rate]]\nceiling = 123\n";
    std::fs::write(folder.path().join("talktest.toml"), settings).unwrap();
    let run = run.to_str().unwrap();
    assert!(shown(&[run]).contains("123"), "{}", shown(&[run]));
    assert!(!shown(&[run, "--alone"]).contains("123"), "{}", shown(&[run, "--alone"]));
}

#[test]
fn the_logbook_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let logbook = folder.path().join("logbook.sqlite");
    let run = format!("{SEASON}/2026-05-13_recovery_30min.fit");
    let without = shown(&[&run]);
    for night in ["first", "second"] {
        assert_eq!(shown(&[&run, "--logbook", logbook.to_str().unwrap()]), without, "{night}");
    }
    assert!(logbook.is_file());
}

#[test]
fn an_archive_is_listed_and_each_of_its_runs_can_be_shown() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["2026-05-06_recovery_30min.fit", "2026-05-13_recovery_30min.fit"];
    let files = names.map(|name| std::fs::read(Path::new(SEASON).join(name)).unwrap());
    let entries = [(names[0], files[0].as_slice()), (names[1], files[1].as_slice())];
    let archive = folder.path().join("export.zip");
    std::fs::write(&archive, crate::support::packing::zip(&entries)).unwrap();
    let archive = archive.to_str().unwrap();

    let views = |text: &str| text.matches("Time in zones").count();
    let list = shown(&[archive]);
    assert!(list.contains("2 runs, judged as if") && list.contains("--run 2026-05-13"), "{list}");
    assert!(list.contains("2026-05-06 ") && list.contains("2026-05-13 "), "{list}");
    assert_eq!(views(&list), 0, "{list}");
    for (run, name) in [("2026-05-06", names[0]), ("05-13_RECOVERY", names[1])] {
        let one = shown(&[archive, "--run", run]);
        assert!(one.contains(name) && views(&one) == 1, "{one}");
    }
    assert_eq!(views(&shown(&[archive, "--run", "recovery"])), 0, "two are listed");
    assert_eq!(views(&shown(&[archive, "--all"])), 2);
    let mut command = Command::cargo_bin("talktest").unwrap();
    let none = command.args(["show", archive, "--run", "2020-01-01"]).assert().code(2);
    let said = String::from_utf8_lossy(&none.get_output().stderr).into_owned();
    assert!(said.contains("holds no run of 2020-01-01"), "{said}");
}
