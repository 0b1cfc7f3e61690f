//! Archives → the files in them: bounded, recognised by nothing but their bytes.
//!
//! ```text
//! stream ──first bytes──▶ not wanted │ plain bytes │ .gz ──▶ stream │ .zip ──▶ entries ──▶ streams
//! ```
//!
//! Names in archives are never used as paths. What an archive unpacks to is bounded per file, in
//! total, by its ratio and by its depth, so that no bomb takes the machine. What is large is held by
//! one thread at a time, and a large archive within another lies on the disk meanwhile.

mod budget;
mod held;
#[cfg(feature = "files")]
mod shared_file;
mod stream;
mod zip;

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;

use crate::decode::{Limits, Problem, ProblemKind};

pub use self::budget::Budget;
pub use self::held::HeldArchive;
#[cfg(feature = "files")]
pub use self::shared_file::SharedFile;
pub use self::stream::{HEAD_BYTES, LARGE, Origin, Turn};
pub use self::zip::{Archive, Entry};

use self::stream::{Ending, Most, Stream};

/// An archive within another.
pub type NestedArchive = Archive<HeldArchive>;

/// What a stream of bytes turns out to be.
#[derive(Debug)]
pub enum Contents {
    /// The bytes of one file, and what was wrong with them on the way.
    Plain(Vec<u8>, Option<Problem>),
    /// Something that nobody wants: only its first bytes were read.
    Unwanted(Vec<u8>),
    /// An archive of further files.
    Archive(NestedArchive),
    /// Too much to be held while other threads hold something too.
    Large,
}

/// Whether these are the first bytes of an archive of several files.
pub fn is_zip(head: &[u8]) -> bool {
    matches!(head, [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..])
}

/// Whether a file is named like an archive of several files.
pub fn is_named_zip(name: &str) -> bool {
    name.len() >= 4 && name.as_bytes()[name.len() - 4..].eq_ignore_ascii_case(b".zip")
}

fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b])
}

/// Reads a stream to its end, unless its first bytes say that nobody wants it.
///
/// # Errors
/// Where nothing can be read, or a limit is hit.
pub fn read(
    reader: &mut dyn Read,
    origin: Origin<'_>,
    limits: &Limits,
    is_wanted: &dyn Fn(&[u8]) -> bool,
) -> Result<Contents, Problem> {
    let mut stream = Stream::new(reader, origin, limits);
    let damage = stream.read_head()?;
    if is_zip(&stream.bytes) {
        check_depth(origin.depth + 1, limits)?;
        return nested(stream, limits);
    }
    if is_gzip(&stream.bytes) {
        // The files of the innermost archive may be compressed themselves.
        check_depth(origin.depth, limits)?;
        return unzipped(stream, damage.is_some(), origin, limits, is_wanted);
    }
    if !is_wanted(&stream.bytes) {
        return Ok(Contents::Unwanted(stream.bytes));
    }
    let ending = match damage {
        Some(damage) => Ending::Damaged(damage),
        None => stream.read_rest(Most { bytes: limits.max_bytes, name: "max_bytes" })?,
    };
    finished(stream.bytes, ending)
}

/// An archive within another is read as a whole: its table of contents stands at its end.
fn nested(mut stream: Stream<'_, '_>, limits: &Limits) -> Result<Contents, Problem> {
    let most = Most { bytes: limits.max_archive_bytes, name: "max_archive_bytes" };
    let held = match stream.read_until_large(most)? {
        Ending::Damaged(damage) => return Err(damage.problem()),
        Ending::Complete => HeldArchive::from(stream.bytes),
        Ending::Large if stream.is_shared() => return Ok(Contents::Large),
        Ending::Large => stream.put_away(most)?,
    };
    Archive::open(held, limits).map(Contents::Archive)
}

/// The file in a `.gz`, all of its members.
fn unzipped(
    stream: Stream<'_, '_>,
    is_damaged: bool,
    origin: Origin<'_>,
    limits: &Limits,
    is_wanted: &dyn Fn(&[u8]) -> bool,
) -> Result<Contents, Problem> {
    let Stream { bytes, reader, .. } = stream;
    // What is damaged behind the bytes that were read shows again as an early end.
    let packed: Box<dyn Read + '_> = if is_damaged {
        Box::new(Cursor::new(bytes))
    } else {
        Box::new(Cursor::new(bytes).chain(reader))
    };
    let inside = Origin { depth: origin.depth + 1, ..origin };
    read(&mut MultiGzDecoder::new(packed), inside, limits, is_wanted)
}

fn check_depth(depth: usize, limits: &Limits) -> Result<(), Problem> {
    if depth <= limits.max_archive_depth {
        return Ok(());
    }
    let detail = format!(
        "archives within archives deeper than the limit of {} (max_archive_depth)",
        limits.max_archive_depth
    );
    Err(Problem::new(ProblemKind::LimitExceeded, detail))
}

/// A file that was damaged on the way is used as far as it could be read.
fn finished(bytes: Vec<u8>, ending: Ending) -> Result<Contents, Problem> {
    match ending {
        Ending::Large => Ok(Contents::Large),
        Ending::Complete => Ok(Contents::Plain(bytes, None)),
        Ending::Damaged(damage) if bytes.is_empty() => Err(damage.problem()),
        Ending::Damaged(damage) => Ok(Contents::Plain(bytes, Some(damage.problem()))),
    }
}

#[cfg(test)]
mod tests;
