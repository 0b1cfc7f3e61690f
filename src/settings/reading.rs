//! Bounds that keep a hostile file from taking the machine, where the settings change them.

use super::allowed::Allowed;
use super::reader::SettingsTable;

/// The changed bounds of reading; `None` where the default holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadingLimits {
    /// Records of one file.
    pub max_records: Option<u64>,
    /// Sessions of one file.
    pub max_sessions: Option<u64>,
    /// Nesting of elements in a text format.
    pub max_depth: Option<u64>,
    /// Bytes of one file, unpacked.
    pub max_bytes: Option<u64>,
    /// Archives within archives.
    pub max_archive_depth: Option<u64>,
    /// Files in one archive.
    pub max_archive_entries: Option<u64>,
    /// Bytes of one archive within another, unpacked.
    pub max_archive_bytes: Option<u64>,
    /// Bytes that everything in one file of the disk may unpack to.
    pub max_unpacked_bytes: Option<u64>,
    /// How many times longer a file may be unpacked than packed.
    pub max_unpacked_ratio: Option<u64>,
}

const fn up_to(what: &'static str, to: f64, unit: &'static str) -> Allowed {
    Allowed { what, from: 1.0, to, unit }
}

/// The most that a number in a settings file can say exactly.
const ANY: f64 = 9_007_199_254_740_992.0;

pub(super) fn read(mut table: SettingsTable<'_>) -> ReadingLimits {
    let mut number = |key: &'static str, allowed: Allowed| -> Option<u64> {
        table.get(key)?.number(&allowed).map(|number| number as u64)
    };
    let limits = ReadingLimits {
        max_records: number("max_records", up_to("a number of records", 1e9, "")),
        max_sessions: number("max_sessions", up_to("a number of sessions", 65_535.0, "")),
        max_depth: number("max_depth", up_to("a depth of nesting", 1000.0, "")),
        max_bytes: number("max_bytes", up_to("a number of bytes", ANY, "bytes")),
        max_archive_depth: number("max_archive_depth", up_to("a depth of archives", 16.0, "")),
        max_archive_entries: number("max_archive_entries", up_to("a number of files", 1e9, "")),
        max_archive_bytes: number("max_archive_bytes", up_to("a number of bytes", ANY, "bytes")),
        max_unpacked_bytes: number("max_unpacked_bytes", up_to("a number of bytes", ANY, "bytes")),
        max_unpacked_ratio: number("max_unpacked_ratio", up_to("a ratio", ANY, "")),
    };
    table.finish();
    limits
}
