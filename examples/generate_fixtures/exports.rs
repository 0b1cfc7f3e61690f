//! Whole exports of an account, in any number of activities: never on disk in the project.

use std::io::{Cursor, Write};

use chrono::DateTime;
use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::fit_activity::{Notes, Sport, activity_file, settings_file};
use super::gpx_writer::{Layout, gpx_file};
use super::run::{CalendarEntry, Track, level, record};
use super::table_writer::{Entry, garmin_table, strava_table};
use super::tcx_writer::tcx_file;

/// A path in the export and its bytes.
pub(crate) type ExportFile = (String, Vec<u8>);

/// 2023-01-02T17:00:00Z, a Monday.
const FIRST: i64 = 1_672_678_800;
/// Files that a watch writes between two activities: steps, sleep, stress.
const OTHER_FILES: usize = 5;
/// Files in one of Garmin's inner archives.
const PART: usize = 2000;

/// What is done on which day of the week.
struct Plan {
    name: &'static str,
    kind: [&'static str; 2],
    sport: Sport,
    pieces: &'static [(u32, f64)],
    exertion: Option<u8>,
    tags: [bool; 3],
}

const RUN: [&str; 2] = ["Run", "running"];
const WEEK: [Plan; 7] = [
    Plan {
        name: "Monday Shuffle",
        kind: RUN,
        sport: Sport::Running,
        pieces: &[(1800, 2.5)],
        exertion: Some(2),
        tags: [true, false, false],
    },
    Plan {
        name: "Harbour Town - Tempo",
        kind: RUN,
        sport: Sport::Running,
        pieces: &[(600, 2.9), (1200, 3.7), (300, 2.6)],
        exertion: Some(7),
        tags: [false; 3],
    },
    Plan {
        name: "Harbour Town - Recovery",
        kind: RUN,
        sport: Sport::Running,
        pieces: &[(1500, 2.6)],
        exertion: None,
        tags: [false; 3],
    },
    Plan {
        name: "Lunch Ride",
        kind: ["Ride", "cycling"],
        sport: Sport::Cycling,
        pieces: &[(1800, 6.0)],
        exertion: None,
        tags: [false; 3],
    },
    Plan {
        name: "Morning Run",
        kind: RUN,
        sport: Sport::Running,
        pieces: &[(2400, 2.8)],
        exertion: Some(3),
        tags: [false; 3],
    },
    Plan {
        name: "No recovery today",
        kind: RUN,
        sport: Sport::Running,
        pieces: &[(1800, 2.9)],
        exertion: None,
        tags: [false, true, false],
    },
    Plan {
        name: "Sunday",
        kind: RUN,
        sport: Sport::Running,
        pieces: &[(3600, 2.7)],
        exertion: Some(4),
        tags: [false, false, true],
    },
];

fn plan(day: usize) -> &'static Plan {
    &WEEK[day % WEEK.len()]
}

fn start(day: usize) -> i64 {
    FIRST + 86_400 * day as i64
}

fn track(day: usize) -> Track {
    let pieces = plan(day).pieces.iter().map(|(seconds, speed)| level(*seconds, *speed)).collect();
    record(&CalendarEntry { start: start(day), pieces, ..CalendarEntry::default() })
}

fn fit(day: usize, track: &Track) -> Vec<u8> {
    activity_file(track, &Notes { sport: plan(day).sport, ..Notes::default() })
}

fn entry<'a>(day: usize, track: &Track, file: &'a str, kind: &'static str) -> Entry<'a> {
    let Plan { name, exertion, tags, .. } = plan(day);
    Entry {
        start: start(day),
        elapsed: track.elapsed(),
        name,
        description: "one line\nand another, with \"quotes\"",
        kind,
        file,
        exertion: *exertion,
        air_temperature: Some(14.0),
        tags: *tags,
        training_effect: Some("RECOVERY"),
    }
}

