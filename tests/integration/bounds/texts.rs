//! Bounds of GPX, TCX and Apple Health.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use super::Excess;

pub(super) static EXCESSES: [Excess; 12] = [
    Excess::of("bytes of one file, unpacked", long, &["more than the limit of 134217728 bytes"]),
    Excess {
        reading: "max_records = 1000",
        ..Excess::of(
            "heart rates of an Apple Health export",
            heart_rates,
            &["8 heart rates beyond the limit of 12000 left out (max_records)"],
        )
    },
    Excess::of("laps of a TCX file", laps, &["more laps than max_records"]),
    Excess::of("nesting of elements", nested, &["elements nested deeper than max_depth"]),
    Excess::of(
        "time of all sessions of a file",
        weeks,
        &["its sessions span more time than their few records can stand for"],
    ),
    Excess::of("one session", twelve_days, &["the records span"]),
    Excess::of("names and notes of a TCX file", notes, &["names and notes beyond 4194304 bytes"]),
    Excess::of("names and descriptions of a GPX file", name, &["bytes of names and descriptions"]),
    Excess::of(
        "problems of one kind of one file",
        problems,
        &["and more of this kind in this file"],
    ),
    Excess::of("distance of a run", distance, &["nobody runs so far in that time"]),
    Excess::of("start of a run", future, &["which is still to come"]),
    Excess {
        arguments: &["--as-recovery", "--format", "csv"],
        ..Excess::of(
            "sessions of one day (UTC) that judgements of other runs look at: the first ones",
            |folder| many_activities(folder, 16_000),
            &[],
        )
    },
];

const GPX: &str = "<gpx version='1.1' creator='c'><trk>";
const GPX_END: &str = "</trkseg></trk></gpx>";
const TCX: &str = "<TrainingCenterDatabase><Activities>";
const TCX_END: &str = "</Activities></TrainingCenterDatabase>";

