//! The pages of a Parquet file, each weighed before it is unpacked: a few bytes may unpack to, or
//! stand for, more than a machine has.

use std::io;
use std::sync::Arc;

use parquet::arrow::arrow_reader::RowGroups;
use parquet::basic::Encoding;
use parquet::column::page::{Page, PageIterator, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::{ChunkReader, SerializedPageReader};

use super::budget::TableBudget;
use super::compact_thrift::{CompactThrift, I32};

/// Bytes that a value of a list takes with its levels, however few it has in the file.
const LISTED_VALUE: u64 = 24;
/// Bytes by which a value of a dictionary is found.
const DICTIONARY_VALUE: u64 = 16;
/// Bytes of a length.
const LENGTH: u64 = 4;

/// One group of rows.
pub struct WeighedRowGroup<'a, From> {
    pub file: &'a Arc<From>,
    pub metadata: &'a ParquetMetaData,
    pub group: usize,
    /// What its pages may take.
    pub budget: &'a Arc<TableBudget>,
}

impl<From> WeighedRowGroup<'_, From> {
    fn own(&self) -> &RowGroupMetaData {
        self.metadata.row_group(self.group)
    }
}

impl<From: ChunkReader + 'static> RowGroups for WeighedRowGroup<'_, From> {
    fn num_rows(&self) -> usize {
        usize::try_from(self.own().num_rows()).unwrap_or(0)
    }

    fn column_chunks(&self, column: usize) -> Result<Box<dyn PageIterator>> {
        let chunk = self.own().column(column);
        let (offset, rest) = chunk.byte_range();
        let pages = WeighedPages {
            pages: SerializedPageReader::new(Arc::clone(self.file), chunk, self.num_rows(), None)?,
            file: Arc::clone(self.file),
            offset,
            end: offset.saturating_add(rest),
            is_list: chunk.column_descr().max_rep_level() > 0,
            budget: Arc::clone(self.budget),
        };
        Ok(Box::new(OneChunk(Some(pages))))
    }

    fn row_groups(&self) -> Box<dyn Iterator<Item = &RowGroupMetaData> + '_> {
        Box::new(std::iter::once(self.own()))
    }

    fn metadata(&self) -> &ParquetMetaData {
        self.metadata
    }
}

/// The pages of the one chunk that a column has in a group.
struct OneChunk<From: ChunkReader>(Option<WeighedPages<From>>);

impl<From: ChunkReader + 'static> Iterator for OneChunk<From> {
    type Item = Result<Box<dyn PageReader>>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(Ok(Box::new(self.0.take()?)))
    }
}

impl<From: ChunkReader + 'static> PageIterator for OneChunk<From> {}

struct WeighedPages<From: ChunkReader> {
    pages: SerializedPageReader<From>,
    file: Arc<From>,
    offset: u64,
    end: u64,
    is_list: bool,
    budget: Arc<TableBudget>,
}

/// What stands before a page.
struct PageHeader {
    kind: i64,
    unpacked: i64,
    packed: i64,
}

impl PageHeader {
    fn read(thrift: &mut CompactThrift<impl io::Read>) -> io::Result<Self> {
        let mut header = Self { kind: -1, unpacked: -1, packed: -1 };
        let mut id = 0;
        while let Some((next, kind)) = thrift.field(id)? {
            id = next;
            match (next, kind) {
                (1, I32) => header.kind = thrift.integer()?,
                (2, I32) => header.unpacked = thrift.integer()?,
                (3, I32) => header.packed = thrift.integer()?,
                _ => thrift.skip(kind)?,
            }
        }
        Ok(header)
    }

    /// Data and dictionaries; the library passes over others without a word.
    fn is_known(&self) -> bool {
        matches!(self.kind, 0 | 2 | 3)
    }
}

impl<From: ChunkReader> WeighedPages<From> {
    /// The bytes of the next page, unpacked or not; it is passed over here.
    fn pass(&mut self) -> Result<u64> {
        if self.offset >= self.end {
            return Ok(0);
        }
        let mut thrift = CompactThrift::new(self.file.get_read(self.offset)?);
        let header = PageHeader::read(&mut thrift)?;
        let sizes = (u64::try_from(header.unpacked), u64::try_from(header.packed));
        let (Ok(unpacked), Ok(packed), true) = (sizes.0, sizes.1, header.is_known()) else {
            return Err(ParquetError::General("a page is damaged".to_owned()));
        };
        self.offset = self.offset.saturating_add(thrift.read_bytes()).saturating_add(packed);
        Ok(unpacked.max(packed))
    }

    fn charge(&self, bytes: u64) -> Result<()> {
        self.budget.take(bytes).map_err(|error| ParquetError::General(error.to_string()))
    }

    /// What the values of a page take beside its bytes, before they are asked for.
    fn weigh(&self, page: &Page) -> Result<()> {
        let values = u64::from(page.num_values());
        let listed = if self.is_list && page.is_data_page() { LISTED_VALUE } else { 0 };
        let of_encoding = match page.encoding() {
            // Texts that begin as the one before them: each may be as long as a page.
            Encoding::DELTA_BYTE_ARRAY => {
                let told = "texts in the encoding DELTA_BYTE_ARRAY are not read";
                return Err(ParquetError::NYI(told.to_owned()));
            }
            Encoding::DELTA_LENGTH_BYTE_ARRAY => LENGTH,
            _ if page.is_dictionary_page() => DICTIONARY_VALUE,
            _ => 0,
        };
        self.charge(values.saturating_mul(listed + of_encoding))
    }
}

impl<From: ChunkReader> PageReader for WeighedPages<From> {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let bytes = self.pass()?;
        self.charge(bytes)?;
        let page = self.pages.get_next_page()?;
        page.iter().try_for_each(|page| self.weigh(page))?;
        Ok(page)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pass()?;
        self.pages.skip_next_page()
    }
}

impl<From: ChunkReader> Iterator for WeighedPages<From> {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}
