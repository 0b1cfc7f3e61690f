//! An archive of several files, whatever its kind.

use std::io::{Read, Seek};

use super::entry::Entry;
use super::tar::TarContents;
use super::zip::ZipContents;
use crate::decode::{Limits, Problem, ProblemKind};

/// An archive whose table of contents was read. Its reader is cheap to clone, so that several
/// threads can each read an entry.
#[derive(Debug, Clone)]
pub struct Archive<R>(ArchiveKind<R>);

#[derive(Debug, Clone)]
enum ArchiveKind<R> {
    Zip(ZipContents<R>),
    Tar(TarContents<R>),
}

/// Whether these are the first bytes of an archive of several files; 512 are enough.
pub fn is_archive(head: &[u8]) -> bool {
    is_zip(head) || is_tar(head)
}

/// Whether a file is named like an archive of several files.
pub fn is_named_archive(name: &str) -> bool {
    const ENDINGS: [&str; 4] = [".zip", ".tar", ".tar.gz", ".tgz"];
    let ends = |ending: &&str| {
        let start = name.len().checked_sub(ending.len());
        start.is_some_and(|start| name.as_bytes()[start..].eq_ignore_ascii_case(ending.as_bytes()))
    };
    ENDINGS.iter().any(ends)
}

fn is_zip(head: &[u8]) -> bool {
    matches!(head, [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..])
}

/// Archives from before 1988 have no mark.
fn is_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
}

impl<R: Read + Seek + Clone> Archive<R> {
    /// Reads the table of contents.
    ///
    /// # Errors
    /// Where there is none, or it lists more files than the limit.
    pub fn open(mut reader: R, limits: &Limits) -> Result<Self, Problem> {
        let mut head = Vec::new();
        let read = reader.by_ref().take(512).read_to_end(&mut head);
        read.and_then(|_| reader.rewind()).map_err(|error| {
            Problem::new(ProblemKind::Unreadable, format!("cannot be read: {error}"))
        })?;
        let kind = if is_tar(&head) {
            ArchiveKind::Tar(TarContents::open(reader, limits)?)
        } else {
            ArchiveKind::Zip(ZipContents::open(reader, limits)?)
        };
        Ok(Self(kind))
    }

    /// The files in it, folders left out, in the order of the table of contents.
    pub fn entries(&self) -> Vec<Entry> {
        match &self.0 {
            ArchiveKind::Zip(zip) => zip.entries(),
            ArchiveKind::Tar(tar) => tar.entries(),
        }
    }

    /// Says so where some of its files cannot be read.
    pub fn hidden(&self) -> Vec<Problem> {
        match &self.0 {
            ArchiveKind::Zip(zip) => zip.hidden(),
            ArchiveKind::Tar(tar) => tar.hidden(),
        }
    }

    /// Hands an entry's unpacked bytes to a reader of them.
    ///
    /// # Errors
    /// Where the entry is locked, damaged at its head, or packed in a way that is not known.
    pub fn read<T>(
        &self,
        entry: &Entry,
        take: impl FnOnce(&mut dyn Read) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        match &self.0 {
            ArchiveKind::Zip(zip) => zip.read(entry, take),
            ArchiveKind::Tar(tar) => tar.read(entry, take),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_known_by_their_names_too() {
        for name in ["a.zip", "A.ZIP", "a.tar", "é.Tar.Gz", "a.tgz"] {
            assert!(is_named_archive(name), "{name}");
        }
        for name in ["zip", "a.gz", "a.fit.gz", "é"] {
            assert!(!is_named_archive(name), "{name}");
        }
    }
}
