//! Reading without trust: bounded in length, in ratio, and by the budget of its file.

#[cfg(feature = "files")]
use std::io::Write;
use std::io::{self, Read};

use super::budget::Budget;
use super::held::HeldArchive;
#[cfg(feature = "files")]
use super::shared_file::SharedFile;
use crate::decode::{Limits, Problem, ProblemKind};

/// Bytes read at a time.
const STEP: usize = 256 << 10;
/// Unpacked bytes up to which the ratio does not matter: short files may repeat themselves.
const SHORT: u64 = 1 << 20;

/// Who else holds unpacked bytes meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// All threads: each holds little.
    Shared,
    /// Nobody.
    Alone,
}

/// Bytes from which a file is large: a smaller one may be held by each thread.
pub const LARGE: u64 = 8 << 20;

/// Where a stream comes from.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    /// How many bytes it takes where it lies.
    pub packed: u64,
    /// How many archives it lies in.
    pub depth: usize,
    /// What its file on the disk may still unpack to.
    pub budget: &'a Budget<'a>,
    /// Who else holds bytes meanwhile.
    pub turn: Turn,
}

/// Bytes by which files are recognised; enough for the longest prologue of a text.
pub const HEAD_BYTES: usize = 64 << 10;

/// A reader and what was read from it so far.
pub(super) struct Stream<'r, 'o> {
    pub(super) bytes: Vec<u8>,
    pub(super) reader: &'r mut dyn Read,
    origin: Origin<'o>,
    limits: Limits,
    /// How many bytes came so far, those that were put away included.
    length: u64,
}

/// How many bytes there may be, and what that limit is called.
#[derive(Debug, Clone, Copy)]
pub(super) struct Most {
    pub(super) bytes: u64,
    pub(super) name: &'static str,
}

impl Most {
    const HEAD: Self = Self { bytes: HEAD_BYTES as u64, name: "" };
}

enum ReadStep {
    Read,
    End,
    Damaged(ReadError),
}

/// Why no more bytes are read.
#[derive(Debug)]
pub(super) enum Ending {
    /// There are no more.
    Complete,
    /// The rest cannot be read.
    Damaged(ReadError),
    /// They are more than may be held now.
    Large,
}

/// Why no more bytes come although there should be more.
#[derive(Debug)]
pub(super) struct ReadError(io::Error);

impl<'r, 'o> Stream<'r, 'o> {
    pub(super) fn new(reader: &'r mut dyn Read, origin: Origin<'o>, limits: &Limits) -> Self {
        Self { bytes: Vec::new(), reader, origin, limits: *limits, length: 0 }
    }

    /// Reads the first bytes, by which files are told from each other.
    pub(super) fn read_head(&mut self) -> Result<Option<ReadError>, Problem> {
        let rest = |length: usize| HEAD_BYTES - length;
        while self.bytes.len() < HEAD_BYTES {
            match self.step(rest(self.bytes.len()), Most::HEAD)? {
                ReadStep::Read => {}
                ReadStep::End => break,
                ReadStep::Damaged(damage) => return Ok(Some(damage)),
            }
        }
        Ok(None)
    }

    /// Whether other threads hold bytes, too.
    pub(super) fn is_shared(&self) -> bool {
        self.origin.turn == Turn::Shared
    }

    /// Reads on to the end, or until it is large where others hold bytes too; more than a file may
    /// have is an error.
    pub(super) fn read_rest(&mut self, most: Most) -> Result<Ending, Problem> {
        let is_shared = self.is_shared();
        self.read_while(most, |length| !is_shared || length <= LARGE)
    }

    /// Reads on to the end, or until it is large.
    pub(super) fn read_until_large(&mut self, most: Most) -> Result<Ending, Problem> {
        self.read_while(most, |length| length <= LARGE)
    }

    /// Reads on in place of what was read so far; says so where nothing more comes.
    pub(super) fn replace(&mut self, most: Most) -> Result<Option<Ending>, Problem> {
        self.bytes.clear();
        loop {
            return match self.step(STEP, most)? {
                ReadStep::Read if self.bytes.is_empty() => continue,
                ReadStep::Read => Ok(None),
                ReadStep::End => Ok(Some(Ending::Complete)),
                ReadStep::Damaged(damage) => Ok(Some(Ending::Damaged(damage))),
            };
        }
    }

