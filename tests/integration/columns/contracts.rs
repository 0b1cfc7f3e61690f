//! The columns follow from the contracts, and the page about them names what the contracts do not.

use std::collections::BTreeSet;
use std::path::Path;

use arrow_schema::{DataType, Fields};
use serde_json::Value;
use talktest::rows::CHANNEL_COLUMNS;

use super::{out, refused};

/// Every key that a contract allows, by its path, with the kind of its values.
fn keys(contract: &Value, node: &Value, path: &str, found: &mut BTreeSet<String>) {
    if let Some(name) = node["$ref"].as_str() {
        keys(contract, contract.pointer(&name[1..]).unwrap(), path, found);
    }
    for part in ["anyOf", "oneOf"] {
        let nodes = node[part].as_array().into_iter().flatten();
        nodes.for_each(|node| keys(contract, node, path, found));
    }
    for (key, inner) in node["properties"].as_object().into_iter().flatten() {
        found.insert(format!("{path}/{key}"));
        keys(contract, inner, &format!("{path}/{key}"), found);
    }
    if node["items"].is_object() {
        keys(contract, &node["items"], &format!("{path}/[]"), found);
    }
}

fn columns(fields: &Fields, path: &str, found: &mut BTreeSet<String>) {
    for field in fields {
        let path = format!("{path}/{}", field.name());
        found.insert(path.clone());
        within(field.data_type(), &path, found);
    }
}

fn within(kind: &DataType, path: &str, found: &mut BTreeSet<String>) {
    match kind {
        DataType::Struct(inner) => columns(inner, path, found),
        DataType::List(element) => within(element.data_type(), &format!("{path}/[]"), found),
        _ => {}
    }
}

#[test]
fn every_key_of_a_contract_is_a_column_and_every_column_a_key() {
    for (name, record) in [("row", ""), ("audit", "/$defs/run")] {
        let contract: Value = serde_json::from_slice(&out(&["schema", name], b"")).unwrap();
        let mut of_contract = BTreeSet::new();
        keys(&contract, contract.pointer(record).unwrap(), "", &mut of_contract);
        let stream = out(&["schema", name, "--format", "arrow"], b"");
        let schema = arrow_ipc::reader::StreamReader::try_new(stream.as_slice(), None).unwrap();
        let schema = schema.schema();
        let mut of_table = BTreeSet::new();
        columns(schema.fields(), "", &mut of_table);
        assert_eq!(of_table, of_contract);
        assert!(of_table.len() > 100);
        assert_eq!(schema.metadata()["schema"], contract["$id"].as_str().unwrap());
        let ddl = String::from_utf8(out(&["schema", name, "--format", "spark-ddl"], b"")).unwrap();
        assert_eq!(ddl.lines().count(), schema.fields().len());
    }
    assert!(refused(&["schema", "labels", "--format", "arrow"], b"").contains("no table"));
}

#[test]
fn the_page_of_columns_names_every_channel() {
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/columns.md"));
    let page = page.unwrap();
    for column in &CHANNEL_COLUMNS {
        let line = format!("| `{}` | {} |", column.name, column.meaning);
        assert!(page.contains(&line), "docs/columns.md should have\n{line}");
    }
}
