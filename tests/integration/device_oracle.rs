//! Our figures against those that the watches themselves wrote.
//!
//! Of the project's own files, which are always there, every figure must be what the model of the watch
//! wrote; those of real watches are beside the project or not compared. A real watch counts
//! by its own clock, in milliseconds, and from more readings than it records, so the two never
//! agree to the last digit: each figure has a limit, and a share of files that must be within it.
//! Files outside are listed with the reason; a listed file that has come inside fails the test.

#![allow(clippy::print_stdout)] // the tables are for people

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use talktest::activity::Sport;
use talktest::decode::{self, Limits};
use talktest::metrics::{RunMetrics, measure};

use crate::support::own_files;

/// A session of a file, measured.
struct MeasuredSession {
    /// The name of its file, and which session of several.
    name: String,
    /// Whether its file holds this one session only.
    is_alone: bool,
    run: RunMetrics,
}

impl MeasuredSession {
    fn step_s(&self) -> f64 {
        self.run.durations.recording_interval.map_or(0.0, f64::from)
    }

    fn is_run(&self) -> bool {
        self.run.metadata.sport == Sport::Running
    }
}

/// The FIT files of the corpus, archives included, each content once.
fn fit_files(corpus: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for (name, bytes) in files_in(&corpus.join("fit")) {
        files.push((name, bytes));
    }
    for (name, bytes) in files_in(&corpus.join("gz")) {
        files.push((name, crate::support::archive::gunzip(&bytes)));
    }
    for (name, bytes) in files_in(&corpus.join("zip")) {
        for (entry, bytes) in crate::support::archive::unzip(&bytes) {
            files.push((format!("{name}/{entry}"), bytes));
        }
    }
    files.sort();
    let mut seen = BTreeSet::new();
    files.retain(|(_, bytes)| bytes.get(8..12) == Some(b".FIT") && seen.insert(bytes.clone()));
    files
}

fn files_in(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.path().is_file());
    files
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).expect("a file that can be read"))
        })
        .collect()
}

fn measured(files: &[(String, Vec<u8>)]) -> Vec<MeasuredSession> {
    let mut sessions = Vec::new();
    for (name, bytes) in files {
        let Ok((decoded, _)) = decode::decode(bytes, &Limits::default()) else { continue };
        let is_alone = decoded.activities.len() == 1;
        for activity in &decoded.activities {
            let Ok(run) = measure(activity) else { continue };
            let session = activity.session + 1;
            let name = if is_alone { name.clone() } else { format!("{name}, session {session}") };
            sessions.push(MeasuredSession { name, is_alone, run });
        }
    }
    sessions
}

/// One figure, ours against the watch's.
struct Figure {
    title: &'static str,
    /// How far ours may be from the watch's.
    limit: f64,
    /// Ours minus the watch's, in the unit of the limit.
    difference: fn(&RunMetrics) -> Option<f64>,
    /// Ends of names of files outside, and why they are.
    outside: &'static [(&'static str, &'static str)],
}

const ZONES: Figure = Figure {
    title: "time in the watch's own zones: summed difference in %",
    limit: 1.5,
    difference: zone_difference,
    outside: &[
        (
            "activity_2477200414.fit",
            "the watch found a new threshold during the run: by its own laps it counted four \
             with bounds of 64–199 bpm and two with 65–202, and states only the latter",
        ),
        (
            "track_cs_5611.fit",
            "the same: seven laps counted with bounds of 117–203 bpm, the last with 118–205",
        ),
        (
            "2019-09-07-11-22-19.fit",
            "the same, as it seems: it states the bounds of a threshold of 165 bpm; with those \
             of 164 the difference is 0.6 %",
        ),
        (
            "garmin-fenix-5-basic.fit",
            "57 seconds long, heart rate rising throughout, a record every second or third: \
             one record counts 5 %",
        ),
    ],
};

