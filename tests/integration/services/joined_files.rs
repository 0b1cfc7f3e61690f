//! Services whose sessions keep a part of themselves in files beside them: joined in a folder and in an
//! archive, told where a part is missing, and made to hurt.

use serde_json::Value;
use talktest::decode::{Limits, Problem, StreamedFormat, recognise_streamed};
use talktest::ingest::{FileOutcome, FileReading, read_streamed};
use talktest::metrics::RunMetrics;
use talktest::units::{BeatsPerMinute, Metres, Seconds};

use super::manifest::facts;
use super::tracks::{mean, three_tracks};
use super::{audit, folder, hostile};
use crate::fixtures::account_writers::{fitbit, runtastic};
use crate::fixtures::exports::{ExportFile, zip_of};
use crate::fixtures::run::Track;
use crate::support::packing::{gz, tar};

fn read(files: &[ExportFile], main: &str) -> FileReading {
    let (path, bytes) = files.iter().find(|(name, _)| name.ends_with(main)).unwrap();
    let folder = path.rsplit_once('/').unwrap().0;
    let beside = |name: &str| {
        let path = format!("{folder}/{name}");
        files.iter().find(|(own, _)| *own == path).map(|(_, bytes)| bytes.clone())
    };
    read_streamed(path.clone(), &mut bytes.as_slice(), &beside, &Limits::default())
}

fn rows(reading: FileReading) -> Vec<RunMetrics> {
    match reading.outcome {
        FileOutcome::Sessions(sessions) => sessions.rows,
        other => panic!("{other:?}"),
    }
}

fn runtastic_id(track: &Track) -> String {
    format!("Sport-sessions/00000000-0000-4000-8000-{:012}.json", track.start)
}

fn assert_like(row: &RunMetrics, track: &Track, every: usize) {
    assert_eq!(row.metadata.start.0, 1000 * track.start);
    let beats = track.samples.iter().step_by(every).filter_map(|sample| sample.heart_rate);
    let (expected, measured) = (mean(beats), row.heart_rate.mean.unwrap().get());
    assert!((measured - expected).abs() < 1.5, "{measured}, not {expected}");
}

#[test]
fn fitbit_heart_rates_of_days_join_their_exercises() {
    let tracks = three_tracks();
    let reading = read(&fitbit(&tracks), "exercise-0.json");
    assert_eq!(reading.warnings, []);
    let rows = rows(reading);
    assert_eq!(rows.len(), tracks.len());
    for (row, track) in rows.iter().zip(&tracks) {
        assert_like(row, track, 5);
        assert_eq!(row.metadata.joined.len(), 1, "{:?}", row.metadata.joined);
        let timer = f64::from(track.timer_between(0, track.elapsed()));
        assert_eq!(row.metadata.stated.timer.map(Seconds::get), Some(timer));
    }
}

#[test]
fn heart_rates_of_a_fitbit_run_that_was_paused_for_long_are_left_out() {
    let track = &three_tracks()[0];
    let mut files = fitbit(std::slice::from_ref(track));
    let text = String::from_utf8(files[0].1.clone()).unwrap();
    let active = format!("\"activeDuration\" : {}", 1000 * track.elapsed());
    assert!(text.contains(&active), "{text}");
    let share = |share: f64| {
        let seconds = f64::from(track.elapsed()) * share;
        text.replace(&active, &format!("\"activeDuration\" : {:.0}", 1000.0 * seconds)).into_bytes()
    };
    files[0].1 = share(0.89);
    let paused = read(&files, "exercise-0.json");
    assert!(paused.warnings.iter().any(|warning| warning.detail.contains("of 1 session left out")));
    assert_eq!(rows(paused)[0].heart_rate.mean, None);
    files[0].1 = share(0.91);
    assert!(rows(read(&files, "exercise-0.json"))[0].heart_rate.mean.is_some());
}

#[test]
fn a_fitbit_run_over_midnight_takes_both_days() {
    let mut track = three_tracks().remove(0);
    // 21:50 in Greenwich is ten to midnight where the runner is; the file changes within the run.
    track.start = 1_779_313_800;
    let files = fitbit(&[track.clone()]);
    assert_eq!(files.len(), 3);
    let rows = rows(read(&files, "exercise-0.json"));
    assert_eq!(rows[0].metadata.joined.len(), 2);
    assert_like(&rows[0], &track, 5);
}

