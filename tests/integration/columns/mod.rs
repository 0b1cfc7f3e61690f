//! Rows and runs as Arrow and Parquet: what goes into a table comes out of it to the bit, and is
//! judged as the lines are.

mod bytes;
mod contracts;
mod rows;
mod runs;

use std::io::Write as _;

use arrow_array::RecordBatch;
use serde_json::Value;
use talktest::columns::{ArrowStream, parquet_batches};

use crate::support::command::run;
use crate::support::exports_and_odd_files;

const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");
const SETTINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season/talktest.toml");
const FORMS: [&str; 2] = ["arrow", "parquet"];

fn out(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let output = run(arguments, input);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn refused(arguments: &[&str], input: &[u8]) -> String {
    let output = run(arguments, input);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// The season, exports with their tables, files that are no runs, and a place that is closed.
fn everything() -> tempfile::TempDir {
    let folder = exports_and_odd_files();
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", folder.path().join("lost.fit")).unwrap();
    for entry in std::fs::read_dir(SEASON).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    folder
}

/// A file without a name that holds these bytes.
fn on_disk(bytes: &[u8]) -> std::fs::File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn batches(form: &str, bytes: &[u8]) -> Vec<RecordBatch> {
    if form == "arrow" {
        ArrowStream::new(bytes).collect::<Result<_, _>>().unwrap()
    } else {
        let batches = parquet_batches(on_disk(bytes), |_| true).unwrap();
        batches.collect::<Result<_, _>>().unwrap()
    }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(entries) => {
            let kept = entries.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(key, value)| (key, without_nulls(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(without_nulls).collect()),
        other => other,
    }
}

fn parsed(lines: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(lines).unwrap();
    text.lines().map(|line| without_nulls(serde_json::from_str(line).unwrap())).collect()
}
