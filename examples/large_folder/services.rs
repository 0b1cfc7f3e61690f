//! The same years as other services give them out.

use std::io;
use std::path::Path;

use crate::fixtures::account_writers::{
    fitbit, map_my_run, runkeeper, runtastic, samsung_health, training_peaks, zepp,
};
use crate::fixtures::apple_health_writer::apple_health_export;
use crate::fixtures::device_writers::{
    huawei_hitrack, huawei_motion_path, polar_hrm, pwx, suunto_sml, wahoo,
};
use crate::fixtures::exports::ExportFile;
use crate::fixtures::run::Track;
use crate::fixtures::service_writers::{Writer, golden_cheetah, nike_run_club, polar_flow, suunto};

/// Services with a file for each session.
const FILE_BY_FILE: [(&str, Writer, &str); 10] = [
    ("polar-flow", polar_flow, "json"),
    ("suunto", suunto, "json"),
    ("nike-run-club", nike_run_club, "json"),
    ("golden-cheetah", golden_cheetah, "json"),
    ("suunto-sml", suunto_sml, "sml"),
    ("polar-hrm", polar_hrm, "hrm"),
    ("pwx", pwx, "pwx"),
    ("wahoo", wahoo, "csv"),
    ("huawei-hitrack", huawei_hitrack, "txt"),
    ("huawei-motion-path", huawei_motion_path, "json"),
];

/// Writes an export of these runs as a service gives it out; says whether the service is known.
pub(crate) fn write(folder: &Path, service: &str, tracks: &[Track]) -> io::Result<bool> {
    const TITLE: &str = "Recovery Run";
    if let Some((_, write, ending)) = FILE_BY_FILE.iter().find(|(name, ..)| *name == service) {
        std::fs::create_dir_all(folder)?;
        for track in tracks {
            let path = folder.join(format!("{}.{ending}", track.start));
            std::fs::write(path, write(track, TITLE))?;
        }
        return Ok(true);
    }
    let table = |name: &str, text: String| vec![(name.to_owned(), text.into_bytes())];
    let files: Vec<ExportFile> = match service {
        "apple-health" => apple_health_export(tracks),
        "fitbit" => fitbit(tracks),
        "runtastic" => tracks.iter().flat_map(|track| runtastic(track, TITLE)).collect(),
        "runkeeper" => runkeeper(tracks, TITLE),
        "samsung-health" => table("com.samsung.shealth.exercise.csv", samsung_health(tracks)),
        "zepp" => table("SPORT.csv", zepp(tracks)),
        "map-my-run" => table("user_workout_history.csv", map_my_run(tracks, TITLE)),
        "training-peaks" => table("workouts.csv", training_peaks(tracks, TITLE)),
        _ => return Ok(false),
    };
    for (name, bytes) in files {
        let path = folder.join(name);
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(path, bytes)?;
    }
    Ok(true)
}
