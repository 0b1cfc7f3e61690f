//! The JSON Schema of the lines, out of the types that they are written from.

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::{ClosedBody, FailedBody, Head, Kind, NotARunBody, SCHEMA, SessionBody, TableBody};
use crate::metrics::MEASURING;

/// The JSON Schema (2020-12) of one line.
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let lines: Vec<Value> =
        Kind::ALL.iter().map(|kind| line_schema(*kind, &mut generator)).collect();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "A line of `talktest measure`",
        "description": "One measured session of a file, or one line for a file that is none. \
            Quantities are SI; keys may be added, never renamed.",
        "oneOf": lines,
        "$defs": generator.take_definitions(true),
    });
    unfold(&mut schema);
    schema
}

/// Sentences of the source are folded to its width.
fn unfold(schema: &mut Value) {
    match schema {
        Value::Object(entries) => {
            if let Some(Value::String(text)) = entries.get_mut("description") {
                *text = text.replace('\n', " ");
            }
            entries.values_mut().for_each(unfold);
        }
        Value::Array(values) => values.iter_mut().for_each(unfold),
        _ => {}
    }
}

fn line_schema(kind: Kind, generator: &mut SchemaGenerator) -> Value {
    let head = Head::json_schema(generator).to_value();
    let body = match kind {
        Kind::Session => SessionBody::json_schema(generator),
        Kind::Table => TableBody::json_schema(generator),
        Kind::NotARun => NotARunBody::json_schema(generator),
        Kind::Failed => FailedBody::json_schema(generator),
        Kind::Inaccessible => ClosedBody::json_schema(generator),
    }
    .to_value();
    let mut properties = joined(&head, &body, "properties");
    for (key, value) in [("schema", SCHEMA), ("measuring", MEASURING), ("kind", kind.name())] {
        properties[key]["const"] = json!(value);
    }
    let required = [&head["required"], &body["required"]];
    let required: Vec<&Value> =
        required.iter().filter_map(|keys| keys.as_array()).flatten().collect();
    json!({
        "title": kind.name(),
        "description": body["description"],
        "type": "object",
        "properties": properties,
        "required": required,
    })
}

/// The entries of both under this key.
fn joined(head: &Value, body: &Value, key: &str) -> Map<String, Value> {
    let parts = [&head[key], &body[key]].into_iter().filter_map(Value::as_object);
    parts.flatten().map(|(key, value)| (key.clone(), value.clone())).collect()
}