    fn read_while(&mut self, most: Most, is_held: impl Fn(u64) -> bool) -> Result<Ending, Problem> {
        self.check_length(most)?;
        while is_held(self.length) {
            match self.step(STEP, most)? {
                ReadStep::Read => {}
                ReadStep::End => return Ok(Ending::Complete),
                ReadStep::Damaged(damage) => return Ok(Ending::Damaged(damage)),
            }
        }
        Ok(Ending::Large)
    }

    /// Writes what was read, and the rest as it comes, into a file without a name.
    #[cfg(feature = "files")]
    pub(super) fn put_away(mut self, most: Most) -> Result<HeldArchive, Problem> {
        let no_room = |error: io::Error| {
            let detail = format!("there is no room on the disk to unpack it: {error}");
            Problem::new(ProblemKind::Unreadable, detail)
        };
        let mut file = tempfile::tempfile().map_err(no_room)?;
        loop {
            file.write_all(&self.bytes).map_err(no_room)?;
            self.bytes.clear();
            match self.step(STEP, most)? {
                ReadStep::Read => {}
                ReadStep::End => {
                    return SharedFile::of(file).map(HeldArchive::Disk).map_err(no_room);
                }
                ReadStep::Damaged(damage) => return Err(damage.problem()),
            }
        }
    }

    /// Without files all of it is held.
    #[cfg(not(feature = "files"))]
    pub(super) fn put_away(mut self, most: Most) -> Result<HeldArchive, Problem> {
        match self.read_while(most, |_| true)? {
            Ending::Damaged(damage) => Err(damage.problem()),
            _ => Ok(HeldArchive::from(self.bytes)),
        }
    }

    fn step(&mut self, bytes: usize, most: Most) -> Result<ReadStep, Problem> {
        self.origin.budget.check_wanted()?;
        let start = self.bytes.len();
        self.bytes.try_reserve(bytes).map_err(|_| no_memory())?;
        // Into the room that is there, without writing zeros into it first.
        let ended = Read::take(&mut *self.reader, bytes as u64).read_to_end(&mut self.bytes);
        let read = self.bytes.len() - start;
        self.count(read as u64, most)?;
        Ok(match ended {
            Err(error) => ReadStep::Damaged(ReadError(error)),
            Ok(_) if read == 0 => ReadStep::End,
            Ok(_) => ReadStep::Read,
        })
    }

    fn count(&mut self, read: u64, most: Most) -> Result<(), Problem> {
        self.length += read;
        self.check_length(most)?;
        let length = self.length;
        if self.origin.depth == 0 {
            return Ok(());
        }
        let ratio = self.limits.max_unpacked_ratio;
        if length > SHORT && length / ratio > self.origin.packed {
            return Err(exceeded(format!(
                "unpacks to more than {ratio} times its {} bytes (max_unpacked_ratio)",
                self.origin.packed
            )));
        }
        self.origin.budget.spend(read, &self.limits)
    }

    fn check_length(&self, most: Most) -> Result<(), Problem> {
        let Most { bytes, name } = most;
        let fits = self.length <= bytes;
        fits.then_some(())
            .ok_or_else(|| exceeded(format!("more than the limit of {bytes} bytes ({name})")))
    }
}

/// The system has refused the memory that a file takes.
pub fn no_memory() -> Problem {
    Problem::new(ProblemKind::Unreadable, "the system gives no memory for it")
}

fn exceeded(detail: String) -> Problem {
    Problem::new(ProblemKind::LimitExceeded, detail)
}

impl ReadError {
    /// The decompressors' own words for what happened are the only sign of it.
    pub(super) fn problem(&self) -> Problem {
        let text = self.0.to_string();
        let (kind, detail) = match self.0.kind() {
            io::ErrorKind::UnexpectedEof => (
                ProblemKind::Truncated,
                "the compressed data end before they should: copy or download the file again"
                    .to_owned(),
            ),
            _ if text.contains("gzip header") => (
                ProblemKind::TrailingBytes,
                "bytes behind the compressed data that are no part of them".to_owned(),
            ),
            _ if text.contains("checksum") => (
                ProblemKind::BadChecksum,
                "the checksum of the compressed data does not match".to_owned(),
            ),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                (ProblemKind::Malformed, format!("the compressed data are damaged: {text}"))
            }
            _ => (ProblemKind::Unreadable, format!("cannot be read: {text}")),
        };
        Problem::new(kind, detail)
    }
}
