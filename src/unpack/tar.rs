//! `.tar`: each file behind its own description, so that the table of contents is made by looking at
//! them all.
//!
//! Links, devices and sparse files stand for bytes that are not there; they are counted and never
//! followed.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom};

use tar::{EntryType, PaxExtensions};

use super::entry::{Entry, inside};
use crate::decode::{Limits, Problem, ProblemKind};

/// Bytes of one name: more than any system allows.
const LONGEST_NAME: u64 = 4 << 10;
/// Bytes that all names of an archive may take.
const NAMES: usize = 64 << 20;

/// An archive whose descriptions were read.
#[derive(Debug, Clone)]
pub(super) struct TarContents<R> {
    reader: R,
    files: Vec<TarFile>,
    hidden: Vec<Problem>,
}

/// Where the bytes of a file lie.
#[derive(Debug, Clone)]
struct TarFile {
    name: String,
    from: u64,
    size: u64,
}

impl<R: Read + Seek + Clone> TarContents<R> {
    pub(super) fn open(mut reader: R, limits: &Limits) -> Result<Self, Problem> {
        let unreadable = |error: &io::Error| {
            Problem::new(ProblemKind::Unreadable, format!("cannot be read: {error}"))
        };
        let length = reader.seek(SeekFrom::End(0)).map_err(|error| unreadable(&error))?;
        reader.rewind().map_err(|error| unreadable(&error))?;
        let mut archive = tar::Archive::new(reader.clone());
        let mut index = TarIndex::new(length, limits);
        for entry in archive.entries_with_seek().map_err(|error| unreadable(&error))?.raw(true) {
            let is_more = match entry {
                Ok(mut entry) => index.add(&mut entry)?,
                Err(error) => index.end_at(&error),
            };
            if !is_more {
                break;
            }
        }
        index.check_length();
        let (files, hidden) = index.finish()?;
        Ok(Self { reader, files, hidden })
    }

    pub(super) fn entries(&self) -> Vec<Entry> {
        let entry = |(index, file): (usize, &TarFile)| Entry {
            index,
            name: file.name.clone(),
            packed: file.size,
            is_encrypted: false,
            crc32: None,
            unpacked: file.size,
        };
        self.files.iter().enumerate().map(entry).collect()
    }

    pub(super) fn hidden(&self) -> Vec<Problem> {
        self.hidden.clone()
    }

    pub(super) fn read<T>(
        &self,
        entry: &Entry,
        take: impl FnOnce(&mut dyn Read) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let TarFile { from, size, .. } = self.files[entry.index];
        let mut reader = self.reader.clone();
        reader.seek(SeekFrom::Start(from)).map_err(|error| {
            Problem::new(ProblemKind::Unreadable, format!("cannot be read: {error}"))
        })?;
        take(&mut reader.take(size))
    }
}

/// What is found on the way through an archive.
struct TarIndex<'l> {
    length: u64,
    limits: &'l Limits,
    seen: usize,
    names: usize,
    files: Vec<TarFile>,
    /// What the descriptions before a file say of it.
    ahead: Ahead,
    not_files: usize,
    end: Option<Problem>,
}

/// What stands before a file because its own description has no room for it.
#[derive(Debug, Default)]
struct Ahead {
    name: Option<String>,
    is_sparse: bool,
    size: Option<u64>,
}

impl<'l> TarIndex<'l> {
    fn new(length: u64, limits: &'l Limits) -> Self {
        let ahead = Ahead::default();
        Self {
            length,
            limits,
            seen: 0,
            names: 0,
            files: Vec::new(),
            ahead,
            not_files: 0,
            end: None,
        }
    }

