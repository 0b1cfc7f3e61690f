//! Recordings as accounts give them out: totals in one file, readings in others, or nowhere.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::exports::ExportFile;
use super::gpx_writer::{Layout, gpx_file};
use super::run::{Sample, Track};
use super::service_writers::{OFFSET, clock, totals};

/// Fitbit: exercises in one file, heart rates in a file for each day of the athlete, all in UTC.
pub(crate) fn fitbit(tracks: &[Track]) -> Vec<ExportFile> {
    const FOLDER: &str = "Takeout/Fitbit/Global Export Data";
    let exercise = |track: &Track| {
        let summary = totals(track);
        format!(
            "{{\n \"logId\" : {},\n \"activityName\" : \"Run\",\n \"activityTypeId\" : 90009,\n \
             \"averageHeartRate\" : {},\n \"distance\" : {},\n \"distanceUnit\" : \"Kilometer\",\n \
             \"duration\" : {},\n \"activeDuration\" : {},\n \"startTime\" : \"{}\"\n}}",
            track.start,
            summary.mean,
            summary.metres / 1000.0,
            1000 * track.elapsed(),
            1000 * summary.timer,
            clock(track.start, "%m/%d/%y %H:%M:%S")
        )
    };
    let exercises: Vec<String> = tracks.iter().map(exercise).collect();
    let mut days: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for track in tracks {
        for sample in track.samples.iter().step_by(5) {
            let second = track.start + i64::from(sample.second);
            let Some(beats) = sample.heart_rate else { continue };
            // The file is that of the athlete's own day.
            days.entry(clock(second + OFFSET, "%Y-%m-%d")).or_default().push(format!(
                "{{\"dateTime\":\"{}\",\"value\":{{\"bpm\":{beats},\"confidence\":2}}}}",
                clock(second, "%m/%d/%y %H:%M:%S")
            ));
        }
    }
    let mut files = vec![(format!("{FOLDER}/exercise-0.json"), list(&exercises))];
    for (day, mut points) in days {
        points.push(
            "{\"dateTime\":\"01/01/20 00:00:00\",\"value\":{\"bpm\":70,\"confidence\":0}}"
                .to_owned(),
        );
        files.push((format!("{FOLDER}/heart_rate-{day}.json"), list(&points)));
    }
    files
}

fn list(items: &[String]) -> Vec<u8> {
    format!("[{}]", items.join(",\n")).into_bytes()
}

/// Runtastic: a file for each session, its route and its heart rates in files of the same name.
pub(crate) fn runtastic(track: &Track, title: &str) -> Vec<ExportFile> {
    const FOLDER: &str = "Sport-sessions";
    let id = format!("00000000-0000-4000-8000-{:012}", track.start);
    let summary = totals(track);
    let session = format!(
        "{{\"start_time\":{},\"end_time\":{},\"start_time_timezone_offset\":7200000,\"distance\":{},\
         \"duration\":{},\"pause_duration\":{},\"notes\":\"{title}\",\"pulse_avg\":{},\"id\":\"{id}\",\
         \"sport_type_id\":\"1\"}}",
        1000 * track.start,
        1000 * (track.start + i64::from(track.elapsed())),
        summary.metres,
        1000 * summary.timer,
        1000 * (track.elapsed() - summary.timer),
        summary.mean
    );
    let head = |sample: &Sample| {
        format!(
            "\"version\":1,\"timestamp\":\"{}\",\"duration\":{}",
            clock(track.start + 3600 + i64::from(sample.second), "%Y-%m-%d %H:%M:%S +0100"),
            1000 * track.timer_between(0, sample.second)
        )
    };
    let point = |sample: &Sample| {
        let (north, east) = sample.position;
        format!(
            "{{{},\"longitude\":{east:.7},\"latitude\":{north:.7},\"altitude\":{:.1},\"speed\":{:.4},\
             \"distance\":{:.2}}}",
            head(sample),
            sample.altitude,
            f64::from(sample.speed_mm_s) * 0.0036,
            f64::from(sample.distance_cm) / 100.0
        )
    };
    let beats = |sample: &Sample| {
        Some(format!("{{{},\"heart_rate\":{}}}", head(sample), sample.heart_rate?))
    };
    let route: Vec<String> = track.samples.iter().map(point).collect();
    let heart_rates: Vec<String> = track.samples.iter().filter_map(beats).collect();
    vec![
        (format!("{FOLDER}/GPS-data/{id}.json"), list(&route)),
        (format!("{FOLDER}/Heart-rate-data/{id}.json"), list(&heart_rates)),
        (format!("{FOLDER}/{id}.json"), session.into_bytes()),
    ]
}

