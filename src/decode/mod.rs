//! Bytes → [`Activity`]: the registry of formats and what every decoder owes.
//!
//! A decoder is pure: it gets all the bytes of one file and says what is in them. It never
//! panics, never allocates without bound, forgives only aloud (each thing forgiven is a
//! [`Problem`] among the warnings) and names the place of what it refuses.

pub mod apple_health;
mod beats;
pub mod buffered;
pub mod endomondo;
pub mod fit;
pub mod fitbit;
mod format;
pub mod golden_cheetah;
pub mod gpx;
pub mod huawei_hitrack;
pub mod huawei_motion_path;
mod huawei_track;
mod iso_duration;
mod joined;
mod joined_moments;
mod json;
pub mod nike_run_club;
pub mod not_read;
mod open_sample;
mod partial_session;
mod plain_value;
mod point_quantity;
mod points;
pub mod polar_flow;
pub mod polar_hrm;
mod problem;
pub mod pwx;
pub mod runtastic;
mod samples;
pub mod samsung_health;
mod session_table;
pub mod sport;
mod streamed;
pub mod suunto;
pub mod suunto_sml;
pub mod tcx;
mod text;
mod time_order;
mod value_taker;
pub mod wahoo;
mod xml;
pub mod zepp;

use crate::activity::Activity;
use crate::units::{Seconds, UnixTime};

pub use format::{Decoded, Format, Limits, Refusal};
pub use problem::{Location, Problem, ProblemKind, keep_few_of_each_kind};
pub use streamed::{SiblingFiles, StreamedFormat};

/// Every format, in the order in which they are tried.
pub static FORMATS: &[&Format] = &[
    &fit::FORMAT,
    &gpx::FORMAT,
    &tcx::FORMAT,
    &polar_flow::FORMAT,
    &suunto::FORMAT,
    &nike_run_club::FORMAT,
    &golden_cheetah::FORMAT,
    &suunto_sml::FORMAT,
    &pwx::FORMAT,
    &polar_hrm::FORMAT,
    &samsung_health::FORMAT,
    &zepp::FORMAT,
    &wahoo::FORMAT,
    &huawei_hitrack::FORMAT,
    &huawei_motion_path::FORMAT,
    &endomondo::FORMAT,
    &not_read::FORMAT,
];

/// Every format that is read as it comes, because its files are too long to be held or lie
/// beside each other.
pub static STREAMED_FORMATS: &[&StreamedFormat] =
    &[&apple_health::FORMAT, &fitbit::FORMAT, &runtastic::FORMAT];

/// The streamed format of a file that begins with these bytes.
pub fn recognise_streamed(head: &[u8]) -> Option<&'static StreamedFormat> {
    STREAMED_FORMATS.iter().copied().find(|format| (format.recognises)(head))
}

/// The format of these bytes, told by their content.
pub fn recognise(bytes: &[u8]) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| (format.recognises)(bytes))
}

/// The moment that a date with its time of day names, as formats and names of files write it.
pub fn date_time(text: &str) -> Option<UnixTime> {
    Some(xml::time::parse(text)?.time)
}

/// Seconds of `PT1H2M3.5S`.
pub fn seconds_of_duration(text: &str) -> Option<Seconds> {
    iso_duration::seconds_of_iso_duration(text).and_then(Seconds::new)
}

/// Reads one file of any known format.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<(Decoded, &'static Format), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Unusable(Problem::new(ProblemKind::Empty, "the file is empty")));
    }
    let format = recognise(bytes).ok_or_else(|| {
        Refusal::Unusable(Problem::new(ProblemKind::UnknownFormat, advice(bytes)))
    })?;
    let mut decoded = (format.decode)(bytes, limits)?;
    let breaks_off = decoded.warnings.iter().any(|warning| warning.kind.breaks_off());
    let breaks_off = breaks_off && !decoded.lost_little;
    if let Some(last) = decoded.activities.last_mut() {
        last.breaks_off |= breaks_off;
    }
    let damaged = decoded.warnings.iter().any(|warning| warning.kind.is_damage());
    if damaged {
        decoded.activities.iter_mut().for_each(doubt);
    }
    Ok((decoded, format))
}

/// No runner's speed, in mm/s: a sprinter's best second.
const IMPOSSIBLE_SPEED: u16 = 12_500;

/// A longer time than that of the records is no total of the same run, in seconds.
const ANOTHER_DAY_S: f64 = 86_400.0;

/// Marks an activity of a damaged file, whose speeds are believed only as far as anybody runs, and
/// whose totals only as far as they can be of the same day.
fn doubt(activity: &mut Activity) {
    activity.damaged = true;
    if let Some((first, last)) = activity.records.first().zip(activity.records.last()) {
        let longest = last.time.seconds_since(first.time) + ANOTHER_DAY_S;
        let is_possible = |time: &Seconds| time.get() <= longest;
        activity.stated.timer = activity.stated.timer.filter(is_possible);
        activity.stated.elapsed = activity.stated.elapsed.filter(is_possible);
    }
    for record in &mut activity.records {
        record.speed_mm_s = record.speed_mm_s.filter(|speed| *speed <= IMPOSSIBLE_SPEED);
    }
}

/// What is to be done about a file of no known format.
fn advice(bytes: &[u8]) -> &'static str {
    match bytes {
        [b'7', b'z', 0xbc, 0xaf, ..]
        | [b'R', b'a', b'r', b'!', ..]
        | [0xfd, b'7', b'z', b'X', ..]
        | [b'B', b'Z', b'h', ..]
        | [0x28, 0xb5, 0x2f, 0xfd, ..] => OTHER_ARCHIVE,
        _ => "not a format that can be read (FIT, GPX, TCX and others: docs/exports.md)",
    }
}

const OTHER_ARCHIVE: &str = "an archive of another kind than .zip, .tar and .gz: unpack it first";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_says_what_to_do() {
        let told = |bytes: &[u8]| match decode(bytes, &Limits::default()) {
            Err(Refusal::Unusable(problem)) => (problem.kind, problem.detail),
            other => panic!("{other:?}"),
        };
        for (bytes, word) in
            [(&b"7z\xbc\xaf\x27\x1c"[..], "unpack it"), (b"hello", "FIT, GPX, TCX")]
        {
            let (kind, detail) = told(bytes);
            assert_eq!(kind, ProblemKind::UnknownFormat);
            assert!(detail.contains(word), "{detail}");
        }
    }
}