    /// Takes the next description; says whether there may be more behind it.
    fn add<R: Read>(&mut self, entry: &mut tar::Entry<'_, R>) -> Result<bool, Problem> {
        self.seen += 1;
        let most = self.limits.max_archive_entries;
        if self.seen > most {
            let detail = format!("more than the limit of {most} files (max_archive_entries)");
            return Err(Problem::new(ProblemKind::LimitExceeded, detail));
        }
        let (from, size) = (entry.raw_file_position(), entry.size());
        let is_whole = from.checked_add(size).is_some_and(|end| end <= self.length);
        if !is_whole {
            let detail = "the archive ends within its last file, which was not read: copy or download it again";
            self.end = Some(Problem::new(ProblemKind::Truncated, detail));
            return Ok(false);
        }
        match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous => return Ok(self.add_file(entry)),
            EntryType::GNULongName => self.ahead.name = Some(text(&bytes(entry))),
            EntryType::XHeader => self.ahead.read(&bytes(entry)),
            EntryType::XGlobalHeader | EntryType::GNULongLink => {}
            EntryType::Directory => self.ahead = Ahead::default(),
            // What lies behind the extended description of a sparse file is not told by its size.
            EntryType::GNUSparse => {
                self.not_files += 1;
                let is_long = entry.header().as_gnu().is_some_and(tar::GnuHeader::is_extended);
                if is_long {
                    let detail = "nothing behind a sparse file of many pieces was read: unpack the archive first";
                    self.end = Some(Problem::new(ProblemKind::Unreadable, detail));
                    return Ok(false);
                }
                self.ahead = Ahead::default();
            }
            _ => {
                self.not_files += 1;
                self.ahead = Ahead::default();
            }
        }
        Ok(true)
    }

    /// Archives are made of blocks, so that one that ends within a block was cut, even where no file is.
    fn check_length(&mut self) {
        const BLOCK: u64 = 512;
        if self.end.is_none() && !self.length.is_multiple_of(BLOCK) {
            let detail =
                "the archive ends early, so files may be missing: copy or download it again";
            self.end = Some(Problem::new(ProblemKind::Truncated, detail));
        }
    }

    fn add_file<R: Read>(&mut self, entry: &tar::Entry<'_, R>) -> bool {
        let Ahead { name, is_sparse, size } = std::mem::take(&mut self.ahead);
        if size.is_some_and(|size| size != entry.size()) {
            let detail = "nothing from a file of more than 8 GiB on was read";
            self.end = Some(Problem::new(ProblemKind::LimitExceeded, detail));
            return false;
        }
        let name = name.unwrap_or_else(|| text(&entry.header().path_bytes()));
        if name.ends_with(['/', '\\']) {
            return true;
        }
        if is_sparse {
            self.not_files += 1;
            return true;
        }
        let name = inside(&name);
        self.names += name.len();
        if self.names > NAMES {
            let detail = format!("files behind {NAMES} bytes of names were not read");
            self.end = Some(Problem::new(ProblemKind::LimitExceeded, detail));
            return false;
        }
        self.files.push(TarFile { name, from: entry.raw_file_position(), size: entry.size() });
        true
    }

    fn end_at(&mut self, error: &io::Error) -> bool {
        let kind = match error.kind() {
            io::ErrorKind::UnexpectedEof => ProblemKind::Truncated,
            _ => ProblemKind::Malformed,
        };
        let detail = format!("the archive is damaged, and what lies behind was not read: {error}");
        self.end = Some(Problem::new(kind, detail));
        false
    }

    /// The files, and what is not among them. Of several of one name the last is meant: that is how
    /// archives are brought up to date.
    fn finish(self) -> Result<(Vec<TarFile>, Vec<Problem>), Problem> {
        let Self { files, not_files, end, .. } = self;
        if let Some(end) = end.as_ref().filter(|_| files.is_empty()) {
            return Err(end.clone());
        }
        let count = files.len();
        let last: BTreeMap<String, usize> =
            files.iter().enumerate().map(|(index, file)| (file.name.clone(), index)).collect();
        let is_last = |(index, file): &(usize, TarFile)| last.get(&file.name) == Some(index);
        let files: Vec<TarFile> =
            files.into_iter().enumerate().filter(is_last).map(|(_, file)| file).collect();
        let same_name = (files.len() < count).then(|| {
            let detail = "several files in it have the same name; only the last of each was read";
            Problem::new(ProblemKind::DroppedRecords, detail)
        });
        let not_files = (not_files > 0).then(|| {
            let detail = format!("{not_files} links, devices or sparse files in it were not read");
            Problem::new(ProblemKind::DroppedRecords, detail)
        });
        Ok((files, same_name.into_iter().chain(not_files).chain(end).collect()))
    }
}

impl Ahead {
    fn read(&mut self, bytes: &[u8]) {
        for extension in PaxExtensions::new(bytes).flatten() {
            match extension.key() {
                Ok("path") => self.name = Some(text(extension.value_bytes())),
                Ok("size") => self.size = extension.value().ok().and_then(|size| size.parse().ok()),
                Ok(key) if key.starts_with("GNU.sparse") => self.is_sparse = true,
                _ => {}
            }
        }
    }
}

/// The bytes of a description, as many as any real one has.
fn bytes(entry: &mut impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What cannot be read here cannot be read behind it either, which is then told.
    let _ = entry.take(LONGEST_NAME).read_to_end(&mut bytes);
    bytes
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches('\0').to_owned()
}
