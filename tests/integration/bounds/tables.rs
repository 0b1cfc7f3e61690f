//! Bounds of tables that somebody else wrote.

/// The rows of `docs/limits.md` about them, which hold where the command reads tables at all.
pub(super) const ROWS: [&str; 5] = [BATCH, DESCRIPTION, NESTING, PAGES, RECORD];

const BATCH: &str =
    "one batch of an Arrow stream, as it comes and unpacked; likewise its dictionaries";
const DESCRIPTION: &str = "what describes an Arrow batch or a Parquet file";
const NESTING: &str = "nesting of the columns of a table";
const PAGES: &str = "pages of a Parquet file, unpacked, for 256 rows";
const RECORD: &str = "one row of a table";

#[cfg(feature = "columnar")]
mod inputs {
    use std::sync::Arc;

    use arrow_array::builder::BinaryViewBuilder;
    use arrow_array::types::Int32Type;
    use arrow_array::{
        ArrayRef, DictionaryArray, Int32Array, Int64Array, ListArray, RecordBatch, StringArray,
        StructArray,
    };
    use arrow_buffer::OffsetBuffer;
    use arrow_ipc::{MessageHeader, root_as_message};
    use arrow_schema::{DataType, Field};
    use talktest::columns::{ColumnFormat, ColumnWriter};

    use super::super::measured;
    use super::{BATCH, DESCRIPTION, NESTING, PAGES, RECORD};

