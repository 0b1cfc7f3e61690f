use super::super::builder::{File, START, Value};
use super::super::*;
use super::{beats, decoded, kinds, refused, second, seconds};
use crate::activity::{Dynamics, HeartRateSensor};

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
    assert_eq!(refused(&file.bytes()), "1 record without a time left out");
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
