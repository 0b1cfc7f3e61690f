//! Where settings, plans and notes are read from: a disk, or files that somebody handed over.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Files that can be read by their paths.
pub trait TextFiles {
    /// All bytes of a file.
    fn read(&self, file: &Path) -> io::Result<Vec<u8>>;
    /// Whether something lies there.
    fn exists(&self, path: &Path) -> bool;
    /// Whether a folder lies there.
    fn is_folder(&self, path: &Path) -> bool;
}

/// The files of the machine.
#[cfg(feature = "files")]
#[derive(Debug, Clone, Copy)]
pub struct OnDisk;

#[cfg(feature = "files")]
#[allow(clippy::disallowed_methods, reason = "files are what this type stands for")]
impl TextFiles for OnDisk {
    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(file)
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }
}

/// Files in memory, by their paths; the folder of them all is the empty path.
impl TextFiles for BTreeMap<PathBuf, Vec<u8>> {
    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        self.get(file).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn exists(&self, path: &Path) -> bool {
        self.contains_key(path)
    }

    fn is_folder(&self, path: &Path) -> bool {
        !self.contains_key(path)
            && (path == Path::new("") || self.keys().any(|file| file.starts_with(path)))
    }
}
