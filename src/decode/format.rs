//! What a decoder is, what it gets and what it gives.

use super::problem::Problem;
use crate::activity::Activity;

/// One format that can be read: its file stem in this folder is its id.
#[derive(Debug)]
pub struct Format {
    /// The name used in every output.
    pub id: &'static str,
    /// Whether the first bytes are of this format; names of files prove nothing.
    pub recognises: fn(&[u8]) -> bool,
    /// Reads a whole file.
    pub decode: fn(&[u8], &Limits) -> Result<Decoded, Refusal>,
}

/// What was in a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decoded {
    /// The sessions, in the file's order; never empty.
    pub activities: Vec<Activity>,
    /// Everything that was forgiven on the way.
    pub warnings: Vec<Problem>,
    /// Whether next to nothing is lost although the file breaks off: then its length is known well
    /// enough.
    pub lost_little: bool,
}

/// Why nothing came out of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A sound file that holds no recorded activity: a course, a settings file, a day's steps.
    #[error("not an activity: {0}")]
    NotAnActivity(String),
    /// A file that cannot be used.
    #[error("{0}")]
    Unusable(Problem),
}

/// Bounds that keep a hostile file from taking the machine; each is named when it is hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Records of one file; so many laps, timer events and readings of a strap, too.
    pub max_records: usize,
    /// Sessions of one file.
    pub max_sessions: usize,
    /// Nesting of elements in a text format.
    pub max_depth: usize,
    /// Bytes of one file, unpacked.
    pub max_bytes: u64,
    /// Archives within archives.
    pub max_archive_depth: usize,
    /// Files in one archive.
    pub max_archive_entries: usize,
    /// Bytes of one archive within another, unpacked: a large one is put on the disk meanwhile.
    pub max_archive_bytes: u64,
    /// Bytes that everything in one file of the disk may unpack to.
    pub max_unpacked_bytes: u64,
    /// How many times longer a file may be unpacked than packed, beyond the first mebibyte.
    pub max_unpacked_ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_records: 1_000_000,
            max_sessions: 20_000,
            max_depth: 64,
            max_bytes: 128 << 20,
            max_archive_depth: 3,
            max_archive_entries: 500_000,
            max_archive_bytes: 2 << 30,
            max_unpacked_bytes: 64 << 30,
            max_unpacked_ratio: 250,
        }
    }
}
