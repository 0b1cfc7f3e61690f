use super::builder::{File, START, Value};
use super::*;
use crate::activity::{Dynamics, HeartRateSensor, LabelSource, LabelText, PlannedEnd, Sport};
use crate::units::{Seconds, UnixTime};

fn decoded(bytes: &[u8]) -> Decoded {
    decode(bytes, &Limits::default()).unwrap()
}

fn refused(bytes: &[u8]) -> String {
    decode(bytes, &Limits::default()).unwrap_err().to_string()
}

fn kinds(decoded: &Decoded) -> Vec<ProblemKind> {
    decoded.warnings.iter().map(|warning| warning.kind).collect()
}

fn beats(activity: &Activity) -> Vec<Option<u8>> {
    activity.records.iter().map(|record| record.heart_rate_bpm).collect()
}

fn second(time: UnixTime) -> i64 {
    (time.0 - clock::unix_time(START).0) / 1000
}

fn seconds(activity: &Activity) -> Vec<i64> {
    activity.records.iter().map(|record| second(record.time)).collect()
}

/// A run of ten seconds with a pause, everything a small watch writes.
fn small_run() -> Vec<u8> {
    let mut file = File::activity();
    file.timer(0, 0);
    file.heart_rates(0, &[100, 101, 102]);
    file.timer(3, 4);
    file.timer(7, 0);
    file.heart_rates(7, &[103, 104, 105]);
    file.timer(10, 4);
    file.session(1, 0, 10);
    file.bytes()
}

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

/// Every field of a record, in either byte order.
fn full_record(mut file: File) -> Record {
    let fields = [
        (253, 4, 0x86),
        (0, 4, 0x85),
        (1, 4, 0x85),
        (2, 2, 0x84),
        (3, 1, 2),
        (4, 1, 2),
        (53, 1, 2),
        (5, 4, 0x86),
        (73, 4, 0x86),
        (6, 2, 0x84),
        (13, 1, 1),
    ];
    file.define(3, 20, &fields);
    file.data(
        3,
        &[
            Value::U32(START),
            Value::I32(-5),
            Value::I32(70_000),
            Value::U16(2676),
            Value::U8(140),
            Value::U8(85),
            Value::U8(64),
            Value::U32(123_456),
            Value::U32(2750),
            Value::U16(2000),
            Value::U8(0xFE),
        ],
    );
    read_records(&file.bytes())[0]
}

#[test]
fn both_byte_orders_say_the_same() {
    let record = full_record(File::activity());
    assert_eq!(second(record.time), 0);
    assert_eq!(record.position.map(|at| (at.latitude, at.longitude)), Some((-5, 70_000)));
    assert_eq!(record.altitude_m, Some(35.2));
    assert_eq!(record.heart_rate_bpm, Some(140));
    assert_eq!(record.cadence_centi_spm, Some(17_100));
    assert_eq!(record.distance_cm, Some(123_456));
    assert_eq!(record.speed_mm_s, Some(2750), "the enhanced speed wins");
    assert_eq!(record.temperature_c, Some(-2));
    assert_eq!(full_record(File::activity().with_big_endian()), record);
    assert_eq!(full_record(File::activity().with_short_header()), record);
}

#[test]
fn unknown_values_and_fields_of_another_type_are_none() {
    let mut file = File::activity();
    file.define(0, 20, &[(253, 4, 0x86), (3, 1, 2), (4, 2, 0x84), (5, 2, 0x84), (13, 1, 1)]);
    let unknown = [Value::U8(0xFF), Value::U16(85), Value::U16(100), Value::U8(0x7F)];
    let mut values = vec![Value::U32(START)];
    values.extend(unknown);
    file.data(0, &values);
    let [record] = read_records(&file.bytes())[..] else { panic!() };
    assert_eq!(record, Record { time: clock::unix_time(START), ..Record::default() });
}

