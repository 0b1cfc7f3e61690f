//! What a Parquet file says of itself at its end, looked at before the library believes it.

use std::io::{self, BufReader, Read};

use parquet::file::reader::ChunkReader;

use super::budget::{MOST_DESCRIPTION, MOST_NESTED, TableBudget};
use super::compact_thrift::{CompactThrift, I32, LIST, STRUCT};
use super::error::ColumnError;

/// Bytes at the end: the length of the description, and what ends every such file.
const TAIL: u64 = 8;
const END: &[u8] = b"PAR1";
/// The fields of the description, and of what describes a column, that matter here.
const SCHEMA: (i16, u8) = (2, LIST);
const CHILDREN: (i16, u8) = (5, I32);

/// Refuses a description that is too long, or whose columns are nested too deep: the library reads it
/// whole, and follows the nesting as deep as it goes. Whatever else is wrong the library says.
pub fn check(file: &impl ChunkReader) -> Result<(), ColumnError> {
    let Some(tail) = file.len().checked_sub(TAIL) else { return Ok(()) };
    let (mut length, mut end) = ([0; 4], Vec::new());
    let mut rest = file.get_read(tail)?;
    rest.read_exact(&mut length)?;
    rest.read_to_end(&mut end)?;
    if end != END {
        return Ok(());
    }
    let length = u64::from(u32::from_le_bytes(length));
    TableBudget::new("the description of the file", MOST_DESCRIPTION).take(length)?;
    let Some(start) = tail.checked_sub(length) else { return Ok(()) };
    let description = BufReader::new(file.get_read(start)?.take(length));
    match nesting(&mut CompactThrift::new(description)) {
        Ok(depth) if depth > MOST_NESTED => Err(ColumnError::TooDeep),
        Ok(_) => Ok(()),
        Err(_) => Err(ColumnError::Damaged),
    }
}

/// How deep the columns are nested.
fn nesting(thrift: &mut CompactThrift<impl Read>) -> io::Result<usize> {
    let (mut id, mut deepest) = (0, 0);
    while let Some(field) = thrift.field(id)? {
        id = field.0;
        if field != SCHEMA {
            thrift.skip(field.1)?;
            continue;
        }
        let (columns, kind) = thrift.list()?;
        if kind != STRUCT {
            return Err(io::ErrorKind::InvalidData.into());
        }
        // How many columns are still to come within each of the groups around a column.
        let mut open: Vec<u64> = Vec::new();
        for _ in 0..columns {
            let children = children(thrift)?;
            if children > columns {
                return Err(io::ErrorKind::InvalidData.into());
            }
            if let Some(left) = open.last_mut() {
                *left -= 1;
            }
            open.push(children);
            while open.last() == Some(&0) {
                open.pop();
            }
            deepest = deepest.max(open.len());
        }
    }
    Ok(deepest)
}

/// How many columns stand within the next one.
fn children(thrift: &mut CompactThrift<impl Read>) -> io::Result<u64> {
    let (mut id, mut children) = (0, 0);
    while let Some(field) = thrift.field(id)? {
        id = field.0;
        if field == CHILDREN {
            children = thrift.integer()?;
        } else {
            thrift.skip(field.1)?;
        }
    }
    u64::try_from(children).map_err(|_| io::ErrorKind::InvalidData.into())
}
