//! The two halves apart give what they give together: `measure` into `judge` is `audit`, byte for
//! byte, whatever happens to the lines between.
#[allow(unused_imports, reason = "its own tests run elsewhere")]
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::fixtures::exports::{garmin_export, strava_export, zip_of};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::command::run;

const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");
const SETTINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season/talktest.toml");

fn out(arguments: &[&str], input: &[u8]) -> String {
    let output = run(arguments, input);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn measure(arguments: &[&str]) -> String {
    out(&[&["measure"], arguments].concat(), b"")
}

fn judge(rows: &str, arguments: &[&str]) -> Output {
    run(&[&["judge"], arguments].concat(), rows.as_bytes())
}

fn document(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Every format, and every selection in one of them.
const ASKED: [&[&str]; 7] = [
    &["--format", "table", "--all", "-v"],
    &["--format", "json"],
    &["--format", "json", "--as-recovery", "--since", "2026-04-15", "--units", "imperial"],
    &["--format", "table", "--until", "2026-04-20"],
    &["--format", "ndjson"],
    &["--format", "csv", "--all"],
    &["--format", "markdown"],
];

/// Asserts that each of these rows judged are the folders audited.
fn assert_same(rows: &[&str], folders: &[&str], config: &str, asked: &[&[&str]]) {
    // Notes and plan lie beside the settings for one and in the folder for the other.
    let alone = TempDir::new().unwrap();
    let copy = alone.path().join("talktest.toml");
    std::fs::copy(config, &copy).unwrap();
    let is_beside =
        folders.iter().any(|folder| Path::new(config).parent() == Some(Path::new(folder)));
    let config = if is_beside { config } else { copy.to_str().unwrap() };
    for asked in asked {
        let asked = [&["--config", config], *asked].concat();
        let audited = run(&[&["audit"], folders, &asked].concat(), b"");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        for rows in rows {
            let judged = judge(rows, &asked);
            assert_eq!(text(&judged.stdout), text(&audited.stdout), "{asked:?}");
            assert_eq!(text(&judged.stderr), text(&audited.stderr), "{asked:?}");
            assert_eq!(judged.status, audited.status);
        }
        assert!(!audited.stdout.is_empty() || asked.contains(&"ndjson"));
    }
}

/// The lines in another order, each at another place.
fn shuffled(rows: &str) -> String {
    let mut lines: Vec<&str> = rows.lines().collect();
    lines.sort_by_key(|line| line.bytes().rev().take(9).collect::<Vec<u8>>());
    lines.reverse();
    assert_ne!(lines, rows.lines().collect::<Vec<_>>());
    lines.join("\n") + "\n"
}

/// Two athletes, files of nobody, a copy, an archive, a side file, a broken file, a blocked place,
/// and settings that are not used.
fn two_athletes() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    for inner in ["anna/deep", "ben", "else"] {
        std::fs::create_dir_all(at(inner)).unwrap();
    }
    let files: Vec<_> =
        std::fs::read_dir(SEASON).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let mut files: Vec<&str> = files.iter().map(|name| name.to_str().unwrap()).collect();
    files.sort_unstable();
    for (k, name) in files.iter().filter(|name| **name != "talktest.toml").enumerate() {
        let owner = ["anna", "ben"][k % 2];
        std::fs::copy(Path::new(SEASON).join(name), at(owner).join(name)).unwrap();
    }
    let copy = |from: &str, to: &str| {
        std::fs::copy(Path::new(SEASON).join(from), at(to)).unwrap();
    };
    copy("2026-04-20_recovery.fit", "anna/deep/copy.fit");
    copy("2026-04-20_recovery.fit", "ben/copy.fit");
    copy("2026-04-20_recovery.fit", "else/nobody.fit");
    let write = |path: &str, text: &str| std::fs::write(at(path), text).unwrap();
    write("anna/broken.gpx", "<gpx><trk>");
    write("ben/notes.txt", "hello");
    write("ben/talktest.toml", "units = \"imperial\"\n");
    write("export.zip", "PK\u{3}\u{4} and no more");
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", at("anna/lost.fit")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), at("ben/round")).unwrap();
    write(
        "talktest.toml",
        "[athletes.anna]\nfolder = \"anna\"\n[[athletes.anna.heart_rate]]\ntalk_test = 146\n\
         [athletes.ben]\nfolder = \"ben\"\nnotes = { file = \"ben.csv\" }\n",
    );
    write("ben.csv", "date,label,rpe\n2026-05-07,recovery,2\n");
    folder
}

#[test]
fn a_season_in_two_halves_is_the_season() {
    let rows = measure(&[SEASON]);
    assert_same(&[&rows], &[SEASON], SETTINGS, &ASKED[..4]);
    assert_same(&[&shuffled(&rows)], &[SEASON], SETTINGS, &ASKED[..1]);
}

#[test]
fn two_athletes_in_two_halves_are_two_athletes() {
    let folder = two_athletes();
    let path = folder.path().to_str().unwrap();
    let config = folder.path().join("talktest.toml");
    let config = config.to_str().unwrap();
    let rows = measure(&[path]);
    assert_same(&[&rows, &shuffled(&rows)], &[path], config, &ASKED[..2]);
    for athlete in ["anna", "ben"] {
        let asked = ["--config", config, "--format", "json", "--athlete", athlete];
        let audited = document(&run(&[&["audit", path], &asked[..]].concat(), b""));
        assert_eq!(document(&judge(&rows, &asked)), audited, "{athlete}");
        let files = &audited["files"];
        let count = |key: &str| files[key].as_u64().unwrap();
        let sum: u64 = ["with_runs", "not_runs", "duplicates", "failed"].map(count).iter().sum();
        assert_eq!(count("seen"), sum, "{files}");
    }
}

#[test]
fn rows_of_several_measurings_are_those_of_one() {
    let folder = tempfile::tempdir().unwrap();
    let part = |name: &str, files: &[&str]| {
        let part = folder.path().join(name);
        std::fs::create_dir(&part).unwrap();
        for file in files {
            std::fs::copy(Path::new(SEASON).join(file), part.join(file)).unwrap();
        }
        part.to_str().unwrap().to_owned()
    };
    // One file lies in both, under one name.
    let one = part("one", &["2026-04-20_recovery.fit", "broken_off.fit", "Settings.fit"]);
    let two = part("two", &["2026-04-20_recovery.fit", "broken_off.fit", "activity_593770.gpx"]);
    let rows = measure(&[&two]) + &measure(&[&one]);
    assert_same(&[&rows, &shuffled(&rows)], &[&one, &two], SETTINGS, &ASKED);
}

#[test]
fn tables_of_exports_are_joined_with_rows_wherever_they_come() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("strava.zip"), zip_of(&strava_export(7))).unwrap();
    for (name, bytes) in garmin_export(7) {
        let path = at(&format!("garmin/{name}"));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let path = folder.path().to_str().unwrap();
    let rows = measure(&[path]);
    assert!(rows.contains("\"kind\":\"table\""));
    assert_same(&[&rows, &shuffled(&rows)], &[path], SETTINGS, &ASKED[..3]);
}

