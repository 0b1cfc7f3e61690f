//! Whatever the bytes, a reader answers: soon, and without taking the machine.

use super::*;

const CSV: &str = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,\
    Elapsed Time,Filename,Elapsed Time,Recovery\n\
    1,\"Sep 20, 2026, 2:12:12 PM\",Zürich,Run,\"two\nlines\",10,activities/1.fit.gz,10.0,1.0\n\
    2,\"Sep 21, 2026, 2:12:12 PM\",b,Run,,10,activities/2.fit.gz,10.0,0.0\n";

const JSON: &str = r#"[{"summarizedActivitiesExport":[{"name":"Zürich","startTimeGmt":1.7e12},
    {"startTimeGmt":"1700000000000","activityType":{"typeKey":"running"},"workoutRpe":NaN}]}]"#;

/// Every reader on the bytes; more activities than this file has come out of none.
fn try_all(bytes: &[u8], most: usize) {
    recognise("a.csv", bytes);
    recognise("a.json", bytes);
    for table in TABLES {
        let entries = table.read(bytes, &Bounds::default()).map_or(0, |read| read.entries.len());
        assert!(entries <= most, "{entries} activities from {bytes:?}");
    }
}

/// Hands over the bytes cut at every place, and with every byte changed.
pub(super) fn damaged(text: &[u8], read: impl Fn(&[u8])) {
    (0..text.len()).for_each(|end| read(&text[..end]));
    let mut bytes = text.to_vec();
    for at in 0..bytes.len() {
        for change in [b'"', b',', b'\n', 0, 0xff, bytes[at] ^ 1, bytes[at] ^ 0x80] {
            let sound = std::mem::replace(&mut bytes[at], change);
            read(&bytes);
            bytes[at] = sound;
        }
    }
}

#[test]
fn every_beginning_of_a_file() {
    for text in [CSV, JSON] {
        (0..text.len()).for_each(|end| try_all(&text.as_bytes()[..end], 2));
    }
}

#[test]
fn every_change_of_one_byte() {
    for text in [CSV, JSON] {
        let mut bytes = text.as_bytes().to_vec();
        for at in 0..bytes.len() {
            for change in [b'"', b',', b'\n', 0, 0xff, bytes[at] ^ 1, bytes[at] ^ 0x80] {
                let sound = std::mem::replace(&mut bytes[at], change);
                try_all(&bytes, 4);
                bytes[at] = sound;
            }
        }
    }
}

#[test]
fn a_cut_file_says_no_label_that_the_whole_does_not() {
    let whole = strava(CSV);
    let tag = |entry: &ExportEntry| {
        texts(entry).first().is_some_and(|(source, _)| *source == LabelSource::StravaTag)
    };
    for end in 0..CSV.len() {
        let Ok(cut) =
            crate::export_tables::strava::TABLE.read(&CSV.as_bytes()[..end], &Bounds::default())
        else {
            continue;
        };
        for entry in cut.entries.iter().filter(|entry| tag(entry)) {
            assert!(whole.entries.iter().any(|other| other.line == entry.line && tag(other)));
        }
    }
}

#[test]
fn endless_fields() {
    let header = CSV.lines().next().unwrap();
    try_all(&vec![b'"'; 10_000_000], 0);
    try_all(&vec![b','; 1_000_000], 0);
    try_all(&vec![b'['; 1_000_000], 0);
    try_all(&vec![0; 1_000_000], 0);
    try_all(format!("{header}\n{}", "\"\n\",".repeat(500_000)).as_bytes(), 1);
    try_all(format!("{header}\n1,\"{}", "x\n".repeat(1_000_000)).as_bytes(), 1);
    try_all(format!("{}\n", "Filename,Activity Date,".repeat(4000)).as_bytes(), 1);
    try_all(format!("[{{\"summarizedActivitiesExport\":{}", "[".repeat(1_000_000)).as_bytes(), 1);
    try_all(r#"{"name":"#.repeat(200_000).as_bytes(), 0);
    let long = format!("{{\"name\":\"{}\",\"startTimeGmt\":1.7e12}}", "NaN".repeat(1_000_000));
    try_all(format!("[{{\"summarizedActivitiesExport\":[{long}]}}]").as_bytes(), 1);
}
