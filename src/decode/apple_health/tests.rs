//! Exports made by hand: what is read of them, and what is told of what cannot be.

use super::*;
use crate::activity::{Pause, Sex, Sport};
use crate::decode::ProblemKind;
use crate::units::{Metres, Seconds, UnixTime};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE HealthData [\n<!-- 12.3 -->\n\
    <!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>\n]>\n<HealthData locale=\"de_DE\">\n\
    <Me HKCharacteristicTypeIdentifierDateOfBirth=\"1988-05-02\" \
    HKCharacteristicTypeIdentifierBiologicalSex=\"HKBiologicalSexFemale\"/>\n";

fn beats(clock: &str, source: &str, beats: &str) -> String {
    format!(
        "<Record type=\"HKQuantityTypeIdentifierHeartRate\" sourceName=\"{source}\" unit=\"count/min\" \
         startDate=\"2026-05-20 {clock} +0200\" endDate=\"2026-05-20 {clock} +0200\" value=\"{beats}\">\
         <MetadataEntry key=\"HKMetadataKeyHeartRateMotionContext\" value=\"2\"/></Record>\n"
    )
}

fn workout(kind: &str, inside: &str) -> String {
    format!(
        "<Workout workoutActivityType=\"HKWorkoutActivityType{kind}\" duration=\"9.5\" durationUnit=\"min\" \
         sourceName=\"Watch\" startDate=\"2026-05-20 18:00:00 +0200\" endDate=\"2026-05-20 18:10:00 +0200\">\
         {inside}</Workout>\n"
    )
}

const ROUTE: &str = "<WorkoutRoute sourceName=\"Watch\"><MetadataEntry key=\"HKTimeZone\" value=\"Asia/Tokyo\"/>\
    <FileReference path=\"/workout-routes/a.gpx\"/></WorkoutRoute>";

const ROUTE_FILE: &str = "<gpx version='1.1' creator='Apple Health Export'><trk><trkseg>\
    <trkpt lat='52' lon='13'><ele>40</ele><time>2026-05-20T15:59:00Z</time></trkpt>\
    <trkpt lat='52' lon='13'><ele>40</ele><time>2026-05-20T16:00:00Z</time>\
    <extensions><speed>2.5</speed></extensions></trkpt>\
    <trkpt lat='52.0001' lon='13'><ele>41</ele><time>2026-05-20T16:00:05Z</time></trkpt>\
    </trkseg></trk></gpx>";

fn read_with(
    text: &str,
    sibling: SiblingFiles<'_>,
) -> (Vec<Activity>, Result<Vec<Problem>, Refusal>) {
    assert!(recognises(text.as_bytes()));
    let mut activities = Vec::new();
    let limits = Limits::default();
    let result = decode(&mut text.as_bytes(), sibling, &limits, &mut |one| activities.push(one));
    (activities, result)
}

fn read(body: &str) -> (Vec<Activity>, Vec<Problem>) {
    let (activities, warnings) = read_with(&format!("{HEAD}{body}</HealthData>"), &|_| None);
    (activities, warnings.unwrap())
}

fn at(second: i64) -> UnixTime {
    // 2026-05-20T16:00:00Z
    UnixTime::from_seconds(1_779_292_800 + second)
}

#[test]
fn heart_rates_join_the_workout_in_whose_time_they_lie() {
    let body = [
        beats("17:59:59", "Watch", "100"),
        beats("18:00:00", "Watch", "101"),
        beats("18:00:02", "Phone", "180"),
        beats("18:00:05", "Watch", "102.5"),
        beats("18:10:00", "Watch", "103"),
        beats("18:10:01", "Watch", "104"),
        workout("Running", ""),
    ];
    let (activities, warnings) = read(&body.concat());
    assert_eq!(warnings, []);
    let [run] = &activities[..] else { panic!("{activities:?}") };
    let beats: Vec<_> =
        run.records.iter().map(|record| (record.time, record.heart_rate_bpm.unwrap())).collect();
    assert_eq!(beats, [(at(0), 101), (at(5), 103), (at(600), 103)]);
    assert_eq!((run.sport.clone(), run.start, run.end), (Sport::Running, at(0), Some(at(600))));
    assert_eq!((run.anchors.age_years, run.anchors.sex), (Some(38), Some(Sex::Female)));
    assert_eq!(run.stated.timer, Seconds::new(570.0));
    assert_eq!(run.stated.elapsed, Seconds::new(600.0));
    assert_eq!(run.utc_offset_s, Some(7200), "nothing says better where it was");
}