const HEART_RATE: Figure = Figure {
    title: "raw mean heart rate: difference in bpm",
    limit: 1.0,
    difference: |run| {
        let stated = f64::from(run.metadata.stated.mean_heart_rate_bpm?);
        Some(run.heart_rate.raw_mean?.get() - stated)
    },
    outside: &[
        (
            "2013-02-06-12-11-14.fit",
            "a record every 5 s, written where something changes; the watch averaged what lies \
             between, too: the means of its laps agree with its own total",
        ),
        (
            "IpBike-HRV-Data.fit",
            "written by a telephone that averages otherwise: the means of its laps, too, are up \
             to 4 bpm below those of the records in them",
        ),
    ],
};

const TIMER: Figure = Figure {
    title: "timer time: difference in s",
    limit: 3.0,
    difference: |run| Some(run.durations.timer.get() - run.metadata.stated.timer?.get()),
    outside: &[(
        "4077461142.fit",
        "44 s after the start the times of the records leap by 7 s: the clock was put right; \
         the watch counted by another, and its elapsed time is short by the same 6 s",
    )],
};

const DISTANCE: Figure = Figure {
    title: "distance: difference in %",
    limit: 0.5,
    difference: |run| {
        let stated = run.metadata.stated.distance?.get();
        let ours = run.distances.distance?.get();
        (stated > 0.0).then(|| 100.0 * (ours / stated - 1.0))
    },
    outside: &[(
        "garmin-vivosmart-hr.fit",
        "32 seconds long, and the counter stands at 1.6 m in the first record: distance is last \
         minus first",
    )],
};

fn zone_difference(run: &RunMetrics) -> Option<f64> {
    let stated = &run.metadata.device_zones.as_ref()?.stated_s;
    let ours = &run.heart_rate.in_device_zones_s;
    let total: f64 = stated.iter().sum();
    let zone = |i: usize| {
        let ours = ours.get(i).copied().map_or(0.0, f64::from);
        (ours - stated.get(i).copied().unwrap_or(0.0)).abs()
    };
    let summed: f64 = (0..ours.len().max(stated.len())).map(zone).sum();
    (total > 0.0).then(|| 100.0 * summed / total)
}

/// What came of one figure over many files.
#[derive(Default)]
struct Outcome {
    /// Sizes of the differences, in rising order.
    sizes: Vec<f64>,
    /// How many are within the limit.
    inside: usize,
    faults: Vec<String>,
}

impl Outcome {
    /// The smallest size that at least this share of the files does not exceed.
    fn percentile(&self, percent: usize) -> f64 {
        let rank = (self.sizes.len() * percent).div_ceil(100);
        self.sizes[rank.saturating_sub(1)]
    }

    fn inside_percent(&self) -> f64 {
        100.0 * self.inside as f64 / self.sizes.len() as f64
    }
}

impl Figure {
    /// Prints the table, the widest difference first, and counts.
    fn over<'m>(&self, sessions: impl Iterator<Item = &'m MeasuredSession>) -> Outcome {
        let mut rows: Vec<(f64, &MeasuredSession)> = sessions
            .filter_map(|session| Some(((self.difference)(&session.run)?, session)))
            .collect();
        rows.sort_by(|a, b| a.0.abs().total_cmp(&b.0.abs()).reverse());
        println!("\n{}, at most {}; {} files", self.title, self.limit, rows.len());
        println!("{:>10}  {:>4}  {:<8} file", "difference", "step", "");
        let mut outcome = Outcome::default();
        for (difference, session) in &rows {
            self.judge(*difference, session, &mut outcome);
        }
        outcome.sizes = rows.iter().rev().map(|(difference, _)| difference.abs()).collect();
        outcome
    }

    fn judge(&self, difference: f64, session: &MeasuredSession, outcome: &mut Outcome) {
        let listed = self.outside.iter().find(|(end, _)| session.name.ends_with(end));
        let is_inside = difference.abs() <= self.limit;
        let word = if is_inside { "inside" } else { "OUTSIDE" };
        let (name, step) = (&session.name, session.step_s());
        println!("{difference:>10.3}  {step:>4.0}  {word:<8} {name}");
        match (is_inside, listed) {
            (true, Some(_)) => outcome.faults.push(format!("{name} is inside and needs no reason")),
            (false, Some((_, why))) => println!("{:>26} {why}", "because"),
            (false, None) => {
                println!("{:>26} of nothing that is listed", "because");
            }
            (true, None) => {}
        }
        outcome.inside += usize::from(is_inside);
    }

    /// Prints the table and fails unless enough files are inside.
    fn require<'m>(&self, percent: f64, sessions: impl Iterator<Item = &'m MeasuredSession>) {
        let outcome = self.over(sessions);
        let (inside, files) = (outcome.inside, outcome.sizes.len());
        let reached = outcome.inside_percent();
        println!("=> {inside} of {files} inside: {reached:.1} %, needed {percent} %");
        assert!(files >= ENOUGH_FILES, "{}: only {files} files", self.title);
        assert!(outcome.faults.is_empty(), "{}", outcome.faults.join("\n"));
        assert!(reached >= percent, "{}: only {reached:.1} % inside", self.title);
    }
}