#[test]
fn compressed_times_count_on_from_the_last_full_one() {
    let mut file = File::activity();
    file.heart_rates(0, &[100]);
    file.define(1, 20, &[(3, 1, 2)]);
    for time in [1, 31, 2] {
        file.compressed(1, time, &[Value::U8(120)]);
    }
    assert_eq!(seconds(&decoded(&file.bytes()).activities[0]), [0, 1, 31, 34]);
}

#[test]
fn records_without_a_time_are_counted() {
    let mut file = File::activity();
    file.define(1, 20, &[(3, 1, 2)]);
    file.compressed(1, 5, &[Value::U8(120)]);
    assert_eq!(refused(&file.bytes()), "1 records without a time left out");
    file.heart_rates(0, &[100]);
    let decoded = decoded(&file.bytes());
    assert_eq!(kinds(&decoded), [ProblemKind::DroppedRecords]);
    assert_eq!(beats(&decoded.activities[0]), [Some(100)]);
}

#[test]
fn developer_fields_without_description_are_stepped_over() {
    let mut file = File::activity();
    file.define_with_developer(0, 20, &[(253, 4, 0x86), (3, 1, 2)], &[(0, 3, 0), (1, 255, 9)]);
    for (second, beats) in [(0, 100), (1, 101)] {
        let values = [Value::U32(START + second), Value::U8(beats), Value::Bytes(&[7; 258])];
        file.data(0, &values);
    }
    assert_eq!(beats(&decoded(&file.bytes()).activities[0]), [Some(100), Some(101)]);
}

#[test]
fn a_developer_heart_rate_fills_in_where_the_native_one_is_unknown() {
    let mut file = File::activity();
    file.define(1, 206, &[(0, 1, 2), (1, 1, 2), (2, 1, 2), (14, 2, 0x84), (15, 1, 2)]);
    let description = [0, 7, 2].map(Value::U8);
    file.data(1, &[&description[..], &[Value::U16(20), Value::U8(3)]].concat());
    file.define_with_developer(0, 20, &[(253, 4, 0x86), (3, 1, 2)], &[(7, 1, 0)]);
    for (second, native) in [(0, 0xFF), (1, 150)] {
        file.data(0, &[Value::U32(START + second), Value::U8(native), Value::U8(133)]);
    }
    assert_eq!(beats(&decoded(&file.bytes()).activities[0]), [Some(133), Some(150)]);
}