#[test]
fn routes_beside_the_export_give_the_places() {
    let body = [beats("18:00:05", "Watch", "102"), workout("Running", &ROUTE.repeat(2))].concat();
    let sibling = |path: &str| {
        assert_eq!(path, "workout-routes/a.gpx");
        Some(ROUTE_FILE.as_bytes().to_vec())
    };
    let (activities, warnings) = read_with(&format!("{HEAD}{body}</HealthData>"), &sibling);
    assert_eq!(warnings.unwrap(), []);
    let [first, second] = activities[0].records[..] else { panic!("{activities:?}") };
    assert_eq!((first.time, first.speed_mm_s, first.heart_rate_bpm), (at(0), Some(2500), None));
    assert_eq!((second.time, second.heart_rate_bpm), (at(5), Some(102)), "one moment, one record");
    assert!(first.position.is_some() && second.altitude_m == Some(41.0));
    assert_eq!(activities[0].utc_offset_s, None, "the place tells it");
}

#[test]
fn routes_that_cannot_be_had_are_told() {
    let inside = format!("{ROUTE}{}", ROUTE.replace("a.gpx", "b.gpx"));
    let text = format!("{HEAD}{}</HealthData>", workout("Running", &inside));
    let sibling = |path: &str| path.ends_with("b.gpx").then(|| b"no GPX".to_vec());
    let (activities, warnings) = read_with(&text, &sibling);
    let kinds: Vec<ProblemKind> = warnings.unwrap().iter().map(|warning| warning.kind).collect();
    assert_eq!(kinds, [ProblemKind::MissingFile, ProblemKind::DroppedRecords]);
    assert_eq!(activities.len(), 1);
    let outside = ROUTE.replace("/workout-routes", "/../secret");
    let text = format!("{HEAD}{}</HealthData>", workout("Running", &outside));
    read_with(&text, &|path| panic!("{path}")).1.unwrap();
}

#[test]
fn only_what_stands_right_below_a_workout_is_about_all_of_it() {
    let statistics = |kind: &str, rest: &str| {
        format!("<WorkoutStatistics type=\"HKQuantityTypeIdentifier{kind}\" {rest}/>")
    };
    let inside = [
        format!(
            "<WorkoutActivity>{}</WorkoutActivity>",
            statistics("DistanceWalkingRunning", "sum=\"9\" unit=\"km\"")
        ),
        statistics("DistanceWalkingRunning", "sum=\"1.25\" unit=\"mi\""),
        statistics(
            "HeartRate",
            "average=\"130.576\" minimum=\"87\" maximum=\"139\" unit=\"count/min\"",
        ),
        "<MetadataEntry key=\"HKElevationAscended\" value=\"6575 cm\"/>".repeat(2),
        "<MetadataEntry key=\"HKIndoorWorkout\" value=\"1\"/>".to_owned(),
        "<MetadataEntry key=\"HKTimeZone\" value=\"Asia/Tokyo\"/>".to_owned(),
    ];
    let (activities, warnings) = read(&workout("Running", &inside.concat()));
    assert_eq!(warnings, []);
    let run = &activities[0];
    assert_eq!(run.stated.distance, Metres::new(2011.68));
    assert_eq!(
        (run.stated.mean_heart_rate_bpm, run.stated.max_heart_rate_bpm),
        (Some(131), Some(139))
    );
    assert_eq!(run.stated.ascent, Metres::new(65.75));
    assert_eq!(run.sub_sport.0, "indoor_running");
    assert_eq!(run.utc_offset_s, Some(9 * 3600));
}