/// Fewer say nothing about a share.
const ENOUGH_FILES: usize = 10;

/// The model of the watch sums up by its own arithmetic, from the track and not from its records; smart
/// recording leaves out up to seven seconds at a change.
#[test]
fn the_projects_own_files_measure_as_they_were_written() {
    let sessions = measured(&own_files("fit"));
    let mut runs: Vec<_> =
        sessions.iter().filter(|session| session.name != "broken_off.fit").collect();
    within_of(&runs, &TIMER, 0.5);
    within_of(&runs, &DISTANCE, 0.01);
    within_of(&runs, &HEART_RATE, 1.0);
    // A third of its heart rate is missing in pieces that hold for up to 20 s, and the file states none of them.
    runs.retain(|session| session.name != "2026-05-06_recovery_30min.fit");
    within_of(&runs, &ZONES, 1.5);
}

fn within_of(runs: &[&MeasuredSession], figure: &Figure, limit: f64) {
    for session in runs {
        let Some(difference) = (figure.difference)(&session.run) else { continue };
        let name = &session.name;
        assert!(difference.abs() <= limit, "{name}: {}: {difference}", figure.title);
    }
    let compared = runs.iter().filter(|session| (figure.difference)(&session.run).is_some());
    assert!(compared.count() >= 34, "{}", figure.title);
}

#[test]
fn zones_agree_with_the_watch() {
    let Some(corpus) = crate::support::beside("corpus") else { return };
    let sessions = measured(&fit_files(&corpus));
    let is_1_hz = |session: &&MeasuredSession| session.step_s() <= 1.0;
    let runs = || sessions.iter().filter(|session| session.is_run());
    println!("\nA record every second:");
    let every_second = ZONES.over(runs().filter(is_1_hz));
    println!("\nRecorded smartly, for information:");
    let smart = ZONES.over(runs().filter(|session| !is_1_hz(session)));
    let (median, p90) = (every_second.percentile(50), every_second.percentile(90));
    let (files, smart_files) = (every_second.sizes.len(), smart.sizes.len());
    println!("\n=> {files} files with a record every second: median {median:.3} %, needed 0.5;");
    println!("   90th percentile {p90:.3} %, needed 1.5");
    println!("=> {smart_files} smartly recorded: median {:.3} %", smart.percentile(50));
    let faults = [every_second.faults, smart.faults].concat();
    assert!(files >= ENOUGH_FILES, "only {files} files");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(median <= 0.5 && p90 <= 1.5, "median {median}, 90th percentile {p90}");
}