#[test]
fn both_halves_write_one_report() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let file = format!("{SEASON}/2026-04-20_recovery.fit");
    let asked = ["--config", SETTINGS, "--report"];
    out(&[&["audit", &file], &asked[..], &[&at("whole")]].concat(), b"");
    let rows = measure(&[&file]);
    out(&[&["judge"], &asked[..], &[&at("halves")]].concat(), rows.as_bytes());
    let pages = |name: &str| {
        let runs = std::fs::read_dir(Path::new(&at(name)).join("runs")).unwrap();
        let mut pages: Vec<String> = runs
            .map(|page| std::fs::read_to_string(page.unwrap().path()).unwrap())
            .chain([std::fs::read_to_string(Path::new(&at(name)).join("index.html")).unwrap()])
            .collect();
        pages.sort();
        pages
    };
    assert_eq!(pages("halves"), pages("whole"));
    assert!(pages("whole").len() > 1);
}

#[test]
fn every_file_is_at_least_one_line_and_no_run_more_than_one() {
    let folder = two_athletes();
    let rows = measure(&[folder.path().to_str().unwrap()]);
    let lines: Vec<Value> = rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of =
        |path: &str| -> Vec<&Value> { lines.iter().filter(|line| line["path"] == path).collect() };
    let one = |path: &str| -> &Value {
        assert_eq!(of(path).len(), 1, "{path}");
        of(path)[0]
    };
    assert_eq!(one("anna/deep/copy.fit")["kind"], "session");
    assert_eq!(one("anna/deep/copy.fit")["athlete"], "anna");
    assert_eq!(one("else/nobody.fit")["athlete"], Value::Null);
    assert!(one("else/nobody.fit")["nobody"].as_str().unwrap().contains("no athlete's folder"));
    assert_eq!(one("anna/broken.gpx")["kind"], "failed");
    assert_eq!(one("ben/notes.txt")["kind"], "not_a_run");
    assert_eq!(one("export.zip")["kind"], "failed");
    #[cfg(unix)]
    assert_eq!(
        (&one("anna/lost.fit")["kind"], &one("anna/lost.fit")["lost"]),
        (&"closed".into(), &true.into())
    );
    #[cfg(unix)]
    assert_eq!(one("ben/round")["lost"], false);
    let broken_off =
        lines.iter().find(|line| line["path"].as_str().unwrap().ends_with("broken_off.fit"));
    assert_eq!(broken_off.unwrap()["warnings"][0]["kind"], "truncated");
    for line in &lines {
        assert_eq!(line["schema"], "talktest/row/2");
        assert_eq!(line["measuring"], talktest::metrics::MEASURING);
    }
}

