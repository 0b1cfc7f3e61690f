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
    let untimed =
        "<Trackpoint/><Trackpoint><Time>noon</Time></Trackpoint><Trackpoint></Trackpoint>";
    let decoded = read(&track(&format!("{}\n{untimed}{}", points(&[0]), points(&[1]))));
    assert_eq!(seconds(&decoded.activities[0]), [0, 1]);
    assert_eq!(kinds(&decoded), [ProblemKind::DroppedRecords]);
    assert!(decoded.warnings[0].detail.starts_with("3 "), "{}", decoded.warnings[0]);
    assert_eq!(decoded.warnings[0].place, Some(Location::Line(2)));
}

#[test]
fn time_that_steps_back_is_left_out_and_counted() {
    let decoded = read(&track(&points(&[0, 1, 900, 2, 3, 2, 4])));
    assert_eq!(seconds(&decoded.activities[0]), [0, 1, 2, 2, 4]);
    assert_eq!(kinds(&decoded), [ProblemKind::TimeBackwards]);
    let back = element("Lap", &element("Track", &points(&[50])));
    let laps = element("Lap", &element("Track", &points(&[60, 70, 80]))) + &back;
    let decoded = read(&file(&running(&laps)));
    assert_eq!(seconds(&decoded.activities[0]), [60, 70, 80], "laps of an activity are one");
}

#[test]
fn a_clock_that_was_never_set_is_told() {
    for day in ["1980-01-06", "1989-12-31", "2000-01-01"] {
        let decoded = read(&track(&points(&[0, 1, 2]).replace("2021-09-08", day)));
        assert_eq!(kinds(&decoded), [ProblemKind::ClockNotSet], "{day}");
        assert_eq!(decoded.activities[0].records.len(), 3, "{day}");
    }
    let first_watches = read(&track(&points(&[0, 1, 2]).replace("2021", "2003")));
    assert_eq!(kinds(&first_watches), []);
}

#[test]
fn impossible_years() {
    let wrong = points(&[0]).replace("2021", "1889");
    assert_eq!(refused(&track(&wrong)), ProblemKind::ImplausibleTime);
    let decoded = read(&track(&(wrong + &points(&[1]))));
    assert_eq!(kinds(&decoded), [ProblemKind::ImplausibleTime]);
    let unreadable = points(&[0]).replace("2021", "MMXXI");
    assert_eq!(refused(&track(&unreadable)), ProblemKind::NoTimes);
}

#[test]
fn positions_off_the_earth_are_left_out_and_counted() {
    for position in [
        "<LatitudeDegrees>98</LatitudeDegrees><LongitudeDegrees>1</LongitudeDegrees>",
        "<LatitudeDegrees>9</LatitudeDegrees><LongitudeDegrees>181</LongitudeDegrees>",
        "<LatitudeDegrees>9</LatitudeDegrees><LongitudeDegrees>east</LongitudeDegrees>",
        "<LatitudeDegrees>1</LatitudeDegrees>",
    ] {
        let inside = element("Position", position) + "<AltitudeMeters>3</AltitudeMeters>";
        let decoded = read(&track(&point(0, &inside)));
        assert_eq!(kinds(&decoded), [ProblemKind::DroppedRecords], "{position}");
        let record = decoded.activities[0].records[0];
        assert_eq!((record.position, record.altitude_m), (None, Some(3.0)));
    }
}

#[test]
fn files_that_are_no_activity_say_what_they_are() {
    let holding = |inside: &str| not_an_activity(&element(ROOT, inside));
    let course = element("Courses", &element("Course", &element("Track", &points(&[0, 1]))));
    assert_eq!(holding(&course), "a course");
    let workout = "<Workouts><Workout Sport='Running'><Name>Recovery</Name></Workout></Workouts>";
    assert_eq!(holding(workout), "a planned workout");
    assert_eq!(holding("<Author><Name>App</Name></Author>"), "a TCX file without activities");
    assert_eq!(not_an_activity("<TrainingCenterDatabase/>"), "a TCX file without activities");
    assert_eq!(not_an_activity(&file(&running(&lap(0, 9.0, "")))), "an activity of a few seconds");
    assert_eq!(not_an_activity(&track("<Trackpoint/>")), "1 track point without times");
}

#[test]
fn a_course_beside_an_activity_adds_no_points() {
    let course = element("Courses", &element("Course", &element("Track", &points(&[0, 1]))));
    let text = file(&running(&element("Lap", &element("Track", &points(&[5])))));
    let text = text.replace("</TrainingCenterDatabase>", &(course + "</TrainingCenterDatabase>"));
    assert_eq!(seconds(&read_soundly(&text)), [5]);
}

#[test]
fn an_activity_of_totals_alone_is_one() {
    let decoded = read(&file(&running(&(lap(0, 900.0, "") + &lap(900, 300.0, "")))));
    let [activity] = &decoded.activities[..] else { panic!("{decoded:?}") };
    assert!(activity.records.is_empty());
    assert_eq!(activity.stated.timer.map(Seconds::get), Some(1_200.0));
    assert_eq!(activity.stated_start, Some(activity.start));
    assert!(activity.stated_start.is_some());
}

#[test]
fn names_are_read_in_any_capitals() {
    let text =
        track(&points(&[0, 1])).replace("HeartRateBpm", "HEARTRATEBPM").replace("Value", "value");
    let beats = |text: &str| read(text).activities[0].records[0].heart_rate_bpm;
    assert!(beats(&track(&points(&[0, 1]))).is_some());
    assert_eq!(beats(&text), beats(&track(&points(&[0, 1]))));
    assert_eq!(
        read(&text.to_lowercase().replace("t0", "T0").replace("z<", "Z<")).activities.len(),
        1
    );
}

