//! Services whose sessions are whole in one file.

use std::path::Path;

use talktest::activity::LabelSource;
use talktest::decode::{Limits, decode};
use talktest::ingest::{FileOutcome, FileReading, read};
use talktest::metrics::RunMetrics;
use talktest::units::{BeatsPerMinute, Metres, Seconds};

use super::manifest::{Fact, facts};
use super::{audit, folder, hostile};
use crate::fixtures::day::Day;
use crate::fixtures::run::Track;
use crate::fixtures::season::days;
use crate::fixtures::service_writers::{Writer, golden_cheetah, nike_run_club, polar_flow, suunto};

/// A format, its file's ending, its writer, whether it knows pauses, and where the title ends up.
const WRITERS: [(&str, &str, Writer, bool, LabelSource); 4] = [
    ("polar-flow", "json", polar_flow, true, LabelSource::Title),
    ("suunto", "json", suunto, true, LabelSource::Description),
    ("nike-run-club", "json", nike_run_club, true, LabelSource::Title),
    ("golden-cheetah", "json", golden_cheetah, false, LabelSource::Description),
];

/// Three runs of the season, the second with a stop at a red light.
fn tracks() -> Vec<Track> {
    let tracks: Vec<Track> = days().iter().map(Day::track).collect();
    let stopped = tracks.iter().position(|track| !track.pauses.is_empty()).unwrap();
    tracks[stopped - 1..stopped + 2].to_vec()
}

fn rows(reading: FileReading, format: &str) -> Vec<RunMetrics> {
    match reading.outcome {
        FileOutcome::Sessions(sessions) => {
            assert_eq!(sessions.format, format);
            sessions.rows
        }
        other => panic!("{format}: {other:?}"),
    }
}

fn mean(beats: impl Iterator<Item = u8>) -> f64 {
    let beats: Vec<f64> = beats.map(f64::from).collect();
    beats.iter().sum::<f64>() / beats.len() as f64
}

#[test]
fn what_the_runner_ran_comes_back_from_every_service() {
    for (format, ending, write, has_pauses, source) in WRITERS {
        for track in tracks() {
            let text = write(&track, "Recovery Run");
            let reading = read(format!("a.{ending}"), text.as_bytes(), None, &Limits::default());
            assert_eq!(reading.warnings, [], "{format}");
            let rows = rows(reading, format);
            let [row] = &rows[..] else { panic!("{format}: {}", rows.len()) };
            assert_eq!(row.metadata.start.0, 1000 * track.start, "{format}");
            let timer = f64::from(track.timer_between(0, track.elapsed()));
            let measured = row.durations.timer;
            assert!(
                !has_pauses || Some(measured) == Seconds::new(timer),
                "{format}: {measured:?}, not {timer}"
            );
            let metres = f64::from(track.samples.last().unwrap().distance_cm) / 100.0;
            let measured = row.distances.distance.unwrap().get();
            assert!(
                (measured - metres).abs() < 0.01 * metres,
                "{format}: {measured}, not {metres}"
            );
            let beats = mean(track.samples.iter().filter_map(|sample| sample.heart_rate));
            let measured = row.heart_rate.mean.unwrap().get();
            assert!((measured - beats).abs() < 1.5, "{format}: {measured}, not {beats}");
            let texts = &row.metadata.texts;
            let title = texts.iter().find(|text| text.source == source).unwrap();
            assert_eq!(title.text, "Recovery Run", "{format}");
        }
    }
}