#[test]
fn listed_files_belong_to_the_athlete_of_their_folder() {
    let folder = two_athletes();
    let at = |file: &str| folder.path().join(file).to_str().unwrap().to_owned();
    let list = [at("ben/gone.fit"), at("anna/deep/copy.fit")].join("\0");
    let listed = ["measure", "--files-from", "-", "-0", "--root", &at("")];
    let rows = out(&[&listed[..], &["--missing", "row"]].concat(), list.as_bytes());
    let lines: Vec<Value> = rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let said: Vec<_> = lines
        .iter()
        .map(|line| ["path", "athlete", "kind"].map(|key| line[key].as_str().unwrap()))
        .collect();
    let expected = [["anna/deep/copy.fit", "anna", "session"], ["ben/gone.fit", "ben", "failed"]];
    assert_eq!(said, expected);
    assert_eq!(lines[1]["problem"]["detail"], "it does not exist");
    let refused = run(&["measure", "--files-from", "-"], b"gone.fit\nlost.fit\n");
    let why = String::from_utf8(refused.stderr).unwrap();
    assert_eq!((refused.status.code(), refused.stdout.as_slice()), (Some(2), &b""[..]));
    assert!(why.contains("gone.fit") && why.contains("lost.fit"), "{why}");
}

#[test]
fn the_order_of_lines_does_not_depend_on_threads() {
    assert_eq!(measure(&[SEASON, "--jobs", "1"]), measure(&[SEASON, "--jobs", "3"]));
}

#[test]
fn only_lines_go_to_standard_output_and_nothing_else_is_said() {
    let output = run(&["measure", SEASON], b"");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().all(|line| serde_json::from_str::<Value>(line).unwrap().is_object()));
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(measure(&[empty.path().to_str().unwrap()]), "");
    assert_same(&[""], &[empty.path().to_str().unwrap()], SETTINGS, &ASKED);
}

