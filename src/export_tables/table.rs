//! What a kind of table is.

use super::bounds::Bounds;
use super::entry::ExportEntries;
use crate::decode::Problem;

/// One kind of table that can be read: its file stem in this folder is its id.
#[derive(Debug)]
pub struct ExportTable {
    /// The name used in every output.
    pub id: &'static str,
    /// Whether a file of this name (without folders) that begins with these bytes, of which
    /// [`HEAD_BYTES`] are enough, is such a table. The content decides; the name spares looking.
    pub recognises: fn(name: &str, head: &[u8]) -> bool,
    /// Reads a whole file.
    pub read: fn(&[u8], &Bounds) -> Result<ExportEntries, Problem>,
}

/// So much of a file is enough to recognise it.
pub const HEAD_BYTES: usize = 64 << 10;

pub(super) fn beginning(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(HEAD_BYTES)]
}
