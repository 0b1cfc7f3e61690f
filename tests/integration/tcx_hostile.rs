//! Bytes made to hurt the TCX decoder: whatever they are, it answers, soon, and never panics.

use talktest::decode::tcx::FORMAT;
use talktest::decode::{Decoded, Limits, ProblemKind, Refusal};

const SMALL: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE x [<!ENTITY e \"x\">]>\
    <TrainingCenterDatabase xmlns:t=\"http://t\"><Activities><Activity Sport=\"Running\"><Id>x</Id>\
    <Lap StartTime=\"2021-09-08T05:59:58Z\"><TotalTimeSeconds>9.5</TotalTimeSeconds><DistanceMeters>30\
    </DistanceMeters><AverageHeartRateBpm><Value>131</Value></AverageHeartRateBpm><Track><Trackpoint>\
    <Time>2021-09-08T06:00:00.250Z</Time><Position><LatitudeDegrees>45.0</LatitudeDegrees>\
    <LongitudeDegrees>22.5</LongitudeDegrees></Position><AltitudeMeters>12.5</AltitudeMeters>\
    <DistanceMeters>3.25</DistanceMeters><HeartRateBpm><Value>130</Value></HeartRateBpm><Extensions>\
    <t:TPX><t:Speed>2.5</t:Speed><t:RunCadence>82</t:RunCadence></t:TPX></Extensions></Trackpoint>\
    <!-- c --><Trackpoint><Time>2021-09-08T08:00:01+02:00</Time></Trackpoint><Trackpoint><Time>\
    2021-09-08 06:00:05</Time></Trackpoint></Track><Track><Trackpoint><Time>2021-09-08T06:00:09Z</Time>\
    <Cadence>81</Cadence></Trackpoint></Track></Lap><Lap StartTime='2021-09-08T06:00:30Z'>\
    <TotalTimeSeconds>5</TotalTimeSeconds><Track><Trackpoint><Time>2021-09-08T06:00:31Z</Time>\
    <DistanceMeters>1</DistanceMeters></Trackpoint></Track></Lap><Notes>R<![CDATA[&]]>&e;&#xe9;</Notes>\
    <Creator><Name>é</Name></Creator></Activity></Activities></TrainingCenterDatabase>";

fn decode(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let _ = (FORMAT.recognises)(bytes);
    let result = (FORMAT.decode)(bytes, &Limits::default());
    if let Ok(decoded) = &result {
        check(decoded);
    }
    result
}

/// What every decoder owes whoever measures.
fn check(decoded: &Decoded) {
    assert!(!decoded.activities.is_empty());
    for activity in &decoded.activities {
        assert!(activity.records.is_sorted_by_key(|record| record.time));
        let first = activity.records.first().map(|record| record.time);
        assert!(first >= Some(activity.start));
        assert_eq!(activity.records.last().map(|record| record.time), activity.end);
        assert!(activity.pauses.iter().all(|pause| pause.from < pause.to));
        assert!(activity.pauses.windows(2).all(|pair| pair[0].to <= pair[1].from));
        let altitudes = activity.records.iter().filter_map(|record| record.altitude_m);
        assert!(altitudes.into_iter().all(f32::is_finite));
    }
}

#[test]
fn the_small_file_is_whole() {
    let decoded = decode(SMALL.as_bytes()).unwrap();
    assert_eq!(decoded.warnings, []);
    assert_eq!(decoded.activities[0].records.len(), 5);
    assert_eq!(decoded.activities[0].pauses.len(), 2);
}

#[test]
fn every_prefix() {
    for end in 0..SMALL.len() {
        if let Ok(decoded) = decode(&SMALL.as_bytes()[..end]) {
            let kinds: Vec<_> = decoded.warnings.iter().map(|warning| warning.kind).collect();
            assert!(kinds.contains(&ProblemKind::Truncated), "cut at {end}: {kinds:?}");
        }
    }
}

#[test]
fn every_suffix() {
    for start in 0..SMALL.len() {
        let _ = decode(&SMALL.as_bytes()[start..]);
    }
}

#[test]
fn every_change_of_one_byte() {
    let mut bytes = SMALL.as_bytes().to_vec();
    for at in 0..bytes.len() {
        let before = bytes[at];
        for changed in [0, b'<', b'>', b'&', b'"', b'/', b'-', b'9', b' ', 0x80, 0xff, before ^ 1] {
            bytes[at] = changed;
            let _ = decode(&bytes);
        }
        bytes[at] = before;
    }
}

#[test]
fn every_left_out_and_doubled_byte() {
    for at in 0..SMALL.len() {
        let (before, after) = SMALL.as_bytes().split_at(at);
        let _ = decode(&[before, &after[1..]].concat());
        let _ = decode(&[before, &after[..1], after].concat());
    }
}

/// Pieces of the file in every other order, several times each: a simple generator chooses.
#[test]
fn pieces_in_any_order() {
    let pieces: Vec<&str> = SMALL.split_inclusive('>').collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..5000 {
        let mut mixed = pieces.clone();
        for _ in 0..=next(6) {
            let (from, to) = (next(mixed.len()), next(mixed.len()));
            match next(3) {
                0 => mixed.swap(from, to),
                1 => mixed.insert(to, mixed[from]),
                _ => drop(mixed.remove(from)),
            }
        }
        let _ = decode(mixed.concat().as_bytes());
    }
}

#[test]
fn every_prefix_in_utf16() {
    let bytes: Vec<u8> = SMALL.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for end in 0..bytes.len() {
        let _ = decode(&bytes[..end]);
    }
}

fn refused_as(text: &str) -> ProblemKind {
    match decode(text.as_bytes()) {
        Err(Refusal::Unusable(problem)) => problem.kind,
        other => panic!("{other:?}"),
    }
}

#[test]
fn nesting_without_end_returns_at_once() {
    let deep = "<a>".repeat(200_000);
    for around in [
        "<TrainingCenterDatabase>",
        "<Activities><Activity><Notes>",
        "<Activities><Activity><Lap><Track><Trackpoint><Extensions>",
    ] {
        assert_eq!(refused_as(&format!("{around}{deep}")), ProblemKind::LimitExceeded);
    }
    let groups = "<MultiSportSession>".repeat(200_000);
    assert_eq!(refused_as(&format!("<Activities>{groups}")), ProblemKind::LimitExceeded);
}

#[test]
fn entities_are_never_expanded() {
    let define = |n: u32| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n + 1).repeat(10));
    let entities: String = (0..12).map(define).collect();
    let text = format!("<!DOCTYPE x [{entities}]>{}", SMALL.split_once("]>").unwrap().1);
    let decoded = decode(text.replace("&e;", "&e0;").as_bytes()).unwrap();
    assert_eq!(decoded.activities[0].texts[0].text, "R&&e0;é");
}

