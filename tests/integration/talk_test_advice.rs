//! That people differ from percentages, and that a talk test settles it, is said once per athlete.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const PLEA: &str = "people differ from them by 5 to 8 bpm. A talk test settles it";

/// What an audit of a folder of settings and two runs of the season writes, in single blanks.
fn audit(settings: &str, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let runs = ["2026-05-02-07-30-00.fit", "2026-05-09-18-15-00.fit", "2026-04-29-07-30-00.fit"];
    for run in runs {
        std::fs::copy(Path::new("fixtures/season").join(run), folder.path().join(run)).unwrap();
    }
    std::fs::write(folder.path().join("talktest.toml"), settings).unwrap();
    let report = folder.path().join("report");
    let mut command = Command::cargo_bin("talktest").unwrap();
    command.args(["audit", "--no-logbook"]).args(arguments).arg(folder.path());
    command.arg("--report").arg(&report).env("COLUMNS", "100");
    let written = command.assert().code(0).get_output().stdout.clone();
    let page = std::fs::read_to_string(report.join("index.html")).unwrap();
    assert_eq!(words(&page).contains(PLEA), words_of(&written).contains(PLEA), "{page}");
    words_of(&written)
}

fn words_of(bytes: &[u8]) -> String {
    // Markdown keeps what looks like the name of a host from becoming a link.
    words(&String::from_utf8_lossy(bytes).replace(['\\', '\u{2060}'], ""))
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const TESTED: &str = "[[athlete.heart_rate]]\nmax = 190\nmax_source = \"tested\"\nresting = 50\n";

#[test]
fn two_runs_that_fail_by_a_percentage_are_one_plea() {
    for format in ["table", "markdown"] {
        let text = audit(TESTED, &["--format", format]);
        assert_eq!(text.matches(PLEA).count(), 1, "{format}: {text}");
        assert_eq!(text.matches("talk test").count(), 1, "{format}: {text}");
        assert!(text.contains("docs/talk-test.md"), "{format}: {text}");
    }
    let document: Value = serde_json::from_str(&audit(TESTED, &["--format", "json"])).unwrap();
    assert!(document["athletes"][0]["advice"].as_str().unwrap().contains(PLEA));
}

#[test]
fn nobody_is_asked_twice_for_a_talk_test() {
    let tested = "[[athlete.heart_rate]]\ntalk_test = 145\n";
    let text = audit(tested, &["--format", "table"]);
    assert!(text.contains("NOT RECOVERY") && !text.contains(PLEA), "{text}");
    let document: Value = serde_json::from_str(&audit(tested, &["--format", "json"])).unwrap();
    assert_eq!(document["athletes"][0]["advice"], Value::Null);
}

#[test]
fn who_fails_nothing_is_not_told() {
    let high = TESTED.replace("190", "215");
    let text = audit(&high, &["--format", "table"]);
    assert!(!text.contains("NOT RECOVERY") && !text.contains(PLEA), "{text}");
}
