//! Apple Health: workouts, heart rates and routes of several files become runs.

use std::cell::RefCell;

use serde_json::Value;
use talktest::decode::{Limits, recognise_streamed};
use talktest::ingest::{FileOutcome, FileReading, read_streamed};
use talktest::metrics::RunMetrics;
use talktest::units::{Metres, Seconds};

use super::manifest::facts;
use super::{audit, folder, hostile};
use crate::fixtures::apple_health_writer::apple_health_export;
use crate::fixtures::day::Day;
use crate::fixtures::exports::{ExportFile, zip_of};
use crate::fixtures::run::Track;
use crate::fixtures::season::days;

/// Four runs of the season, one of them with a stop at a red light.
fn tracks() -> Vec<Track> {
    let tracks: Vec<Track> = days().iter().map(Day::track).collect();
    let stopped = tracks.iter().position(|track| !track.pauses.is_empty()).unwrap();
    tracks[stopped - 1..stopped + 3].to_vec()
}

fn rows(reading: FileReading) -> Vec<RunMetrics> {
    match reading.outcome {
        FileOutcome::Sessions(sessions) => sessions.rows,
        other => panic!("{other:?}"),
    }
}

fn read(files: &[ExportFile]) -> FileReading {
    let bytes_of = |name: &str| {
        let (_, bytes) = files.iter().find(|(own, _)| own.ends_with(name))?;
        Some(bytes.clone())
    };
    let export = bytes_of("export.xml").unwrap();
    let path = "apple_health_export/export.xml".to_owned();
    read_streamed(path, &mut export.as_slice(), &bytes_of, &Limits::default())
}

#[test]
fn every_workout_comes_back_with_its_heart_rate_and_its_way() {
    let tracks = tracks();
    let reading = read(&apple_health_export(&tracks));
    assert_eq!(reading.warnings, []);
    let rows = rows(reading);
    assert_eq!(rows.len(), tracks.len());
    for (row, track) in rows.iter().zip(&tracks) {
        assert_eq!(row.metadata.start.0, 1000 * track.start);
        let timer = f64::from(track.timer_between(0, track.elapsed()));
        assert_eq!(Some(row.durations.timer), Seconds::new(timer));
        let last = track.samples.last().unwrap();
        let metres = f64::from(last.distance_cm) / 100.0;
        let measured = row.distances.distance.unwrap().get();
        assert!((measured - metres).abs() < 0.01 * metres, "{measured}, not {metres}");
        let every_fifth = track.samples.iter().step_by(5).filter_map(|sample| sample.heart_rate);
        let beats: Vec<f64> = every_fifth.map(f64::from).collect();
        let mean = beats.iter().sum::<f64>() / beats.len() as f64;
        let measured = row.heart_rate.mean.unwrap().get();
        assert!((measured - mean).abs() < 1.5, "{measured}, not {mean}");
    }
}

fn runs(document: &Value) -> &Vec<Value> {
    document["runs"].as_array().unwrap()
}

#[test]
fn routes_are_parts_of_their_workouts_in_a_folder_and_in_the_archive() {
    let files = apple_health_export(&tracks());
    let unpacked = audit(folder(&files).path());
    assert_eq!(runs(&unpacked).len(), 4, "{}", unpacked["problems"]);
    assert_eq!(unpacked["problems"].as_array().unwrap().len(), 0, "{}", unpacked["problems"]);
    for run in runs(&unpacked) {
        let sources = run["sources"].as_array().unwrap();
        assert_eq!(sources[0]["format"], "apple-health");
        assert!(sources.len() > 1 && sources[1..].iter().all(|source| source["format"] == "gpx"));
    }
    assert_eq!(unpacked["files"]["with_runs"], 1);
    assert_eq!(unpacked["files"]["duplicates"], files.len() - 1);
    let packed = audit(folder(&[("export.zip".to_owned(), zip_of(&files))]).path());
    let verdicts = |document: &Value| -> Vec<Value> {
        runs(document).iter().map(|run| run["metrics"].clone()).collect()
    };
    assert_eq!(verdicts(&packed), verdicts(&unpacked));
}

#[test]
fn without_its_routes_an_export_is_read_and_said_to_lack_them() {
    let files = apple_health_export(&tracks());
    let export: Vec<ExportFile> =
        files.into_iter().filter(|(name, _)| name.ends_with("export.xml")).collect();
    let found = audit(folder(&export).path());
    assert_eq!(runs(&found).len(), 4);
    assert_eq!(found["problems"][0]["kind"], "missing_file");
}

#[test]
fn any_damage_is_answered() {
    let track = Track { samples: tracks()[0].samples[..6].to_vec(), ..tracks()[0].clone() };
    let files = apple_health_export(&[track]);
    let route = files[0].1.clone();
    let (_, export) = files.last().unwrap();
    let answers = RefCell::new(0_usize);
    hostile::damage(export, b'>', |bytes| {
        let limits = Limits::default();
        if let Some(format) = recognise_streamed(bytes) {
            let beside = |_: &str| Some(route.clone());
            let mut count = 0_u16;
            let answer = (format.decode)(&mut &*bytes, &beside, &limits, &mut |activity| {
                assert!(activity.records.is_sorted_by_key(|record| record.time));
                assert!(activity.pauses.iter().all(|pause| pause.from < pause.to));
                assert_eq!(activity.session, count);
                count += 1;
            });
            assert_eq!(answer.is_ok(), count > 0);
            *answers.borrow_mut() += 1;
        }
    });
    assert!(answers.into_inner() > 5_000);
}

#[test]
fn real_exports_agree_with_their_facts() {
    let Some((folder, facts)) = facts("apple_health") else { return };
    let folder = folder.join("apple_health");
    let export = std::fs::read(folder.join("export.xml")).unwrap();
    let beside = |path: &str| std::fs::read(folder.join(path)).ok();
    let path = "export.xml".to_owned();
    let rows = rows(read_streamed(path, &mut export.as_slice(), &beside, &Limits::default()));
    assert_eq!(rows.len(), 6);
    let (workouts, routes): (Vec<_>, Vec<_>) =
        facts.iter().partition(|fact| fact.file.ends_with("export.xml"));
    assert_eq!((workouts.len(), routes.len()), (6, 20));
    for fact in workouts {
        let row = rows.iter().find(|row| fact.is_of(row)).unwrap();
        fact.assert_stated(row);
        // The way along all routes of the workout, by another program.
        let within = routes.iter().filter(|route| {
            let start = (route.start_ms() - fact.start_ms()) as f64 / 1000.0;
            (0.0..fact.duration_s.unwrap()).contains(&start)
        });
        let way: f64 = within.filter_map(|route| route.distance_m).sum();
        if way > 0.0 {
            let ours = row.distances.distance.map(Metres::get);
            fact.assert_near("way", Some(way), ours, 0.05 * way);
        }
    }
}
