//! `.zip`: a table of contents at its end, files before it.

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::entry::{Entry, inside};
use super::table_of_contents::stated_files;
use crate::decode::{Limits, Problem, ProblemKind};

/// Bytes that stand before an entry at least, without its name.
const LOCAL_HEADER: u64 = 30;

/// An archive whose table of contents was read.
#[derive(Debug, Clone)]
pub(super) struct ZipContents<R>(ZipArchive<R>);

impl<R: Read + Seek + Clone> ZipContents<R> {
    /// Reads the table of contents.
    ///
    /// # Errors
    /// Where there is none, or it lists more files than the limit.
    pub(super) fn open(mut reader: R, limits: &Limits) -> Result<Self, Problem> {
        // A list of millions of files is not even made.
        let stated = stated_files(&mut reader).unwrap_or(0);
        check_count(usize::try_from(stated).unwrap_or(usize::MAX), limits)?;
        let zip = ZipArchive::new(reader).map_err(|error| problem(&error))?;
        check_count(zip.len(), limits)?;
        Ok(Self(zip))
    }

    /// The files in it, folders left out, in the order of the table of contents.
    pub(super) fn entries(&self) -> Vec<Entry> {
        let overlapping = self.overlapping();
        let all = (0..self.0.len()).filter(|index| !overlapping.contains(index));
        all.filter_map(|index| self.entry(index)).collect()
    }

    /// The entries whose bytes are also those of an entry before: a small archive would stand for
    /// as many readings of one file as it has entries.
    fn overlapping(&self) -> BTreeSet<usize> {
        let place = |index: usize| {
            let data = self.0.by_index_data(index).ok()?;
            let from = data.header_start();
            let least = LOCAL_HEADER + data.name_raw().len() as u64 + data.compressed_size();
            Some((from, index, from.saturating_add(least)))
        };
        let mut places: Vec<_> = (0..self.0.len()).filter_map(place).collect();
        places.sort_unstable();
        let mut end = 0;
        let mut overlapping = BTreeSet::new();
        for (from, index, to) in places {
            if from < end {
                overlapping.insert(index);
            } else {
                end = to;
            }
        }
        overlapping
    }

    fn entry(&self, index: usize) -> Option<Entry> {
        let data = self.0.by_index_data(index).ok()?;
        let raw = data.name_raw();
        let name = data.name().unwrap_or_else(|_| String::from_utf8_lossy(raw));
        let is_folder = raw.ends_with(b"/") || raw.ends_with(b"\\");
        (!is_folder).then(|| Entry {
            index,
            name: inside(&name),
            packed: data.compressed_size(),
            is_encrypted: data.encrypted(),
            crc32: Some(data.crc32()),
            unpacked: data.size(),
        })
    }

    /// Says so where several files have one name, of which only the last can be read, or share
    /// their bytes, which are read once.
    pub(super) fn hidden(&self) -> Vec<Problem> {
        let same_name = self.0.has_duplicate_names().then(|| {
            let detail = "several files in it have the same name; only the last of each was read";
            Problem::new(ProblemKind::DroppedRecords, detail)
        });
        let count = self.overlapping().len();
        let same_bytes = (count > 0).then(|| {
            let detail = format!("{count} of its files share bytes with others and were not read");
            Problem::new(ProblemKind::Malformed, detail)
        });
        same_name.into_iter().chain(same_bytes).collect()
    }

    /// Hands an entry's unpacked bytes to a reader of them.
    ///
    /// # Errors
    /// Where the entry is locked, damaged at its head, or packed in a way that is not known.
    pub(super) fn read<T>(
        &self,
        entry: &Entry,
        take: impl FnOnce(&mut dyn Read) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        if entry.is_encrypted {
            let detail = "locked with a password: unpack the archive and name the folder instead";
            return Err(Problem::new(ProblemKind::Encrypted, detail));
        }
        let mut archive = self.0.clone();
        let mut file = archive.by_index(entry.index).map_err(|error| problem(&error))?;
        take(&mut file)
    }
}

fn check_count(count: usize, limits: &Limits) -> Result<(), Problem> {
    let most = limits.max_archive_entries;
    if count <= most {
        return Ok(());
    }
    let detail = format!("{count} files are more than the limit of {most} (max_archive_entries)");
    Err(Problem::new(ProblemKind::LimitExceeded, detail))
}

fn problem(error: &ZipError) -> Problem {
    let (kind, detail) = match error {
        ZipError::Io(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => {
            (ProblemKind::Unreadable, format!("cannot be read: {error}"))
        }
        ZipError::CompressionMethodNotSupported(method) => (
            ProblemKind::Unreadable,
            format!("packed by method {method}, which is not known: unpack the archive yourself"),
        ),
        ZipError::UnsupportedArchive(why) => (ProblemKind::Unreadable, (*why).to_owned()),
        ZipError::InvalidArchive(why) if !why.contains("EOCD") && !why.contains("end of central") => {
            (ProblemKind::Malformed, format!("the archive is damaged: {why}"))
        }
        _ => (
            ProblemKind::Truncated,
            "the archive has no table of contents at its end, so it is not complete: copy or download it again"
                .to_owned(),
        ),
    };
    Problem::new(kind, detail)
}
