//! A job of which nothing changed since the last one: it writes what that one wrote.

use std::ops::ControlFlow;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::args::ReviewArguments;
use super::clock;
use super::failure::Failure;
use super::job::{self, CacheCounts};
use super::job_counts::JobCounts;
use super::output::{self, Notice};
use crate::audit::RULES;
use crate::decode::ProblemKind;
use crate::files::{FileStamp, Walk};
use crate::folder_settings::FolderSettings;
use crate::ingest::FileProblem;
use crate::logbook::{JobKey, LockedLogbook, Logbook};

/// Everything that a job writes.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct JobResult {
    /// On standard output.
    pub text: Vec<u8>,
    /// Beside it.
    pub messages: Vec<Notice>,
    /// In its last line.
    pub counts: JobCounts,
    /// The condition that made it fail.
    pub condition: Option<String>,
}

/// What a job depends on, as far as it is known before anything is read.
#[derive(Debug, Clone, Copy)]
pub struct JobInputs<'a> {
    /// The paths that it is given.
    pub paths: &'a [PathBuf],
    /// The files there but those that are the job's own.
    pub walk: &'a Walk,
    /// Settings, plans and notes.
    pub loaded: &'a FolderSettings,
    /// The hash of what these were read from.
    pub settings_hash: u128,
    /// The version that measures, with the bounds of reading.
    pub measuring: &'a str,
}

/// A program and where it runs; `None` where that cannot be known.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Program {
    stamp: FileStamp,
    folder: PathBuf,
}

impl Program {
    fn running() -> Option<Self> {
        let stamp = FileStamp::at(&std::env::current_exe().ok()?).ok()?;
        Some(Self { stamp, folder: std::env::current_dir().ok()? })
    }
}

/// The key of a job that runs now.
pub fn key(inputs: &JobInputs<'_>) -> JobKey {
    let moment = clock::now();
    // What cannot be known is never the same twice.
    let program = Program::running().ok_or(moment.0);
    let terminal = (output::style(inputs.loaded.settings.units, false), output::is_shown());
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let mut form = Parts::default();
    form.text(&format!("{terminal:?}"));
    arguments.iter().for_each(|argument| form.bytes(argument.as_encoded_bytes()));
    JobKey {
        scope: job::scope(inputs.paths),
        inputs: inputs.hash(program.as_ref()),
        form: form.hash(),
        moment,
    }
}

impl JobInputs<'_> {
    fn hash(&self, program: Result<&Program, &i64>) -> u128 {
        let Self { paths, walk, loaded, settings_hash, measuring } = *self;
        let mut parts = Parts::default();
        [env!("CARGO_PKG_VERSION"), RULES, measuring].into_iter().for_each(|text| parts.text(text));
        match program {
            Ok(Program { stamp, folder }) => {
                parts.stamp(Some(stamp));
                parts.bytes(folder.as_os_str().as_encoded_bytes());
            }
            Err(moment) => parts.number(*moment),
        }
        parts.bytes(&settings_hash.to_le_bytes());
        // Options may change the units, and where settings were looked for decides which file it is.
        parts.text(&format!("{:?} {:?}", loaded.settings.units, loaded.file));
        parts.number(paths.len() as i64);
        paths.iter().for_each(|path| parts.bytes(path.as_os_str().as_encoded_bytes()));
        parts.walk(walk);
        parts.hash()
    }
}

/// A hash in the making. Every part is hashed with its length, so that none can run into the next.
#[derive(Default)]
struct Parts(Xxh3);

impl Parts {
    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as i64);
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn number(&mut self, number: i64) {
        self.0.update(&number.to_le_bytes());
    }

    fn walk(&mut self, walk: &Walk) {
        let Walk { files, inaccessible } = walk;
        self.number(files.len() as i64);
        for file in files {
            self.text(&file.name);
            self.bytes(file.path.as_os_str().as_encoded_bytes());
            self.number(i64::from(file.is_link));
            self.stamp(file.stamp.as_ref());
        }
        self.number(inaccessible.len() as i64);
        for place in inaccessible {
            self.text(&place.place);
            self.text(&place.why);
            self.number(i64::from(place.is_lost));
        }
    }

    /// When a file was looked at is nothing about the file.
    fn stamp(&mut self, stamp: Option<&FileStamp>) {
        self.number(i64::from(stamp.is_some()));
        if let Some(FileStamp { size, modified_ns, changed_ns, inode, seen_ns: _ }) = stamp {
            [size, modified_ns, changed_ns, inode].into_iter().for_each(|part| self.number(*part));
        }
    }

    fn hash(&self) -> u128 {
        self.0.digest128()
    }
}

/// Whether the result of a job may be kept: it judges all, and writes no pages.
pub fn is_kept(asked: &ReviewArguments) -> bool {
    asked.report.is_none() && asked.is_whole()
}

/// What the last job of this key wrote, if nothing changed since.
pub fn recalled(locked: &LockedLogbook, key: &JobKey) -> Option<JobResult> {
    postcard::from_bytes(&locked.result(key)?).ok()
}

/// Whether the next job can know by their stamps alone that none of its files changed, and whatever
/// the clock says then.
pub fn will_be_the_same(walk: &Walk, logbook: &Logbook, problems: &[FileProblem]) -> bool {
    let is_to_come = |problem: &FileProblem| problem.problem.kind == ProblemKind::ImplausibleTime;
    logbook.tally.known_next_time() == walk.files.len() && !problems.iter().any(is_to_come)
}

/// Keeps what a job wrote.
pub fn keep(logbook: &Logbook, key: &JobKey, result: &JobResult) {
    if let Ok(value) = postcard::to_stdvec(result) {
        logbook.save_result(key, &value);
    }
}

impl JobResult {
    /// What a job wrote, and how it ended.
    pub fn of(
        text: Vec<u8>,
        messages: Vec<Notice>,
        counts: JobCounts,
        ended: &Result<(), Failure>,
    ) -> Self {
        let condition = match ended {
            Err(Failure::Condition(condition)) => Some(condition.clone()),
            _ => None,
        };
        Self { text, messages, counts, condition }
    }

    /// Writes it again; whether somebody read it to its end.
    pub fn write(&self) -> Result<ControlFlow<()>, Failure> {
        let read = output::print_with(|out| out.write_all(&self.text))?;
        self.messages.iter().for_each(Notice::print);
        Ok(read)
    }

    /// Its last line, when so many files were not opened.
    pub fn line(&self, files: usize, seconds: f64) -> String {
        self.counts.line(CacheCounts { unchanged: files, recognised: 0, outdated: 0 }, seconds)
    }

    /// How the job ends.
    pub fn ended(self) -> Result<(), Failure> {
        self.condition.map_or(Ok(()), |condition| Err(Failure::Condition(condition)))
    }
}
