//! The bounds of reading: those of the settings, else the defaults.

use crate::decode::Limits;
use crate::settings::ReadingLimits;

/// What files are read with: the stated bounds, else the usual ones.
pub fn limits(stated: &ReadingLimits) -> Limits {
    // Taken apart in full, so that no bound can be forgotten here.
    let ReadingLimits {
        max_records,
        max_sessions,
        max_depth,
        max_bytes,
        max_archive_depth,
        max_archive_entries,
        max_archive_bytes,
        max_unpacked_bytes,
        max_unpacked_ratio,
    } = *stated;
    let own = Limits::default();
    let count = |stated: Option<u64>, own: usize| {
        stated.map_or(own, |stated| usize::try_from(stated).unwrap_or(usize::MAX))
    };
    Limits {
        max_records: count(max_records, own.max_records),
        max_sessions: count(max_sessions, own.max_sessions),
        max_depth: count(max_depth, own.max_depth),
        max_bytes: max_bytes.unwrap_or(own.max_bytes),
        max_archive_depth: count(max_archive_depth, own.max_archive_depth),
        max_archive_entries: count(max_archive_entries, own.max_archive_entries),
        max_archive_bytes: max_archive_bytes.unwrap_or(own.max_archive_bytes),
        max_unpacked_bytes: max_unpacked_bytes.unwrap_or(own.max_unpacked_bytes),
        max_unpacked_ratio: max_unpacked_ratio.unwrap_or(own.max_unpacked_ratio),
    }
}
