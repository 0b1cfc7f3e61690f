//! The whole decoder on hand-made files.

mod damage;
mod records;
mod sessions;

use super::builder::{File, START};
use super::*;
use crate::units::UnixTime;

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
