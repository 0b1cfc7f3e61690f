//! Files of services that are known by their keys: those of which no sample was ever seen are refused by
//! their name instead of being passed over, and parts of sessions are read with those.

use super::json::head::has_keys;
use super::{Decoded, Format, Limits, Refusal};

/// Files that are known and not read.
pub static FORMAT: Format = Format { id: "not-read", recognises, decode };

/// What is said of a file, and the keys that tell it from all others.
const KNOWN: &[(&str, &[&str])] = &[
    ("a Huawei motion path of before July 2020: not readable yet", &["motionPathData"]),
    (
        "a Polar Flow session of the newer export: not readable yet",
        &["identifier", "durationMillis", "startTime"],
    ),
    ("a Polar Flow training target: not readable yet", &["exercises", "phases", "done"]),
    ("a session of Suunto's cloud: not readable yet", &["Samples", "Attributes", "suunto/sml"]),
    ("live data of Samsung Health: not readable yet", &["start_time", "heart_rate"]),
    ("a route of Samsung Health: not readable yet", &["start_time", "latitude", "longitude"]),
    (
        "a session of Google Fit: read from its TCX file",
        &["fitnessActivity", "segment", "aggregate"],
    ),
    ("heart rates of a day: read with the exercises of Fitbit", &["dateTime", "bpm", "confidence"]),
    ("a route of Runtastic: read with its session", &["timestamp", "latitude", "accuracy_v"]),
    ("heart rates of Runtastic: read with their session", &["timestamp", "heart_rate", "version"]),
];

fn meaning(bytes: &[u8]) -> Option<&'static str> {
    KNOWN.iter().find(|(_, keys)| has_keys(bytes, keys)).map(|(meaning, _)| *meaning)
}

fn recognises(bytes: &[u8]) -> bool {
    meaning(bytes).is_some()
}

fn decode(bytes: &[u8], _: &Limits) -> Result<Decoded, Refusal> {
    Err(Refusal::NotAnActivity(meaning(bytes).unwrap_or("not readable yet").to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_named() {
        let motion = br#"{"motionPathData":[{"sportType":4}]}"#;
        assert!(recognises(motion));
        let refusal = decode(motion, &Limits::default()).unwrap_err().to_string();
        assert_eq!(
            refusal,
            "not an activity: a Huawei motion path of before July 2020: not readable yet"
        );
        assert!(!recognises(b"{\"steps\":9}"));
    }
}
