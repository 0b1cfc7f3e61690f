//! Columns → records of JSON. Whoever kept a table may have given its columns other types of the
//! same values: texts of 64-bit offsets, dictionaries, whole numbers as doubles because some are null.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{AnyDictionaryArray, Array, ArrowPrimitiveType, OffsetSizeTrait, RecordBatch};
use arrow_schema::{DataType, Field, Fields};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::{Map, Value};

use super::budget::{MOST_RECORDS, TableBudget};
use super::error::ColumnError;
use super::leaves::{bytes, texts};

/// The records of a batch: of its columns those that are wanted, by name. What is null is left out.
///
/// # Errors
/// Where a column is of a type that the wanted one cannot be read from, or the records together take
/// more than those of one batch may.
pub fn records(batch: &RecordBatch, wanted: &Fields) -> Result<Vec<Value>, ColumnError> {
    let column = |name: &str| batch.column_by_name(name).map(AsRef::as_ref);
    let budget = TableBudget::new("a row", MOST_RECORDS);
    objects(batch.num_rows(), wanted, "", column, &budget)
}

/// What one column holds, `None` where it is null.
type JsonCells = Vec<Option<Value>>;
/// Bytes of a cell, whatever it holds.
const CELL: u64 = size_of::<Option<Value>>() as u64;

/// Objects of as many keys as there are columns.
fn objects<'a>(
    count: usize,
    wanted: &Fields,
    within: &str,
    column: impl Fn(&str) -> Option<&'a dyn Array>,
    budget: &TableBudget,
) -> Result<Vec<Value>, ColumnError> {
    budget.take(CELL.saturating_mul(count as u64))?;
    let mut objects = vec![Map::new(); count];
    for field in wanted {
        let Some(array) = column(field.name()) else { continue };
        let path = format!("{within}{}", field.name());
        for (object, cell) in objects.iter_mut().zip(cells(array, field, &path, budget)?) {
            if let Some(value) = cell {
                object.insert(field.name().clone(), value);
            }
        }
    }
    Ok(objects.into_iter().map(Value::Object).collect())
}

fn cells(
    array: &dyn Array,
    wanted: &Field,
    path: &str,
    budget: &TableBudget,
) -> Result<JsonCells, ColumnError> {
    budget.take(CELL.saturating_mul(array.len() as u64))?;
    if let Some(dictionary) = array.as_any_dictionary_opt() {
        return from_dictionary(dictionary, wanted, path, budget);
    }
    let mismatch = || ColumnError::Type {
        column: path.to_owned(),
        found: array.data_type().clone(),
        wanted: wanted.data_type().clone(),
    };
    match (wanted.data_type(), array.data_type()) {
        (_, DataType::Null) => Ok(vec![None; array.len()]),
        (DataType::Boolean, DataType::Boolean) => {
            Ok(array.as_boolean().iter().map(|cell| cell.map(Value::Bool)).collect())
        }
        (DataType::Utf8 | DataType::Utf8View, _) => {
            let texts = texts(array).ok_or_else(mismatch)?;
            texts.iter().flatten().try_for_each(|text| budget.take(text.len() as u64))?;
            Ok(texts.into_iter().map(|cell| cell.map(Value::from)).collect())
        }
        (DataType::Binary | DataType::BinaryView, _) => {
            let packed = |bytes: &[u8]| STANDARD_NO_PAD.encode(bytes).into();
            let bytes = bytes(array).ok_or_else(mismatch)?;
            bytes.iter().flatten().try_for_each(|bytes| budget.take(2 * bytes.len() as u64))?;
            Ok(bytes.into_iter().map(|cell| cell.map(packed)).collect())
        }
        (DataType::Int64, _) => integers(array).ok_or_else(mismatch),
        (DataType::Float64, _) => numbers(array).ok_or_else(mismatch),
        (DataType::List(element), DataType::List(_)) => lists::<i32>(array, element, path, budget),
        (DataType::List(element), DataType::LargeList(_)) => {
            lists::<i64>(array, element, path, budget)
        }
        (DataType::Struct(fields), DataType::Struct(_)) => structs(array, fields, path, budget),
        _ => Err(mismatch()),
    }
}

