//! What a format is whose files are too long to be held, and keep a part of themselves in others.

use std::io::BufRead;

use super::format::{Limits, Refusal};
use super::problem::Problem;
use crate::activity::Activity;

/// The whole bytes of a file that lies beside another, by its path from the folder of that one, with
/// `/` and without steps upwards; `None` where there is none that can be read.
pub type SiblingFiles<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// One format that is read as it comes. Its file stem in this folder is its id.
#[derive(Debug)]
pub struct StreamedFormat {
    /// The name used in every output.
    pub id: &'static str,
    /// Whether the first bytes are of this format; names of files prove nothing.
    pub recognises: fn(&[u8]) -> bool,
    /// Reads to the end, hands over one activity after another, and gives what was forgiven.
    pub decode: DecodeStream,
}

/// Reads a stream with the files beside it; each activity is handed over as soon as it is whole.
pub type DecodeStream = fn(
    &mut dyn BufRead,
    SiblingFiles<'_>,
    &Limits,
    &mut dyn FnMut(Activity),
) -> Result<Vec<Problem>, Refusal>;
