//! A file without a name that holds the channels of what was just measured, so that memory does not
//! grow with them. The system removes it when the job ends, however it ends.

use std::io::{Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::ingest::{FileOutcome, FileReading};
use crate::metrics::{DamagedChannels, StoredChannels};
use crate::parallel::held;
use crate::unpack::SharedFile;

/// Bytes of channels that stay in memory: most folders need no file.
const HELD: u64 = 8 << 20;

/// The file, once it is needed.
#[derive(Debug, Default)]
pub struct Spool {
    seen: AtomicU64,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    NotNeeded,
    /// The file, and how much was written into it.
    Open(SharedFile, u64),
    /// The disk is full or closed to us: channels stay in memory.
    Failed,
}

/// Where the channels of one row lie in the file.
#[derive(Debug)]
struct Spooled {
    file: SharedFile,
    from: u64,
    bytes: u64,
}

impl Spool {
    /// Puts the channels of a reading into the file.
    pub fn put_away(&self, reading: &mut FileReading) {
        if let FileOutcome::Sessions(sessions) = &mut reading.outcome {
            sessions.rows.iter_mut().for_each(|row| row.channels.put_away(|bytes| self.put(bytes)));
        }
    }

    fn put(&self, channels: &[u8]) -> Option<Arc<dyn StoredChannels>> {
        let bytes = channels.len() as u64;
        if self.seen.fetch_add(bytes, Ordering::Relaxed) < HELD {
            return None;
        }
        let mut state = held(&self.state);
        if matches!(*state, State::NotNeeded) {
            *state = State::begin();
        }
        let (file, from) = state.append(channels)?;
        Some(Arc::new(Spooled { file, from, bytes }))
    }
}

impl State {
    fn begin() -> Self {
        let file = tempfile::tempfile().and_then(SharedFile::of);
        file.map_or(Self::Failed, |file| Self::Open(file, 0))
    }

    /// Appends channels; the file, and where in it they begin.
    fn append(&mut self, channels: &[u8]) -> Option<(SharedFile, u64)> {
        let Self::Open(file, end) = self else { return None };
        let place = (file.clone(), *end);
        if file.write_all_at(channels, *end).is_err() {
            *self = Self::Failed;
            return None;
        }
        *end += channels.len() as u64;
        Some(place)
    }
}

impl StoredChannels for Spooled {
    fn fetch(&self) -> Result<Vec<u8>, DamagedChannels> {
        let mut file = self.file.clone();
        let mut channels = vec![0; self.bytes as usize];
        file.seek(SeekFrom::Start(self.from))
            .and_then(|_| file.read_exact(&mut channels))
            .map(|()| channels)
            .map_err(DamagedChannels::because)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_come_back_as_they_were() {
        let spool = Spool::default();
        assert!(spool.put(&vec![7; HELD as usize]).is_none(), "the first stay in memory");
        let put = |byte: u8| spool.put(&vec![byte; 1000 + usize::from(byte)]).unwrap();
        let away: Vec<_> = (0..50).map(|byte| (byte, put(byte))).collect();
        for (byte, stored) in away.iter().rev() {
            assert_eq!(stored.fetch().unwrap(), vec![*byte; 1000 + usize::from(*byte)]);
        }
    }

    #[test]
    fn without_a_file_lanes_stay_where_they_are() {
        let spool = Spool { seen: AtomicU64::new(HELD), state: Mutex::new(State::Failed) };
        assert!(spool.put(b"channels").is_none());
    }
}
