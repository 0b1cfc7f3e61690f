//! The export of an Apple Health account: one long file, and a GPX file for each route.

use std::fmt::Write as _;

use chrono::DateTime;

use super::exports::ExportFile;
use super::run::{Sample, Track};
use super::summary::Summary;

/// Seconds east of Greenwich in which every time is written, wherever the runner was.
const OFFSET: i64 = 7200;

/// One workout for each recording, in the folder that the phone makes; routes are cut in two where the
/// number of the workout is odd, as the watch does when it loses the satellites.
pub(crate) fn apple_health_export(tracks: &[Track]) -> Vec<ExportFile> {
    let mut text = HEAD.to_owned();
    for track in tracks {
        track.samples.iter().step_by(5).for_each(|sample| heart_rate(&mut text, track, sample));
    }
    let mut files = Vec::new();
    for (number, track) in tracks.iter().enumerate() {
        let middle = if number % 2 == 1 { track.samples.len() / 2 } else { 0 };
        let (first, second) = track.samples.split_at(middle);
        let parts = [first, second].into_iter().filter(|part| !part.is_empty());
        let routes: Vec<ExportFile> = parts
            .enumerate()
            .map(|(part, samples)| {
                let name = format!("workout-routes/route_{number}_{part}.gpx");
                (name, route(track, samples).into_bytes())
            })
            .collect();
        workout(&mut text, track, &routes);
        files.extend(routes);
    }
    text.push_str("</HealthData>\n");
    files.push(("export.xml".to_owned(), text.into_bytes()));
    files.into_iter().map(|(name, bytes)| (format!("apple_health_export/{name}"), bytes)).collect()
}

const HEAD: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
    "<!DOCTYPE HealthData [\n<!-- HealthKit Export Version: 14 -->\n",
    "<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>\n",
    "<!ATTLIST HealthData\n  locale CDATA #REQUIRED\n>\n]>\n",
    "<HealthData locale=\"en_US\">\n <ExportDate value=\"2026-06-10 18:00:00 +0200\"/>\n",
    " <Me HKCharacteristicTypeIdentifierDateOfBirth=\"1988-03-01\"",
    " HKCharacteristicTypeIdentifierBiologicalSex=\"HKBiologicalSexFemale\"/>\n",
    " <Record type=\"HKQuantityTypeIdentifierStepCount\" sourceName=\"Phone\" unit=\"count\"",
    " startDate=\"2026-05-01 08:00:00 +0200\" endDate=\"2026-05-01 08:05:00 +0200\" value=\"212\"/>\n",
);

fn heart_rate(text: &mut String, track: &Track, sample: &Sample) {
    let Some(beats) = sample.heart_rate else { return };
    let time = local(track.start + i64::from(sample.second));
    let _ = writeln!(
        text,
        " <Record type=\"HKQuantityTypeIdentifierHeartRate\" sourceName=\"Watch\" unit=\"count/min\" \
         creationDate=\"{time}\" startDate=\"{time}\" endDate=\"{time}\" value=\"{beats}\">\n  \
         <MetadataEntry key=\"HKMetadataKeyHeartRateMotionContext\" value=\"2\"/>\n </Record>"
    );
}

fn workout(text: &mut String, track: &Track, routes: &[ExportFile]) {
    let Some(summary) = Summary::of(track, 0, track.samples.len() - 1) else { return };
    let (start, end) = (local(track.start), local(track.start + i64::from(track.elapsed())));
    let minutes = f64::from(summary.timer) / 60.0;
    let _ = writeln!(
        text,
        " <Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\" duration=\"{minutes}\" \
         durationUnit=\"min\" sourceName=\"Watch\" startDate=\"{start}\" endDate=\"{end}\">"
    );
    text.push_str(&"  <MetadataEntry key=\"HKIndoorWorkout\" value=\"0\"/>\n".repeat(2));
    for &(from, to) in &track.pauses {
        for (kind, second) in [("Pause", from), ("Resume", to)] {
            let date = local(track.start + i64::from(second));
            let _ = writeln!(
                text,
                "  <WorkoutEvent type=\"HKWorkoutEventType{kind}\" date=\"{date}\"/>"
            );
        }
    }
    let kilometres = f64::from(summary.distance_cm()) / 100_000.0;
    let _ = writeln!(
        text,
        "  <WorkoutStatistics type=\"HKQuantityTypeIdentifierDistanceWalkingRunning\" sum=\"{kilometres}\" \
         unit=\"km\"/>"
    );
    if let Some(mean) = summary.mean_heart_rate {
        let _ = writeln!(
            text,
            "  <WorkoutStatistics type=\"HKQuantityTypeIdentifierHeartRate\" average=\"{mean}\" \
             unit=\"count/min\"/>"
        );
    }
    for (name, _) in routes {
        let _ = writeln!(
            text,
            "  <WorkoutRoute>\n   <FileReference path=\"/{name}\"/>\n  </WorkoutRoute>"
        );
    }
    text.push_str(" </Workout>\n");
}

fn route(track: &Track, samples: &[Sample]) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <gpx version=\"1.1\" creator=\"Apple Health Export\">\n<trk>\n<name>Route</name>\n<trkseg>\n"
        .to_owned();
    for sample in samples {
        let (north, east) = sample.position;
        let time = utc(track.start + i64::from(sample.second));
        let speed = f64::from(sample.speed_mm_s) / 1000.0;
        let _ = writeln!(
            text,
            "<trkpt lon=\"{east:.7}\" lat=\"{north:.7}\"><ele>{:.1}</ele><time>{time}</time>\
             <extensions><speed>{speed}</speed></extensions></trkpt>",
            sample.altitude
        );
    }
    text.push_str("</trkseg>\n</trk>\n</gpx>\n");
    text
}

/// Beyond the calendar there is no text.
fn utc(unix: i64) -> String {
    let moment = DateTime::from_timestamp(unix, 0);
    moment.map_or_else(String::new, |moment| moment.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn local(unix: i64) -> String {
    let moment = DateTime::from_timestamp(unix + OFFSET, 0);
    moment.map_or_else(String::new, |moment| moment.format("%Y-%m-%d %H:%M:%S +0200").to_string())
}
