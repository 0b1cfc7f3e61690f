//! A file that several threads read at once, each at its own place.
#![allow(clippy::disallowed_methods, reason = "files are this module's work")]

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

/// A file and a place in it; clones share the file, not the place.
#[derive(Debug, Clone)]
pub struct SharedFile {
    file: Arc<File>,
    at: u64,
    length: u64,
}

impl SharedFile {
    /// Opens a file at its beginning.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = open_at_once(path)?;
        // What was a file when the folder was listed may be a pipe by now.
        if !file.metadata()?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
        }
        Self::of(file)
    }

    /// A file that is open already, at its beginning.
    pub fn of(file: File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        Ok(Self { file: Arc::new(file), at: 0, length })
    }

    /// Writes bytes at a place of the file, whoever reads meanwhile.
    pub fn write_all_at(&self, bytes: &[u8], at: u64) -> io::Result<()> {
        #[cfg(unix)]
        return std::os::unix::fs::FileExt::write_all_at(&*self.file, bytes, at);
        #[cfg(windows)]
        {
            let (mut rest, mut at) = (bytes, at);
            while !rest.is_empty() {
                let written = std::os::windows::fs::FileExt::seek_write(&*self.file, rest, at)?;
                if written == 0 {
                    return Err(io::ErrorKind::WriteZero.into());
                }
                (rest, at) = (&rest[written..], at + written as u64);
            }
            Ok(())
        }
    }

    /// Bytes in it when it was opened.
    pub fn size(&self) -> u64 {
        self.length
    }
}

/// Opens a file without waiting for anybody: a pipe would wait for whoever writes into it.
#[cfg(unix)]
fn open_at_once(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let at_once = rustix::fs::OFlags::NONBLOCK.bits();
    File::options().read(true).custom_flags(at_once.cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open_at_once(path: &Path) -> io::Result<File> {
    File::open(path)
}

impl Read for SharedFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let read = std::os::unix::fs::FileExt::read_at(&*self.file, buffer, self.at)?;
        #[cfg(windows)]
        let read = std::os::windows::fs::FileExt::seek_read(&*self.file, buffer, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for SharedFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_have_places_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, b"abcdef").unwrap();
        let mut one = SharedFile::open(&path).unwrap();
        one.seek(SeekFrom::Start(3)).unwrap();
        let mut two = one.clone();
        let mut text = String::new();
        one.read_to_string(&mut text).unwrap();
        assert_eq!(text, "def");
        assert_eq!(two.seek(SeekFrom::End(-1)).unwrap(), 5);
        two.read_to_string(&mut text).unwrap();
        assert_eq!(text, "deff");
        assert!(two.seek(SeekFrom::Current(-7)).is_err());
        assert_eq!(one.size(), 6);
    }
}