#[test]
fn rubbish_between_the_rows_is_told_by_line_and_counted() {
    let rows = measure(&[SEASON]);
    let (first, rest) = rows.split_once('\n').unwrap();
    let older = first.replacen("talktest/row/2", "talktest/row/1", 1);
    let other = first.replacen("\"measuring\":\"", "\"measuring\":\"1999.", 1);
    let kind = first.replacen("\"kind\":\"session\"", "\"kind\":\"nap\"", 1);
    let bad = ["{\"schema\":", &older, "", &other, &kind, "\u{0}\u{1b}]0;x", "[]"].join("\n");
    let mixed = format!("{first}\n{bad}\n{rest}");
    let judged = judge(&mixed, &["--config", SETTINGS, "--format", "json", "--all"]);
    assert!(judged.status.success());
    let told = String::from_utf8(judged.stderr.clone()).unwrap();
    assert!(told.contains("line 2 of standard input: no row"), "{told}");
    assert!(told.contains("line 7 of standard input") && told.contains("1 more"), "{told}");
    let document = document(&judged);
    let clean = self::document(&judge(&rows, &["--config", SETTINGS, "--format", "json", "--all"]));
    assert_eq!(document["runs"], clean["runs"]);
    let count = |document: &Value, key: &str| document["files"][key].as_u64().unwrap();
    assert_eq!(count(&document, "failed"), count(&clean, "failed") + 6);
    assert_eq!(count(&document, "seen"), count(&clean, "seen") + 6);
    let problems: Vec<(&str, &str)> = document["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["fatal"] == true)
        .map(|problem| (problem["path"].as_str().unwrap(), problem["kind"].as_str().unwrap()))
        .collect();
    let line = |number: u8| format!("line {number} of standard input");
    let expected = [
        (line(2), "malformed"),
        (line(3), "foreign_row"),
        (line(5), "foreign_row"),
        (line(6), "foreign_row"),
        (line(7), "malformed"),
        (line(8), "malformed"),
    ];
    let expected: Vec<_> = expected.iter().map(|(path, kind)| (path.as_str(), *kind)).collect();
    assert_eq!(problems, expected);
    let quiet = judge(&mixed, &["--config", SETTINGS, "-q", "--fail-on", "problems"]);
    assert_eq!(quiet.status.code(), Some(1));
    let table = String::from_utf8(quiet.stdout).unwrap();
    assert!(table.contains("of standard input"), "{table}");
}

#[test]
fn where_nothing_can_be_used_nothing_is_judged() {
    for rubbish in
        ["rubbish\n", "{}", "\u{feff}\n\u{0}\n", "[[[[", "{\"schema\":\"talktest/row/3\"}\n"]
    {
        let judged = judge(rubbish, &["--config", SETTINGS]);
        assert_eq!(judged.status.code(), Some(2), "{rubbish:?}");
        assert_eq!(judged.stdout, b"");
        let told = String::from_utf8(judged.stderr).unwrap();
        assert!(told.contains("line 1 of standard input"), "{told}");
        assert!(told.chars().all(|c| c == '\n' || !c.is_control()), "{told:?}");
    }
    assert_eq!(judge("", &["--athlete", "nobody"]).status.code(), Some(2));
    assert_eq!(
        judge("", &["--since", "2026-02-01", "--until", "2026-01-01"]).status.code(),
        Some(2)
    );
}

#[test]
fn rows_of_an_athlete_whom_the_settings_do_not_know_are_not_judged() {
    let folder = two_athletes();
    let rows = measure(&[folder.path().to_str().unwrap()]);
    let judged = document(&judge(&rows, &["--config", SETTINGS, "--format", "json"]));
    let athletes: Vec<&Value> =
        judged["athletes"].as_array().unwrap().iter().map(|of| &of["athlete"]).collect();
    assert_eq!(athletes, ["me"], "only the file of nobody may be anybody's");
    let unknown = judged["problems"].as_array().unwrap().iter().filter(|problem| {
        problem["kind"] == "no_athlete"
            && problem["detail"].as_str().unwrap().contains("measured as")
    });
    assert!(unknown.count() > 40);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_talktest"))
        .args(["measure", SEASON])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn the_shape_of_the_route_is_written_only_where_it_is_asked_for() {
    let run = format!("{SEASON}/2026-04-20_recovery.fit");
    let has_shape = |arguments: &[&str]| {
        let rows = measure(arguments);
        assert!(rows.contains("\"outline\":"), "{rows}");
        !rows.contains("\"outline\":null")
    };
    assert!(!has_shape(&[&run]));
    assert!(has_shape(&[&run, "--with-map"]));
}