/// Runkeeper: a table beside GPX files without heart rates; the last run has no file.
pub(crate) fn runkeeper(tracks: &[Track], notes: &str) -> Vec<ExportFile> {
    let mut files = Vec::new();
    let mut table = "Date,Type,Route Name,Distance (km),Duration,Average Pace,Average Speed (km/h),Calories Burned,\
                     Climb (m),Average Heart Rate (bpm),Notes,GPX File\n"
        .to_owned();
    for (number, track) in tracks.iter().enumerate() {
        let summary = totals(track);
        let name = clock(track.start + OFFSET, "%Y-%m-%d-%H%M.gpx");
        let is_last = number + 1 == tracks.len();
        let _ = writeln!(
            table,
            "{},Running,,{:.2},{}:{:02},5:00,12.0,300.0,5,{},\"{notes}\",{}",
            clock(track.start + OFFSET, "%Y-%m-%d %H:%M:%S"),
            summary.metres / 1000.0,
            summary.timer / 60,
            summary.timer % 60,
            summary.mean,
            if is_last { "" } else { &name }
        );
        if !is_last {
            let layout =
                Layout { name: "Running", indent: "", extension: false, temperature: None };
            files.push((name, gpx_file(track, &layout, |_| true).into_bytes()));
        }
    }
    files.push(("cardioActivities.csv".to_owned(), table.into_bytes()));
    files
}

/// Samsung Health: a table with a line before its columns, and a cell too many in every other line.
pub(crate) fn samsung_health(tracks: &[Track]) -> String {
    let columns = [
        "duration",
        "start_time",
        "exercise_type",
        "mean_heart_rate",
        "distance",
        "time_offset",
        "end_time",
    ];
    let columns = columns.map(|name| format!("com.samsung.health.exercise.{name}"));
    let mut table =
        format!("\u{feff}com.samsung.shealth.exercise,6307003,17\n{}\n", columns.join(","));
    for track in tracks {
        let summary = totals(track);
        let utc = |unix| clock(unix, "%Y-%m-%d %H:%M:%S.000");
        let _ = writeln!(
            table,
            "{},{},1002,{},{},UTC+0200,{},",
            1000 * summary.timer,
            utc(track.start),
            summary.mean,
            summary.metres,
            utc(track.start + i64::from(track.elapsed()))
        );
    }
    table
}

/// Zepp: a table of totals.
pub(crate) fn zepp(tracks: &[Track]) -> String {
    let mut table =
        "\u{feff}type,startTime,sportTime(s),maxPace(/meter),minPace(/meter),distance(m),\
                     avgPace(/meter),calories(kcal)\n"
            .to_owned();
    for track in tracks {
        let summary = totals(track);
        let start = clock(track.start, "%Y-%m-%d %H:%M:%S+0000");
        let _ = writeln!(table, "1,{start},{},2.0,0.2,{},0.3,300.0", summary.timer, summary.metres);
    }
    table
}

/// `TrainingPeaks`: what was planned and done on a day, and a workout that was not done.
pub(crate) fn training_peaks(tracks: &[Track], title: &str) -> String {
    let mut table = "\"Title\",\"WorkoutType\",\"WorkoutDescription\",\"PlannedDuration\",\"WorkoutDay\",\
                     \"DistanceInMeters\",\"AthleteComments\",\"TimeTotalInHours\",\"HeartRateAverage\",\"Rpe\",\
                     \"Feeling\"\n\"Intervals\",\"Run\",\"3 min recovery\",\"1\",\"2026-05-20\",\"\",\"\",\"\",\"\",\"\",\"\"\n"
        .to_owned();
    for track in tracks {
        let summary = totals(track);
        let _ = writeln!(
            table,
            "\"{title}\",\"Run\",\"5 x 20 s fast, 3 min recovery\",\"0.5\",\"{}\",\"{}\",\"\",\"{:.6}\",\"{}\",\"2\",\"3\"",
            clock(track.start + OFFSET, "%Y-%m-%d"),
            summary.metres,
            f64::from(summary.timer) / 3600.0,
            summary.mean
        );
    }
    table
}

/// `MapMyRun`: totals and notes of a day, in miles.
pub(crate) fn map_my_run(tracks: &[Track], title: &str) -> String {
    let mut table =
        "Date Submitted,Workout Date,Activity Type,Calories Burned (kCal),Distance (mi),\
                     Workout Time (seconds),Avg Pace (min/mi),Max Pace (min/mi),Avg Speed (mi/h),\
                     Max Speed (mi/h),Avg Heart Rate,Steps,Notes,Source,Link\n"
            .to_owned();
    for track in tracks {
        let summary = totals(track);
        let day = clock(track.start + OFFSET, "\"%b %-d, %Y\"");
        let miles = summary.metres / 1609.344;
        let _ = writeln!(
            table,
            "{day},{day},Run,300,{miles:.5},{},,,,,{},,{title},MapMyRun,http://example.org/1",
            summary.timer, summary.mean
        );
    }
    table
}
