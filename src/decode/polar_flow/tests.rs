//! Sessions made by hand.

use super::*;
use crate::activity::{LabelSource, Pause, Sex, Sport};
use crate::decode::ProblemKind;
use crate::units::{Seconds, UnixTime};

/// Half a minute with a stop of 60 s behind the tenth second; the day is two hours ahead of UTC.
pub(super) fn session() -> String {
    let stamp = |second: i64| format!("2026-05-20T18:{:02}:{:02}.000", second / 60, second % 60);
    let series = |name: &str, of: &dyn Fn(i64) -> String| {
        let values: Vec<String> =
            (0..30).map(|k| format!("{{\"dateTime\":\"{}\"{}}}", stamp(k), of(k))).collect();
        format!("\"{name}\":[{}]", values.join(","))
    };
    let beats = |k: i64| if k == 3 { String::new() } else { format!(",\"value\":{}", 100 + k) };
    let speed = |_| ",\"value\":9.0".to_owned();
    let route: Vec<String> = (0..30)
        .flat_map(|k| if k == 10 { vec![10, 10] } else { vec![if k > 10 { k + 60 } else { k }] })
        .map(|k| format!("{{\"dateTime\":\"{}\",\"latitude\":52.0,\"longitude\":13.0}}", stamp(k)))
        .collect();
    format!(
        "{{\"exportVersion\":\"2.6\",\"name\":\"Recovery\",\"note\":\"\",\"feeling\":\"0.75\",\
         \"startTime\":\"{}\",\"stopTime\":\"{}\",\"timeZoneOffset\":120,\"averageHeartRate\":114,\
         \"physicalInformationSnapshot\":{{\"sex\":\"FEMALE\",\"birthday\":\"1988-05-02\",\
         \"maximumHeartRate\":190,\"restingHeartRate\":50,\"anaerobicThreshold\":171}},\
         \"exercises\":[{{\"startTime\":\"{}\",\"timezoneOffset\":120,\"duration\":\"PT30.500S\",\
         \"sport\":\"TRAIL_RUNNING\",\"samples\":{{{},{},\"recordedRoute\":[{}]}}}}]}}",
        stamp(0),
        stamp(92),
        stamp(0),
        series("heartRate", &beats),
        series("speed", &speed),
        route.join(",")
    )
}

fn read(text: &str) -> Decoded {
    assert!(recognises(text.as_bytes()));
    decode(text.as_bytes(), &Limits::default()).unwrap()
}

fn at(second: i64) -> UnixTime {
    // 2026-05-20T16:00:00Z
    UnixTime::from_seconds(1_779_292_800 + second)
}

#[test]
fn readings_move_to_the_clock_of_the_route() {
    let decoded = read(&session());
    assert_eq!(decoded.warnings, []);
    let run = &decoded.activities[0];
    assert_eq!(run.pauses, [Pause { from: at(10), to: at(71) }]);
    let beats = |second| {
        run.records.iter().find(|record| record.time == at(second)).unwrap().heart_rate_bpm
    };
    assert_eq!((beats(2), beats(3), beats(10)), (Some(102), None, Some(110)));
    assert_eq!(beats(72), Some(111), "behind the pause by its length");
    assert_eq!(run.records[0].speed_mm_s, Some(2500), "kilometres an hour");
    assert!(run.records[0].position.is_some());
}

#[test]
fn what_the_session_says_is_kept() {
    let run = &read(&session()).activities[0];
    assert_eq!((run.sport.clone(), run.sub_sport.0.as_str()), (Sport::Running, "trail"));
    assert_eq!((run.start, run.utc_offset_s), (at(0), Some(7200)));
    assert_eq!(run.stated.timer, Seconds::new(30.5));
    assert_eq!(run.stated.elapsed, Seconds::new(92.0));
    assert_eq!(run.stated.mean_heart_rate_bpm, Some(114));
    assert_eq!(run.rating.feel, Some(75));
    assert_eq!((run.anchors.max_bpm, run.anchors.resting_bpm), (Some(190), Some(50)));
    assert_eq!((run.anchors.threshold_bpm, run.anchors.age_years), (None, Some(38)));
    assert_eq!(run.anchors.sex, Some(Sex::Female));
    let texts: Vec<_> = run.texts.iter().map(|text| (text.source, text.text.as_str())).collect();
    assert_eq!(texts, [(LabelSource::Title, "Recovery"), (LabelSource::Type, "TRAIL_RUNNING")]);
}

#[test]
fn without_a_zone_the_hour_of_the_day_is_kept() {
    let text =
        session().replace("\"timeZoneOffset\":120,", "").replace("\"timezoneOffset\":120,", "");
    let run = &read(&text).activities[0];
    assert_eq!((run.start, run.utc_offset_s), (at(7200), Some(0)));
}

#[test]
fn a_session_without_readings_has_its_totals() {
    let text = session();
    let (head, _) = text.split_once("\"samples\"").unwrap();
    let decoded = read(&format!("{head}\"laps\":[]}}]}}"));
    assert_eq!(decoded.activities[0].records, []);
    assert_eq!(decoded.activities[0].stated.timer, Seconds::new(30.5));
}

#[test]
fn a_session_that_breaks_off_is_told() {
    let text = session();
    let decoded = read(&text[..text.len() * 2 / 3]);
    assert_eq!(decoded.warnings[0].kind, ProblemKind::Truncated);
    assert!(decoded.activities[0].records.len() > 10);
    let empty = "{\"exportVersion\":\"1\",\"startTime\":\"x\",\"exercises\":[]}";
    assert!(matches!(decode(empty.as_bytes(), &Limits::default()), Err(Refusal::NotAnActivity(_))));
}
