mod garmin;
mod hostile;
mod languages;
mod layouts;
mod map_my_run;
mod runkeeper;
mod strava;
mod training_peaks;

use super::text::beginning;
use super::*;
use crate::activity::{LabelSource, LabelText};
use crate::annotations::Annotations;
use crate::decode::{Location, ProblemKind};
use crate::units::Seconds;

/// Reads a table that is recognised under its usual name.
fn read(name: &str, bytes: &[u8]) -> ExportEntries {
    let table = recognise(name, beginning(bytes)).expect("a known table");
    table.read(bytes, &Bounds::default()).expect("a table that can be read")
}

fn strava(text: &str) -> ExportEntries {
    read("activities.csv", text.as_bytes())
}

/// The only activity of a table without warnings.
fn only(table: ExportEntries) -> ExportEntry {
    assert_eq!(table.warnings, []);
    let [entry] = <[ExportEntry; 1]>::try_from(table.entries).expect("one activity");
    entry
}

fn texts(entry: &ExportEntry) -> Vec<(LabelSource, &str)> {
    let pair = |text: &'_ LabelText| text.source;
    entry.annotations.texts.iter().map(|text| (pair(text), text.text.as_str())).collect()
}

/// Seconds since 1970 of the start, where it is known.
fn start(entry: &ExportEntry) -> Option<i64> {
    entry.start.map(|start| start.0 / 1000)
}

fn kinds(table: &ExportEntries) -> Vec<ProblemKind> {
    table.warnings.iter().map(|warning| warning.kind).collect()
}

#[test]
fn only_tables_are_recognised() {
    let id = |name: &str, head: &[u8]| recognise(name, head).map(|table| table.id);
    let csv = b"Activity ID,Activity Date,Activity Name,Activity Type,Filename\n";
    let all = b"[ {\n \"summarizedActivitiesExport\" : [ {";
    let one = br#"{"activityId":1,"activityName":"x","summaryDTO":{"startTimeGMT":"x"}}"#;
    assert_eq!(id("activities.csv", csv), Some("strava"));
    assert_eq!(id("Activities (1).CSV", csv), Some("strava"));
    assert_eq!(id("me_0_summarizedActivities.json", all), Some("garmin"));
    assert_eq!(id("activity_1.json", one), Some("garmin-activity"));
    // What another program exports from Garmin's website under the same name.
    let other = b"Start Time,End Time,Activity ID,Activity Name,Description,Location Name\n\
                  2018-03-09T12:26:14,2018-03-09T13:26:14,2,\"Run\",,\n";
    for (name, head) in [
        ("activities.csv", &other[..]),
        ("activities.csv", b"date,filename,label\n2026-01-01,a.fit,easy\n"),
        (
            "activities.csv",
            b"Activity Type,Date,Favorite,Title,Distance\nRunning,2026-01-01 07:00:00,false,a,5\n",
        ),
        ("notes.csv", b"date,file,label\n"),
        ("activities.csv", b""),
        ("activities.txt", csv),
        ("a.json", b"[{\"other\":[{\"summarizedActivitiesExport\":[]}]}]"),
        ("a.json", b"{\"activityId\":1}"),
        ("a.json", b""),
        ("a.fit", b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT"),
    ] {
        assert_eq!(id(name, head), None, "{name} {}", String::from_utf8_lossy(head));
    }
}
