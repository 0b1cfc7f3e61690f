//! JSON Schema → columns: a key that is new in a contract is a column by itself.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields};
use serde_json::Value;

use super::ELEMENT;
use super::error::ColumnError;

/// The columns of the records that `record` allows; what it refers to is defined in `contract`.
///
/// # Errors
/// Where a key may hold values of several kinds, so that no column could.
pub fn of_contract(contract: &Value, record: &Value) -> Result<Fields, ColumnError> {
    match (Definitions { contract }).data_type("record", &[record])? {
        DataType::Struct(fields) => Ok(fields),
        _ => Err(ColumnError::NoType("record".to_owned())),
    }
}

struct Definitions<'a> {
    contract: &'a Value,
}

impl<'a> Definitions<'a> {
    /// The type of a key for which these nodes of the schema stand.
    fn data_type(&self, key: &str, nodes: &[&'a Value]) -> Result<DataType, ColumnError> {
        let forms: Vec<&Value> = nodes.iter().flat_map(|node| self.forms(node)).collect();
        let has = |part: &str| forms.iter().any(|form| form.get(part).is_some());
        if has("properties") {
            return self.object(&forms);
        }
        if has("items") {
            return Ok(DataType::List(self.inner(key, ELEMENT, &forms, "items")?));
        }
        if has("additionalProperties") {
            let value = self.inner(key, "value", &forms, "additionalProperties")?;
            let key = Field::new("key", DataType::Utf8, false);
            let entries = Fields::from_iter([Arc::new(key), value]);
            let entries = Field::new("entries", DataType::Struct(entries), false);
            return Ok(DataType::Map(Arc::new(entries), false));
        }
        scalar(&forms).ok_or_else(|| ColumnError::NoType(key.to_owned()))
    }

    /// What a node allows, apart from null.
    fn forms(&self, node: &'a Value) -> Vec<&'a Value> {
        if let Some(name) = node["$ref"].as_str() {
            let defined = self.contract.pointer(name.trim_start_matches('#'));
            return defined.map_or_else(Vec::new, |node| self.forms(node));
        }
        match node["anyOf"].as_array().or_else(|| node["oneOf"].as_array()) {
            Some(nodes) => nodes.iter().flat_map(|node| self.forms(node)).collect(),
            None if node["type"] == "null" => Vec::new(),
            None => vec![node],
        }
    }

    /// All keys of objects that may stand in one place, in the order in which they are first named.
    fn object(&self, forms: &[&'a Value]) -> Result<DataType, ColumnError> {
        let mut keys: Vec<(&str, Vec<&Value>)> = Vec::new();
        let properties = forms.iter().filter_map(|form| form["properties"].as_object());
        for (key, node) in properties.flatten() {
            match keys.iter_mut().find(|(known, _)| known == key) {
                Some((_, nodes)) => nodes.push(node),
                None => keys.push((key, vec![node])),
            }
        }
        let field = |(key, nodes): (&str, Vec<&'a Value>)| {
            Ok(Field::new(key, self.data_type(key, &nodes)?, true))
        };
        keys.into_iter().map(field).collect::<Result<_, _>>().map(DataType::Struct)
    }

    /// What a list or a map of this key holds.
    fn inner(
        &self,
        key: &str,
        name: &str,
        forms: &[&'a Value],
        part: &str,
    ) -> Result<Arc<Field>, ColumnError> {
        let nodes: Vec<&Value> = forms.iter().filter_map(|form| form.get(part)).collect();
        Ok(Arc::new(Field::new(name, self.data_type(key, &nodes)?, true)))
    }
}

/// The one type of values that are neither objects nor lists.
fn scalar(forms: &[&Value]) -> Option<DataType> {
    let mut names: Vec<&str> = forms.iter().flat_map(|form| kinds(form)).collect();
    names.sort_unstable();
    names.dedup();
    let is_packed = |form: &&Value| form["contentEncoding"] == "base64";
    match names.as_slice() {
        ["string"] if forms.iter().all(is_packed) => Some(DataType::Binary),
        ["string"] => Some(DataType::Utf8),
        ["boolean"] => Some(DataType::Boolean),
        ["integer"] => Some(DataType::Int64),
        ["number"] | ["integer", "number"] => Some(DataType::Float64),
        _ => None,
    }
}

/// The kinds of values that a node allows, apart from null.
fn kinds(form: &Value) -> Vec<&str> {
    let of_value = |value: &Value| match value {
        Value::String(_) => "string",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::Null => "null",
        Value::Array(_) | Value::Object(_) => "other",
    };
    let mut kinds: Vec<&str> = match (&form["type"], &form["enum"], form.get("const")) {
        (Value::String(kind), _, _) => vec![kind],
        (Value::Array(kinds), _, _) => kinds.iter().filter_map(Value::as_str).collect(),
        (_, Value::Array(values), _) => values.iter().map(of_value).collect(),
        (_, _, value) => value.map(of_value).into_iter().collect(),
    };
    kinds.retain(|kind| *kind != "null");
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(record: &Value) -> Result<String, String> {
        let definitions = json!({"$defs": {"Metres": {"type": "number"}}});
        let fields = of_contract(&definitions, record).map_err(|error| error.to_string())?;
        let field = |field: &Arc<Field>| format!("{}: {}", field.name(), field.data_type());
        Ok(fields.iter().map(field).collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn alternatives_are_one_column_and_null_is_none() {
        let record = json!({"oneOf": [
            {"properties": {
                "way": {"anyOf": [{"$ref": "#/$defs/Metres"}, {"type": "null"}]},
                "count": {"type": ["integer", "null"]},
                "word": {"oneOf": [{"const": "a"}, {"enum": ["b", null]}]},
                "packed": {"type": "string", "contentEncoding": "base64"},
            }},
            {"properties": {"count": {"type": "integer"}, "is": {"type": "boolean"}}},
        ]});
        let expected = "way: Float64, count: Int64, word: Utf8, packed: Binary, is: Boolean";
        assert_eq!(told(&record).unwrap(), expected);
    }

    #[test]
    fn what_holds_values_of_two_kinds_is_no_column() {
        let record = json!({"properties": {"odd": {"type": ["string", "integer"]}}});
        assert_eq!(told(&record).unwrap_err(), "`odd` has no one type in its contract");
        let unknown = json!({"properties": {"free": {}}});
        assert!(told(&unknown).is_err());
    }
}
