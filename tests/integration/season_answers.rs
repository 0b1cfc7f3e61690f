//! The generated season shows everything: every answer of every criterion, every verdict with every
//! certainty.
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use talktest::audit::CRITERIA;

const PASS: &str = "pass";
const NOTE: &str = "note";
const SLIP: &str = "slip";
const FAIL: &str = "fail";
const CANNOT: &str = "cannot";

/// The answers that a criterion can give.
const ANSWERS: &[(&str, &[&str])] = &[
    ("heart-rate-coverage", &[PASS, CANNOT]),
    ("time-above-ceiling", &[PASS, SLIP, FAIL, CANNOT]),
    ("longest-above-ceiling", &[PASS, SLIP, CANNOT]),
    ("time-moderate", &[PASS, SLIP, FAIL, CANNOT]),
    ("time-hard", &[PASS, SLIP, FAIL, CANNOT]),
    ("duration", &[PASS, SLIP, FAIL, CANNOT]),
    ("effort-rating", &[PASS, SLIP, FAIL, CANNOT]),
    ("fast-finish", &[PASS, NOTE, SLIP, CANNOT]),
    ("surges", &[PASS, NOTE, SLIP, CANNOT]),
    ("planned-end", &[PASS, NOTE, SLIP, CANNOT]),
    ("progression", &[PASS, NOTE, CANNOT]),
    ("fast-start", &[PASS, NOTE, CANNOT]),
    ("unevenness", &[PASS, NOTE, CANNOT]),
    ("shorter-than-easy", &[PASS, NOTE, CANNOT]),
    ("pace-gap", &[PASS, NOTE, CANNOT]),
    ("pace-hierarchy", &[PASS, NOTE, CANNOT]),
    ("aerobic-decoupling", &[PASS, NOTE, CANNOT]),
    ("heart-rate-slope", &[PASS, NOTE, CANNOT]),
    ("placement", &[PASS, NOTE, CANNOT]),
    ("need", &[PASS, NOTE, CANNOT]),
    ("rest-instead", &[PASS, NOTE, CANNOT]),
    ("creep", &[PASS, NOTE, CANNOT]),
    ("next-day", &[PASS, NOTE, CANNOT]),
    ("struggle", &[PASS, NOTE, CANNOT]),
    ("feel", &[PASS, NOTE, CANNOT]),
    ("next-morning", &[PASS, NOTE, CANNOT]),
    ("form", &[PASS, NOTE, CANNOT]),
    ("breathing", &[PASS, NOTE, CANNOT]),
    ("load", &[PASS, NOTE, CANNOT]),
    // Where nothing is known of heat and altitude, nothing is said: a pass.
    ("heat-altitude", &[PASS, NOTE]),
];

/// How sure verdicts can be; one that cannot be given has no certainty.
const CERTAINTIES: [(&str, &[&str]); 4] = [
    ("kept", &["firm", "soft"]),
    ("slipped", &["firm", "soft", "close_call"]),
    ("not_recovery", &["firm", "soft"]),
    ("cannot_judge", &["–"]),
];

/// How often each of several values occurs under each of several keys.
type Counts = BTreeMap<String, BTreeMap<String, usize>>;

fn audits() -> Vec<Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_talktest"))
        .args(["audit", "--format", "json", "--no-logbook"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/season"))
        .output()
        .unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    document["runs"].as_array().unwrap().iter().map(|run| run["audit"].clone()).collect()
}

fn counted<'a>(pairs: impl Iterator<Item = (&'a Value, &'a Value)>) -> Counts {
    let mut counts = Counts::new();
    for (key, value) in pairs {
        let [key, value] = [key, value].map(|text| text.as_str().unwrap_or("–").to_owned());
        *counts.entry(key).or_default().entry(value).or_default() += 1;
    }
    counts
}

fn assert_all_occur(wanted: &[(&str, &[&str])], counts: &Counts) {
    let wanted: BTreeMap<&str, BTreeSet<&str>> =
        wanted.iter().map(|(key, values)| (*key, values.iter().copied().collect())).collect();
    let found: BTreeMap<&str, BTreeSet<&str>> = counts
        .iter()
        .map(|(key, values)| (key.as_str(), values.keys().map(String::as_str).collect()))
        .collect();
    let differs = |key: &&&str| found.get(**key) != wanted.get(**key);
    let keys: BTreeSet<&&str> = found.keys().chain(wanted.keys()).filter(differs).collect();
    let told = keys.iter().map(|key| {
        let [wanted, found] = [&wanted, &found].map(|answers| answers.get(**key));
        format!("{key}: {} says {wanted:?}, the season gives {found:?}\n", file!())
    });
    assert!(keys.is_empty(), "\n{}\n{}", told.collect::<String>(), table(counts));
}

/// The counts for people.
fn table(counts: &Counts) -> String {
    let cells = |values: &BTreeMap<String, usize>| {
        values.iter().map(|(value, count)| format!("{value} {count:>3}  ")).collect::<String>()
    };
    counts.iter().map(|(key, values)| format!("{key:22} {}\n", cells(values))).collect()
}

#[test]
fn every_answer_of_every_criterion_occurs() {
    let audits = audits();
    let findings = audits.iter().flat_map(|audit| audit["findings"].as_array().unwrap());
    let counts = counted(findings.map(|finding| (&finding["criterion"], &finding["result"])));
    assert_all_occur(ANSWERS, &counts);
}

#[test]
fn every_verdict_occurs_with_every_certainty() {
    let audits = audits();
    let counts = counted(audits.iter().map(|audit| (&audit["verdict"], &audit["certainty"])));
    assert_all_occur(&CERTAINTIES, &counts);
}

#[test]
fn the_answers_of_every_criterion_are_named_here() {
    let named: Vec<&str> = ANSWERS.iter().map(|(id, _)| *id).collect();
    let criteria: Vec<&str> = CRITERIA.iter().map(|criterion| criterion.id).collect();
    assert_eq!(named, criteria, "ANSWERS in {} and CRITERIA, in one order", file!());
}