#[test]
fn many_of_anything_take_little() {
    let many = |piece: &str| piece.repeat(200_000);
    for body in [
        many("<Activity/>"),
        many("<Activity></Activity>"),
        format!("<Activity>{}</Activity>", many("<Lap/>")),
        format!("<Activity>{}</Activity>", many("<Lap StartTime='2021-09-08T06:00:00Z'></Lap>")),
        format!("<Activity><Lap>{}</Lap></Activity>", many("<Track></Track>")),
        format!("<Activity><Lap><Track>{}</Track></Lap></Activity>", many("<Trackpoint/>")),
        format!("<Activity><Notes>{}</Notes></Activity>", many("x&e;")),
        format!("<Activity>{}</Activity>", many("<Notes>n</Notes>")),
        format!("<Activity {}/>", many("a='1' ")),
    ] {
        let _ = decode(format!("<Activities>{body}</Activities>").as_bytes());
    }
    let _ = decode(format!("<Activities>{}", many("&")).as_bytes());
    let _ = decode(format!("<Activities>{}", many("<!--")).as_bytes());
    let _ = decode(format!("<!DOCTYPE x [{}", many("<!ENTITY ")).as_bytes());
}

/// A point so many seconds after six o'clock.
fn point(second: i64, inside: &str) -> String {
    let (hour, minute, second) = (6 + second / 3600, second / 60 % 60, second % 60);
    let time = format!("2021-09-08T{hour:02}:{minute:02}:{second:02}Z");
    format!("<Trackpoint><Time>{time}</Time>{inside}</Trackpoint>")
}

#[test]
fn more_activities_than_can_be_numbered() {
    let one =
        |n: i64| format!("<Activity><Lap><Track>{}</Track></Lap></Activity>", point(n % 60, ""));
    let body: String = (0..70_000).rev().map(one).collect();
    let decoded = decode(format!("<Activities>{body}</Activities>").as_bytes()).unwrap();
    assert_eq!(decoded.activities.len(), 20_000);
    assert!(decoded.warnings.iter().any(|warning| warning.kind == ProblemKind::LimitExceeded));
}

#[test]
fn many_laps_and_tracks_of_one_point_each() {
    let inside = "<DistanceMeters>9</DistanceMeters>";
    let lap = |n: i64| format!("<Lap><Track>{}</Track></Lap>", point(n, inside));
    let laps: String = (0..60_000).map(lap).collect();
    let decoded =
        decode(format!("<Activities><Activity>{laps}</Activity></Activities>").as_bytes()).unwrap();
    assert_eq!((decoded.activities[0].records.len(), decoded.warnings.len()), (60_000, 1));
    let tracks: String =
        (0..60_000).map(|n| format!("<Track>{}</Track>", point(n, inside))).collect();
    let text = format!("<Activities><Activity><Lap>{tracks}</Lap></Activity></Activities>");
    assert_eq!(decode(text.as_bytes()).unwrap().activities[0].pauses.len(), 59_999);
}

#[test]
fn a_clock_that_only_runs_back() {
    let body: String = (0..60_000).rev().map(|n| point(n, "")).collect();
    let text = format!(
        "<TrainingCenterDatabase><Activities><Activity><Lap><Track>{body}</Track></Lap></Activity>\
         </Activities></TrainingCenterDatabase>"
    );
    let decoded = decode(text.as_bytes()).unwrap();
    let records = &decoded.activities[0].records;
    assert_eq!(records.len(), 60_000, "a file written from its end");
    assert!(records.is_sorted_by_key(|record| record.time));
}
