//! What the command writes for machines follows the contracts that it prints, to the last key.
#[allow(unused_imports, reason = "its own tests run elsewhere")]
use std::path::Path;
use std::process::Command;

use crate::fixtures::exports::{strava_export, zip_of};
use jsonschema::Validator;
use serde_json::{Value, json};
use talktest::activity::{
    Exertion, LabelSource, LabelText, PlannedEnd, Rating, Sport, StatedTotals, SubSport,
};
use talktest::annotations::Annotations;
use talktest::audit::CRITERIA;
use talktest::decode::{Location, Problem, ProblemKind};
use talktest::export_tables::{ExportEntry, Recording};
use talktest::ingest::{FileOutcome, FileReading, Owned};
use talktest::rows::{self, Line};
use talktest::settings::Settings;
use talktest::units::{DegreesCelsius, Metres, Seconds, UnixTime};

const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");

fn out(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_talktest")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn parsed(arguments: &[&str]) -> Value {
    serde_json::from_str(&out(arguments)).unwrap()
}

/// Forbids every key that the contract does not name, which it leaves open for later versions.
fn close(schema: &mut Value) {
    if let Value::Object(entries) = schema {
        if entries.contains_key("properties") {
            entries.entry("additionalProperties").or_insert(json!(false));
        }
        entries.values_mut().for_each(close);
    } else if let Value::Array(values) = schema {
        values.iter_mut().for_each(close);
    }
}

fn contract(name: &str) -> Value {
    let schema = parsed(&["schema", name]);
    assert!(jsonschema::meta::is_valid(&schema), "{name} is no JSON Schema");
    schema
}

fn strict(name: &str) -> Validator {
    let mut schema = contract(name);
    close(&mut schema);
    jsonschema::options().build(&schema).unwrap()
}

fn assert_follows(validator: &Validator, value: &Value) {
    let offences: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error:.300}", error.instance_path()))
        .collect();
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

/// A folder with everything that a line can be.
fn odd_files() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("broken.gpx", "<gpx><trk>");
    write("note.txt", "hello");
    write("talktest.toml", "[athletes.anna]\nfolder = \"anna\"\n");
    std::fs::copy(format!("{SEASON}/broken_off.fit"), folder.path().join("a.fit")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", folder.path().join("lost.fit")).unwrap();
    folder
}

#[test]
fn rows_follow_their_contract() {
    let validator = strict("row");
    let odd = odd_files();
    let mut kinds = Vec::new();
    let exports = tempfile::tempdir().unwrap();
    std::fs::write(exports.path().join("export.zip"), zip_of(&strava_export(3))).unwrap();
    for folder in [Path::new(SEASON), odd.path(), exports.path()] {
        let folder = folder.to_str().unwrap();
        for line in out(&["measure", folder]).lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            assert_follows(&validator, &line);
            kinds.push(line["kind"].as_str().unwrap().to_owned());
        }
    }
    kinds.sort();
    kinds.dedup();
    let expected: &[&str] = if cfg!(unix) {
        &["closed", "failed", "not_a_run", "session", "table"]
    } else {
        &["failed", "not_a_run", "session", "table"]
    };
    assert_eq!(kinds, expected);
}

/// What a table of an export says, as long as no file has to be one.
fn table() -> FileReading {
    let annotations = Annotations {
        by: "a/activities.csv".to_owned(),
        texts: vec![LabelText { source: LabelSource::Title, text: "Shake out".to_owned() }],
        rating: Rating { exertion: Some(Exertion::cr10(2.0)), feel: Some(70) },
        sport: Some(Sport::Other("padel".to_owned())),
        sub_sport: Some(SubSport("trail".to_owned())),
        air_temperature: DegreesCelsius::new(17.5),
        training_effect: Some("recovery".to_owned()),
        planned_end: Some(PlannedEnd::At(Metres::of(5000.0))),
        stated: StatedTotals { timer: Some(Seconds::of(1700.0)), ..StatedTotals::default() },
    };
    let entry = |recording, start| ExportEntry {
        line: 2,
        recording,
        start,
        elapsed: Some(Seconds::of(1800.0)),
        annotations: annotations.clone(),
    };
    let entries = vec![
        entry(Recording::File("b.fit".to_owned()), None),
        entry(Recording::ByStart, Some(UnixTime::from_seconds(1_777_840_200))),
        entry(Recording::ByDay, Some(UnixTime::from_seconds(1_777_766_400))),
        entry(Recording::None, None),
    ];
    let path = "a/activities.csv".to_owned();
    let warning = Problem::at(Location::Line(7), ProblemKind::Malformed, "a line is too short");
    FileReading { path, outcome: FileOutcome::Table(entries), warnings: vec![warning] }
}

#[test]
fn tables_are_kept_whole_and_follow_the_contract_too() {
    let owned = Owned::by_folder(table(), &Settings::default());
    let lines = rows::lines(&owned);
    assert_eq!(lines.len(), 1);
    assert_follows(&strict("row"), &serde_json::from_str(&lines[0]).unwrap());
    let read = rows::read(lines[0].as_bytes()).unwrap();
    assert_eq!(read, Line::File { reading: table(), athlete: Some("me".to_owned()) });
}

