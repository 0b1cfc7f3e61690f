//! Runs in tables.

use std::sync::Arc;

use arrow_schema::{DataType, Fields};
use serde_json::Value;
use talktest::columns::records;

use super::{SEASON, batches, out, parsed};

#[test]
fn runs_come_out_of_a_table_as_their_lines_say() {
    let file = format!("{SEASON}/2026-04-20_recovery.fit");
    assert_runs("arrow", 1, &["audit", &file, "--splits", "--what-if", "--no-logbook", "--format"]);
    assert_runs("parquet", 20, &["audit", SEASON, "--all", "--no-logbook", "--format"]);
}

/// Asserts that a table has the runs that the lines have, at least so many.
fn assert_runs(form: &str, least: usize, asked: &[&str]) {
    let lines = parsed(&out(&[asked, &["ndjson"]].concat(), b""));
    assert!(lines.len() >= least);
    let tables = batches(form, &out(&[asked, &[form]].concat(), b""));
    let mut told = Vec::new();
    for table in &tables {
        // Maps are not read back by the command, so they are left out here on both sides.
        let wanted = without_maps(table.schema().fields());
        told.extend(records(table, &wanted).unwrap());
    }
    assert_eq!(told.len(), lines.len());
    for (found, line) in told.iter().zip(&lines) {
        let mut line = line.clone();
        line["metrics"].as_object_mut().unwrap().remove("not_measured");
        // A number that has no fraction is a double here and an integer in the line.
        assert_eq!(as_doubles(found), as_doubles(&line), "{}", line["id"]);
    }
    let kept = |run: &&Value| run["audit"]["verdict"] == "kept";
    assert_eq!(told.iter().filter(kept).count(), lines.iter().filter(kept).count());
}

fn without_maps(fields: &Fields) -> Fields {
    let kept = fields.iter().filter(|field| !matches!(field.data_type(), DataType::Map(..)));
    let inner = kept.map(|field| match field.data_type() {
        DataType::Struct(inner) => {
            let inner = DataType::Struct(without_maps(inner));
            Arc::new(field.as_ref().clone().with_data_type(inner))
        }
        _ => Arc::clone(field),
    });
    inner.collect()
}

fn as_doubles(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::from(number.as_f64()),
        Value::Array(values) => values.iter().map(as_doubles).collect(),
        Value::Object(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), as_doubles(value))).collect()
        }
        other => other.clone(),
    }
}
