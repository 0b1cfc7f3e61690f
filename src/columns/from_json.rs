//! Records of JSON → columns.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Float64Array, Int64Array, ListArray, MapArray,
    RecordBatch, StringArray, StructArray,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, Field, Fields, SchemaRef};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::{Map, Value};

use super::error::ColumnError;

/// The values of one key, one for each record.
type JsonColumn<'a> = Vec<Option<&'a Value>>;

/// These records as the first columns of this schema; `more` are its others.
///
/// # Errors
/// Where a value is not of the type of its column.
pub fn batch(
    schema: &SchemaRef,
    records: &[Value],
    more: Vec<ArrayRef>,
) -> Result<RecordBatch, ColumnError> {
    let own = schema.fields().len() - more.len();
    let records: JsonColumn<'_> = records.iter().map(Some).collect();
    let columns = schema.fields()[..own].iter().map(|field| child(field, &records));
    let columns = columns.chain(more.into_iter().map(Ok)).collect::<Result<_, _>>()?;
    Ok(RecordBatch::try_new(schema.clone(), columns)?)
}

/// The column of one key of these objects.
fn child(field: &Field, objects: &JsonColumn<'_>) -> Result<ArrayRef, ColumnError> {
    let cells = objects.iter().map(|object| object.and_then(|object| find(object, field.name())));
    column(field, &cells.collect())
}

/// The value of a key, unless it is null.
fn find<'a>(object: &'a Value, key: &str) -> Option<&'a Value> {
    object.get(key).filter(|value| !value.is_null())
}

fn column(field: &Field, cells: &JsonColumn<'_>) -> Result<ArrayRef, ColumnError> {
    Ok(match field.data_type() {
        DataType::Boolean => Arc::new(BooleanArray::from(each(field, cells, Value::as_bool)?)),
        DataType::Int64 => Arc::new(Int64Array::from(each(field, cells, Value::as_i64)?)),
        DataType::Float64 => Arc::new(Float64Array::from(each(field, cells, Value::as_f64)?)),
        DataType::Utf8 => Arc::new(StringArray::from(each(field, cells, Value::as_str)?)),
        DataType::Binary => {
            let packed = |value: &Value| STANDARD_NO_PAD.decode(value.as_str()?).ok();
            Arc::new(BinaryArray::from_iter(each(field, cells, packed)?))
        }
        DataType::List(element) => Arc::new(list(field, element, cells)?),
        DataType::Struct(fields) => Arc::new(object(field, fields, cells)?),
        DataType::Map(entries, _) => Arc::new(map(field, entries, cells)?),
        _ => return Err(wrong(field)),
    })
}

/// Every value as what it has to be.
fn each<'a, T>(
    field: &Field,
    cells: &JsonColumn<'a>,
    read: impl Fn(&'a Value) -> Option<T>,
) -> Result<Vec<Option<T>>, ColumnError> {
    let cell = |cell: Option<&'a Value>| {
        cell.map(|value| read(value).ok_or_else(|| wrong(field))).transpose()
    };
    cells.iter().copied().map(cell).collect()
}

fn wrong(field: &Field) -> ColumnError {
    ColumnError::Value { column: field.name().clone(), wanted: field.data_type().clone() }
}

/// Which cells hold something.
fn presence(cells: &JsonColumn<'_>) -> Option<NullBuffer> {
    cells.contains(&None).then(|| cells.iter().map(Option::is_some).collect())
}

fn list(
    field: &Field,
    element: &Arc<Field>,
    cells: &JsonColumn<'_>,
) -> Result<ListArray, ColumnError> {
    let lists = each(field, cells, Value::as_array)?;
    let lengths = lists.iter().map(|list| list.map_or(0, Vec::len));
    let offsets = OffsetBuffer::from_lengths(lengths);
    let inner: JsonColumn<'_> =
        lists.iter().flatten().flat_map(|list| list.iter().map(not_null)).collect();
    let values = column(element, &inner)?;
    Ok(ListArray::try_new(element.clone(), offsets, values, presence(cells))?)
}

fn not_null(value: &Value) -> Option<&Value> {
    (!value.is_null()).then_some(value)
}

fn object(
    field: &Field,
    fields: &Fields,
    cells: &JsonColumn<'_>,
) -> Result<StructArray, ColumnError> {
    each(field, cells, Value::as_object)?;
    let columns = fields.iter().map(|inner| child(inner, cells)).collect::<Result<_, _>>()?;
    Ok(StructArray::try_new(fields.clone(), columns, presence(cells))?)
}

/// A map from texts to what its values are.
fn map(
    field: &Field,
    entries: &Arc<Field>,
    cells: &JsonColumn<'_>,
) -> Result<MapArray, ColumnError> {
    let DataType::Struct(fields) = entries.data_type() else { return Err(wrong(field)) };
    let maps = each(field, cells, Value::as_object)?;
    let offsets = OffsetBuffer::from_lengths(maps.iter().map(|map| map.map_or(0, Map::len)));
    let pairs = || maps.iter().flatten().flat_map(|map| map.iter());
    let keys = StringArray::from_iter_values(pairs().map(|(key, _)| key));
    let values = column(&fields[1], &pairs().map(|(_, value)| not_null(value)).collect())?;
    let pairs = StructArray::try_new(fields.clone(), vec![Arc::new(keys), values], None)?;
    Ok(MapArray::try_new(entries.clone(), offsets, pairs, presence(cells), false)?)
}
