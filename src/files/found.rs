//! What a listing of folders finds.

use std::path::{Path, PathBuf};

use super::file_stamp::FileStamp;
use crate::decode::{Problem, ProblemKind};
use crate::ingest::FileProblem;

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// How it is called in every output: relative to the argument, with `/`.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// What the walk saw of it; `None` where its metadata cannot be read.
    pub stamp: Option<FileStamp>,
    /// Whether it is a link.
    pub is_link: bool,
}

impl Ord for FoundFile {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (&self.name, &self.path).cmp(&(&other.name, &other.path))
    }
}

impl PartialOrd for FoundFile {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// What a walk gave.
#[derive(Debug, Default)]
pub struct Walk {
    /// The files, by name.
    pub files: Vec<FoundFile>,
    /// Places that could not be entered.
    pub inaccessible: Vec<Inaccessible>,
}

/// A place that could not be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inaccessible {
    /// How it is called in every output.
    pub place: String,
    /// Why.
    pub why: String,
    /// Whether runs may be missing because of it.
    pub is_lost: bool,
}

impl From<Inaccessible> for FileProblem {
    fn from(place: Inaccessible) -> Self {
        let problem = Problem::new(ProblemKind::Unreadable, place.why);
        Self { path: place.place, problem, fatal: place.is_lost }
    }
}

/// How a path below `root` is called; bytes that are no text are shown as `\xE9`.
pub(super) fn name(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).ok().filter(|relative| relative.as_os_str() != "");
    let shown = relative.unwrap_or_else(|| path.file_name().map_or(path, Path::new));
    let mut name = String::new();
    for chunk in shown.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(&chunk.valid().replace('\\', "/"));
        name.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    name
}