#[test]
fn runtastic_routes_and_heart_rates_join_their_sessions() {
    for track in three_tracks() {
        let reading = read(&runtastic(&track, "Recovery Run"), &runtastic_id(&track));
        assert_eq!(reading.warnings, []);
        let row = &rows(reading)[0];
        assert_like(row, &track, 1);
        let timer = f64::from(track.timer_between(0, track.elapsed()));
        assert!(
            (row.durations.timer.get() - timer).abs() <= 1.0,
            "{:?}, not {timer}",
            row.durations
        );
        let metres = f64::from(track.samples.last().unwrap().distance_cm) / 100.0;
        let measured = row.distances.distance.unwrap().get();
        assert!((measured - metres).abs() < 0.01 * metres, "{measured}, not {metres}");
        assert_eq!(row.metadata.texts[0].text, "Recovery Run");
        assert_eq!(row.metadata.joined.len(), 2);
    }
}

fn sources(run: &Value) -> usize {
    run["sources"].as_array().unwrap().len()
}

#[test]
fn folders_and_archives_say_the_same() {
    let tracks = three_tracks();
    let mut files = fitbit(&tracks);
    files.extend(runtastic(&tracks[0], "Recovery Run"));
    let unpacked = audit(folder(&files).path());
    let runs = unpacked["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 3, "{unpacked}");
    assert_eq!(unpacked["problems"].as_array().unwrap().len(), 0, "{}", unpacked["problems"]);
    assert_eq!(runs.iter().map(sources).sum::<usize>(), 4, "one run of two services");
    let named: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    for (name, packed) in [("export.zip", zip_of(&files)), ("export.tgz", gz(&tar(&named)))] {
        let inside = audit(folder(&[(name.to_owned(), packed)]).path());
        let metrics = |document: &Value| -> Vec<Value> {
            let runs = document["runs"].as_array().unwrap();
            runs.iter().map(|run| run["metrics"].clone()).collect()
        };
        assert_eq!(metrics(&inside), metrics(&unpacked), "{name}");
    }
}

#[test]
fn without_its_parts_a_session_is_its_totals_and_says_so() {
    let tracks = three_tracks();
    let mut files = fitbit(&tracks);
    files.truncate(1);
    files.push(runtastic(&tracks[0], "x").pop().unwrap());
    let found = audit(folder(&files).path());
    let problems = found["problems"].as_array().unwrap();
    let missing = problems.iter().filter(|problem| problem["kind"] == "missing_file").count();
    assert_eq!(missing, 2, "{problems:?}");
    assert_eq!(found["runs"].as_array().unwrap().len(), 3);
    for run in found["runs"].as_array().unwrap() {
        assert_ne!(run["audit"]["verdict"], "kept", "{run}");
    }
}

/// Every way of damage to one of the files, the others whole.
fn any_damage(files: &[ExportFile], main: usize, damaged: usize, format: &StreamedFormat) -> usize {
    let answers = std::cell::RefCell::new(0_usize);
    hostile::damage(&files[damaged].1, b',', |bytes| {
        let sound = &files[main].1;
        let head = if damaged == main { bytes } else { sound };
        if recognise_streamed(head).is_none() {
            return;
        }
        let beside = |name: &str| {
            let (_, own) = files.iter().find(|(path, _)| path.ends_with(name))?;
            Some(if files[damaged].0.ends_with(name) { bytes.to_vec() } else { own.clone() })
        };
        let mut count = 0_u16;
        let answer: Result<Vec<Problem>, _> =
            (format.decode)(&mut &*head, &beside, &Limits::default(), &mut |activity| {
                assert!(activity.records.is_sorted_by_key(|record| record.time));
                assert!(activity.pauses.iter().all(|pause| pause.from < pause.to));
                assert_eq!(activity.session, count);
                count += 1;
            });
        assert_eq!(answer.is_ok(), count > 0);
        *answers.borrow_mut() += 1;
    });
    answers.into_inner()
}

#[test]
fn any_damage_is_answered() {
    let track = &three_tracks()[0];
    let track = Track { samples: track.samples[..6].to_vec(), ..track.clone() };
    let sessions = fitbit(std::slice::from_ref(&track));
    let session = runtastic(&track, "é");
    for (files, main) in [(sessions, 0), (session, 2)] {
        let format = recognise_streamed(&files[main].1).unwrap();
        for damaged in 0..files.len() {
            let answers = any_damage(&files, main, damaged, format);
            assert!(answers > 500, "{} {damaged}: {answers}", format.id);
        }
    }
}

#[test]
fn real_exercises_of_fitbit_agree_with_their_facts() {
    let Some((folder, facts)) = facts("fitbit") else { return };
    let own = folder.join("fitbit/Global Export Data");
    let bytes = std::fs::read(own.join("exercise-0.json")).unwrap();
    let beside = |name: &str| std::fs::read(own.join(name)).ok();
    let path = "exercise-0.json".to_owned();
    let rows = rows(read_streamed(path, &mut bytes.as_slice(), &beside, &Limits::default()));
    let mut with_heart_rates = 0;
    for fact in &facts {
        let row = rows.iter().find(|row| fact.is_of(row)).unwrap_or_else(|| panic!("{fact:?}"));
        let elapsed = row.metadata.stated.elapsed.map(Seconds::get);
        fact.assert_near("duration", fact.duration_s, elapsed, 3.0);
        let way = row.metadata.stated.distance.map(Metres::get);
        fact.assert_near("distance", fact.distance_m, way, 1.0);
        let beats = row.metadata.stated.mean_heart_rate_bpm.map(f64::from);
        fact.assert_near("heart rate", fact.mean_heart_rate, beats, 1.0);
        // The means of its time by another program; the first is that by the second, which for readings
        // at odd intervals is another than that of all readings.
        let measured = [("2020-07-05", 148.25), ("2020-07-09", 138.6), ("2020-07-11", 143.4)];
        if let Some((_, mean)) = measured.iter().find(|(day, _)| fact.start.starts_with(day)) {
            let own = row.heart_rate.raw_mean.map(BeatsPerMinute::get);
            fact.assert_near("measured heart rate", Some(*mean), own, 1.0);
            with_heart_rates += 1;
        }
    }
    assert_eq!((facts.len(), with_heart_rates), (11, 3));
}

#[test]
fn a_real_session_of_runtastic_agrees_with_its_facts() {
    let Some((folder, facts)) = facts("runtastic") else { return };
    let own = folder.join("runtastic/Sport-sessions");
    let name = facts[0].file.rsplit('/').next().unwrap();
    let bytes = std::fs::read(own.join(name)).unwrap();
    let beside = |name: &str| std::fs::read(own.join(name)).ok();
    let path = name.to_owned();
    let rows = rows(read_streamed(path, &mut bytes.as_slice(), &beside, &Limits::default()));
    let row = &rows[0];
    assert!(facts[0].is_of(row));
    facts[0].assert_stated(row);
    let beats = row.heart_rate.raw_mean.map(BeatsPerMinute::get);
    facts[0].assert_near("measured heart rate", facts[0].mean_heart_rate, beats, 1.0);
    let way = row.distances.distance.map(Metres::get);
    facts[0].assert_near("measured way", facts[0].distance_m, way, 101.0);
}

#[test]
fn what_was_joined_is_told_and_two_services_are_one_run() {
    let tracks = three_tracks();
    let mut files = fitbit(&tracks[..1]);
    files.extend(runtastic(&tracks[0], "Recovery Run"));
    let folder = folder(&files);
    let labels = |format: &[&str]| {
        let output = assert_cmd::Command::cargo_bin("talktest")
            .unwrap()
            .env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"))
            .args(["labels"])
            .args(format)
            .arg(folder.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let document: Value = serde_json::from_str(&labels(&["--format", "json"])).unwrap();
    let runs = document["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 1);
    assert_eq!((sources(&runs[0]), &runs[0]["kind"]), (2, &"recovery".into()));
    let joined: Vec<&str> =
        runs[0]["joined"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
    let has = |word: &str| joined.iter().any(|path| path.contains(word));
    assert!(has("GPS-data/") && has("Heart-rate-data/") && has("exercise-0.json"), "{joined:?}");
    let text = labels(&[]);
    assert!(text.contains("+ joined with "), "{text}");
    let report = folder.path().join("pages");
    let output = assert_cmd::Command::cargo_bin("talktest")
        .unwrap()
        .env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"))
        .args(["audit", "--no-logbook", "--report"])
        .args([&report, folder.path()])
        .output()
        .unwrap();
    assert!(output.status.code().is_some_and(|code| code < 2));
    let pages = walkdir_html(&report);
    let page = pages.iter().find(|page| page.contains("<dt>Joined</dt>"));
    assert!(page.is_some_and(|page| page.contains("Heart-rate-data/")), "{}", pages.len());
}

/// All pages below a folder.
fn walkdir_html(folder: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let pages = entries.map(|entry| entry.path()).flat_map(|path| {
        if path.is_dir() {
            walkdir_html(&path)
        } else {
            std::fs::read_to_string(&path).into_iter().collect()
        }
    });
    pages.collect()
}