#[test]
fn one_run_of_every_service_is_one_run() {
    let track = &tracks()[0];
    let files: Vec<_> = WRITERS
        .iter()
        .map(|(format, ending, write, ..)| {
            (format!("{format}.{ending}"), write(track, "Recovery Run").into_bytes())
        })
        .collect();
    let found = audit(folder(&files).path());
    let runs = found["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 1, "{found}");
    assert_eq!(runs[0]["sources"].as_array().unwrap().len(), files.len());
    assert_eq!(runs[0]["label"]["kind"], "recovery");
}

#[test]
fn any_damage_is_answered() {
    let track = Track { samples: tracks()[0].samples[..4].to_vec(), ..tracks()[0].clone() };
    for (format, _, write, ..) in WRITERS {
        let mut answers = 0;
        hostile::damage(write(&track, "é").as_bytes(), b',', |bytes| {
            let Ok((decoded, _)) = decode(bytes, &Limits::default()) else { return };
            assert!(!decoded.activities.is_empty());
            for activity in &decoded.activities {
                assert!(activity.records.is_sorted_by_key(|record| record.time));
                assert!(activity.pauses.iter().all(|pause| pause.from < pause.to));
                assert!(activity.end.is_none_or(|end| end >= activity.start));
            }
            answers += 1;
        });
        assert!(answers > 500, "{format}: {answers}");
    }
}

#[test]
fn a_file_cut_anywhere_is_told() {
    let track = Track { samples: tracks()[0].samples[..4].to_vec(), ..tracks()[0].clone() };
    for (format, _, write, ..) in WRITERS {
        let text = write(&track, "x");
        for end in (0..text.trim_end().len()).filter(|end| text.is_char_boundary(*end)) {
            if let Ok((decoded, _)) = decode(&text.as_bytes()[..end], &Limits::default()) {
                let tells = decoded.warnings.iter().any(|warning| warning.kind.breaks_off());
                assert!(tells, "{format} cut at {end}");
            }
        }
    }
}

/// The facts of a service, each with the session that began then.
fn each_fact(service: &str, format: &str, compare: impl Fn(&Fact, &RunMetrics)) {
    let Some((folder, facts)) = facts(service) else { return };
    let mut compared = 0;
    for fact in
        facts.iter().filter(|fact| Path::new(&fact.file).extension() == Some("json".as_ref()))
    {
        let bytes = std::fs::read(folder.join(&fact.file)).unwrap();
        let reading = read(fact.file.clone(), &bytes, None, &Limits::default());
        // What is shorter than a minute and without a way is no session.
        if !matches!(reading.outcome, FileOutcome::Sessions(_)) {
            assert!(
                fact.duration_s.is_some_and(|duration| duration < 60.0),
                "{fact:?}: {reading:?}"
            );
            continue;
        }
        let rows = rows(reading, format);
        let row = rows.iter().find(|row| fact.is_of(row));
        compare(fact, row.unwrap_or_else(|| panic!("{fact:?}")));
        compared += 1;
    }
    assert!(compared > 0, "{service}");
}

#[test]
fn real_sessions_of_polar_flow_agree_with_their_facts() {
    each_fact("polar_flow", "polar-flow", |fact, row| {
        fact.assert_stated(row);
        let beats = row.heart_rate.raw_mean.map(BeatsPerMinute::get);
        fact.assert_near("measured heart rate", fact.mean_heart_rate, beats, 1.0);
    });
}

#[test]
fn real_sessions_of_nike_run_club_agree_with_their_facts() {
    each_fact("nike_run_club", "nike-run-club", |fact, row| {
        fact.assert_stated(row);
        if row.heart_rate.raw_mean.is_some() {
            let way = row.distances.distance.map(Metres::get);
            fact.assert_near("measured way", fact.distance_m, way, 0.01 * fact.distance_m.unwrap());
        }
    });
}

#[test]
fn real_sessions_of_suunto_agree_with_their_facts() {
    each_fact("suunto", "suunto", |fact, row| {
        let elapsed = row.metadata.stated.elapsed.map(Seconds::get);
        fact.assert_near("duration", fact.duration_s, elapsed, 3.0);
        let way = row.metadata.stated.distance.map(Metres::get);
        fact.assert_near("distance", fact.distance_m, way, 1.0);
        let beats = row.heart_rate.raw_mean.map(BeatsPerMinute::get);
        fact.assert_near("measured heart rate", fact.mean_heart_rate, beats, 1.5);
    });
}

#[test]
fn real_sessions_of_golden_cheetah_agree_with_their_facts() {
    let Some((folder, facts)) = facts("goldencheetah") else { return };
    for fact in facts {
        let bytes = std::fs::read(folder.join(&fact.file)).unwrap();
        let (decoded, format) = decode(&bytes, &Limits::default()).unwrap();
        assert_eq!(format.id, "golden-cheetah");
        let ride = &decoded.activities[0];
        assert_eq!(ride.start.0, fact.start_ms());
        let beats = mean(ride.records.iter().filter_map(|record| record.heart_rate_bpm));
        fact.assert_near("heart rate", fact.mean_heart_rate, Some(beats), 0.1);
        let way = ride.records.last().and_then(|record| record.distance_cm);
        fact.assert_near("way", fact.distance_m, way.map(|way| f64::from(way) / 100.0), 0.1);
    }
}