#[test]
fn stops_by_hand_and_by_standing_are_pauses() {
    let event = |kind: &str, clock: &str| {
        format!(
            "<WorkoutEvent type=\"HKWorkoutEventType{kind}\" date=\"2026-05-20 {clock} +0200\"/>"
        )
    };
    let inside = [
        event("Lap", "18:00:30"),
        event("MotionPaused", "18:01:00"),
        event("Pause", "18:01:10"),
        event("MotionResumed", "18:01:20"),
        event("Resume", "18:01:30"),
        event("Pause", "18:09:50"),
    ];
    let (activities, _) = read(&workout("Running", &inside.concat()));
    let pause = |from, to| Pause { from: at(from), to: at(to) };
    assert_eq!(activities[0].pauses, [pause(60, 90), pause(590, 600)]);
}

#[test]
fn no_other_sport_is_taken_for_a_run() {
    for (kind, name) in [
        ("Walking", "walking"),
        ("WheelchairRunPace", "wheelchair run pace"),
        ("FunctionalStrengthTraining", "functional strength training"),
        ("SwimBikeRun", "swim bike run"),
        ("Other", "unspecified"),
    ] {
        assert_eq!(read(&workout(kind, "")).0[0].sport.name(), name);
    }
}

#[test]
fn what_makes_no_sense_is_left_out_and_told() {
    let backwards = workout("Running", "").replace("18:10:00", "17:10:00");
    let body = [
        beats("18:00:01", "Watch", "0"),
        beats("25:00:01", "Watch", "100"),
        beats("18:00:01", "Watch", "100").replace("count/min", "count/s"),
        beats("18:00:01", "Watch", "50").replace("HeartRate\"", "HeartRateVariabilitySDNN\""),
        backwards,
        workout("Running", ""),
    ];
    let (activities, warnings) = read(&body.concat());
    assert_eq!((activities.len(), activities[0].records.len()), (1, 0));
    let details: Vec<&str> = warnings.iter().map(|warning| warning.detail.as_str()).collect();
    assert!(
        details[0].starts_with("1 workouts") && details[1].starts_with("3 heart"),
        "{details:?}"
    );
}

#[test]
fn an_export_that_breaks_off_gives_what_came_before() {
    let whole = format!("{HEAD}{}{}", workout("Running", ""), workout("Running", ""));
    let (activities, warnings) = read_with(&whole[..whole.len() - 5], &|_| None);
    assert_eq!(warnings.unwrap()[0].kind, ProblemKind::Truncated);
    let breaks_off: Vec<bool> = activities.iter().map(|activity| activity.breaks_off).collect();
    assert_eq!(breaks_off, [false, true]);
    let (_, refusal) = read_with(&format!("{HEAD}{}", beats("18:00:00", "Watch", "99")), &|_| None);
    assert!(
        matches!(refusal, Err(Refusal::Unusable(problem)) if problem.kind == ProblemKind::Truncated)
    );
    let (_, refusal) = read_with(&format!("{HEAD}</HealthData>"), &|_| None);
    assert!(matches!(refusal, Err(Refusal::NotAnActivity(_))));
}

#[test]
fn long_elements_and_deep_nesting_are_refused_by_name() {
    for body in [format!("<A b=\"{}\"/>", "x".repeat(3 << 20)), "<a>".repeat(10_000)] {
        let text = format!("{HEAD}{}{body}", workout("Running", ""));
        let (activities, warnings) = read_with(&text, &|_| None);
        assert_eq!(warnings.unwrap()[0].kind, ProblemKind::LimitExceeded);
        assert_eq!(activities.len(), 1);
    }
}
