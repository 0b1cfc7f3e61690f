//! Activities made by hand.

use super::*;
use crate::activity::Pause;

const START: i64 = 1_779_292_800_000;

fn series(kind: &str, values: &[(i64, f64)]) -> String {
    let value = |(second, value): &(i64, f64)| {
        let time = START + 1000 * second;
        format!("{{\"start_epoch_ms\":{time},\"end_epoch_ms\":{time},\"value\":{value}}}")
    };
    let values: Vec<String> = values.iter().map(value).collect();
    // The kind behind the values: keys have no order.
    format!("{{\"unit\":\"X\",\"values\":[{}],\"type\":\"{kind}\"}}", values.join(","))
}

fn activity() -> String {
    let series = [
        series("heart_rate", &[(5, 120.0), (10, 121.4)]),
        series("distance", &[(5, 0.012), (10, 0.013)]),
        series("latitude", &[(5, 52.0), (7, 52.1)]),
        series("longitude", &[(5, 13.0), (8, 13.0)]),
        series("nikefuel", &[(5, 7.0)]),
    ];
    let halt = |value: &str, second: i64| {
        let time = START + 1000 * second;
        format!("{{\"key\":\"halt\",\"value\":\"{value}\",\"timestamp\":{time}}}")
    };
    format!(
        "{{\"id\":\"a\",\"type\":\"run\",\"start_epoch_ms\":{START},\"end_epoch_ms\":{},\
         \"active_duration_ms\":15000,\"summaries\":[{{\"metric\":\"distance\",\"summary\":\"total\",\
         \"value\":0.025}},{{\"metric\":\"heart_rate\",\"summary\":\"mean\",\"value\":120.7}}],\
         \"tags\":{{\"com.nike.name\":\"Recovery Run\",\"rpe\":\"2\",\"location\":\"indoors\"}},\
         \"metrics\":[{}],\"moments\":[{},{},{{\"key\":\"split_km\",\"value\":\"1\",\"timestamp\":{START}}}]}}",
        START + 20_000,
        series.join(","),
        halt("pause", 12),
        halt("resume", 17)
    )
}

fn read(text: &str) -> Decoded {
    assert!(recognises(text.as_bytes()));
    decode(text.as_bytes(), &Limits::default()).unwrap()
}

#[test]
fn series_become_records() {
    let decoded = read(&activity());
    assert_eq!((decoded.warnings.len(), decoded.activities.len()), (0, 1));
    let run = &decoded.activities[0];
    let at = |second: i64| UnixTime(START + 1000 * second);
    let [first, second] = run.records[..] else { panic!("{:?}", run.records) };
    assert_eq!(
        (first.time, first.heart_rate_bpm, first.distance_cm),
        (at(5), Some(120), Some(1200))
    );
    assert!(first.position.is_some() && second.position.is_none());
    assert_eq!((second.heart_rate_bpm, second.distance_cm), (Some(121), Some(2500)));
    assert_eq!(run.pauses, [Pause { from: at(12), to: at(17) }]);
    assert_eq!((run.start, run.end, run.utc_offset_s), (at(0), Some(at(20)), None));
    assert_eq!((run.sport.clone(), run.sub_sport.0.as_str()), (Sport::Running, "indoor_running"));
    assert_eq!(run.stated.distance, Metres::new(25.0));
    assert_eq!(run.stated.mean_heart_rate_bpm, Some(121));
    assert_eq!((run.stated.timer, run.stated.elapsed), (Seconds::new(15.0), Seconds::new(20.0)));
    assert_eq!(run.texts[0].text, "Recovery Run");
    assert_eq!(run.rating.exertion, Some(Exertion::cr10(2.0)));
}

#[test]
fn several_activities_lie_in_a_list() {
    let one = activity();
    for text in [format!("[{one},{one}]"), format!("{{\"activities\":[{one},{one}]}}")] {
        let decoded = read(&text);
        let numbers: Vec<u16> = decoded.activities.iter().map(|one| one.session).collect();
        assert_eq!(numbers, [0, 1]);
        assert_eq!(decoded.activities[0].records, decoded.activities[1].records);
    }
}

#[test]
fn an_activity_that_breaks_off_is_kept_as_far_as_it_goes() {
    let text = activity();
    let (before, _) = text.split_once("nikefuel").unwrap();
    let decoded = read(before);
    assert_eq!(decoded.activities[0].records.len(), 2);
    assert!(decoded.warnings[0].kind.breaks_off());
}
