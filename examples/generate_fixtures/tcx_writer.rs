//! TCX with laps, a track for each stretch between pauses, and Garmin's extension for speed and
//! cadence.

use std::fmt::Write as _;

use chrono::DateTime;

use super::run::{Sample, Track};
use super::summary::Summary;

/// Seconds from the beginning of one lap to that of the next, pauses included.
const LAP: u32 = 600;

/// The recording as one running activity, with the name of the workout that was executed.
pub(crate) fn tcx_file(track: &Track, workout: &str) -> String {
    let mut text = HEAD.to_owned();
    put(&mut text, "Id", &time(track.start));
    let laps = track.samples.chunk_by(|a, b| a.second / LAP == b.second / LAP);
    let mut first = 0;
    for samples in laps {
        // A lap ends where the next begins.
        let end = (first + samples.len()).min(track.samples.len() - 1);
        if let Some(summary) = Summary::of(track, first, end) {
            lap(&mut text, track, samples, &summary);
        }
        first += samples.len();
    }
    let plan =
        format!("<Plan Type=\"Workout\" IntervalWorkout=\"false\"><Name>{workout}</Name></Plan>");
    let _ = writeln!(text, "<Training VirtualPartner=\"false\">{plan}</Training>");
    text.push_str("<Creator xsi:type=\"Device_t\"><Name>talktest fixtures</Name></Creator>\n");
    text.push_str("</Activity>\n</Activities>\n</TrainingCenterDatabase>\n");
    text
}

const HEAD: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    "\n<TrainingCenterDatabase",
    r#" xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2""#,
    r#" xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2""#,
    r#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">"#,
    "\n<Activities>\n<Activity Sport=\"Running\">\n",
);

fn lap(text: &mut String, track: &Track, samples: &[Sample], summary: &Summary) {
    let start = time(track.start + i64::from(summary.first.second));
    let _ = writeln!(text, "<Lap StartTime=\"{start}\">");
    put(text, "TotalTimeSeconds", &summary.timer.to_string());
    put(text, "DistanceMeters", &metres(summary.distance_cm()));
    put(text, "Calories", "0");
    put_value(text, "AverageHeartRateBpm", summary.mean_heart_rate);
    put_value(text, "MaximumHeartRateBpm", summary.max_heart_rate);
    put(text, "Intensity", "Active");
    put(text, "TriggerMethod", "Time");
    let paused = |a: u32, b: u32| track.pauses.iter().any(|&(from, to)| from <= a && b <= to);
    for samples in samples.chunk_by(|a, b| !paused(a.second, b.second)) {
        text.push_str("<Track>\n");
        samples.iter().for_each(|sample| point(text, track.start, sample));
        text.push_str("</Track>\n");
    }
    text.push_str("</Lap>\n");
}

fn point(text: &mut String, start: i64, sample: &Sample) {
    let (north, east) = sample.position;
    text.push_str("<Trackpoint>\n");
    put(text, "Time", &time(start + i64::from(sample.second)));
    text.push_str("<Position>\n");
    put(text, "LatitudeDegrees", &format!("{north:.7}"));
    put(text, "LongitudeDegrees", &format!("{east:.7}"));
    text.push_str("</Position>\n");
    put(text, "AltitudeMeters", &format!("{:.1}", sample.altitude));
    put(text, "DistanceMeters", &metres(sample.distance_cm));
    put_value(text, "HeartRateBpm", sample.heart_rate);
    text.push_str("<Extensions>\n<ns3:TPX>\n");
    let speed = sample.speed_mm_s;
    put(text, "ns3:Speed", &format!("{}.{:03}", speed / 1000, speed % 1000));
    // One foot is counted, as in FIT and GPX.
    put(text, "ns3:RunCadence", &(sample.steps / 2).to_string());
    text.push_str("</ns3:TPX>\n</Extensions>\n</Trackpoint>\n");
}

fn put(text: &mut String, name: &str, content: &str) {
    let _ = writeln!(text, "<{name}>{content}</{name}>");
}

fn put_value(text: &mut String, name: &str, value: Option<u8>) {
    if let Some(value) = value {
        put(text, name, &format!("<Value>{value}</Value>"));
    }
}

fn metres(centimetres: u32) -> String {
    format!("{}.{:02}", centimetres / 100, centimetres % 100)
}

/// A moment as XML writes it; beyond the calendar there is none.
fn time(unix: i64) -> String {
    let moment = DateTime::from_timestamp(unix, 0);
    moment.map_or_else(String::new, |moment| moment.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}
