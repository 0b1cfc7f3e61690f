//! Archives through the built command: what lies in them is found, and nothing in them is trusted.
use std::collections::BTreeSet;
use std::path::Path;

use crate::support::packing::{gz, tar, zip};
use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(SEASON).join(name)).unwrap()
}

fn folder_of(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn text(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::cargo_bin("talktest")
        .unwrap()
        .env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"))
        .arg("audit")
        .arg(folder)
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn document(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&text(folder, &[&["--format", "json", "--all"], arguments].concat()))
        .unwrap()
}

fn problems(document: &Value) -> Vec<(&str, &str)> {
    let problems = document["problems"].as_array().unwrap().iter();
    problems.map(|one| (one["path"].as_str().unwrap(), one["kind"].as_str().unwrap())).collect()
}

fn assert_adds_up(document: &Value) {
    let count = |key: &str| document["files"][key].as_u64().unwrap();
    let parts = ["with_runs", "not_runs", "duplicates", "failed"];
    assert_eq!(count("seen"), parts.into_iter().map(count).sum::<u64>(), "{}", document["files"]);
}

/// Runs without the names of their files.
fn runs(document: &Value) -> Vec<Value> {
    let mut runs = document["runs"].as_array().unwrap().clone();
    for run in &mut runs {
        run["sources"] = Value::Null;
        run["label"]["by"] = Value::Null;
        run["label"]["conflicts"] = Value::Null;
    }
    runs
}

const RUN: &str = "2026-04-20_recovery.fit";
const OTHER: &str = "activity_593770.gpx";

#[test]
fn an_archive_is_read_like_the_folder_that_was_packed() {
    let names: Vec<String> = std::fs::read_dir(SEASON)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        // Plan and notes are looked for in folders alone.
        .filter(|name| !name.contains(".csv"))
        .collect();
    let contents: Vec<Vec<u8>> = names.iter().map(|name| bytes(name)).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().map(String::as_str).zip(contents.iter().map(Vec::as_slice)).collect();
    let folder = folder_of(&[("export.zip", &zip(&files))]);
    let tarred = folder_of(&[("export.zip", &gz(&tar(&files)))]);
    let unpacked = folder_of(&files);
    let config = unpacked.path().join("talktest.toml").to_str().unwrap().to_owned();
    let packed = document(folder.path(), &["--config", &config]);
    let plain = document(unpacked.path(), &["--config", &config]);
    assert_eq!(runs(&packed), runs(&plain));
    assert_eq!(
        document(tarred.path(), &["--config", &config]),
        packed,
        "whatever its kind and name"
    );
    assert_eq!(packed["athletes"], plain["athletes"]);
    assert_eq!(packed["runs"][0]["sources"][0]["path"], "export.zip/2025-04-01-18-15-00.fit");
    assert_adds_up(&packed);
    let named = document(&folder.path().join("export.zip"), &["--config", &config]);
    assert_eq!(named["runs"], packed["runs"], "an archive may be named itself");
}

#[test]
fn copies_in_any_packing_are_one_run_with_all_its_names() {
    let run = bytes(RUN);
    let (packed, nested) = (gz(&run), zip(&[("part.zip", &zip(&[("a.fit.gz", &gz(&run))]))]));
    let tgz = gz(&tar(&[("part.zip", &zip(&[("a.fit", &run)]))]));
    let folder = folder_of(&[
        ("a.fit", &run),
        ("b/a.fit.gz", &packed),
        ("c.zip", &nested),
        ("d.tgz", &tgz),
        ("e.tar", &tar(&[("a.fit", &run), ("part.zip", &zip(&[("b.tgz", &tgz)]))])),
        ("f.zip", &zip(&[("part.tgz", &gz(&tar(&[("a.fit", &run)])))])),
    ]);
    let document = document(folder.path(), &[]);
    let sources = document["runs"][0]["sources"].as_array().unwrap();
    let paths: BTreeSet<&str> =
        sources.iter().map(|source| source["path"].as_str().unwrap()).collect();
    let expected = BTreeSet::from([
        "a.fit",
        "b/a.fit.gz",
        "c.zip/part.zip/a.fit.gz",
        "d.tgz/part.zip/a.fit",
        "e.tar/a.fit",
        "f.zip/part.tgz/a.fit",
    ]);
    assert_eq!(paths, expected);
    assert_eq!(
        (&document["files"]["runs"], &document["files"]["duplicates"]),
        (&1.into(), &5.into())
    );
    let told = problems(&document);
    assert_eq!(told, [("e.tar/part.zip/b.tgz", "limit_exceeded")], "archives end somewhere");
    assert_adds_up(&document);
}

#[test]
fn a_broken_archive_is_a_line_and_the_others_are_read() {
    let whole = zip(&[("a.fit", &bytes(RUN)), ("b.gpx", &bytes(OTHER))]);
    let mut locked = whole.clone();
    let central = locked.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[central + 8] |= 1;
    let folder = folder_of(&[
        ("cut.zip", &whole[..whole.len() / 2]),
        ("empty.zip", &zip(&[])),
        ("locked.zip", &locked),
        ("cut.tgz", &gz(&tar(&[("a.fit", &bytes(RUN))]))[..2000]),
        (
            "cut.tar",
            &tar(&[("c.gpx", &bytes(OTHER)), ("d.fit", &bytes(RUN))])[..bytes(OTHER).len() + 2000],
        ),
        ("cut.fit.gz", &gz(&bytes("2026-04-10-18-15-00.fit"))[..4000]),
        ("side/__MACOSX/._a.fit", b"\0\x05\x16\x07"),
    ]);
    let document = document(folder.path(), &[]);
    let told = problems(&document);
    assert!(told.contains(&("cut.zip", "truncated")), "{told:?}");
    assert!(told.contains(&("locked.zip/a.fit", "encrypted")), "{told:?}");
    assert!(told.contains(&("cut.fit.gz", "truncated")), "{told:?}");
    assert!(told.contains(&("cut.tgz", "truncated")), "{told:?}");
    assert!(told.contains(&("cut.tar", "truncated")), "{told:?}");
    let not_runs = document["not_runs"].to_string();
    assert!(not_runs.contains("an empty archive") && not_runs.contains("macOS"), "{not_runs}");
    assert_eq!(document["files"]["runs"], 2, "the other entry of the locked one, and the cut run");
    assert_adds_up(&document);
}

#[test]
fn no_name_leads_anywhere_and_none_is_obeyed() {
    let evil = [
        "../../../../../escaped.fit",
        "/absolute.fit",
        "C:\\windows\\system.fit",
        "<script>alert(1)<\u{2044}script>\u{1b}[31m\u{202e}tif.fit",
    ];
    let run = bytes(RUN);
    let files: Vec<(&str, &[u8])> = evil.iter().map(|name| (*name, run.as_slice())).collect();
    let folder = folder_of(&[("in/evil.zip", &zip(&files))]);
    let document = document(&folder.path().join("in"), &[]);
    let paths = document["runs"][0]["sources"].to_string();
    assert!(paths.contains("evil.zip/escaped.fit") && !paths.contains(".."), "{paths}");
    let entries = |path: &Path| std::fs::read_dir(path).unwrap().count();
    assert_eq!((entries(folder.path()), entries(&folder.path().join("in"))), (1, 1));
    let shown = text(&folder.path().join("in"), &["--all", "-v"]);
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{shown:?}");
}

#[test]
fn an_entry_cannot_climb_into_another_athletes_folder() {
    let settings = "[athletes.anna]\nfolder = \"anna\"\n[athletes.ben]\nfolder = \"ben\"\n";
    let evil = zip(&[("../ben/run.fit", &bytes(RUN))]);
    let folder = folder_of(&[("talktest.toml", settings.as_bytes()), ("anna/a.zip", &evil)]);
    let document = document(folder.path(), &[]);
    assert_eq!(document["runs"][0]["athlete"], "anna");
    assert_eq!(document["runs"][0]["sources"][0]["path"], "anna/a.zip/ben/run.fit");
}

#[test]
fn bombs_go_off_in_a_sentence() {
    let zeros = vec![0; 40 << 20];
    let settings = "[reading]\nmax_unpacked_bytes = 1000000\nmax_unpacked_ratio = 100000\n";
    let bomb = zip(&[("a.gpx", &[b"<gpx>".as_slice(), &zeros].concat())]);
    let deep = (0..6).fold(bytes(RUN), |inner, _| zip(&[("next.zip", &inner)]));
    let folder = folder_of(&[
        ("bomb.gz", &gz(&[b"<gpx>".as_slice(), &zeros].concat())),
        ("deep.zip", &deep),
    ]);
    let document_of_both = document(folder.path(), &[]);
    let told = problems(&document_of_both);
    assert!(told.contains(&("bomb.gz", "limit_exceeded")), "{told:?}");
    assert_eq!(
        told.iter().filter(|(path, _)| path.starts_with("deep.zip/")).count(),
        1,
        "{told:?}"
    );
    assert_adds_up(&document_of_both);
    let small = folder_of(&[("talktest.toml", settings.as_bytes()), ("bomb.zip", &bomb)]);
    let detail = document(small.path(), &[])["problems"].to_string();
    assert!(detail.contains("max_unpacked_bytes"), "{detail}");
}

#[test]
fn plan_and_notes_beside_the_runs_are_found() {
    let run = bytes("2026-03-31-18-15-00.fit");
    let notes = "date,label,rpe\n2026-03-31,recovery,6\n";
    let folder = folder_of(&[
        ("run.fit", &run),
        ("notes.csv", notes.as_bytes()),
        ("plan.csv", b"date,label,planned_minutes\n2026-03-31,easy,20\n"),
    ]);
    let found = document(folder.path(), &[]);
    let label = &found["runs"][0]["label"];
    assert_eq!((&label["kind"], &label["by"]), (&"recovery".into(), &"notes.csv line 2".into()));
    assert_eq!(label["conflicts"][0]["by"], "plan.csv line 2");
    let findings = found["runs"][0]["audit"]["findings"].as_array().unwrap();
    let of = |id: &str| findings.iter().find(|one| one["criterion"] == id).unwrap();
    assert_eq!(of("effort-rating")["value"], 6.0);
    assert_eq!(of("planned-end")["result"], "slip", "the plan's 20 minutes were overrun");
    let foreign = folder_of(&[("run.fit", &run), ("notes.csv", b"title;text\nshopping;milk\n")]);
    assert_eq!(document(foreign.path(), &[])["files"]["not_runs"], 1, "somebody else's notes");
}

#[test]
fn labels_tell_who_says_what() {
    let folder = folder_of(&[
        ("recovery/run.fit", &bytes("2026-03-31-18-15-00.fit")),
        ("labels.csv", b"file,label\nrun.fit,easy\n"),
    ]);
    let output = Command::cargo_bin("talktest")
        .unwrap()
        .env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"))
        .args(["labels", "--format", "json"])
        .arg(folder.path())
        .output()
        .unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let run = &document["runs"][0];
    assert_eq!(run["kind"], "easy");
    let told: Vec<(&str, &str, &str)> = run["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["standing"] != "silent")
        .map(|one| ["by", "source", "standing"].map(|key| one[key].as_str().unwrap()))
        .map(|[by, source, standing]| (by, source, standing))
        .collect();
    assert_eq!(
        told,
        [
            ("labels.csv line 2", "notes", "wins"),
            ("recovery/run.fit", "workout", "conflicts"),
            ("recovery/run.fit", "folder", "conflicts"),
        ]
    );
}
