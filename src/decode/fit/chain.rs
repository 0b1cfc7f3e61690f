//! The files in a file: FIT may be chained, each link with its header, its data and its checksum.

use std::ops::Range;

use super::crc::checksum;
use crate::decode::{Location, Problem, ProblemKind};

/// A header without and with its own checksum.
const HEADER_LENGTHS: [u8; 2] = [12, 14];
const CHECKSUM_LENGTH: usize = 2;
const SIGNATURE: &[u8] = b".FIT";

/// Whether a FIT file begins here.
pub(super) fn has_signature(bytes: &[u8]) -> bool {
    bytes.get(8..12) == Some(SIGNATURE)
}

/// One file of a chain.
#[derive(Debug)]
pub(super) struct Link {
    start: usize,
    /// Where its messages are.
    pub(super) data: Range<usize>,
    length: Length,
}

/// How far the length in a header is true.
#[derive(Debug, PartialEq, Eq)]
enum Length {
    /// Data and checksum are all there.
    Kept,
    /// So many bytes of data and checksum are missing.
    Cut(usize),
    /// The header says 0, as a watch leaves it that dies while recording.
    NeverWritten,
}

impl Link {
    /// The link that begins at `start`.
    pub(super) fn at(bytes: &[u8], start: usize) -> Result<Self, Problem> {
        let header = bytes.get(start..).unwrap_or_default();
        let fault = |detail| Problem::at(place(start), ProblemKind::Malformed, detail);
        let Some((&header_length, _)) = header.split_first() else {
            return Err(fault("no header".to_owned()));
        };
        if !has_signature(header) {
            return Err(fault("no FIT header".to_owned()));
        }
        if !HEADER_LENGTHS.contains(&header_length) {
            return Err(fault(format!(
                "the header says it is {header_length} bytes long, and only 12 and 14 are allowed"
            )));
        }
        let least = usize::from(header_length) + CHECKSUM_LENGTH;
        if header.len() < least {
            return Err(Problem::at(
                place(start),
                ProblemKind::Truncated,
                format!("only {} bytes, where the smallest file has {least}", header.len()),
            ));
        }
        Ok(Self::measured(bytes, start, start + usize::from(header_length), stated_length(header)))
    }

    fn measured(bytes: &[u8], start: usize, data_start: usize, stated: u32) -> Self {
        let there = bytes.len() - data_start;
        let stated = usize::try_from(stated).unwrap_or(usize::MAX);
        if stated == 0 && there > CHECKSUM_LENGTH && !has_signature(&bytes[data_start + 2..]) {
            let length = there - written_checksum(bytes, start);
            return Self {
                start,
                data: data_start..data_start + length,
                length: Length::NeverWritten,
            };
        }
        let missing = stated.saturating_add(CHECKSUM_LENGTH).saturating_sub(there);
        let length = if missing == 0 { Length::Kept } else { Length::Cut(missing) };
        Self { start, data: data_start..data_start + stated.min(there), length }
    }

    /// Where the next link begins, if there is one.
    pub(super) fn end(&self) -> usize {
        self.data.end.saturating_add(CHECKSUM_LENGTH)
    }

    /// Whether nothing tells where the data end, so that a message cut short is no news.
    pub(super) fn is_open_ended(&self) -> bool {
        self.length != Length::Kept
    }

    /// Bytes of data that the header states and that are not there.
    pub(super) fn missing(&self) -> usize {
        if let Length::Cut(missing) = self.length { missing } else { 0 }
    }

    /// Whether the header states no length.
    pub(super) fn was_never_finished(&self) -> bool {
        self.length == Length::NeverWritten
    }

    /// Says what is wrong with length and checksum.
    pub(super) fn verify(&self, bytes: &[u8], warnings: &mut Vec<Problem>) {
        match self.length {
            Length::Kept => self.verify_checksums(bytes, warnings),
            Length::Cut(missing) => warnings.push(Problem::at(
                place(bytes.len()),
                ProblemKind::Truncated,
                format!("the file ends {missing} bytes before the end that its header states"),
            )),
            Length::NeverWritten => warnings.push(Problem::at(
                place(self.start),
                ProblemKind::Malformed,
                "the header states no length: the recording was never finished".to_owned(),
            )),
        }
    }

    fn verify_checksums(&self, bytes: &[u8], warnings: &mut Vec<Problem>) {
        let mut report = |at, detail: &str| {
            warnings.push(Problem::at(place(at), ProblemKind::BadChecksum, detail));
        };
        let header = &bytes[self.start..self.data.start];
        // 0 means that the header has no checksum of its own.
        if let (12, [low, high]) = (header.len() - 2, &header[12.min(header.len())..])
            && [*low, *high] != [0, 0]
            && checksum(&header[..12]) != u16::from_le_bytes([*low, *high])
        {
            report(self.start + 12, "the checksum of the header does not match");
        }
        let stated = u16_at(bytes, self.data.end);
        // Writers disagree on whether a header with a checksum of its own counts; when that is
        // right, both give the same.
        if stated != Some(checksum(&bytes[self.start..self.data.end]))
            && stated != Some(checksum(&bytes[self.data.clone()]))
        {
            report(self.data.end, "the checksum does not match");
        }
    }
}

fn stated_length(header: &[u8]) -> u32 {
    header.get(4..8).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

/// How many bytes of a checksum end the file after all, although its length was never written.
fn written_checksum(bytes: &[u8], start: usize) -> usize {
    let end = bytes.len() - CHECKSUM_LENGTH;
    let written = u16_at(bytes, end) == Some(checksum(&bytes[start..end]));
    if written { CHECKSUM_LENGTH } else { 0 }
}

fn place(at: usize) -> Location {
    Location::Byte(at as u64)
}
