//! Reading without trust: bounded in length, in ratio, and by the budget of its file.

use std::io::{self, Read};

use super::budget::Budget;
use crate::decode::{Limits, Problem, ProblemKind};

/// Bytes read at a time.
const STEP: usize = 256 << 10;
/// Unpacked bytes up to which the ratio does not matter: short files may repeat themselves.
const SHORT: u64 = 1 << 20;

/// Where a stream comes from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// How many bytes it takes where it lies.
    pub packed: u64,
    /// How many archives it lies in.
    pub depth: usize,
    /// What its file on the disk may still unpack to.
    pub budget: &'a Budget,
}

/// Bytes by which files are recognised; enough for the longest prologue of a text.
pub const HEAD_BYTES: usize = 64 << 10;

/// A reader and what was read from it so far.
pub(super) struct Stream<'r, 'o> {
    pub(super) bytes: Vec<u8>,
    pub(super) reader: &'r mut dyn Read,
    origin: Origin<'o>,
    limits: Limits,
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

/// Why no more bytes come although there should be more.
#[derive(Debug)]
pub(super) struct ReadError(io::Error);

impl<'r, 'o> Stream<'r, 'o> {
    pub(super) fn new(reader: &'r mut dyn Read, origin: Origin<'o>, limits: &Limits) -> Self {
        Self { bytes: Vec::new(), reader, origin, limits: *limits }
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

    /// Reads on to the end; more than a file may have is an error.
    pub(super) fn read_rest(&mut self, most: Most) -> Result<Option<ReadError>, Problem> {
        self.check_length(most)?;
        loop {
            match self.step(STEP, most)? {
                ReadStep::Read => {}
                ReadStep::End => return Ok(None),
                ReadStep::Damaged(damage) => return Ok(Some(damage)),
            }
        }
    }

    fn step(&mut self, bytes: usize, most: Most) -> Result<ReadStep, Problem> {
        let start = self.bytes.len();
        self.bytes.resize(start + bytes, 0);
        let read = self.reader.read(&mut self.bytes[start..]);
        self.bytes.truncate(start + read.as_ref().map_or(0, |read| *read));
        match read {
            Ok(0) => Ok(ReadStep::End),
            Ok(read) => self.count(read as u64, most).map(|()| ReadStep::Read),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(ReadStep::Read),
            Err(error) => Ok(ReadStep::Damaged(ReadError(error))),
        }
    }

    fn count(&self, read: u64, most: Most) -> Result<(), Problem> {
        self.check_length(most)?;
        let length = self.bytes.len() as u64;
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
        let fits = self.bytes.len() as u64 <= bytes;
        fits.then_some(())
            .ok_or_else(|| exceeded(format!("more than the limit of {bytes} bytes ({name})")))
    }
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