#[test]
fn compressed_distance_rolls_over() {
    let mut file = File::activity();
    file.define(0, 20, &[(253, 4, 0x86), (8, 3, 0x0D)]);
    // Speed 1.00 m/s; counters 4000/16 = 250 m, then 64/16 = 4 m: 260 m in all.
    for (second, bytes) in [(0, [100, 0x00, 250]), (1, [100, 0x00, 4])] {
        file.data(0, &[Value::U32(START + second), Value::Bytes(&bytes)]);
    }
    let records = read_records(&file.bytes());
    let ways: Vec<_> =
        records.iter().map(|record| (record.speed_mm_s, record.distance_cm)).collect();
    assert_eq!(ways, [(Some(1000), Some(25_000)), (Some(1000), Some(26_000))]);
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
fn a_straps_memory_is_merged_into_the_activity_before() {
    let mut run = File::activity();
    run.heart_rates(0, &[0xFF; 4]);
    let mut strap = File::activity();
    strap.define(0, 132, &[(253, 4, 0x86), (0, 2, 0x84), (9, 4, 0x86), (6, 1, 2)]);
    // The strap's clock shows 2048/1024 s at half a second past the start.
    let first = [Value::U32(START), Value::U16(16_384), Value::U32(2048), Value::U8(100)];
    strap.data(0, &first);
    // Then 2560, 3072, 4094, and 4100 beyond the rollover of 12 bits: at 1.0, 1.5, 2.498 and
    // 2.504 s.
    strap.define(1, 132, &[(6, 4, 2), (10, 6, 0x0D)]);
    let ticks = [0x00, 0x0A, 0xC0, 0xFE, 0x4F, 0x00];
    strap.data(1, &[Value::Bytes(&[110, 120, 131, 0]), Value::Bytes(&ticks)]);
    let decoded = decoded(&[run.bytes(), strap.bytes()].concat());
    let [activity] = &decoded.activities[..] else { panic!("{decoded:?}") };
    // Second 1: readings at 0.5 and 1.0 s; second 2: at 1.5; second 3: at 2.498, the 0 is none.
    assert_eq!(beats(activity), [None, Some(105), Some(120), Some(131)]);
    assert_eq!(activity.sensor, HeartRateSensor::External);
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
    let mut manual = File::activity();
    manual.session(1, 0, 1800);
    assert_eq!(refused(&manual.bytes()), "not an activity: a FIT activity without records");
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
    file.define(2, 18, &[(5, 1, 0), (193, 1, 2), (192, 1, 2)]);
    file.data(2, &[1, 30, 75].map(Value::U8));
    let run = &decoded(&file.bytes()).activities[0];
    assert_eq!((run.rating.rpe_cr10, run.rating.feel), (Some(3.0), Some(75)));
    assert_eq!(run.anchors.max_bpm, Some(188), "the targets outrank the profile");
    assert_eq!((run.anchors.resting_bpm, run.anchors.threshold_bpm), (Some(48), Some(170)));
    assert_eq!(
        (run.anchors.age_years, run.anchors.sex),
        (Some(40), Some(crate::activity::Sex::Female))
    );
    let zones = run.device_zones.as_ref().unwrap();
    assert_eq!(
        (&zones.bounds_bpm[..], &zones.stated_s[..]),
        (&[130, 150][..], &[1.0, 2.0, 0.5][..])
    );
    assert_eq!(run.utc_offset_s, Some(7200));
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

#[test]
fn a_bad_checksum_is_told_and_forgiven() {
    let mut bytes = small_run();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let decoded = decoded(&bytes);
    assert_eq!(kinds(&decoded), [ProblemKind::BadChecksum]);
    assert_eq!(decoded.warnings[0].place, Some(Place::Byte(last as u64 - 1)));
    assert_eq!(decoded.activities[0].records.len(), 6);
}

#[test]
fn what_came_before_the_end_of_a_cut_file_stays() {
    let whole = small_run();
    let decoded = decoded(&whole[..whole.len() - 60]);
    assert_eq!(kinds(&decoded), [ProblemKind::Truncated]);
    assert!(decoded.activities[0].records.len() >= 4);
}

#[test]
fn an_undefined_message_ends_the_file_with_its_place() {
    let mut file = File::activity();
    file.heart_rates(0, &[100, 101]);
    file.data(9, &[]);
    file.heart_rates(2, &[102]);
    let decoded = decoded(&file.bytes());
    assert_eq!(beats(&decoded.activities[0]), [Some(100), Some(101)]);
    assert_eq!(kinds(&decoded), [ProblemKind::Malformed]);
    assert!(matches!(decoded.warnings[0].place, Some(Place::Byte(at)) if at > 14));
}

#[test]
fn a_recording_that_was_never_finished_is_read_all_the_same() {
    let mut bytes = small_run();
    bytes[4..8].fill(0);
    let with_checksum = decoded(&bytes);
    assert_eq!(kinds(&with_checksum), [ProblemKind::Malformed]);
    assert_eq!(with_checksum.activities[0].records.len(), 6);
    bytes.truncate(bytes.len() - 2);
    assert_eq!(decoded(&bytes).activities[0].records.len(), 6);
}

#[test]
fn bytes_behind_the_end_are_told() {
    let mut bytes = small_run();
    bytes.push(0);
    let decoded = decoded(&bytes);
    assert_eq!(kinds(&decoded), [ProblemKind::TrailingBytes]);
    assert_eq!(decoded.activities[0].records.len(), 6);
}

#[test]
fn headers_that_are_none_are_refused_in_plain_words() {
    let mut bytes = small_run();
    bytes[0] = 255;
    assert!(refused(&bytes).contains("255 bytes long"), "{}", refused(&bytes));
    assert!(refused(&small_run()[..13]).contains("only 13 bytes"));
    assert_eq!(refused(&File::empty().bytes()), "the file holds no records");
}

#[test]
fn a_record_from_the_past_is_left_out_and_told() {
    let mut file = File::activity();
    file.heart_rates(10, &[100, 101]);
    file.heart_rates(3, &[99]);
    file.heart_rates(12, &[102]);
    let decoded = decoded(&file.bytes());
    assert_eq!(seconds(&decoded.activities[0]), [10, 11, 12]);
    assert_eq!(kinds(&decoded), [ProblemKind::TimeBackwards]);
}

#[test]
fn records_years_away_are_left_out_and_told() {
    let mut file = File::activity();
    file.heart_rates(0, &[100, 101, 102]);
    file.heart_rates(2_000_000_000, &[7]);
    let decoded = decoded(&file.bytes());
    assert_eq!(seconds(&decoded.activities[0]), [0, 1, 2]);
    assert_eq!(kinds(&decoded), [ProblemKind::ImplausibleTime]);
}

#[test]
fn a_clock_never_set_is_kept_and_told() {
    let mut file = File::activity();
    file.define(0, 20, &[(253, 4, 0x86)]);
    file.data(0, &[Value::U32(3600)]);
    let decoded = decoded(&file.bytes());
    assert_eq!(decoded.activities[0].start, UnixTime::from_seconds(631_065_600 + 3600));
    assert_eq!(kinds(&decoded), [ProblemKind::ImplausibleTime]);
}

#[test]
fn dynamics_are_as_many_as_the_records() {
    let mut file = File::activity();
    file.heart_rates(0, &[100, 101]);
    file.define(
        3,
        20,
        &[
            (253, 4, 0x86),
            (39, 2, 0x84),
            (41, 2, 0x84),
            (84, 2, 0x84),
            (85, 2, 0x84),
            (108, 2, 0x84),
            (99, 1, 2),
        ],
    );
    let values = [821, 2450, 4980, 9900, 3150].map(Value::U16);
    file.data(3, &[&[Value::U32(START + 2)], &values[..], &[Value::U8(30)]].concat());
    let run = &decoded(&file.bytes()).activities[0];
    let dynamics = Dynamics {
        vertical_oscillation: Some(821),
        ground_contact_time: Some(2450),
        ground_contact_balance: Some(4980),
        step_length: Some(9900),
        respiration_rate: Some(3150),
    };
    assert_eq!(run.dynamics, [Dynamics::default(), Dynamics::default(), dynamics]);
}

#[test]
fn more_records_than_allowed_are_left_out_and_told() {
    let limits = Limits { max_records: 4, ..Limits::default() };
    let chain = [small_run(), small_run()].concat();
    let decoded = decode(&chain, &limits).unwrap();
    assert_eq!(decoded.activities.iter().map(|a| a.records.len()).sum::<usize>(), 4);
    assert!(kinds(&decoded).contains(&ProblemKind::LimitExceeded));
    assert_eq!(decoded.activities[0].sport, Sport::Running, "what comes behind is still read");
}

#[test]
fn no_prefix_brings_it_to_panic() {
    let whole = [small_run(), small_run()].concat();
    for length in 0..whole.len() {
        let _ = decode(&whole[..length], &Limits::default());
        let _ = read_records(&whole[..length]);
    }
}

#[test]
fn no_flipped_byte_brings_it_to_panic() {
    let mut bytes = small_run();
    for index in 0..bytes.len() {
        let before = bytes[index];
        for flip in [0x01, 0x40, 0x80, 0xFF, before, !before] {
            bytes[index] = before ^ flip;
            let _ = decode(&bytes, &Limits::default());
        }
        bytes[index] = before;
    }
}
