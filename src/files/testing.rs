//! A disk whose steps fail, for tests.

use std::fs::{File, Permissions};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::NamedTempFile;

use super::file_system::{Disk, FileSystem};

/// A disk of which one step fails, or all from it on.
#[derive(Debug)]
pub(crate) struct FailingDisk {
    /// The number of the step, from 0.
    fails_at: usize,
    /// Whether all that follow fail too.
    and_later: bool,
    steps: AtomicUsize,
}

impl FailingDisk {
    /// The step of this number fails.
    pub(crate) fn once(fails_at: usize) -> Self {
        Self { fails_at, and_later: false, steps: AtomicUsize::new(0) }
    }

    /// The step of this number fails, and all that follow.
    pub(crate) fn from(fails_at: usize) -> Self {
        Self { and_later: true, ..Self::once(fails_at) }
    }

    /// Whether a step failed so far.
    pub(crate) fn has_failed(&self) -> bool {
        self.steps.load(Ordering::Relaxed) > self.fails_at
    }

    fn step(&self) -> io::Result<()> {
        let step = self.steps.fetch_add(1, Ordering::Relaxed);
        if step == self.fails_at || (self.and_later && step > self.fails_at) {
            return Err(io::Error::new(io::ErrorKind::StorageFull, "no space is left"));
        }
        Ok(())
    }
}

impl FileSystem for FailingDisk {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        Disk.create_folder(folder)
    }

    fn create_unfinished(&self, folder: &Path, prefix: &str) -> io::Result<NamedTempFile> {
        self.step()?;
        Disk.create_unfinished(folder, prefix)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.step() {
            // A disk that gets full has taken a part.
            Disk.write(file, &bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        Disk.write(file, bytes)
    }

    fn set_permissions(&self, file: &File, permissions: Permissions) -> io::Result<()> {
        self.step()?;
        Disk.set_permissions(file, permissions)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.step()?;
        Disk.sync(file)
    }

    fn finish(&self, file: NamedTempFile, path: &Path) -> io::Result<()> {
        self.step()?;
        Disk.finish(file, path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        Disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        Disk.remove(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        Disk.sync_folder(folder)
    }
}
