//! Files → rows: what every file turns out to be, and what exports say about their recordings.
//!
//! ```text
//! bytes ──read──▶ FileReading ─┬─ rows ──────────────┐
//!                              ├─ tables ──join──────┼─▶ Gathered
//!                              └─ not runs, problems ┘
//! ```
//!
//! Nothing here opens a file; every file that was looked at is accounted for.

mod bounds;
mod clock_not_set;
mod file_reader;
mod future;
mod google_fit;
mod join;
mod join_by_day;
mod memory;
mod merge;
mod new_reading;
mod owner;
mod progress;
mod reading;
mod repeated;
mod routes;
mod streamed;
mod time_allowance;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::activity::{LabelSource, LabelText};
use crate::annotations::Annotations;
use crate::decode::Problem;
use crate::metrics::RunMetrics;

pub use self::bounds::limits;
pub use self::file_reader::{FileReader, OpenFile, OpenedFile, unreadable};
pub use self::merge::ingest;
pub use self::new_reading::{ArchivedEntry, CacheKey, NewReading};
pub use self::owner::Owned;
pub use self::progress::{NoProgress, Progress};
pub use self::reading::{FileOutcome, FileReading, Sessions, is_wanted, read};
pub use self::streamed::{is_streamed, read_streamed};

/// One measured session of one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasuredSession {
    /// Whose it is.
    pub athlete: String,
    /// The files that hold it; the first is the one it was read from.
    pub sources: Vec<Source>,
    /// The bytes of the file that it was read from.
    pub content: ContentHash,
    /// What tables of exports say about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<Annotations>,
    /// What its copies say about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<Annotations>,
    /// The row; in a box, because runs are moved from list to list and rows are large.
    pub row: Box<RunMetrics>,
}

impl MeasuredSession {
    /// The path of the file that it was read from.
    pub fn path(&self) -> &str {
        self.sources.first().map_or("", |source| source.path.as_str())
    }
}

/// A file that holds a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    /// Its path as the user would write it, with `/`; a file in an archive lies below its name.
    pub path: String,
    /// Its format.
    pub format: Cow<'static, str>,
    /// Which session of the file.
    pub session: u16,
}

impl Source {
    /// What the names of file and folder say.
    pub fn texts(&self) -> Vec<LabelText> {
        let mut parts = self.path.rsplit('/');
        let file = parts.next().map(|base| (LabelSource::FileName, stem(base)));
        let folder = parts.next().map(|folder| (LabelSource::Folder, folder));
        let text =
            |(source, text): (LabelSource, &str)| LabelText { source, text: text.to_owned() };
        file.into_iter().chain(folder).map(text).collect()
    }
}

/// The name of a file without its ending, whether compressed or not.
fn stem(base: &str) -> &str {
    let base = base.strip_suffix(".gz").unwrap_or(base);
    base.rsplit_once('.').map_or(base, |(stem, _)| stem)
}

/// A hash of the bytes of a file (XXH3, 128 bits).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ContentHash(pub u128);

impl ContentHash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl Serialize for ContentHash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ContentHash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        u128::from_str_radix(&text, 16).map(Self).map_err(serde::de::Error::custom)
    }
}

/// Something wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileProblem {
    /// Its path.
    pub path: String,
    /// What is wrong.
    pub problem: Problem,
    /// Whether nothing could be used.
    pub fatal: bool,
}

/// A file that is no run and is not meant to be one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NotRun {
    /// What it is.
    pub what: String,
    /// Its path.
    pub path: String,
}

/// Everything that was read, before anything is judged.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ingested {
    /// Files looked at.
    pub seen: usize,
    /// Measured sessions of any sport.
    pub measured: Vec<MeasuredSession>,
    /// Files that hold no activity.
    pub not_runs: Vec<NotRun>,
    /// What was wrong with files.
    pub problems: Vec<FileProblem>,
    /// Activities that a table lists and that nothing was recorded of.
    pub unrecorded: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_keeps_its_zeros() {
        let hash = ContentHash(0xab);
        let text = serde_json::to_string(&hash).unwrap();
        assert_eq!(text, format!("\"{:0>32}\"", "ab"));
        assert_eq!(serde_json::from_str::<ContentHash>(&text).unwrap(), hash);
    }

    #[test]
    fn file_and_folder_have_names() {
        let texts = |path: &str| {
            let source = Source { path: path.to_owned(), format: "fit".into(), session: 0 };
            source.texts().into_iter().map(|text| text.text).collect::<Vec<_>>()
        };
        assert_eq!(texts("a/recovery/1.fit.gz"), ["1", "recovery"]);
        assert_eq!(texts("easy.run.gpx"), ["easy.run"]);
    }
}
