//! A long file as it comes, with what lies beside it → what it is.

use std::cell::RefCell;
use std::io::{self, BufRead, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use xxhash_rust::xxh3::Xxh3;

use super::ContentHash;
use super::reading::{
    FileOutcome, FileReading, Sessions, measured_session, own_fault, repair_problem,
};
use super::repeated::RepeatedProblems;
use super::time_allowance::TimeAllowance;
use crate::activity::Activity;
use crate::decode::buffered::read_buffered;
use crate::decode::{self, Limits, Problem, SiblingFiles, StreamedFormat, keep_few_of_each_kind};
use crate::metrics::RunMetrics;

/// Whether a file that begins so is too long to be held.
pub fn is_streamed(head: &[u8]) -> bool {
    decode::recognise_streamed(head).is_some()
}

/// Reads a long file. Each session is measured before the next is put together, so that no more than
/// one is held. The hash is that of the file and of whatever was read beside it.
pub fn read_streamed(
    path: String,
    bytes: &mut dyn BufRead,
    sibling: SiblingFiles<'_>,
    limits: &Limits,
) -> FileReading {
    let hash = RefCell::new(Xxh3::new());
    let hashed = |name: &str| {
        let bytes = sibling(name)?;
        hash.borrow_mut().update(&bytes);
        Some(bytes)
    };
    let mut bytes = Hashing { bytes, hash: &hash };
    let head = match bytes.fill_buf() {
        Ok(head) => head,
        Err(_) => &[],
    };
    let Some(format) = decode::recognise_streamed(head) else {
        return FileReading::refused(path, decode::decode(head, limits).err());
    };
    let mut measured = MeasuredStream::default();
    let read = catch_unwind(AssertUnwindSafe(|| {
        (format.decode)(&mut bytes, &hashed, limits, &mut |activity| measured.add(activity))
    }));
    match read {
        Ok(Ok(warnings)) => {
            let content = ContentHash(hash.borrow().digest128());
            measured.reading(path, content, format, warnings)
        }
        Ok(Err(refusal)) => FileReading::refused(path, Some(refusal)),
        Err(_) => FileReading::failed(path, own_fault("reading")),
    }
}

struct MeasuredStream {
    rows: Vec<RunMetrics>,
    lost: Vec<Problem>,
    repaired: RepeatedProblems,
    allowance: TimeAllowance,
}

impl Default for MeasuredStream {
    fn default() -> Self {
        let allowance = TimeAllowance::of_stream();
        let repaired = RepeatedProblems::default();
        Self { rows: Vec::new(), lost: Vec::new(), repaired, allowance }
    }
}

impl MeasuredStream {
    fn add(&mut self, mut activity: Activity) {
        self.allowance.grow(&activity);
        match measured_session(&mut activity, &mut self.allowance) {
            Ok(row) => {
                let problems = row.metadata.repairs.iter().filter_map(repair_problem);
                problems.for_each(|problem| self.repaired.add(problem));
                self.rows.push(row);
            }
            Err(problem) => self.lost.push(problem),
        }
        // A problem of each of thousands of sessions is one problem of the file.
        keep_few_of_each_kind(&mut self.lost);
    }

    fn reading(
        self,
        path: String,
        content: ContentHash,
        format: &StreamedFormat,
        mut warnings: Vec<Problem>,
    ) -> FileReading {
        let Self { rows, lost, repaired, .. } = self;
        warnings.extend(repaired.problems());
        let outcome = match lost.first() {
            Some(first) if rows.is_empty() => FileOutcome::Failed(first.clone()),
            _ => FileOutcome::Sessions(Sessions { content, format: format.id.into(), rows }),
        };
        let told = usize::from(matches!(outcome, FileOutcome::Failed(_)));
        warnings.extend(RepeatedProblems::of(lost.into_iter().skip(told)).problems());
        keep_few_of_each_kind(&mut warnings);
        FileReading { path, outcome, warnings }
    }
}

/// Bytes that are hashed as they are used.
struct Hashing<'r, 'h> {
    bytes: &'r mut dyn BufRead,
    hash: &'h RefCell<Xxh3>,
}

impl BufRead for Hashing<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.bytes.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        if let Ok(available) = self.bytes.fill_buf() {
            self.hash.borrow_mut().update(&available[..count.min(available.len())]);
        }
        self.bytes.consume(count);
    }
}

impl Read for Hashing<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        read_buffered(self, buffer)
    }
}
