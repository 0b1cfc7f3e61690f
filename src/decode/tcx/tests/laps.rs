//! What laps and tracks say about pauses, beginning, distance and totals.

use super::*;

fn tracks(seconds: &[&[i64]]) -> String {
    seconds.iter().map(|seconds| element("Track", &points(seconds))).collect()
}

fn pauses_of(text: &str) -> Vec<(i64, i64)> {
    let activity = read_soundly(text);
    let relative = |time: UnixTime| time.0 / 1000 - START;
    activity.pauses.iter().map(|pause| (relative(pause.from), relative(pause.to))).collect()
}

#[test]
fn a_new_track_within_a_lap_is_a_pause() {
    let untold = file(&running(&element("Lap", &tracks(&[&[0, 10], &[70, 80], &[90, 100]]))));
    assert_eq!(pauses_of(&untold), [(10, 70), (80, 90)]);
    let told = file(&running(&lap(0, 30.0, &tracks(&[&[0, 10], &[], &[70, 90]]))));
    assert_eq!(pauses_of(&told), [(10, 70)]);
}

#[test]
fn a_new_track_is_no_pause_where_the_timer_ran_on() {
    let text = file(&running(&lap(0, 89.0, &tracks(&[&[0, 10], &[70, 90]]))));
    assert_eq!(pauses_of(&text), []);
}

#[test]
fn laps_follow_each_other_without_a_pause() {
    let laps = lap(0, 12.0, &tracks(&[&[0, 10]])) + &lap(12, 20.0, &tracks(&[&[19, 32]]));
    assert_eq!(pauses_of(&file(&running(&laps))), []);
    let untold = element("Lap", &tracks(&[&[0, 10]])) + &element("Lap", &tracks(&[&[50, 60]]));
    assert_eq!(pauses_of(&file(&running(&untold))), []);
}

#[test]
fn a_timer_that_falls_short_of_its_lap_stood_before_the_next() {
    let second = lap(72, 20.0, &tracks(&[&[75, 92]]));
    let laps = lap(0, 12.0, &tracks(&[&[0, 10]])) + &second;
    assert_eq!(pauses_of(&file(&running(&laps))), [(12, 72)]);
    // A break within the lap accounts for all of it.
    let laps = lap(0, 12.0, &tracks(&[&[0, 5], &[65, 71]])) + &second;
    assert_eq!(pauses_of(&file(&running(&laps))), [(5, 65)]);
    // Points were recorded all the while, so the time must have been lost elsewhere.
    let laps = lap(0, 12.0, &tracks(&[&[0, 10, 20, 30, 60]])) + &second;
    assert_eq!(pauses_of(&file(&running(&laps))), []);
    // Rounded times differ by a second or two.
    let laps = lap(0, 10.5, &tracks(&[&[0, 10]])) + &lap(12, 20.0, &tracks(&[&[14, 30]]));
    assert_eq!(pauses_of(&file(&running(&laps))), []);
}

#[test]
fn two_empty_points_are_a_pause_by_definition() {
    let empty = |seconds: &[i64]| seconds.iter().map(|&s| point(s, "")).collect::<String>();
    let marked = points(&[0, 5]) + &empty(&[6, 50]) + &points(&[51]);
    assert_eq!(pauses_of(&track(&marked)), [(6, 50)]);
    let silent = points(&[0, 5]) + &empty(&[6, 50, 51]) + &points(&[52]) + &empty(&[60]);
    assert_eq!(pauses_of(&track(&silent)), []);
}

#[test]
fn pauses_do_not_overlap() {
    let (before, after) = (points(&[0, 5]) + &point(8, ""), point(50, "") + &points(&[51]));
    let text =
        file(&running(&element("Lap", &(element("Track", &before) + &element("Track", &after)))));
    assert_eq!(pauses_of(&text), [(8, 50)]);
    // The lap before ends in a pause that its empty points mark, too.
    let first = lap(0, 5.0, &element("Track", &(points(&[0, 5]) + &point(6, "") + &point(49, ""))));
    let both = first + &lap(50, 10.0, &element("Track", &points(&[50, 60])));
    assert_eq!(pauses_of(&file(&running(&both))), [(6, 49)]);
}

#[test]
fn the_first_lap_tells_the_beginning_if_it_can_be_believed() {
    for (lap_start, expected) in
        [(-90, -90), (0, 0), (3, 0), (-3600, 0), (-7 * 86_400, 0), (-839, -839)]
    {
        let activity = read_soundly(&file(&running(&lap(lap_start, 9.0, &tracks(&[&[0, 9]])))));
        assert_eq!(activity.start, UnixTime::from_seconds(START + expected), "{lap_start}");
    }
}

#[test]
fn distance_goes_on_over_laps_that_count_from_zero() {
    let lap = |stated: &str, readings: &[(i64, &str)]| {
        let point = |&(s, metres): &(i64, &str)| point(s, &element("DistanceMeters", metres));
        let points: String = readings.iter().map(point).collect();
        element("Lap", &(element("DistanceMeters", stated) + &element("Track", &points)))
    };
    let laps =
        lap("1000", &[(0, "2.5"), (300, "990.0")]) + &lap("500", &[(310, "20"), (450, "499.5")]);
    let activity = read_soundly(&file(&running(&laps)));
    let distances: Vec<_> = activity.records.iter().map(|record| record.distance_cm).collect();
    assert_eq!(distances, [250, 99_000, 102_000, 149_950].map(Some));
    assert_eq!(activity.stated.distance, Metres::new(1500.0));
}

#[test]
fn totals_are_those_of_the_activity_alone() {
    let with = |start: i64, mean: &str, max: &str| {
        let inside = element("AverageHeartRateBpm", &element("Value", mean))
            + &element("MaximumHeartRateBpm", &element("Value", max));
        lap(start, 60.0, &(inside + &tracks(&[&[start, start + 60]])))
    };
    let first = running(&(with(0, "120", "130") + &with(60, "131", "0")));
    let decoded = read(&file(&(first + &running(&with(500, "0", "180")))));
    let stated = |n: usize| decoded.activities[n].stated;
    assert_eq!(stated(0).timer, Seconds::new(120.0));
    assert_eq!(stated(0).mean_heart_rate_bpm, Some(126), "125.5 rounds half up");
    assert_eq!(stated(0).max_heart_rate_bpm, Some(130));
    assert_eq!((stated(1).mean_heart_rate_bpm, stated(1).max_heart_rate_bpm), (None, Some(180)));
}

#[test]
fn laps_without_points_add_to_the_totals() {
    let laps = lap(0, 30.0, "") + &lap(30, 30.0, &tracks(&[&[30, 60]])) + &lap(60, 40.0, "");
    let activity = read_soundly(&file(&running(&laps)));
    assert_eq!(activity.stated.timer, Seconds::new(100.0));
    assert_eq!((activity.start, activity.pauses), (UnixTime::from_seconds(START), vec![]));
}
