//! A long file, handed on as it comes: bounded like every other, but never held as a whole.

use std::io::{self, BufRead, Read};

use super::contents::Contents;
use super::stream::{Ending, Most, Stream};
use crate::decode::Problem;
use crate::decode::buffered::read_buffered;

/// Hands on what was read and the rest. Where other threads hold bytes too, only a file that is not
/// large.
pub(super) fn hand_on(
    mut stream: Stream<'_, '_>,
    most: Most,
    take: &mut dyn FnMut(&mut dyn BufRead),
) -> Result<Contents, Problem> {
    if stream.is_shared() {
        let ending = stream.read_rest(most)?;
        if !matches!(ending, Ending::Large) {
            take(&mut stream.bytes.as_slice());
        }
        return Ok(contents(ending));
    }
    let mut chunks = Chunks { stream, used: 0, most, state: ChunkState::GoesOn };
    take(&mut chunks);
    match chunks.state {
        ChunkState::GoesOn => Ok(Contents::Streamed(None)),
        ChunkState::Ended(ending) => Ok(contents(ending)),
        ChunkState::Refused(problem) => Err(problem),
    }
}

fn contents(ending: Ending) -> Contents {
    match ending {
        Ending::Large => Contents::Large,
        Ending::Complete => Contents::Streamed(None),
        Ending::Damaged(damage) => Contents::Streamed(Some(damage.problem())),
    }
}

/// A stream of which one piece is held at a time.
struct Chunks<'r, 'o> {
    stream: Stream<'r, 'o>,
    /// How many bytes of the piece were taken.
    used: usize,
    most: Most,
    state: ChunkState,
}

enum ChunkState {
    GoesOn,
    Ended(Ending),
    Refused(Problem),
}

impl BufRead for Chunks<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used == self.stream.bytes.len() && matches!(self.state, ChunkState::GoesOn) {
            self.used = 0;
            match self.stream.replace(self.most) {
                Ok(None) => {}
                Ok(Some(ending)) => self.state = ChunkState::Ended(ending),
                Err(problem) => self.state = ChunkState::Refused(problem),
            }
        }
        match &self.state {
            ChunkState::Refused(problem) => Err(io::Error::other(problem.detail.clone())),
            _ => Ok(self.stream.bytes.get(self.used..).unwrap_or_default()),
        }
    }

    fn consume(&mut self, count: usize) {
        self.used = (self.used + count).min(self.stream.bytes.len());
    }
}

impl Read for Chunks<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        read_buffered(self, buffer)
    }
}
