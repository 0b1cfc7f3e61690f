//! Files with something wrong: what is kept, what is told, what is refused.

use super::*;
use crate::decode::Location;

fn refused(text: &str) -> ProblemKind {
    match try_read(text) {
        Err(Refusal::Unusable(problem)) => problem.kind,
        other => panic!("{other:?}"),
    }
}

fn not_an_activity(text: &str) -> String {
    match try_read(text) {
        Err(Refusal::NotAnActivity(what)) => what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn points_without_time_are_left_out_and_counted() {
    let untimed = "<trkpt lat='1' lon='2'/><trkpt lat='1' lon='2'><time>noon</time></trkpt>";
    let decoded = read(&track(&format!("{}\n{untimed}{}", point(0, ""), point(1, ""))));
    assert_eq!(seconds(&decoded.activities[0]), [0, 1]);
    assert_eq!(kinds(&decoded), [ProblemKind::DroppedRecords]);
    assert!(decoded.warnings[0].detail.starts_with("2 "));
    assert_eq!(decoded.warnings[0].place, Some(Location::Line(2)));
}

#[test]
fn time_that_steps_back_is_left_out_and_counted() {
    let decoded = read(&track(&points(&[0, 1, 900, 2, 3, 2, 4])));
    assert_eq!(seconds(&decoded.activities[0]), [0, 1, 2, 2, 4]);
    assert_eq!(kinds(&decoded), [ProblemKind::TimeBackwards]);
    assert!(decoded.warnings[0].detail.starts_with("2 "));
}

#[test]
fn impossible_years() {
    let wrong = point(0, "").replace("2021", "7496");
    assert_eq!(refused(&track(&wrong)), ProblemKind::ImplausibleTime);
    let decoded = read(&track(&(wrong + &point(1, ""))));
    assert_eq!(kinds(&decoded), [ProblemKind::ImplausibleTime]);
    assert_eq!(seconds(&decoded.activities[0]), [1]);
    let unreadable = point(0, "").replace("2021", "MMXX");
    assert_eq!(refused(&track(&unreadable)), ProblemKind::NoTimes);
}

#[test]
fn positions_off_the_earth_are_left_out_and_counted() {
    for attributes in
        ["lat=\"98\" lon=\"1\"", "lat=\"NaN\" lon=\"1\"", "lat=\"1\"", "lat=\"\" lon=\"1\"", ""]
    {
        let text =
            track(&point(0, "<ele>3</ele>")).replace("lat=\"45.0\" lon=\"22.5\"", attributes);
        let decoded = read(&text);
        assert_eq!(kinds(&decoded), [ProblemKind::DroppedRecords], "{attributes}");
        let record = decoded.activities[0].records[0];
        assert_eq!((record.position, record.altitude_m), (None, Some(3.0)));
    }
}

#[test]
fn files_that_are_no_activity_say_what_they_are() {
    assert_eq!(not_an_activity(&file("<rte><rtept lat='1' lon='2'/></rte><wpt/>")), "a route");
    assert_eq!(not_an_activity(&file("<wpt lat='1' lon='2'/>")), "waypoints only");
    assert!(not_an_activity("<gpx/>").contains("treadmill"));
    assert!(not_an_activity(&file("<trk><name>Recovery</name></trk>")).contains("treadmill"));
    let untimed = not_an_activity(&track("<trkpt lat='1' lon='2'/>"));
    assert_eq!(untimed, "a track without times");
}

#[test]
fn another_root_is_refused_with_its_line() {
    let text = "\n<TrainingCenterDatabase/>";
    assert!(!(FORMAT.recognises)(text.as_bytes()));
    let refusal = (FORMAT.decode)(text.as_bytes(), &Limits::default()).unwrap_err();
    let expected = "the outermost element is <TrainingCenterDatabase>, not <gpx> (at line 2)";
    assert_eq!(refusal.to_string(), expected);
}

#[test]
fn a_cut_file_keeps_what_came_before() {
    let whole = track(&format!("{}\n{}\n{}", point(0, ""), point(1, ""), point(2, "<ele>3</ele>")))
        .replace("<trkseg>", "<name>Recovery</name><trkseg>");
    for cut in ["<ele>", "<e", "3</ele>", "</trkpt></trkseg>"] {
        let text = &whole[..whole.rfind(cut).unwrap()];
        let decoded = read(text);
        assert_eq!(kinds(&decoded), [ProblemKind::Truncated], "{text}");
        assert_eq!(decoded.warnings[0].place, Some(Location::Line(3)));
        assert_eq!(seconds(&decoded.activities[0]), [0, 1]);
        assert_eq!(decoded.activities[0].texts[0].text, "Recovery");
    }
}

#[test]
fn broken_xml_keeps_what_came_before() {
    let whole = track(&format!("{}\n{}\n{}", point(0, ""), point(1, ""), point(2, "<ele>3</ele>")));
    for (from, to) in [("</ele>", "</elf>"), ("<ele>", "<ele x=\">"), ("<ele>", "<!ele>")] {
        let decoded = read(&whole.replace(from, to));
        assert_eq!(kinds(&decoded), [ProblemKind::Malformed], "{to}");
        assert_eq!(decoded.warnings[0].place, Some(Location::Line(3)));
        assert_eq!(seconds(&decoded.activities[0]), [0, 1]);
    }
}

#[test]
fn a_file_wholly_in_capitals_is_read() {
    let small =
        track(&(point(0, "<ele>7</ele>") + &point(1, "<extensions><hr>120</hr></extensions>")))
            .replace("<trkseg>", "<name>RECOVERY</name><type>RUNNING</type><trkseg>");
    let expected = read_soundly(&small);
    let decoded = read(&small.to_uppercase());
    assert_eq!(kinds(&decoded), [ProblemKind::DroppedMessages], "the texts are read as they stand");
    assert_eq!(decoded.activities[0].records, expected.records);
    assert_eq!(decoded.activities[0].texts, expected.texts);
    assert_eq!(decoded.activities[0].sport, Sport::Running);
}

#[test]
fn what_stands_behind_the_end_is_told() {
    let decoded = read(&(track(&points(&[0])) + "\n" + &track(&points(&[1]))));
    assert_eq!(kinds(&decoded), [ProblemKind::TrailingBytes]);
    assert_eq!(decoded.warnings[0].place, Some(Location::Line(2)));
}

#[test]
fn a_bare_ampersand_is_read_and_told() {
    let decoded = read(&track(&points(&[0])).replace("<trkseg>", "<name>Tom & Tim</name><trkseg>"));
    let kinds = kinds(&decoded);
    assert_eq!(kinds, [ProblemKind::Irregular, ProblemKind::DroppedMessages]);
    assert_eq!(decoded.activities[0].texts[0].text, "Tom & Tim");
}

#[test]
fn limits_are_kept_and_named() {
    let limits = Limits { max_records: 2, max_depth: 8, ..Limits::default() };
    let decoded = (FORMAT.decode)(track(&points(&[0, 1, 2])).as_bytes(), &limits).unwrap();
    assert_eq!(seconds(&decoded.activities[0]), [0, 1]);
    assert_eq!(kinds(&decoded), [ProblemKind::LimitExceeded]);
    assert!(decoded.warnings[0].detail.contains("max_records 2"));
    let deep = format!("<extensions>{}{}</extensions>", "<a>".repeat(4), "</a>".repeat(4));
    let text = track(&(points(&[0]) + &point(1, &deep)));
    let decoded = (FORMAT.decode)(text.as_bytes(), &limits).unwrap();
    assert_eq!(seconds(&decoded.activities[0]), [0]);
    assert!(decoded.warnings[0].detail.contains("max_depth 8"));
}
