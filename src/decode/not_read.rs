//! Files of services that are known by their keys, and of which no sample was ever seen: they are
//! refused by their name instead of being passed over.

use super::json::head::has_keys;
use super::{Decoded, Format, Limits, Refusal};

/// Files that are known and not read.
pub static FORMAT: Format = Format { id: "not-read", recognises, decode };

/// What a file is called, and the keys that tell it from all others.
const KNOWN: &[(&str, &[&str])] = &[
    ("a Huawei motion path", &["motionPathData"]),
    ("a Huawei motion path", &["sportType", "totalTime", "attribute"]),
    ("a Polar Flow session of the newer export", &["identifier", "durationMillis", "startTime"]),
    ("a Polar Flow training target", &["exercises", "phases", "done"]),
    ("a session of Suunto's cloud", &["Samples", "Attributes", "suunto/sml"]),
];

fn name(bytes: &[u8]) -> Option<&'static str> {
    KNOWN.iter().find(|(_, keys)| has_keys(bytes, keys)).map(|(name, _)| *name)
}

fn recognises(bytes: &[u8]) -> bool {
    name(bytes).is_some()
}

fn decode(bytes: &[u8], _: &Limits) -> Result<Decoded, Refusal> {
    let name = name(bytes).unwrap_or("a file");
    Err(Refusal::NotAnActivity(format!("{name}: not readable yet")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_named() {
        let motion =
            br#"[{"sportType":4,"totalTime":1800000,"attribute":"HW_EXT_TRACK_DETAIL@is"}]"#;
        assert!(recognises(motion));
        let refusal = decode(motion, &Limits::default()).unwrap_err().to_string();
        assert_eq!(refusal, "not an activity: a Huawei motion path: not readable yet");
        assert!(!recognises(b"{\"steps\":9}"));
    }
}