/// What the keys of a dictionary stand for.
fn from_dictionary(
    dictionary: &dyn AnyDictionaryArray,
    wanted: &Field,
    path: &str,
    budget: &TableBudget,
) -> Result<JsonCells, ColumnError> {
    let (keys, values) = (dictionary.normalized_keys(), dictionary.values());
    let cell = |(index, key): (usize, usize)| {
        if dictionary.is_null(index) || key >= values.len() {
            return Ok(None);
        }
        Ok(cells(values.slice(key, 1).as_ref(), wanted, path, budget)?.pop().flatten())
    };
    keys.into_iter().enumerate().map(cell).collect()
}

fn structs(
    array: &dyn Array,
    fields: &Fields,
    path: &str,
    budget: &TableBudget,
) -> Result<JsonCells, ColumnError> {
    let inner = array.as_struct();
    let column = |name: &str| inner.column_by_name(name).map(AsRef::as_ref);
    let objects = objects(array.len(), fields, &format!("{path}."), column, budget)?;
    let cell = |(index, object)| (!array.is_null(index)).then_some(object);
    Ok(objects.into_iter().enumerate().map(cell).collect())
}

fn lists<O: OffsetSizeTrait>(
    array: &dyn Array,
    element: &Field,
    path: &str,
    budget: &TableBudget,
) -> Result<JsonCells, ColumnError> {
    let lists = array.as_list::<O>();
    // A batch may be a piece of a larger one, whose values are all there.
    let offsets = lists.value_offsets();
    let (first, last) = (offsets[0].as_usize(), offsets[array.len()].as_usize());
    let values = lists.values().slice(first, last - first);
    let mut values = cells(values.as_ref(), element, path, budget)?.into_iter();
    let mut list = |index: usize| {
        let length = (offsets[index + 1] - offsets[index]).as_usize();
        Value::Array(values.by_ref().take(length).map(Option::unwrap_or_default).collect())
    };
    let cell = |index: usize| {
        let list = list(index);
        (!array.is_null(index)).then_some(list)
    };
    Ok((0..array.len()).map(cell).collect())
}

/// Whole numbers; of doubles only those that are.
fn integers(array: &dyn Array) -> Option<JsonCells> {
    let number = |value: f64| {
        let is_whole = value.fract() == 0.0 && value.abs() < LARGEST_EXACT;
        is_whole.then_some(Value::from(value as i64))
    };
    let whole = |cell: Option<Value>| match cell {
        Some(value) if value.is_f64() => value.as_f64().and_then(number).map(Some),
        other => Some(other),
    };
    primitive(array)?.into_iter().map(whole).collect()
}

/// Below it every whole double is the number that was meant.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

fn numbers(array: &dyn Array) -> Option<JsonCells> {
    let number = |cell: Option<Value>| Some(Value::from(cell?.as_f64()?));
    Some(primitive(array)?.into_iter().map(number).collect())
}

fn primitive(array: &dyn Array) -> Option<JsonCells> {
    Some(match array.data_type() {
        DataType::Int8 => native::<Int8Type>(array),
        DataType::Int16 => native::<Int16Type>(array),
        DataType::Int32 => native::<Int32Type>(array),
        DataType::Int64 => native::<Int64Type>(array),
        DataType::UInt8 => native::<UInt8Type>(array),
        DataType::UInt16 => native::<UInt16Type>(array),
        DataType::UInt32 => native::<UInt32Type>(array),
        DataType::UInt64 => native::<UInt64Type>(array),
        DataType::Float32 => native::<Float32Type>(array),
        DataType::Float64 => native::<Float64Type>(array),
        _ => return None,
    })
}

fn native<T: ArrowPrimitiveType<Native: Into<Value>>>(array: &dyn Array) -> JsonCells {
    array.as_primitive::<T>().iter().map(|cell| cell.map(Into::into)).collect()
}