#[test]
fn totals_agree_with_the_watch() {
    let Some(corpus) = crate::support::beside("corpus") else { return };
    let sessions = measured(&fit_files(&corpus));
    let runs = || sessions.iter().filter(|session| session.is_run() && session.is_alone);
    println!("\n{} running files of one session", runs().count());
    HEART_RATE.require(90.0, runs());
    TIMER.require(95.0, runs());
    DISTANCE.require(97.0, runs());
    for session in runs() {
        let unmeasured = session.run.metadata.stated.distance.filter(|stated| stated.get() > 0.0);
        if let (Some(stated), None) = (unmeasured, session.run.distances.distance) {
            println!("no distance of ours: {} states {} m", session.name, stated.get());
        }
    }
}

/// What cannot be, whatever was recorded.
fn nonsense(session: &MeasuredSession) -> Vec<String> {
    let (clocks, heart) = (&session.run.durations, &session.run.heart_rate);
    let [elapsed, timer, moving, walking] =
        [clocks.elapsed, clocks.timer, clocks.moving, clocks.walking].map(f64::from);
    let unpacked = session.run.channels.unpack().map(|series| series.len() as f64);
    let checks = [
        (timer <= elapsed, "more timer than elapsed time"),
        (moving <= timer + 0.5, "more moving than timer time"),
        (walking <= moving, "more walking than moving"),
        (unpacked.is_ok_and(|s| (s - timer).abs() <= 0.5), "lanes shorter or longer than timer"),
        (heart.raw_mean.is_none_or(|mean| mean.get() > 0.0 && mean.get() < 255.0), "raw mean"),
        (heart.mean.is_none_or(|mean| (40.0..=230.0).contains(&mean.get())), "mean"),
        (heart.max >= heart.mean, "a mean above the maximum"),
        (heart.raw_mean.is_some() || heart.mean.is_none(), "a mean out of nothing"),
        (heart.removed_moving_s <= heart.recorded_moving_s, "more removed than recorded"),
        (session.run.efficiency.is_none_or(f64::is_finite), "efficiency"),
    ];
    let wrong = checks.iter().filter(|(holds, _)| !holds);
    wrong.map(|(_, what)| format!("{}: {what}", session.name)).collect()
}

#[test]
fn nothing_measured_is_nonsense() {
    let mut files: Vec<_> = ["fit", "gpx", "tcx"].into_iter().flat_map(own_files).collect();
    if let Some(corpus) = crate::support::beside("corpus") {
        files.extend(fit_files(&corpus));
        files.extend(
            ["broken", "crafted", "gpx"].iter().flat_map(|name| files_in(&corpus.join(name))),
        );
    }
    let sessions = measured(&files);
    let nonsense: Vec<String> = sessions.iter().flat_map(nonsense).collect();
    println!("{} sessions of {} files measured", sessions.len(), files.len());
    assert!(nonsense.is_empty(), "{}", nonsense.join("\n"));
}

/// A row may not grow beyond what the noisiest speeds and altitudes of the corpus need.
const MOST_BYTES_PER_HOUR: f64 = 12_000.0;

#[test]
fn rows_stay_small() {
    let mut files = own_files("fit");
    files.extend(crate::support::beside("corpus").iter().flat_map(|corpus| fit_files(corpus)));
    let sessions = measured(&files);
    let mut sizes: Vec<(f64, f64, &str)> = sessions
        .iter()
        .filter(|session| session.is_run() && session.run.durations.timer.get() >= 1800.0)
        .map(|session| {
            let hours = session.run.durations.timer.get() / 3600.0;
            let row = serde_json::to_vec(&session.run).expect("a row in JSON").len() as f64 / hours;
            (row, session.run.channels.bytes().unwrap().len() as f64 / hours, session.name.as_str())
        })
        .collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0).reverse());
    println!("{} runs of half an hour and more; bytes per hour:", sizes.len());
    println!("{:>7}  {:>7}  file", "row", "lanes");
    for (row, lanes, name) in &sizes {
        println!("{row:>7.0}  {lanes:>7.0}  {name}");
        assert!(*row < MOST_BYTES_PER_HOUR, "{name} takes {row:.0} bytes an hour");
    }
}