/// The bulk export of a Strava account: FIT, GPX and TCX files, compressed or not, a table, pictures,
/// an activity without a file, and one whose file is missing.
pub(crate) fn strava_export(activities: usize) -> Vec<ExportFile> {
    let tracks: Vec<Track> = (0..activities).map(track).collect();
    let mut files: Vec<ExportFile> =
        tracks.iter().enumerate().map(|(day, track)| strava_file(day, track)).collect();
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let mut entries: Vec<Entry<'_>> = tracks
        .iter()
        .enumerate()
        .map(|(day, track)| entry(day, track, &names[day], plan(day).kind[0]))
        .collect();
    if let Some(first) = entries.first().copied() {
        entries.push(Entry { name: "By hand", file: "", start: first.start - 9000, ..first });
        let file = "activities/999999.fit.gz";
        entries.push(Entry { name: "Lost", file, start: first.start - 90_000, ..first });
    }
    files.push(("activities.csv".to_owned(), strava_table(&entries).into_bytes()));
    files.push(("media/a.jpg".to_owned(), vec![0xff, 0xd8, 0xff, 0xe0, 0, 16]));
    files.push(("profile.csv".to_owned(), b"Athlete ID,Email Address\n1,\n".to_vec()));
    files
}

fn strava_file(day: usize, track: &Track) -> ExportFile {
    let id = 7_000_000 + day;
    let layout = Layout { name: plan(day).name, indent: " ", extension: true, temperature: None };
    match (day % 10, plan(day).sport) {
        (3, Sport::Running) => {
            let text = gpx_file(track, &layout, |_| true);
            (format!("activities/{id}.gpx"), text.into_bytes())
        }
        (6, Sport::Running) => {
            let text = " ".repeat(10) + &tcx_file(track, "Base");
            (format!("activities/{id}.tcx.gz"), gz(text.as_bytes()))
        }
        _ => (format!("activities/{id}.fit.gz"), gz(&fit(day, track))),
    }
}

/// The export of a Garmin account: archives in the archive, other files of the watch among the
/// activities, and the summaries elsewhere.
pub(crate) fn garmin_export(activities: usize) -> Vec<ExportFile> {
    const FITNESS: &str = "DI_CONNECT/DI-Connect-Fitness";
    const UPLOADED: &str = "DI_CONNECT/DI-Connect-Uploaded-Files";
    let tracks: Vec<Track> = (0..activities).map(track).collect();
    let entries: Vec<Entry<'_>> = tracks
        .iter()
        .enumerate()
        .map(|(day, track)| entry(day, track, "", plan(day).kind[1]))
        .collect();
    let table = format!("{FITNESS}/runner_0_summarizedActivities.json");
    let mut files = vec![(table, garmin_table(&entries).into_bytes())];
    let uploaded: Vec<ExportFile> =
        tracks.iter().enumerate().flat_map(|(day, track)| garmin_files(day, track)).collect();
    for (part, chunk) in uploaded.chunks(PART).enumerate() {
        files.push((format!("{UPLOADED}/UploadedFiles_0-_Part{}.zip", part + 1), zip_of(chunk)));
    }
    files
}

fn garmin_files(day: usize, track: &Track) -> Vec<ExportFile> {
    let number = 90_000 + 10 * day;
    let other =
        |k: usize| (format!("runner_{}.fit", number + k), settings_file(start(day) + k as i64));
    let activity = (format!("runner_{number}.fit"), fit(day, track));
    std::iter::once(activity).chain((1..=OTHER_FILES).map(other)).collect()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing into memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// The files in one archive, as it is downloaded.
pub(crate) fn zip_of(files: &[ExportFile]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        // Writing into memory cannot fail.
        let _ = writer.start_file(name.as_str(), SimpleFileOptions::default());
        let _ = writer.write_all(bytes);
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// The day of the start in Greenwich, as tests name it.
pub(crate) fn day_of(day: usize) -> String {
    let moment = DateTime::from_timestamp(start(day), 0);
    moment.map_or_else(String::new, |moment| moment.format("%Y-%m-%d").to_string())
}
