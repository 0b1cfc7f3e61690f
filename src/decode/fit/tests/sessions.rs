use super::super::builder::{File, START, Value};
use super::{beats, decoded, refused, second, seconds, small_run};
use crate::activity::{
    Exertion, HeartRateSensor, LabelSource, LabelText, PlannedEnd, PrimaryBenefit, Sex, Sport,
};
use crate::units::Seconds;

#[test]
fn a_small_run_is_read_without_a_warning() {
    let decoded = decoded(&small_run());
    assert_eq!(decoded.warnings, []);
    let [run] = &decoded.activities[..] else { panic!("{decoded:?}") };
    assert_eq!(run.sport, Sport::Running);
    assert_eq!(second(run.start), 0);
    assert_eq!(seconds(run), [0, 1, 2, 7, 8, 9]);
    assert_eq!(
        run.pauses.iter().map(|p| (second(p.from), second(p.to))).collect::<Vec<_>>(),
        [(3, 7)]
    );
    assert_eq!(run.end.map(second), Some(10));
    assert_eq!(run.stated.elapsed, Some(Seconds::of(10.0)));
    assert_eq!(run.dynamics, []);
}

#[test]
fn each_file_of_a_chain_gives_its_own_activity() {
    let mut second_run = File::activity().with_big_endian();
    second_run.heart_rates(1000, &[90, 91]);
    let chain = [small_run(), second_run.with_short_header().bytes()].concat();
    let decoded = decoded(&chain);
    assert_eq!(decoded.warnings, []);
    assert_eq!(decoded.activities.iter().map(|a| a.session).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(beats(&decoded.activities[1]), [Some(90), Some(91)]);
}

#[test]
fn sessions_share_the_records_by_time() {
    let mut file = File::activity();
    file.heart_rates(0, &[100; 10]);
    file.heart_rates(10, &[150; 5]);
    file.session(5, 0, 9);
    file.session(3, 9, 10);
    file.session(1, 10, 14);
    let decoded = decoded(&file.bytes());
    let found: Vec<_> =
        decoded.activities.iter().map(|a| (a.session, a.sport.name(), a.records.len())).collect();
    assert_eq!(found, [(0, "swimming", 9), (1, "transition", 1), (2, "running", 5)]);
}

#[test]
fn a_session_without_records_is_named() {
    let mut file = File::activity();
    file.heart_rates(0, &[100; 3]);
    file.session(1, 0, 3);
    file.session(2, 100, 103);
    let decoded = decoded(&file.bytes());
    assert_eq!(decoded.activities.len(), 1);
    assert_eq!(decoded.warnings[0].detail, "session 2 of 2 (cycling) has no records");
    let mut pressed = File::activity();
    pressed.session(1, 0, 30);
    assert_eq!(refused(&pressed.bytes()), "not an activity: a FIT activity without records");
}

#[test]
fn an_activity_of_totals_alone_is_one() {
    let mut manual = File::activity();
    manual.session(1, 0, 1800);
    let decoded = decoded(&manual.bytes());
    let [activity] = &decoded.activities[..] else { panic!("{decoded:?}") };
    assert!(activity.records.is_empty());
    assert_eq!(activity.stated.elapsed.map(Seconds::get), Some(1_800.0));
}

#[test]
fn a_workout_names_and_plans_the_run() {
    let mut file = File::activity();
    file.define(3, 26, &[(8, 32, 7), (4, 1, 0)]);
    let mut name = [0; 32];
    name[.."Recovery Récup".len()].copy_from_slice("Recovery Récup".as_bytes());
    file.data(3, &[Value::Bytes(&name), Value::U8(1)]);
    file.define(3, 27, &[(254, 2, 0x84), (1, 1, 0), (2, 4, 0x86)]);
    for (index, ms) in [(0, 600_000), (1, 1_200_000)] {
        file.data(3, &[Value::U16(index), Value::U8(0), Value::U32(ms)]);
    }
    file.heart_rates(0, &[100; 3]);
    file.session(1, 0, 3);
    let run = &decoded(&file.bytes()).activities[0];
    let text = LabelText { source: LabelSource::Workout, text: "Recovery Récup".to_owned() };
    assert_eq!(run.texts, [text]);
    assert_eq!(run.planned_end, Some(PlannedEnd::After(Seconds::of(1800.0))));
}

#[test]
fn rating_anchors_zones_and_offset_are_read() {
    let mut file = File::activity();
    file.heart_rates(0, &[100; 3]);
    file.define(3, 3, &[(8, 1, 2), (11, 1, 2), (2, 1, 2), (1, 1, 0)]);
    file.data(3, &[48, 190, 40, 0].map(Value::U8));
    file.define(3, 7, &[(1, 1, 2), (2, 1, 2)]);
    file.data(3, &[188, 170].map(Value::U8));
    file.define(3, 216, &[(0, 2, 0x84), (1, 2, 0x84), (2, 12, 0x86), (6, 2, 2), (11, 1, 2)]);
    let zones = [Value::U32(1000), Value::U32(2000), Value::U32(500)];
    let zones = [&[Value::U16(18), Value::U16(0)], &zones[..], &[130, 150, 0xFF].map(Value::U8)];
    file.data(3, &zones.concat());
    file.define(3, 34, &[(253, 4, 0x86), (5, 4, 0x86)]);
    file.data(3, &[Value::U32(START + 3), Value::U32(START + 3 + 7200 - 2)]);
    file.define(2, 18, &[(5, 1, 0), (193, 1, 2), (192, 1, 2), (188, 1, 0)]);
    file.data(2, &[1, 30, 75, 2].map(Value::U8));
    let run = &decoded(&file.bytes()).activities[0];
    assert_eq!((run.rating.exertion, run.rating.feel), (Some(Exertion::cr10(3.0)), Some(75)));
    assert_eq!(run.primary_benefit, Some(PrimaryBenefit::Base));
    assert_eq!(run.anchors.max_bpm, Some(188), "the targets outrank the profile");
    assert_eq!((run.anchors.resting_bpm, run.anchors.threshold_bpm), (Some(48), Some(170)));
    assert_eq!((run.anchors.age_years, run.anchors.sex), (Some(40), Some(Sex::Female)));
    let zones = run.device_zones.as_ref().unwrap();
    assert_eq!(
        (&zones.bounds_bpm[..], &zones.stated_s[..]),
        (&[130, 150][..], &[1.0, 2.0, 0.5][..])
    );
    assert_eq!(run.utc_offset_s, Some(7200));
}

#[test]
fn a_benefit_of_no_known_value_is_none() {
    for value in [8, 0xFF] {
        let mut file = File::activity();
        file.heart_rates(0, &[100; 3]);
        file.define(2, 18, &[(5, 1, 0), (188, 1, 0)]);
        file.data(2, &[1, value].map(Value::U8));
        assert_eq!(decoded(&file.bytes()).activities[0].primary_benefit, None, "{value}");
    }
}

#[test]
fn a_paired_sensor_outranks_the_one_in_the_watch() {
    let mut file = File::activity();
    file.heart_rates(0, &[100]);
    file.define(3, 23, &[(0, 1, 2), (1, 1, 2), (25, 1, 0)]);
    file.data(3, &[1, 10, 5].map(Value::U8));
    assert_eq!(decoded(&file.bytes()).activities[0].sensor, HeartRateSensor::Wrist);
    file.data(3, &[2, 120, 1].map(Value::U8));
    file.data(3, &[1, 10, 5].map(Value::U8));
    assert_eq!(decoded(&file.bytes()).activities[0].sensor, HeartRateSensor::External);
}

#[test]
fn a_device_told_again_and_again_pushes_nothing_out() {
    let mut file = File::activity();
    file.heart_rates(0, &[100]);
    file.define(3, 23, &[(253, 4, 0x86), (0, 1, 2), (2, 2, 0x84)]);
    for second in 0..1000 {
        file.data(3, &[Value::U32(START + second), Value::U8(0), Value::U16(1)]);
    }
    file.session(1, 0, 1);
    let decoded = decoded(&file.bytes());
    assert_eq!(decoded.warnings, []);
    assert_eq!(decoded.activities[0].sport, Sport::Running);
}

#[test]
fn other_files_are_named_and_not_read_on() {
    let mut file = File::empty();
    file.file_id(2);
    let mut bytes = file.bytes();
    bytes.extend([0xAB; 50]);
    assert_eq!(refused(&bytes), "not an activity: a FIT settings file");
    let mut file = File::empty();
    file.file_id(44);
    assert_eq!(refused(&file.bytes()), "not an activity: a FIT file of type 44");
}
