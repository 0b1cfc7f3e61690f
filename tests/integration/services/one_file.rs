//! Services whose sessions are whole in one file.

use talktest::activity::LabelSource;
use talktest::decode::{Limits, decode};
use talktest::ingest::{FileOutcome, FileReading, read};
use talktest::metrics::RunMetrics;
use talktest::units::{BeatsPerMinute, METRES_PER_MILE, Metres, Seconds};

use super::manifest::{Fact, facts};
use super::tracks::{mean, three_tracks};
use super::{audit, folder, hostile};
use crate::fixtures::device_writers::{
    endomondo, huawei_hitrack, huawei_motion_path, polar_hrm, pwx, suunto_sml, wahoo,
};
use crate::fixtures::run::Track;
use crate::fixtures::service_writers::{
    OFFSET, Writer, golden_cheetah, nike_run_club, polar_flow, suunto,
};

/// A format and how one of its files is written.
struct FormatWriter {
    format: &'static str,
    ending: &'static str,
    write: Writer,
    /// Whether it tells pauses.
    has_pauses: bool,
    /// Whether its start is the clock of the wall without a zone.
    is_local: bool,
    /// Where the title ends up, if anywhere.
    title: Option<LabelSource>,
}

const fn writer(
    format: &'static str,
    ending: &'static str,
    write: Writer,
    title: Option<LabelSource>,
) -> FormatWriter {
    FormatWriter { format, ending, write, has_pauses: true, is_local: false, title }
}

const WRITERS: [FormatWriter; 11] = [
    writer("polar-flow", "json", polar_flow, Some(LabelSource::Title)),
    writer("suunto", "json", suunto, Some(LabelSource::Description)),
    writer("nike-run-club", "json", nike_run_club, Some(LabelSource::Title)),
    FormatWriter {
        has_pauses: false,
        ..writer("golden-cheetah", "json", golden_cheetah, Some(LabelSource::Description))
    },
    writer("suunto-sml", "sml", suunto_sml, Some(LabelSource::Type)),
    FormatWriter {
        is_local: true,
        has_pauses: false,
        ..writer("polar-hrm", "hrm", polar_hrm, Some(LabelSource::Description))
    },
    FormatWriter {
        is_local: true,
        has_pauses: false,
        ..writer("pwx", "pwx", pwx, Some(LabelSource::Title))
    },
    FormatWriter {
        is_local: true,
        ..writer("wahoo", "csv", wahoo, Some(LabelSource::Description))
    },
    FormatWriter { has_pauses: false, ..writer("huawei-hitrack", "txt", huawei_hitrack, None) },
    FormatWriter {
        has_pauses: false,
        ..writer("huawei-motion-path", "json", huawei_motion_path, None)
    },
    FormatWriter {
        has_pauses: false,
        ..writer("endomondo", "json", endomondo, Some(LabelSource::Title))
    },
];

fn rows(reading: FileReading, format: &str) -> Vec<RunMetrics> {
    match reading.outcome {
        FileOutcome::Sessions(sessions) => {
            assert_eq!(sessions.format, format);
            sessions.rows
        }
        other => panic!("{format}: {other:?}"),
    }
}

#[test]
fn what_the_runner_ran_comes_back_from_every_service() {
    for FormatWriter { format, ending, write, has_pauses, is_local, title } in WRITERS {
        for track in three_tracks() {
            let text = write(&track, "Recovery Run");
            let reading = read(format!("a.{ending}"), text.as_bytes(), None, &Limits::default());
            assert_eq!(reading.warnings, [], "{format}");
            let rows = rows(reading, format);
            let [row] = &rows[..] else { panic!("{format}: {}", rows.len()) };
            let offset = if is_local { OFFSET } else { 0 };
            assert_eq!(row.metadata.start.0, 1000 * (track.start + offset), "{format}");
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
            let found = texts.iter().find(|text| Some(text.source) == title);
            assert_eq!(found.is_some(), title.is_some(), "{format}");
            assert!(found.is_none_or(|text| text.text == "Recovery Run"), "{format}");
        }
    }
}

