//! Lost heart rate turns no firm verdict into a firm better one: on every run of the season, on some
//! of them in other formats, and on the worked runs.

use serde_json::Value;
use talktest::audit::Certainty;
use talktest::decode::{Limits, decode};
use talktest::ingest::{FileOutcome, FileReading, read};
use talktest::metrics::measure;
use talktest::session::Verdict;
use talktest::settings::Settings;

use crate::damage::{Answer, judged, settings};
use crate::support::own_files;
use crate::worked_runs;

/// Shares of the heart rate that are lost.
const SHARES: [f64; 3] = [0.05, 0.1, 0.2];

/// Which seconds of a run lose their heart rate: some at random, or one block.
fn losses(records: usize) -> Vec<Vec<bool>> {
    let lost = |(seed, share): (u64, f64)| {
        let mut rng = fastrand::Rng::with_seed(seed);
        let random: Vec<bool> = (0..records).map(|_| rng.f64() < share).collect();
        let size = (share * records as f64) as usize;
        let from = rng.usize(0..=records - size);
        [random, (0..records).map(|k| (from..from + size).contains(&k)).collect()]
    };
    (0..).zip(SHARES).flat_map(lost).collect()
}

fn grade(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Kept => 0,
        Verdict::Slipped => 1,
        Verdict::NotRecovery => 2,
        Verdict::CannotJudge => 3,
    }
}

/// Whether a firm verdict became a firm better one.
fn is_firmly_better(before: Verdict, (after, certainty): Answer) -> bool {
    certainty == Some(Certainty::Firm)
        && after != Verdict::CannotJudge
        && grade(after) < grade(before)
}

/// A recording and what is read of it.
struct Recording {
    name: String,
    bytes: Vec<u8>,
    reading: FileReading,
}

impl Recording {
    fn of((name, bytes): (String, Vec<u8>)) -> Self {
        let reading = read("run.fit".to_owned(), &bytes, None, &Limits::default());
        Self { name, bytes, reading }
    }

    /// What is said of it without the heart rate of these records: it is absent, or zero.
    fn without(&self, settings: &Settings, lost: &[bool], beats: Option<u8>) -> Option<Answer> {
        let (mut decoded, _) = decode(&self.bytes, &Limits::default()).ok()?;
        let mut activity = decoded.activities.swap_remove(0);
        talktest::repair::repair(&mut activity);
        for (record, _) in activity.records.iter_mut().zip(lost).filter(|(_, lost)| **lost) {
            record.heart_rate_bpm = beats;
        }
        let mut reading = self.reading.clone();
        let FileOutcome::Sessions(sessions) = &mut reading.outcome else { return None };
        sessions.rows = vec![measure(&activity).ok()?];
        judged(settings, reading)
    }
}

/// How many losses were tried on the runs of a format whose verdict is firm, of every so many.
fn tried(extension: &str, every: usize) -> usize {
    let settings = settings();
    let mut compared = 0;
    for recording in own_files(extension).into_iter().step_by(every).map(Recording::of) {
        let Some((before, Some(Certainty::Firm))) = judged(&settings, recording.reading.clone())
        else {
            continue;
        };
        let (decoded, _) = decode(&recording.bytes, &Limits::default()).unwrap();
        for (case, lost) in losses(decoded.activities[0].records.len()).iter().enumerate() {
            for beats in [None, Some(0)] {
                let Some(after) = recording.without(&settings, lost, beats) else { continue };
                compared += 1;
                let name = &recording.name;
                assert!(
                    !is_firmly_better(before, after),
                    "{name}, loss {case} as {beats:?}: {before:?} became {after:?}"
                );
            }
        }
    }
    compared
}

#[test]
fn no_fit_file_looks_firmly_better_without_some_of_its_heart_rate() {
    assert!(tried("fit", 1) > 100);
}

#[test]
fn no_tcx_file_looks_firmly_better_without_some_of_its_heart_rate() {
    assert!(tried("tcx", 3) > 50);
}

#[test]
fn no_gpx_file_looks_firmly_better_without_some_of_its_heart_rate() {
    assert!(tried("gpx", 1) > 10);
}

#[test]
fn no_worked_run_looks_firmly_better_without_some_of_its_heart_rate() {
    let answer = |run: &Value| {
        let audit = worked_runs::judged(run, &worked_runs::measured(run));
        (audit.ruling.verdict, audit.ruling.certainty)
    };
    let mut compared = 0;
    for (name, run) in worked_runs::load("vectors.json") {
        let (before, certainty) = answer(&run);
        let Some(beats) = run["hr"].as_array().filter(|_| certainty == Some(Certainty::Firm))
        else {
            continue;
        };
        for (case, lost) in losses(beats.len()).iter().enumerate() {
            let left = beats.iter().zip(lost);
            let left = left.map(|(beats, lost)| if *lost { Value::Null } else { beats.clone() });
            let mut run = run.clone();
            run["hr"] = left.collect();
            let after = answer(&run);
            compared += 1;
            assert!(
                !is_firmly_better(before, after),
                "{name}, loss {case}: {before:?} became {after:?}"
            );
        }
    }
    assert!(compared > 50, "{compared}");
}
