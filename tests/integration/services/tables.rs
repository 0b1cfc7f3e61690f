//! Services that leave tables: sessions of totals alone, and what is said of recordings elsewhere.

use serde_json::Value;
use talktest::decode::{Limits, decode};
use talktest::export_tables::{Bounds, ExportEntry, recognise};
use talktest::ingest::{FileOutcome, read};
use talktest::units::{Metres, Seconds};

use super::manifest::facts;
use super::tracks::three_tracks;
use super::{audit, folder, hostile};
use crate::fixtures::account_writers::{
    map_my_run, runkeeper, samsung_health, training_peaks, zepp,
};
use crate::fixtures::exports::ExportFile;
use crate::fixtures::fit_activity::{Notes, activity_file};
use crate::fixtures::run::Track;

/// A format and how a table of it is written.
type TableWriter = (&'static str, fn(&[Track]) -> String);

const WRITERS: [TableWriter; 2] = [("samsung-health", samsung_health), ("zepp", zepp)];

#[test]
fn sessions_of_totals_come_back() {
    let tracks = three_tracks();
    for (format, write) in WRITERS {
        let text = write(&tracks);
        let reading = read("a.csv".to_owned(), text.as_bytes(), None, &Limits::default());
        let FileOutcome::Sessions(sessions) = reading.outcome else { panic!("{reading:?}") };
        assert_eq!((sessions.format.as_ref(), sessions.rows.len()), (format, tracks.len()));
        for (row, track) in sessions.rows.iter().zip(&tracks) {
            assert_eq!(row.metadata.start.0, 1000 * track.start);
            let timer = f64::from(track.timer_between(0, track.elapsed()));
            assert_eq!(row.metadata.stated.timer, Seconds::new(timer));
            let metres = f64::from(track.samples.last().unwrap().distance_cm) / 100.0;
            let stated = row.distances.distance.unwrap().get();
            assert!((stated - metres).abs() < 0.01 * metres, "{stated}, not {metres}");
            assert_eq!(row.heart_rate.mean, None, "no heart rate by the second");
        }
    }
}

#[test]
fn a_session_of_totals_is_never_kept() {
    let mut track = three_tracks()[0].clone();
    track.start = 1_779_292_800;
    let files: Vec<ExportFile> = WRITERS
        .iter()
        .map(|(format, write)| {
            (format!("recovery/{format}.csv"), write(&[track.clone()]).into_bytes())
        })
        .collect();
    let found = audit(folder(&files).path());
    let runs = found["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 1, "one run of two services: {found}");
    assert_eq!(runs[0]["label"]["kind"], "recovery", "by its folder");
    assert_ne!(runs[0]["audit"]["verdict"], "kept");
}

#[test]
fn any_damage_is_answered() {
    let tracks = three_tracks();
    for (format, write) in WRITERS {
        let mut answers = 0;
        hostile::damage(write(&tracks).as_bytes(), b',', |bytes| {
            let Ok((decoded, _)) = decode(bytes, &Limits::default()) else { return };
            assert!(!decoded.activities.is_empty());
            assert!(decoded.activities.len() <= 2 * tracks.len());
            assert!(decoded.activities.iter().all(|activity| activity.records.is_empty()));
            answers += 1;
        });
        assert!(answers > 500, "{format}: {answers}");
    }
}

fn runs(document: &Value) -> &Vec<Value> {
    document["runs"].as_array().unwrap()
}

#[test]
fn a_runkeeper_table_speaks_of_the_files_beside_it() {
    let tracks = three_tracks();
    let found = audit(folder(&runkeeper(&tracks, "recovery run, legs heavy")).path());
    assert_eq!(runs(&found).len(), 2, "{found}");
    for run in runs(&found) {
        assert_eq!(run["label"]["kind"], "recovery");
        assert_eq!(run["label"]["by"], "cardioActivities.csv");
    }
    assert_eq!(found["files"]["unrecorded"], 1, "the run without a file");
    assert_eq!(found["problems"].as_array().unwrap().len(), 0, "{}", found["problems"]);
}

/// The recordings of these runs, as their watch wrote them.
fn recordings(tracks: &[Track]) -> Vec<ExportFile> {
    let file = |track: &Track| activity_file(track, &Notes::default());
    let numbered = tracks.iter().enumerate();
    numbered.map(|(number, track)| (format!("{number}.fit"), file(track))).collect()
}

#[test]
fn a_training_peaks_table_finds_its_run_by_day_and_length() {
    let tracks = three_tracks();
    let mut files = recordings(&tracks);
    files.push(("workouts.csv".to_owned(), training_peaks(&tracks, "Recovery Run").into_bytes()));
    let found = audit(folder(&files).path());
    assert_eq!(runs(&found).len(), 3);
    for run in runs(&found) {
        assert_eq!(run["label"]["by"], "workouts.csv", "{run}");
        let findings = run["audit"]["findings"].as_array().unwrap();
        let planned = findings.iter().find(|one| one["criterion"] == "planned-end").unwrap();
        assert_ne!(planned["result"], "cannot", "the plan's 30 minutes");
    }
    assert_eq!(found["files"]["unrecorded"], 0);
    // A run of another length on that day is another run.
    let mut other = tracks[0].clone();
    other.samples.truncate(other.samples.len() / 2);
    files[0].1 = activity_file(&other, &Notes::default());
    let found = audit(folder(&files).path());
    assert_eq!(found["files"]["unrecorded"], 1);
    assert_eq!(runs(&found).iter().filter(|run| run["label"]["by"] == "workouts.csv").count(), 2);
}

#[test]
fn a_map_my_run_table_finds_its_run_by_day_and_length() {
    let tracks = three_tracks();
    let mut files = recordings(&tracks);
    let table = map_my_run(&tracks, "recovery run");
    files.push(("user_workout_history.csv".to_owned(), table.into_bytes()));
    let found = audit(folder(&files).path());
    assert_eq!(runs(&found).len(), 3);
    for run in runs(&found) {
        assert_eq!(run["label"]["by"], "user_workout_history.csv", "{run}");
    }
    assert_eq!(found["files"]["unrecorded"], 0);
}

fn entries(name: &str, bytes: &[u8]) -> Vec<ExportEntry> {
    let table = recognise(name, bytes).unwrap();
    table.read(bytes, &Bounds::default()).unwrap().entries
}

/// Facts of a service whose start is a day or a local time, each with the line of that totals.
fn each_fact(service: &str, table: &str) {
    let Some((folder, facts)) = facts(service) else { return };
    let mut compared = 0;
    for fact in facts.iter().filter(|fact| fact.file.ends_with(table)) {
        let bytes = std::fs::read(folder.join(&fact.file)).unwrap();
        let stated = entries(table, &bytes).into_iter().map(|entry| entry.annotations.stated);
        let near = |ours: Option<f64>, fact: Option<f64>, most: f64| {
            ours.zip(fact).is_none_or(|(ours, fact)| (ours - fact).abs() <= most)
        };
        let most = 0.01 * fact.distance_m.unwrap_or_default() + 1.0;
        let found = stated.into_iter().any(|stated| {
            near(stated.timer.map(Seconds::get), fact.duration_s, 3.0)
                && near(stated.distance.map(Metres::get), fact.distance_m, most)
                && stated.timer.is_some()
                && near(stated.mean_heart_rate_bpm.map(f64::from), fact.mean_heart_rate, 1.0)
        });
        assert!(found, "{fact:?}");
        compared += 1;
    }
    assert!(compared > 0, "{service}");
}

#[test]
fn real_tables_of_other_recordings_agree_with_their_facts() {
    each_fact("runkeeper", "cardioActivities.csv");
    each_fact("trainingpeaks", "workouts.csv");
    each_fact("mapmyrun", "user_workout_history.csv");
}

#[test]
fn real_tables_of_samsung_and_zepp_agree_with_their_facts() {
    for (service, format) in [("samsung_health", "samsung-health"), ("zepp", "zepp")] {
        let Some((folder, facts)) = facts(service) else { return };
        for fact in facts.iter().filter(|fact| fact.has_ending("csv")) {
            let bytes = std::fs::read(folder.join(&fact.file)).unwrap();
            let (decoded, found) = decode(&bytes, &Limits::default()).unwrap();
            assert_eq!(found.id, format);
            let near = |start: i64| (start - fact.start_ms()).abs() <= 3000;
            let session = decoded.activities.iter().find(|session| near(session.start.0)).unwrap();
            let stated = session.stated;
            fact.assert_near("duration", fact.duration_s, stated.timer.map(Seconds::get), 3.0);
            let most = 0.01 * fact.distance_m.unwrap_or_default() + 1.0;
            fact.assert_near("distance", fact.distance_m, stated.distance.map(Metres::get), most);
            let beats = stated.mean_heart_rate_bpm.map(f64::from);
            fact.assert_near("heart rate", fact.mean_heart_rate, beats, 1.0);
        }
    }
}

#[test]
fn a_real_walk_of_google_fit_is_cut_to_its_session() {
    let Some((folder, facts)) = facts("google_fit") else { return };
    let sessions = facts.iter().filter(|fact| fact.has_ending("json"));
    let mut compared = 0;
    for session in sessions {
        let stamp = session.file.rsplit('/').next().unwrap().split("_WALKING").next().unwrap();
        let track = facts.iter().find(|fact| fact.file.contains(&format!("{stamp}_PT"))).unwrap();
        let bytes = std::fs::read(folder.join(&track.file)).unwrap();
        let reading = read(track.file.clone(), &bytes, None, &Limits::default());
        let FileOutcome::Sessions(sessions) = reading.outcome else { panic!("{reading:?}") };
        let row = &sessions.rows[0];
        assert!(session.is_of(row), "{:?}", row.metadata.start);
        let elapsed = row.durations.elapsed.get();
        session.assert_near("duration", session.duration_s, Some(elapsed), 3.0);
        compared += 1;
    }
    assert_eq!(compared, 2);
}