    /// What somebody might send, and what is said of it.
    struct Sent {
        row: &'static str,
        arguments: &'static [&'static str],
        input: fn() -> Vec<u8>,
        says: &'static str,
    }

    const ARROW: &[&str] = &["judge", "--input", "arrow"];
    const PARQUET: &[&str] = &["judge", "--input", "parquet"];
    const BYTES: &[&str] = &["measure", "--bytes-from", "arrow"];
    /// More than anything has.
    const ENDLESS: [u8; 8] = (1_i64 << 40).to_le_bytes();

    const SENT: [Sent; 13] = [
        Sent {
            row: BATCH,
            arguments: ARROW,
            input: long_body,
            says: "a batch: more than the limit of 536870912 bytes",
        },
        Sent {
            row: BATCH,
            arguments: BYTES,
            input: long_body,
            says: "a batch: more than the limit of 536870912 bytes",
        },
        Sent {
            row: BATCH,
            arguments: ARROW,
            input: || packed(&texts(100_000), MessageHeader::RecordBatch),
            says: "a batch: more than",
        },
        Sent {
            row: BATCH,
            arguments: ARROW,
            input: || packed(&dictionary(100_000, 3), MessageHeader::DictionaryBatch),
            says: "a batch: more than",
        },
        Sent {
            row: BATCH,
            arguments: BYTES,
            input: many_views,
            says: "a batch of files: more than",
        },
        Sent {
            row: DESCRIPTION,
            arguments: ARROW,
            input: || [[0xff; 4], [0, 0, 0, 0x40]].concat(),
            says: "the description of a batch: more than the limit of 16777216 bytes",
        },
        Sent {
            row: DESCRIPTION,
            arguments: PARQUET,
            input: || b"PAR1\0\0\0\x40PAR1".to_vec(),
            says: "the description of the file: more than the limit of 16777216 bytes",
        },
        Sent {
            row: NESTING,
            arguments: PARQUET,
            input: || nested(ColumnFormat::Parquet),
            says: "its columns are nested deeper than the limit of 64",
        },
        Sent {
            row: NESTING,
            arguments: ARROW,
            input: || nested(ColumnFormat::Arrow),
            says: "no whole Arrow stream",
        },
        Sent {
            row: PAGES,
            arguments: PARQUET,
            input: large_page,
            says: "the pages of a few rows: more than the limit of 268435456 bytes",
        },
        Sent {
            row: PAGES,
            arguments: PARQUET,
            input: many_values,
            says: "the pages of a few rows: more than",
        },
        Sent {
            row: RECORD,
            arguments: ARROW,
            input: || written(ColumnFormat::Arrow, &texts(70 << 20)),
            says: "a row: more than the limit of 67108864 bytes",
        },
        // Nothing is exceeded, and yet all rows together would take a gigabyte.
        Sent {
            row: RECORD,
            arguments: ARROW,
            input: || written(ColumnFormat::Arrow, &dictionary(1 << 20, 300)),
            says: "and 295 more",
        },
    ];

    fn table(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
        RecordBatch::try_from_iter(columns).unwrap()
    }

    fn written(format: ColumnFormat, batch: &RecordBatch) -> Vec<u8> {
        let mut writer = ColumnWriter::new(format, &batch.schema()).unwrap();
        let mut bytes = writer.write(batch).unwrap();
        bytes.extend(writer.finish().unwrap());
        bytes
    }

    /// One row with a text of so many bytes.
    fn texts(length: usize) -> RecordBatch {
        table(vec![("path", Arc::new(StringArray::from(vec!["a".repeat(length)])))])
    }

    /// So many rows with one text, which is there once.
    fn dictionary(length: usize, rows: usize) -> RecordBatch {
        let values = Arc::new(StringArray::from(vec!["a".repeat(length)]));
        let keys = Int32Array::from(vec![0; rows]);
        let column = DictionaryArray::<Int32Type>::new(keys, values);
        table(vec![("path", Arc::new(column))])
    }

    /// The first message of this kind: where its description and its body begin.
    fn message(stream: &[u8], kind: MessageHeader) -> (usize, usize) {
        let mut at = 0;
        loop {
            let length = u32::from_le_bytes(stream[at + 4..at + 8].try_into().unwrap()) as usize;
            let (start, body) = (at + 8, at + 8 + length);
            let message = root_as_message(&stream[start..body]).unwrap();
            if message.header_type() == kind {
                return (start, body);
            }
            at = body + message.bodyLength() as usize;
        }
    }

    /// A stream whose batch is said to have a body without end.
    fn long_body() -> Vec<u8> {
        let mut stream = written(ColumnFormat::Arrow, &texts(1000));
        let (start, body) = message(&stream, MessageHeader::RecordBatch);
        let length = root_as_message(&stream[start..body]).unwrap().bodyLength().to_le_bytes();
        let place = stream[start..body].windows(8).rposition(|bytes| bytes == length).unwrap();
        stream[start + place..start + place + 8].copy_from_slice(&ENDLESS);
        stream
    }

    /// A stream whose text is said to be without end, once it is unpacked.
    fn packed(batch: &RecordBatch, kind: MessageHeader) -> Vec<u8> {
        let mut stream = written(ColumnFormat::Arrow, batch);
        let (_, body) = message(&stream, kind);
        let length = 100_000_i64.to_le_bytes();
        let place = stream[body..].windows(8).rposition(|bytes| bytes == length).unwrap();
        stream[body + place..body + place + 8].copy_from_slice(&ENDLESS);
        stream
    }

    /// Files that are all the same four megabytes.
    fn many_views() -> Vec<u8> {
        let mut views = BinaryViewBuilder::new();
        let block = views.append_block(vec![0; 4 << 20].into());
        (0..200).for_each(|_| views.try_append_view(block, 0, 4 << 20).unwrap());
        let names = StringArray::from(vec!["a.fit"; 200]);
        let columns: Vec<(&str, ArrayRef)> =
            vec![("name", Arc::new(names)), ("bytes", Arc::new(views.finish()))];
        written(ColumnFormat::Arrow, &table(columns))
    }

    /// Seventy structs within each other, which take much of a stack to be written.
    fn nested(format: ColumnFormat) -> Vec<u8> {
        let write = move || {
            let innermost: ArrayRef = Arc::new(Int64Array::from(vec![1]));
            let within = |inner: ArrayRef, _| -> ArrayRef {
                let field = Field::new("inner", inner.data_type().clone(), true);
                Arc::new(StructArray::from(vec![(Arc::new(field), inner)]))
            };
            written(format, &table(vec![("schema", (0..70).fold(innermost, within))]))
        };
        let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(write);
        thread.unwrap().join().unwrap()
    }

    /// A file with a page that is said to be twice as large as it is.
    fn large_page() -> Vec<u8> {
        const LENGTH: usize = 140_000_000;
        let header = |bytes: usize| {
            // Field 2, an i32: of so many bytes and the length of the text before them.
            let folded = 2 * (bytes as u64 + 4);
            let digits = (0..5).map(|k| (folded >> (7 * k) & 0x7f) as u8 | 0x80);
            let mut field: Vec<u8> = [0x15].into_iter().chain(digits).collect();
            *field.last_mut().unwrap() &= 0x7f;
            field
        };
        let mut file = written(ColumnFormat::Parquet, &texts(LENGTH));
        let place = file.windows(6).position(|bytes| bytes == header(LENGTH)).unwrap();
        file[place..place + 6].copy_from_slice(&header(2 * LENGTH));
        file
    }

    /// A file of a few bytes with a list of millions of numbers.
    fn many_values() -> Vec<u8> {
        const VALUES: usize = 12_000_000;
        let element = Arc::new(Field::new("element", DataType::Int64, true));
        let values = Arc::new(Int64Array::from(vec![0; VALUES]));
        let list = ListArray::new(element, OffsetBuffer::from_lengths([VALUES]), values, None);
        written(ColumnFormat::Parquet, &table(vec![("schema", Arc::new(list))]))
    }

    #[test]
    fn tables_are_bounded() {
        for Sent { row, arguments, input, says } in &SENT {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), input()).unwrap();
            let (peak, said) = measured(arguments, Some(file.path()));
            let shown: String = said.chars().take(2_000).collect();
            assert!(said.contains(says), "{row}: {says} is missing in {shown}");
            assert!(peak <= super::super::MOST_BYTES, "{row}, {says}: {} MiB", peak >> 20);
        }
        assert!(super::ROWS.iter().all(|row| SENT.iter().any(|sent| sent.row == *row)));
    }
}
