//! The FIT decoder against an independent one, value for value, on the project's own files and on
//! real ones, where they are beside the project.

use std::collections::BTreeMap;
use std::panic::catch_unwind;

use fitparser::profile::MesgNum;
use fitparser::{FitDataField, FitDataRecord, Value};
use talktest::activity::Record;
use talktest::decode::fit::{FORMAT, read_records};
use talktest::decode::{Limits, ProblemKind, Refusal};

use crate::support::files;

/// Files in which the other decoder is wrong.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("compressed-speed-distance.fit", "adds up compressed distances without their rollover"),
    ("FR55-CoreTemp-Walk.fit", "has no altitude where the enhanced one is written twice over"),
    ("J_csd.fit", "adds up compressed distances without their rollover"),
];

/// What both decoders say of a record.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Reading {
    time_s: i64,
    heart_rate: Option<u8>,
    cadence: Option<u16>,
    distance_cm: Option<u32>,
    speed_mm_s: Option<u16>,
    altitude_m: Option<f32>,
    position: Option<(i32, i32)>,
}

impl Reading {
    fn ours(record: &Record) -> Self {
        Self {
            time_s: record.time.0 / 1000,
            heart_rate: record.heart_rate_bpm,
            cadence: record.cadence_centi_spm,
            distance_cm: record.distance_cm,
            speed_mm_s: record.speed_mm_s,
            altitude_m: record.altitude_m,
            position: record.position.map(|at| (at.latitude, at.longitude)),
        }
    }

    fn theirs(record: &FitDataRecord) -> Option<Self> {
        let number = |name: &str, field: u8| number(record.fields(), name, field);
        let time_s = number("timestamp", 253)? as i64;
        // Decoders with a profile hand the plain field on under the name of the enhanced one.
        let speed = number("enhanced_speed", 73);
        let altitude = number("enhanced_altitude", 78);
        let position = number("position_lat", 0).zip(number("position_long", 1));
        let fraction = number("fractional_cadence", 53).unwrap_or(0.0);
        Some(Self {
            time_s,
            heart_rate: number("heart_rate", 3).map(|v| v as u8),
            cadence: number("cadence", 4).map(|v| ((v + fraction) * 200.0).round() as u16),
            distance_cm: number("distance", 5).map(|v| (v * 100.0).round() as u32),
            speed_mm_s: speed
                .map(|v| (v * 1000.0).round())
                .filter(|v| *v < 65_536.0)
                .map(|v| v as u16),
            altitude_m: altitude.map(|v| v as f32),
            position: position.map(|(latitude, longitude)| (latitude as i32, longitude as i32)),
        })
    }
}

/// The value of a native field; those that an app added come behind all native ones.
fn number(fields: &[FitDataField], name: &str, number: u8) -> Option<f64> {
    let same = |field: &&FitDataField| field.number() == number && field.name() == name;
    match fields.iter().find(same)?.value() {
        Value::Array(_) | Value::Invalid | Value::String(_) => None,
        value => value.clone().try_into().ok(),
    }
}

const FOLDERS: [&str; 3] = ["fit", "broken", "crafted"];

fn theirs(bytes: &[u8]) -> Option<Vec<Reading>> {
    let records = catch_unwind(|| fitparser::from_bytes(bytes)).ok()?.ok()?;
    let is_record = |record: &&FitDataRecord| record.kind() == MesgNum::Record;
    Some(records.iter().filter(is_record).filter_map(Reading::theirs).collect())
}

fn is_exception(name: &str) -> bool {
    EXCEPTIONS.iter().any(|(file, _)| name.ends_with(file))
}

/// The first difference, in words.
fn difference(ours: &[Reading], theirs: &[Reading]) -> Option<String> {
    if ours.len() != theirs.len() {
        return Some(format!("{} records instead of {}", ours.len(), theirs.len()));
    }
    let mut pairs = ours.iter().zip(theirs).enumerate();
    let (index, (ours, theirs)) = pairs.find(|(_, (ours, theirs))| ours != theirs)?;
    Some(format!("record {index}: {ours:?} instead of {theirs:?}"))
}

#[test]
fn records_agree_with_fitparser() {
    let (mut compared, mut records, mut unread, mut no_activity) = (0, 0, 0, 0);
    let mut excepted = Vec::new();
    let mut differences = Vec::new();
    for (name, bytes) in files("fit", &FOLDERS) {
        let Some(theirs) = theirs(&bytes) else {
            unread += 1;
            continue;
        };
        // Our decoder does not read on in a course or a day's steps.
        if matches!((FORMAT.decode)(&bytes, &Limits::default()), Err(Refusal::NotAnActivity(_))) {
            no_activity += 1;
            continue;
        }
        let ours: Vec<_> = read_records(&bytes).iter().map(Reading::ours).collect();
        let difference = difference(&ours, &theirs);
        if is_exception(&name) {
            assert!(difference.is_some(), "{name} agrees and needs no exception");
            excepted.push(name);
            continue;
        }
        compared += 1;
        records += theirs.len();
        differences.extend(difference.map(|difference| format!("{name}: {difference}")));
    }
    eprintln!(
        "{compared} files with {records} records compared; {no_activity} that are no \
         activity; {unread} that fitparser cannot read whole; excepted: {excepted:?}"
    );
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert!(compared >= 35, "only {compared} files were compared");
}

#[test]
fn every_file_opens_or_says_why_not() {
    let mut outcomes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, bytes) in files("fit", &FOLDERS) {
        let outcome = (FORMAT.decode)(&bytes, &Limits::default());
        let (kind, line) = match outcome {
            Ok(decoded) => {
                let records: usize = decoded.activities.iter().map(|a| a.records.len()).sum();
                let count = decoded.activities.len();
                let warnings: Vec<_> = decoded.warnings.iter().map(ToString::to_string).collect();
                assert!(count > 0, "{name} gives neither an activity nor a reason");
                assert!(
                    decoded.warnings.iter().all(|w| w.kind != ProblemKind::InternalError),
                    "{name}: {warnings:?}"
                );
                ("opened", format!("{name}: {count} of {records} records, {warnings:?}"))
            }
            Err(Refusal::NotAnActivity(what)) => ("not an activity", format!("{name}: {what}")),
            Err(Refusal::Unusable(problem)) => ("unusable", format!("{name}: {problem}")),
        };
        outcomes.entry(kind).or_default().push(line);
    }
    for (kind, lines) in &outcomes {
        eprintln!("{} {kind}", lines.len());
        for line in lines.iter().filter(|line| *kind != "opened" || !line.ends_with("[]")) {
            eprintln!("    {line}");
        }
    }
}