#[test]
fn a_contract_refuses_what_it_does_not_promise() {
    let (row, open) = (strict("row"), jsonschema::options().build(&contract("row")).unwrap());
    let line = out(&["measure", &format!("{SEASON}/2026-04-20_recovery.fit")]);
    let line: Value = serde_json::from_str(&line).unwrap();
    let changed = |place: &str, value: Value| {
        let mut line = line.clone();
        *line.pointer_mut(place).unwrap() = value;
        line
    };
    assert!(row.is_valid(&line));
    assert!(!row.is_valid(&changed("/measuring", json!("1999.1"))));
    assert!(!row.is_valid(&changed("/kind", json!("nap"))));
    assert!(!row.is_valid(&changed("/row/clocks/moving_s", json!("long"))));
    assert!(!row.is_valid(&changed("/row/lanes", json!(null))));
    let mut more = line.clone();
    more["row"]["mood"] = json!("good");
    assert!(!row.is_valid(&more) && open.is_valid(&more), "keys may be added");
}

#[test]
fn audits_follow_their_contract() {
    let validator = strict("audit");
    let odd = odd_files();
    let unlabelled = format!("{SEASON}/2026-03-31-18-15-00.fit");
    let room = tempfile::tempdir().unwrap();
    let logbook = room.path().join("logbook.sqlite");
    let asked: [&[&str]; 5] = [
        &[SEASON, "--all", "--as-recovery"],
        &[SEASON, "--splits", "--what-if"],
        &[odd.path().to_str().unwrap()],
        &[&unlabelled],
        &[SEASON, "--since", "last", "--logbook", logbook.to_str().unwrap()],
    ];
    for arguments in asked {
        let document = parsed(&[&["audit", "--format", "json"], arguments].concat());
        assert_follows(&validator, &document);
    }
    let run = {
        let mut schema = contract("audit");
        schema["$ref"] = json!("#/$defs/run");
        for key in ["type", "properties", "required"] {
            schema.as_object_mut().unwrap().remove(key);
        }
        close(&mut schema);
        jsonschema::options().build(&schema).unwrap()
    };
    for line in out(&["audit", "--format", "ndjson", SEASON]).lines() {
        assert_follows(&run, &serde_json::from_str(line).unwrap());
    }
}

#[test]
fn splits_and_histogram_add_up_to_the_run() {
    let document = parsed(&["audit", "--format", "json", "--splits", SEASON]);
    let sum = |list: &Value, key: &str| -> f64 {
        list.as_array().unwrap().iter().map(|one| one[key].as_f64().unwrap()).sum()
    };
    let mut with_splits = 0;
    for run in document["runs"].as_array().unwrap() {
        let (metrics, splits) = (&run["metrics"], &run["splits"]);
        assert!(
            sum(&run["heart_rate_histogram"], "time_s") <= metrics["moving_s"].as_f64().unwrap()
        );
        if splits.as_array().unwrap().is_empty() {
            continue;
        }
        with_splits += 1;
        // What is left may be up to 50 m too short to be a split.
        let (all, distance) = (sum(splits, "distance_m"), metrics["distance_m"].as_f64().unwrap());
        assert!((-1.0..50.0).contains(&(distance - all)), "{distance} m in splits of {all} m");
        assert!(splits[0]["distance_m"] == 1000.0 || splits.as_array().unwrap().len() == 1);
    }
    assert!(with_splits > 20, "{with_splits} runs have splits");
    let without = parsed(&["audit", "--format", "json", SEASON]);
    assert!(without["runs"][0]["splits"].is_null());
}

#[test]
fn findings_name_their_criteria() {
    let document = parsed(&["audit", "--format", "json", SEASON]);
    let finding = &document["runs"][0]["audit"]["findings"][0]["criterion"];
    assert!(CRITERIA.iter().any(|criterion| criterion.id == finding));
}

#[test]
fn labels_follow_their_contract() {
    assert_follows(&strict("labels"), &parsed(&["labels", "--format", "json", SEASON]));
}

#[test]
fn contracts_are_named_like_what_they_describe() {
    for (name, version) in [("row", 2), ("audit", 1), ("labels", 1)] {
        assert_eq!(contract(name)["$id"], format!("talktest/{name}/{version}"));
    }
    assert_eq!(parsed(&["schema"]), contract("audit"));
}

#[test]
fn the_examples_of_the_documentation_follow_the_contract() {
    let (row, page) = (strict("row"), include_str!("../../docs/rows.md"));
    let examples: Vec<Value> = page
        .split("```json")
        .skip(1)
        .map(|example| serde_json::from_str(example.split("```").next().unwrap()).unwrap())
        .collect();
    assert_eq!(examples.len(), 2);
    examples.iter().for_each(|example| assert_follows(&row, example));
}

#[test]
fn every_key_of_a_line_is_in_the_documentation() {
    let page = include_str!("../../docs/rows.md");
    let schema = contract("row");
    let keys_of = |schema: &Value| -> Vec<String> {
        schema["properties"].as_object().unwrap().keys().cloned().collect()
    };
    let lines = schema["oneOf"].as_array().unwrap().iter().flat_map(keys_of);
    for key in lines.chain(keys_of(&schema["$defs"]["RunMetrics"])) {
        assert!(page.contains(&format!("`{key}`")), "{key}");
    }
}
