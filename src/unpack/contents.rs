//! What a stream of bytes turns out to be.

use super::archive::Archive;
use super::held::HeldArchive;
use crate::decode::Problem;

/// An archive within another.
pub type NestedArchive = Archive<HeldArchive>;

/// What a stream of bytes turns out to be.
#[derive(Debug)]
pub enum Contents {
    /// The bytes of one file, and what was wrong with them on the way.
    Plain(Vec<u8>, Option<Problem>),
    /// Something that nobody wants: only its first bytes were read.
    Unwanted(Vec<u8>),
    /// An archive of further files.
    Archive(NestedArchive),
    /// A long file that was handed on as it came, and what was wrong with it on the way.
    Streamed(Option<Problem>),
    /// Too much to be held while other threads hold something too.
    Large,
}
