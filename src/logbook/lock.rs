//! One job at a time: a file beside the logbook that is locked while a job runs.
//!
//! The system lets go of it when the job ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often somebody who waits asks again.
const STEP: Duration = Duration::from_millis(100);

/// The lock, held until it is dropped.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "it is held, not used")] File);

/// Why the lock was not given.
#[derive(Debug)]
pub enum NoLock {
    /// Another job holds it.
    Held,
    /// The file cannot be opened or locked.
    Failed(io::Error),
}

impl Lock {
    /// Locks the logbook at this path; waits so long for whoever holds it, as long as `goes_on`.
    pub fn take(
        logbook: &Path,
        wait: Duration,
        goes_on: &dyn Fn() -> bool,
    ) -> Result<Self, NoLock> {
        let path = sibling(logbook, "lock");
        let options = OpenOptions::new().create(true).write(true).truncate(false).open(path);
        let file = options.map_err(NoLock::Failed)?;
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(TryLockError::WouldBlock) if begun.elapsed() < wait && goes_on() => {
                    std::thread::sleep(STEP);
                }
                Err(TryLockError::WouldBlock) => return Err(NoLock::Held),
                Err(TryLockError::Error(error)) => return Err(NoLock::Failed(error)),
            }
        }
    }
}

/// The path of a file that belongs to the logbook.
pub fn sibling(logbook: &Path, ending: &str) -> PathBuf {
    let mut name = logbook.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    logbook.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let logbook = folder.path().join("logbook.sqlite");
        let take = || Lock::take(&logbook, Duration::ZERO, &|| true);
        let held = take().unwrap();
        assert!(matches!(take(), Err(NoLock::Held)));
        drop(held);
        assert!(take().is_ok());
    }
}
