//! The page for browsers, `talktest.html`, used in Chromium by `tests/browser/web.mjs`: it judges as
//! the built command does. Where the page was not built (`packaging/web.sh target/web`), or node,
//! Chromium or the packages are not there, that is said aloud and nothing is checked.
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::report_browser::{BROWSER, missing, talktest};
use crate::support::beside;
use crate::support::packing::zip;
use crate::support::report::SEASON;

fn page() -> Option<PathBuf> {
    let built = || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/web/talktest.html");
    let page = std::env::var_os("TALKTEST_PAGE").map_or_else(built, PathBuf::from);
    let why = match missing() {
        None if !page.is_file() => "the page was not built: packaging/web.sh target/web",
        None => return Some(page),
        Some(what) => what,
    };
    eprintln!("SKIPPED: talktest.html was not used in a browser: {why}");
    None
}

/// What the page is given, and what the command says of it.
fn case(folder: &Path, name: &str, input: &Path) -> Value {
    let audit = folder.join(format!("{name}.json"));
    std::fs::write(&audit, talktest(input, &["--no-logbook", "--format", "json"])).unwrap();
    json!({"input": input, "audit": audit})
}

/// The recordings of the season as Strava hands them out, with a title that labels every third.
fn strava_zip() -> Vec<u8> {
    let entries = std::fs::read_dir(SEASON).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "fit")).collect();
    paths.sort();
    let mut table =
        String::from("Activity ID,Activity Date,Activity Name,Activity Type,Filename\n");
    let mut files = Vec::new();
    for (number, path) in paths.iter().enumerate() {
        let title = if number % 3 == 0 { "Recovery run" } else { "Run" };
        let name = format!("activities/{}.fit", 1000 + number);
        let line = format!("{},\"1 May 2026, 06:00:00\",{title},Run,{name}\n", 1000 + number);
        table.push_str(&line);
        files.push((name, std::fs::read(path).unwrap()));
    }
    files.push(("activities.csv".to_owned(), table.into_bytes()));
    zip(&files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

/// A season that may be changed.
fn own_season(folder: &Path) -> PathBuf {
    std::fs::create_dir(folder).unwrap();
    for entry in std::fs::read_dir(SEASON).unwrap().map(|entry| entry.unwrap()) {
        std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    folder.to_owned()
}

/// What `talktest note` writes of one run of the season, and what the command says of it then.
fn note_case(folder: &Path) -> Value {
    const FILE: &str = "2026-03-31-18-15-00.fit";
    let season = own_season(&folder.join("noted"));
    let mut note = Command::new(env!("CARGO_BIN_EXE_talktest"));
    note.arg("note").arg(season.join(FILE)).args(["--no-logbook", "--folder"]).arg(&season);
    let noted = note.args(["--label", "recovery", "--planned", "30", "--rpe", "3"]).output();
    assert!(noted.unwrap().status.success());
    json!({
        "run": "2026-03-31 18:15",
        "said": {"label": "recovery", "planned_minutes": "30", "rpe": "3"},
        "notes": season.join("notes.csv"),
        "audit": case(folder, "noted", &season)["audit"],
    })
}

fn used(page: &Path, cases: &Value, folder: &Path) {
    let file = folder.join("cases.json");
    std::fs::write(&file, cases.to_string()).unwrap();
    let mut node = Command::new("node");
    let used = node.arg(Path::new(BROWSER).join("web.mjs")).args([page, &file]).output().unwrap();
    assert!(used.status.success(), "{}", String::from_utf8_lossy(&used.stderr));
    eprint!("{}", String::from_utf8_lossy(&used.stdout));
}

#[test]
fn the_page_judges_as_the_command() {
    let Some(page) = page() else { return };
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("export.zip");
    std::fs::write(&archive, strava_zip()).unwrap();
    let hostile = beside("cases").map_or_else(Vec::new, |cases| {
        let files = ["distance_42949_km.fit", "s38_zero_v94.fit", "tcx_many_activities.tcx.gz"];
        files.map(|name| case(folder.path(), name, &cases.join("hostile").join(name))).to_vec()
    });
    let cases = json!({
        "folder": case(folder.path(), "season", Path::new(SEASON)),
        "zip": case(folder.path(), "zip", &archive),
        "note": note_case(folder.path()),
        "hostile": hostile,
    });
    used(&page, &cases, folder.path());
}

/// Two athletes with the same runs, one of whom guesses the maximum.
fn two_athletes(folder: &Path) -> PathBuf {
    const SETTINGS: &str = "[athletes.ann]\nname = \"Ann\"\nfolder = \"a\"\n\n\
        [[athletes.ann.heart_rate]]\nmax = 190\nmax_source = \"guess\"\n\n\
        [athletes.ben]\nfolder = \"b\"\n";
    std::fs::create_dir(folder).unwrap();
    for name in ["a", "b"] {
        let season = own_season(&folder.join(name));
        std::fs::remove_file(season.join("talktest.toml")).unwrap();
    }
    std::fs::write(folder.join("talktest.toml"), SETTINGS).unwrap();
    folder.to_owned()
}

#[test]
fn every_slider_judges_as_the_command() {
    let Some(page) = page() else { return };
    let folder = tempfile::tempdir().unwrap();
    let season = own_season(&folder.path().join("season"));
    let unknown = own_season(&folder.path().join("unknown"));
    std::fs::remove_file(unknown.join("talktest.toml")).unwrap();
    let inputs = [unknown, two_athletes(&folder.path().join("two"))];
    let command = env!("CARGO_BIN_EXE_talktest");
    let sliders = json!({"input": season, "inputs": inputs, "command": command});
    used(&page, &json!({"sliders": sliders}), folder.path());
}

/// A run of 20 minutes on each of 1,000 days, all at the same time of day.
fn many_runs(folder: &Path) {
    const DAY: &str = "0000-00-00";
    let point = |k: u32| {
        let (latitude, heart_rate) = (52.0 + 5e-5 * f64::from(k), 125 + (k / 40) % 20);
        let (minute, second) = (2 * k / 60, 2 * k % 60);
        format!(
            "<trkpt lat=\"{latitude:.6}\" lon=\"13.0\"><time>{DAY}T06:{minute:02}:{second:02}Z</time>\
             <extensions><hr>{heart_rate}</hr></extensions></trkpt>"
        )
    };
    let points: String = (0..600).map(point).collect();
    let first = chrono::NaiveDate::from_ymd_opt(2023, 7, 22).unwrap();
    for (number, day) in first.iter_days().take(1_000).enumerate() {
        let name = if number % 3 == 0 { "Recovery run" } else { "Run" };
        let points = points.replace(DAY, &day.to_string());
        let text = format!(
            "<gpx version=\"1.1\" creator=\"c\"><trk><name>{name}</name><type>running</type><trkseg>{points}</trkseg></trk></gpx>"
        );
        std::fs::write(folder.join(format!("{number:04}.gpx")), text).unwrap();
    }
}

#[test]
fn a_large_export_stays_light() {
    let Some(page) = page() else { return };
    let folder = tempfile::tempdir().unwrap();
    let runs = folder.path().join("runs");
    std::fs::create_dir(&runs).unwrap();
    many_runs(&runs);
    used(&page, &json!({"large": runs}), folder.path());
}
