//! What a kind of table is.

use super::bounds::Bounds;
use super::entry::ExportEntries;
use super::named_rows::NamedTable;
use crate::decode::Problem;

/// One kind of table that can be read: its file stem in this folder is its id.
#[derive(Debug)]
pub struct ExportTable {
    /// The name used in every output.
    pub id: &'static str,
    pub(super) form: TableLayout,
}

/// How a table is made.
#[derive(Debug)]
pub(super) enum TableLayout {
    /// Lines of columns that are known by their names.
    Named(NamedTable),
    /// In a way of its own: how it is recognised, and read.
    Own(fn(&str, &[u8]) -> bool, fn(&[u8], &Bounds) -> Result<ExportEntries, Problem>),
}

impl ExportTable {
    /// Whether a file of this name (without folders) that begins with these bytes, of which
    /// [`HEAD_BYTES`](super::HEAD_BYTES) are enough, is such a table. The content decides; the name spares looking.
    pub fn recognises(&self, name: &str, head: &[u8]) -> bool {
        match &self.form {
            TableLayout::Named(table) => table.recognises(name, head),
            TableLayout::Own(recognises, _) => recognises(name, head),
        }
    }

    /// Reads a whole file.
    ///
    /// # Errors
    /// Where nothing of it can be used.
    pub fn read(&self, bytes: &[u8], bounds: &Bounds) -> Result<ExportEntries, Problem> {
        match &self.form {
            TableLayout::Named(table) => table.read(bytes, bounds),
            TableLayout::Own(_, read) => read(bytes, bounds),
        }
    }
}