#[test]
fn activities_without_points_are_counted() {
    let some = running(&element("Lap", &element("Track", &points(&[0]))));
    let decoded = read(&file(&(running("") + &some + &running(&lap(0, 9.0, "")))));
    assert_eq!(kinds(&decoded), [ProblemKind::NoRecords]);
    assert!(decoded.warnings[0].detail.starts_with("2 activities"));
    assert_eq!((decoded.activities.len(), decoded.activities[0].session), (1, 0));
}

#[test]
fn another_root_is_refused_with_its_line() {
    let text = "\n<gpx/>";
    assert!(!(FORMAT.recognises)(text.as_bytes()));
    let refusal = (FORMAT.decode)(text.as_bytes(), &Limits::default()).unwrap_err();
    let expected = "the outermost element is <gpx>, not <TrainingCenterDatabase> (at line 2)";
    assert_eq!(refusal.to_string(), expected);
}

#[test]
fn a_file_without_its_outermost_element_is_read_and_told() {
    let whole = track(&points(&[0, 1]));
    let bare =
        whole.replace("<TrainingCenterDatabase>", "").replace("</TrainingCenterDatabase>", "");
    let decoded = read(&bare);
    assert_eq!(kinds(&decoded), [ProblemKind::Irregular]);
    assert_eq!(seconds(&decoded.activities[0]), [0, 1]);
    assert!(!ProblemKind::Irregular.breaks_off(), "nothing is lost");
    let cut = &bare[..bare.len() - 9];
    assert_eq!(kinds(&read(cut)), [ProblemKind::Irregular, ProblemKind::Truncated]);
}

#[test]
fn a_cut_file_keeps_what_came_before() {
    let whole = track(&format!(
        "{}\n{}\n{}",
        points(&[0]),
        points(&[1]),
        point(2, "<AltitudeMeters>3</AltitudeMeters>")
    ))
    .replace("<Lap>", "<Notes>Recovery</Notes><Lap>");
    for cut in ["<AltitudeMeters>", "<Alt", "3</Alt", "</Trackpoint></Track>"] {
        let text = &whole[..whole.rfind(cut).unwrap()];
        let decoded = read(text);
        assert_eq!(kinds(&decoded), [ProblemKind::Truncated], "{text}");
        assert_eq!(decoded.warnings[0].place, Some(Location::Line(3)));
        assert_eq!(seconds(&decoded.activities[0]), [0, 1]);
        assert_eq!(decoded.activities[0].texts[0].text, "Recovery");
        let (decoded, format) = crate::decode::decode(text.as_bytes(), &Limits::default()).unwrap();
        assert!(decoded.activities[0].breaks_off && format.id == "tcx");
    }
}

#[test]
fn broken_xml_keeps_what_came_before() {
    let whole = track(&format!(
        "{}\n{}\n{}",
        points(&[0]),
        points(&[1]),
        point(2, "<AltitudeMeters>3</AltitudeMeters>")
    ));
    for (from, to) in [
        ("</AltitudeMeters>", "</Time>"),
        ("<AltitudeMeters>", "<AltitudeMeters x=\">"),
        ("<AltitudeMeters>", "<!AltitudeMeters>"),
    ] {
        let decoded = read(&whole.replace(from, to));
        assert_eq!(kinds(&decoded), [ProblemKind::Malformed], "{to}");
        assert_eq!(decoded.warnings[0].place, Some(Location::Line(3)));
        assert_eq!(seconds(&decoded.activities[0]), [0, 1]);
    }
}

#[test]
fn what_stands_behind_the_end_is_told() {
    let decoded = read(&(track(&points(&[0])) + "\n" + &track(&points(&[1]))));
    assert_eq!(kinds(&decoded), [ProblemKind::TrailingBytes]);
    assert_eq!(decoded.warnings[0].place, Some(Location::Line(2)));
}

#[test]
fn totals_that_cannot_be_are_left_out_and_counted() {
    let laps = lap(0, -5.0, &element("Track", &points(&[0])));
    let decoded = read(&file(&running(&laps)));
    assert_eq!(kinds(&decoded), [ProblemKind::DroppedRecords]);
    assert_eq!(decoded.activities[0].stated.timer, None);
}

#[test]
fn limits_are_kept_and_named() {
    let limits = Limits { max_records: 2, max_depth: 9, ..Limits::default() };
    let decoded = (FORMAT.decode)(track(&points(&[0, 1, 2])).as_bytes(), &limits).unwrap();
    assert_eq!(seconds(&decoded.activities[0]), [0, 1]);
    assert_eq!(kinds(&decoded), [ProblemKind::LimitExceeded]);
    assert!(decoded.warnings[0].detail.contains("track points than max_records 2"));
    let laps = element("Lap", &element("Track", &points(&[0]))) + "<Lap/><Lap/>";
    let decoded = (FORMAT.decode)(file(&running(&laps)).as_bytes(), &limits).unwrap();
    assert!(decoded.warnings[0].detail.contains("laps than max_records 2"));
    let deep = element("Extensions", &(["<a>"; 3].concat() + &["</a>"; 3].concat()));
    let text = track(&(points(&[0]) + &point(1, &deep)));
    let decoded = (FORMAT.decode)(text.as_bytes(), &limits).unwrap();
    assert_eq!(seconds(&decoded.activities[0]), [0]);
    assert!(decoded.warnings[0].detail.contains("max_depth 9"));
}
