//! Archives → the files in them: bounded, recognised by nothing but their bytes.
//!
//! ```text
//! stream ──first bytes──▶ not wanted │ plain bytes │ .gz ──▶ stream │ .zip, .tar ──▶ entries ──▶ streams
//! ```
//!
//! Names in archives are never used as paths. What an archive unpacks to is bounded per file, in
//! total, by its ratio and by its depth, so that no bomb takes the machine. What is large is held by
//! one thread at a time, and a large archive within another lies on the disk meanwhile.

mod archive;
mod budget;
mod contents;
mod entry;
mod held;
#[cfg(feature = "files")]
mod shared_file;
mod stream;
mod streamed;
mod table_of_contents;
mod tar;
mod zip;

use std::io::{BufRead, Cursor, Read};

use flate2::read::MultiGzDecoder;

use crate::decode::{Limits, Problem, ProblemKind};

pub use self::archive::{Archive, is_archive, is_named_archive};
pub use self::budget::Budget;
pub use self::contents::{Contents, NestedArchive};
pub use self::entry::Entry;
pub use self::held::HeldArchive;
#[cfg(feature = "files")]
pub use self::shared_file::SharedFile;
pub use self::stream::{HEAD_BYTES, LARGE, Origin, Turn, no_memory};

use self::stream::{Ending, Most, Stream};

fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b])
}

/// What is done with a file, by its first bytes.
pub struct Wishes<'a> {
    /// Whether anybody wants it.
    pub is_wanted: &'a dyn Fn(&[u8]) -> bool,
    /// Whether it is too long to be held, and is handed on as it comes.
    pub is_streamed: &'a dyn Fn(&[u8]) -> bool,
    /// Takes the bytes of such a file.
    pub take: &'a mut dyn FnMut(&mut dyn BufRead),
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
    let wishes = Wishes { is_wanted, is_streamed: &|_| false, take: &mut |_| {} };
    read_as_wished(reader, origin, limits, wishes)
}

/// As [`read`], but long files are handed on as they come.
///
/// # Errors
/// Where nothing can be read, or a limit is hit.
pub fn read_as_wished(
    reader: &mut dyn Read,
    origin: Origin<'_>,
    limits: &Limits,
    wishes: Wishes<'_>,
) -> Result<Contents, Problem> {
    let mut stream = Stream::new(reader, origin, limits);
    let damage = stream.read_head()?;
    if is_archive(&stream.bytes) {
        check_depth(origin.depth + 1, limits)?;
        return nested(stream, limits);
    }
    if is_gzip(&stream.bytes) {
        // The files of the innermost archive may be compressed themselves.
        check_depth(origin.depth, limits)?;
        return unzipped(stream, damage.is_some(), origin, limits, wishes);
    }
    if damage.is_none() && (wishes.is_streamed)(&stream.bytes) {
        let most = Most { bytes: limits.max_unpacked_bytes, name: "max_unpacked_bytes" };
        return streamed::hand_on(stream, most, wishes.take);
    }
    if !(wishes.is_wanted)(&stream.bytes) {
        return Ok(Contents::Unwanted(stream.bytes));
    }
    let ending = match damage {
        Some(damage) => Ending::Damaged(damage),
        None => stream.read_rest(Most { bytes: limits.max_bytes, name: "max_bytes" })?,
    };
    finished(stream.bytes, ending)
}

/// An archive within another is read as a whole: its table of contents stands at its end, or has to be
/// made.
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
    wishes: Wishes<'_>,
) -> Result<Contents, Problem> {
    let Stream { bytes, reader, .. } = stream;
    // What is damaged behind the bytes that were read shows again as an early end.
    let packed: Box<dyn Read + '_> = if is_damaged {
        Box::new(Cursor::new(bytes))
    } else {
        Box::new(Cursor::new(bytes).chain(reader))
    };
    let inside = Origin { depth: origin.depth + 1, ..origin };
    read_as_wished(&mut MultiGzDecoder::new(packed), inside, limits, wishes)
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
