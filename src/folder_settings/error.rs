//! Why a file that the settings are made of cannot be used.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A settings file, a plan or notes that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{} {kind}{}", path.display(), listed(others))]
pub struct FileError {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub kind: FileErrorKind,
    /// Other files that cannot be used either.
    pub others: Vec<FileError>,
}

fn listed(others: &[FileError]) -> String {
    others.iter().map(|other| format!("\n{other}")).collect()
}

/// Why a file cannot be used.
#[derive(Debug)]
pub enum FileErrorKind {
    /// Nothing lies there.
    Missing,
    /// Nothing lies there, nor at these other places that the settings name.
    MissingWith(Vec<PathBuf>),
    /// It cannot be read.
    Unreadable(io::Error),
    /// A settings file is not written in UTF-8.
    NotUtf8,
    /// Its mistakes, one sentence each.
    Mistakes(Vec<String>),
}

impl FileError {
    pub(super) fn unreadable(path: &Path, error: io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::NotFound => FileErrorKind::Missing,
            _ => FileErrorKind::Unreadable(error),
        };
        Self::of(path, kind)
    }

    pub(super) fn of(path: &Path, kind: FileErrorKind) -> Self {
        Self { path: path.to_owned(), kind, others: Vec::new() }
    }

    /// All files that cannot be used as one error; `None` where all can.
    pub(super) fn together(errors: Vec<Self>) -> Option<Self> {
        let mut errors = errors.into_iter();
        let first = errors.next()?;
        let mut all = Self { others: errors.collect(), ..first };
        // Two athletes may share a file.
        all.others.dedup_by(|other, before| other.path == before.path);
        all.others.retain(|other| other.path != all.path);
        Some(all)
    }

    pub(super) fn mistakes(path: &Path, mistakes: &[impl fmt::Display]) -> Self {
        let mistakes = mistakes.iter().map(ToString::to_string).collect();
        Self::of(path, FileErrorKind::Mistakes(mistakes))
    }
}

impl fmt::Display for FileErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("does not exist"),
            Self::MissingWith(others) => {
                f.write_str("does not exist, nor does")?;
                others.iter().try_for_each(|other| write!(f, "\n  {}", other.display()))
            }
            Self::Unreadable(error) => write!(f, "cannot be read: {error}"),
            Self::NotUtf8 => f.write_str("is not written in UTF-8: save it as UTF-8"),
            Self::Mistakes(mistakes) => {
                let head = if mistakes.len() == 1 { "one mistake" } else { "mistakes" };
                write!(f, "has {head}:")?;
                mistakes.iter().try_for_each(|mistake| write!(f, "\n  {mistake}"))
            }
        }
    }
}