/// 2026-05-01T08:00:00Z and so many seconds.
fn time(seconds: i64) -> String {
    let begun = chrono::DateTime::from_timestamp(1_777_622_400 + seconds, 0).unwrap();
    begun.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn gpx_point(seconds: i64) -> String {
    let north = 52.0 + 2.5e-5 * seconds as f64 % 1.0;
    format!("<trkpt lat='{north}' lon='13'><time>{}</time></trkpt>", time(seconds))
}

fn tcx_point(seconds: i64) -> String {
    let beats = "<HeartRateBpm><Value>140</Value></HeartRateBpm>";
    format!("<Trackpoint><Time>{}</Time>{beats}</Trackpoint>", time(seconds))
}

/// An export of twelve thousand heart rates and eight, during a workout.
fn heart_rates(folder: &Path) {
    let date = |second: i64| time(second).replace('T', " ").replace('Z', " +0000");
    let rate = |second: i64| {
        format!(
            "<Record type=\"HKQuantityTypeIdentifierHeartRate\" unit=\"count/min\" sourceName=\"w\" \
             startDate=\"{}\" value=\"120\"/>",
            date(second)
        )
    };
    let rates: String = (0..12_008).map(rate).collect();
    let workout = format!(
        "<Workout workoutActivityType='HKWorkoutActivityTypeRunning' duration='30' durationUnit='min' \
         sourceName='w' startDate='{}' endDate='{}'/>",
        date(0),
        date(1800)
    );
    let text = format!("<?xml version='1.0'?><HealthData>{rates}{workout}</HealthData>");
    fs::write(folder.join("export.xml"), text).unwrap();
}

/// An activity with these points, and what else is said of it.
fn tcx_activity(points: &[i64], lap: &str, notes: &str) -> String {
    let start = time(points[0]);
    let points: String = points.iter().copied().map(tcx_point).collect();
    format!(
        "<Activity Sport='Running'><Id>{start}</Id><Lap StartTime='{start}'>{lap}<Track>{points}</Track></Lap>\
         {notes}</Activity>"
    )
}

fn write_tcx(folder: &Path, activities: impl Iterator<Item = String>) {
    let text: String = activities.collect();
    fs::write(folder.join("a.tcx"), format!("{TCX}{text}{TCX_END}")).unwrap();
}

fn long(folder: &Path) {
    let mut file = File::create(folder.join("long.gpx")).unwrap();
    file.write_all(GPX.as_bytes()).unwrap();
    file.set_len((128 << 20) + 1).unwrap();
}

fn laps(folder: &Path) {
    let lap = "<Lap StartTime='2026-05-01T08:00:00Z'><TotalTimeSeconds>1</TotalTimeSeconds></Lap>";
    let laps = lap.repeat(300_000);
    let activity = format!("<Activity Sport='Running'><Id>x</Id>{laps}</Activity>");
    write_tcx(folder, std::iter::once(activity));
}

fn nested(folder: &Path) {
    let inside = "<extensions>".repeat(500_000);
    fs::write(folder.join("nested.gpx"), format!("{GPX}{inside}")).unwrap();
}

/// Ten sessions of nine days, of two records each.
fn weeks(folder: &Path) {
    const NINE_DAYS: i64 = 9 * 86_400;
    let activity = |k: i64| tcx_activity(&[10 * k * NINE_DAYS, (10 * k + 1) * NINE_DAYS], "", "");
    write_tcx(folder, (-10..0).map(activity));
}

/// A place every hour.
fn twelve_days(folder: &Path) {
    let points: String = (0..=12 * 24).map(|hour| gpx_point(3_600 * hour)).collect();
    fs::write(folder.join("a.gpx"), format!("{GPX}<trkseg>{points}{GPX_END}")).unwrap();
}

fn notes(folder: &Path) {
    let activity = |k: i64| {
        let notes = format!("<Notes>{k} {}</Notes>", "x".repeat(5_000));
        tcx_activity(&[1_000 * k, 1_000 * k + 600], "", &notes)
    };
    write_tcx(folder, (0..2_000).map(activity));
}

fn name(folder: &Path) {
    let name = "a".repeat(60 << 20);
    let points = gpx_point(0) + &gpx_point(60);
    let text = format!("{GPX}<name>{name}</name><trkseg>{points}{GPX_END}");
    fs::write(folder.join("name.gpx"), text).unwrap();
}

/// Activities in which no time passes, and one in which some does.
fn problems(folder: &Path) {
    // Each session has another number of places in the sea: what sessions have alike is one problem.
    let point = |from: i64, zeros: i64, second: i64| {
        let is_zero = (100..100 + zeros).contains(&second);
        let north = if is_zero { 0.0 } else { 52.0 + 2.5e-5 * second as f64 };
        let east = if is_zero { 0 } else { 13 };
        let place = format!(
            "<LatitudeDegrees>{north}</LatitudeDegrees><LongitudeDegrees>{east}</LongitudeDegrees>"
        );
        format!(
            "<Trackpoint><Time>{}</Time><Position>{place}</Position></Trackpoint>",
            time(from + second)
        )
    };
    let activity = |zeros: i64| {
        let points: String = (0..400).map(|second| point(1_000 * zeros, zeros, second)).collect();
        format!("<Activity Sport='Running'><Lap><Track>{points}</Track></Lap></Activity>")
    };
    write_tcx(folder, (1..=120).map(activity));
}

fn distance(folder: &Path) {
    let lap = "<TotalTimeSeconds>600</TotalTimeSeconds><DistanceMeters>30000</DistanceMeters>";
    let points: Vec<i64> = (0..=600).step_by(5).collect();
    write_tcx(folder, std::iter::once(tcx_activity(&points, lap, "")));
}

fn future(folder: &Path) {
    const YEARS: i64 = 20 * 365 * 86_400;
    write_tcx(folder, std::iter::once(tcx_activity(&[YEARS, YEARS + 600], "", "")));
}

/// Activities of twenty seconds, from 100 s to 100 s.
pub(super) fn many_activities(folder: &Path, count: i64) {
    write_tcx(folder, (-count..0).map(|k| tcx_activity(&[100 * k, 100 * k + 20], "", "")));
}

#[test]
fn texts_are_bounded() {
    EXCESSES.iter().for_each(Excess::check);
}
