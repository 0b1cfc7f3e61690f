use super::super::builder::{File, START, Value};
use super::super::*;
use super::{beats, decoded, kinds, refused, seconds, small_run};
use crate::activity::Sport;
use crate::units::UnixTime;

#[test]
fn a_bad_checksum_is_told_and_forgiven() {
    let mut bytes = small_run();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let decoded = decoded(&bytes);
    assert_eq!(kinds(&decoded), [ProblemKind::BadChecksum]);
    assert_eq!(decoded.warnings[0].place, Some(Location::Byte(last as u64 - 1)));
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
    assert!(matches!(decoded.warnings[0].place, Some(Location::Byte(at)) if at > 14));
}

#[test]
fn records_are_found_again_behind_a_lost_byte_though_two_kinds_take_turns() {
    let mut file = File::activity();
    file.define(1, 20, &[(3, 1, 2), (6, 2, 0x84), (253, 4, 0x86)]);
    file.define(2, 20, &[(253, 4, 0x86), (5, 4, 0x86)]);
    for second in 0..100 {
        let time = Value::U32(START + second);
        file.data(1, &[Value::U8(120), Value::U16(2500), time]);
        file.data(2, &[time, Value::U32(250 * second)]);
    }
    let whole = file.bytes();
    let ends = |bytes: &[u8]| {
        let records = &decoded(bytes).activities[0].records;
        (records.len(), records.last().and_then(|record| record.distance_cm))
    };
    assert_eq!(ends(&whole), (200, Some(24_750)));
    for at in (200..1500).step_by(13) {
        let mut bytes = whole.clone();
        bytes.remove(at);
        let (count, last) = ends(&bytes);
        assert!(count > 150 && last == Some(24_750), "byte {at}: {count}, {last:?}");
        assert!(decoded(&bytes).activities[0].damaged);
    }
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
    assert_eq!(kinds(&decoded), [ProblemKind::ClockNotSet]);
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
