//! The generated season written as TCX: what comes back is what the model of the runner ran.

#[allow(unused_imports, reason = "its tests are not run here, only what they take in is seen")]
use crate::fixtures::hour::{fit_hour, tcx_hour};
use crate::fixtures::run::{Sample, Track};
use crate::fixtures::season::days;
use crate::fixtures::tcx_writer::tcx_file;
use talktest::activity::{Activity, LabelSource, Position, Record};
use talktest::decode::{Limits, decode};
use talktest::metrics::{RunMetrics, measure};
use talktest::units::Seconds;

fn read(bytes: &[u8]) -> Activity {
    let (mut decoded, _) = decode(bytes, &Limits::default()).expect("a sound file");
    assert_eq!(decoded.warnings, []);
    assert_eq!(decoded.activities.len(), 1);
    decoded.activities.remove(0)
}

#[test]
fn every_sample_and_every_pause_comes_back() {
    let mut pauses = 0;
    for day in days() {
        let track = day.track();
        let activity = read(tcx_file(&track, "Recovery Run").as_bytes());
        compare(&activity, &track);
        assert_eq!(activity.texts[0].source, LabelSource::Workout);
        assert_eq!(activity.texts[0].text, "Recovery Run");
        let timer = f64::from(track.timer_between(0, track.elapsed()));
        assert_eq!(activity.stated.timer.map(Seconds::get), Some(timer));
        pauses += activity.pauses.len();
    }
    assert_eq!(pauses, 3, "there are three red lights in the season");
}

fn compare(activity: &Activity, track: &Track) {
    assert_eq!(activity.start.0, track.start * 1000);
    assert_eq!(activity.records.len(), track.samples.len());
    for (record, sample) in activity.records.iter().zip(&track.samples) {
        assert!(is_same(record, sample, track.start), "{record:?}, not {sample:?}");
    }
    let second = |ms: i64| (ms / 1000 - track.start) as u32;
    let pauses = activity.pauses.iter().map(|pause| (second(pause.from.0), second(pause.to.0)));
    assert_eq!(pauses.collect::<Vec<_>>(), track.pauses);
}

fn is_same(record: &Record, sample: &Sample, start: i64) -> bool {
    let (north, east) = record.position.map(Position::degrees).expect("a position");
    record.time.0 == (start + i64::from(sample.second)) * 1000
        && record.heart_rate_bpm == sample.heart_rate
        && record.distance_cm == Some(sample.distance_cm)
        && record.speed_mm_s == Some(sample.speed_mm_s)
        && record.cadence_centi_spm == Some(sample.steps / 2 * 200)
        && (north - sample.position.0).abs() < 2e-7
        && (east - sample.position.1).abs() < 2e-7
}

#[test]
fn an_hour_measures_as_it_does_in_fit() {
    let row = |bytes: &[u8]| -> RunMetrics { measure(&read(bytes)).expect("a whole hour") };
    let (fit, tcx) = (row(&fit_hour()), row(&tcx_hour()));
    assert_eq!(fit.durations, tcx.durations);
    assert_eq!(fit.heart_rate.mean, tcx.heart_rate.mean);
    assert_eq!(fit.heart_rate.max, tcx.heart_rate.max);
    assert_eq!(fit.heart_rate.trusted_moving_s, tcx.heart_rate.trusted_moving_s);
    assert_eq!(fit.distances.distance, tcx.distances.distance);
    assert_eq!(fit.drift, tcx.drift);
}