#[test]
fn one_run_of_every_service_is_one_run() {
    let track = &three_tracks()[0];
    let files: Vec<_> = WRITERS
        .iter()
        .filter(|writer| !writer.is_local)
        .map(|FormatWriter { format, ending, write, .. }| {
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
    let track = &three_tracks()[0];
    let track = Track { samples: track.samples[..4].to_vec(), ..track.clone() };
    for FormatWriter { format, write, .. } in WRITERS {
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
    let track = &three_tracks()[0];
    let track = Track { samples: track.samples[..4].to_vec(), ..track.clone() };
    for FormatWriter { format, write, .. } in WRITERS {
        let text = write(&track, "x");
        // A file of lines that ends behind one of them is whole.
        let is_cut = |end: &usize| {
            text.is_char_boundary(*end)
                && (!matches!(format, "huawei-hitrack" | "wahoo") || !text[..*end].ends_with('\n'))
        };
        for end in (0..text.trim_end().len()).filter(is_cut) {
            if let Ok((decoded, _)) = decode(&text.as_bytes()[..end], &Limits::default()) {
                let tells = decoded.warnings.iter().any(|warning| warning.kind.breaks_off());
                assert!(tells, "{format} cut at {end}");
            }
        }
    }
}

/// The facts of a service in files of an ending, each with the session that began then.
fn each_fact(service: &str, ending: &str, format: &str, compare: impl Fn(&Fact, &RunMetrics)) {
    let Some((folder, facts)) = facts(service) else { return };
    let mut compared = 0;
    for fact in facts.iter().filter(|fact| fact.has_ending(ending)) {
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
    each_fact("polar_flow", "json", "polar-flow", |fact, row| {
        fact.assert_stated(row);
        let beats = row.heart_rate.raw_mean.map(BeatsPerMinute::get);
        fact.assert_near("measured heart rate", fact.mean_heart_rate, beats, 1.0);
    });
}

#[test]
fn real_sessions_of_nike_run_club_agree_with_their_facts() {
    each_fact("nike_run_club", "json", "nike-run-club", |fact, row| {
        fact.assert_stated(row);
        if row.heart_rate.raw_mean.is_some() {
            let way = row.distances.distance.map(Metres::get);
            fact.assert_near("measured way", fact.distance_m, way, 0.01 * fact.distance_m.unwrap());
        }
    });
}

#[test]
fn real_sessions_of_suunto_agree_with_their_facts() {
    each_fact("suunto", "json", "suunto", |fact, row| {
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

#[test]
fn real_sessions_in_suuntos_xml_agree_with_their_facts() {
    for ending in ["sml", "xml"] {
        each_fact("suunto", ending, "suunto-sml", |fact, row| {
            let elapsed = row.metadata.stated.elapsed.map(Seconds::get);
            fact.assert_near("duration", fact.duration_s, elapsed, 3.0);
            let way = row.metadata.stated.distance.map(Metres::get);
            fact.assert_near("distance", fact.distance_m, way, 1.0);
            let beats = row.heart_rate.raw_mean.map(BeatsPerMinute::get);
            // The mean of all times between beats, which are not all beats, is lower than the watch's own.
            let is_of_beats = fact.file.contains("only-RR");
            let own = row.metadata.stated.mean_heart_rate_bpm.map(f64::from);
            let expected = if is_of_beats { own } else { fact.mean_heart_rate };
            fact.assert_near("measured heart rate", expected, beats, 1.0);
        });
    }
}

#[test]
fn real_sessions_of_older_polar_watches_agree_with_their_facts() {
    each_fact("polar_hrm", "hrm", "polar-hrm", |fact, row| {
        let timer = row.metadata.stated.timer.map(Seconds::get);
        fact.assert_near("duration", fact.duration_s, timer, 3.0);
        // The manifest leaves open whether a trip is counted in kilometres; its mode says miles.
        let miles = fact.distance_m.map(|metres| METRES_PER_MILE / 1000.0 * metres);
        let way = row.metadata.stated.distance.map(Metres::get);
        fact.assert_near("distance", miles, way, 1.0);
        let along = row.distances.distance.filter(|_| miles.is_some()).map(Metres::get);
        fact.assert_near("way", miles, along, 0.01 * miles.unwrap_or_default());
        let beats = row.heart_rate.raw_mean.map(BeatsPerMinute::get);
        fact.assert_near("measured heart rate", fact.mean_heart_rate, beats, 1.0);
    });
}

#[test]
fn a_real_workout_of_wahoo_states_its_facts() {
    each_fact("wahoo", "csv", "wahoo", Fact::assert_stated);
}

#[test]
fn real_workouts_in_pwx_agree_with_their_facts() {
    let Some((folder, facts)) = facts("pwx") else { return };
    for fact in facts {
        let bytes = std::fs::read(folder.join(&fact.file)).unwrap();
        let (decoded, format) = decode(&bytes, &Limits::default()).unwrap();
        assert_eq!(format.id, "pwx");
        let workout = &decoded.activities[0];
        assert_eq!(workout.start.0, fact.start_ms());
        let elapsed = workout.stated.elapsed.map(Seconds::get);
        fact.assert_near("duration", fact.duration_s, elapsed, 3.0);
        let beats = mean(workout.records.iter().filter_map(|record| record.heart_rate_bpm));
        fact.assert_near("heart rate", fact.mean_heart_rate, Some(beats), 0.1);
        let way = workout.records.iter().rev().find_map(|record| record.distance_cm);
        let most = 0.01 * fact.distance_m.unwrap();
        fact.assert_near("way", fact.distance_m, way.map(|way| f64::from(way) / 100.0), most);
    }
}

#[test]
fn real_tracks_of_huawei_agree_with_their_facts() {
    each_fact("huawei", "", "huawei-hitrack", |fact, row| {
        let elapsed = row.metadata.stated.elapsed.map(Seconds::get);
        fact.assert_near("duration", fact.duration_s, elapsed, 3.0);
        let beats = row.heart_rate.raw_mean.map(BeatsPerMinute::get);
        fact.assert_near("measured heart rate", fact.mean_heart_rate, beats, 1.0);
        let most = 0.02 * fact.distance_m.unwrap();
        fact.assert_near("way", fact.distance_m, row.distances.distance.map(Metres::get), most);
    });
    each_fact("huawei", "json", "huawei-motion-path", Fact::assert_stated);
}
