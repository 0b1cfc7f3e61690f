//! Files whose bytes come as a table.

use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryArray, RecordBatch, StringArray};
use serde_json::Value;
use talktest::columns::{ColumnFormat, ColumnWriter};

use super::{SEASON, everything, out, parsed, refused};

/// Rows are long: only what differs first is shown.
fn assert_same(left: &[Value], right: &[Value]) {
    let differing = left.iter().zip(right).find(|(left, right)| left != right);
    let shown = differing
        .map(|(left, right)| format!("{:.400}\n{:.400}", left.to_string(), right.to_string()));
    assert_eq!((shown, left.len()), (None, right.len()));
}

/// A file's name, athlete and bytes.
type Sent<'a> = (&'a str, Option<&'a str>, Option<&'a [u8]>);

fn stream(files: &[Sent<'_>]) -> Vec<u8> {
    let names = StringArray::from_iter_values(files.iter().map(|(name, _, _)| name));
    let athletes: StringArray = files.iter().map(|(_, athlete, _)| *athlete).collect();
    let bytes: BinaryArray = files.iter().map(|(_, _, bytes)| *bytes).collect();
    let columns: [(&str, ArrayRef); 3] =
        [("name", Arc::new(names)), ("athlete", Arc::new(athletes)), ("bytes", Arc::new(bytes))];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer = ColumnWriter::new(ColumnFormat::Arrow, &batch.schema()).unwrap();
    let mut stream = writer.write(&batch).unwrap();
    stream.extend(writer.finish().unwrap());
    stream
}

#[test]
fn bytes_of_a_table_are_measured_as_the_files_are() {
    let folder = everything();
    let own = ["talktest.toml", "notes.csv", "plan.csv"];
    let names: Vec<String> = {
        let entries = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let files =
            entries.filter(|path| path.is_file() && !own.iter().any(|name| path.ends_with(name)));
        let mut names: Vec<String> =
            files.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    let contents: Vec<Vec<u8>> =
        names.iter().map(|name| std::fs::read(folder.path().join(name)).unwrap()).collect();
    let files: Vec<_> = names
        .iter()
        .zip(&contents)
        .map(|(name, bytes)| (name.as_str(), None, Some(bytes.as_slice())))
        .collect();
    let config = folder.path().join("talktest.toml");
    let config = config.to_str().unwrap();
    let measured = out(&["measure", "--bytes-from", "arrow", "--config", config], &stream(&files));
    let of_folder = out(&["measure", folder.path().to_str().unwrap()], b"");
    let mut expected = parsed(&of_folder);
    expected.retain(|line| line["kind"] != "closed" && line["path"] != "lost.fit");
    let by_path = |rows: &mut Vec<Value>| rows.sort_by_key(|row| row["path"].to_string());
    let mut measured = parsed(&measured);
    by_path(&mut measured);
    by_path(&mut expected);
    assert_same(&measured, &expected);
}

#[test]
fn every_input_of_a_table_is_a_row_and_belongs_to_whom_the_table_says() {
    let file = std::fs::read(format!("{SEASON}/2026-04-20_recovery.fit")).unwrap();
    let input = stream(&[
        ("b/1.fit", Some("ben"), Some(&file)),
        ("a/1.fit", Some("anna"), Some(&file)),
        ("a/gone.fit", Some("anna"), None),
        ("a/poisoned.fit", Some("anna"), Some(&file[..40])),
        ("a/empty.zip", None, Some(b"")),
    ]);
    let rows = parsed(&out(&["measure", "--bytes-from", "arrow"], &input));
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            [&row["path"], &row["athlete"], &row["kind"]]
                .map(|v| v.as_str().unwrap_or("-"))
                .join(" ")
        })
        .collect();
    let expected = [
        "b/1.fit ben session",
        "a/1.fit anna session",
        "a/gone.fit anna failed",
        "a/poisoned.fit anna failed",
        "a/empty.zip me failed",
    ];
    assert_eq!(told, expected);
    assert_eq!(rows[2]["problem"]["kind"], "unreadable");
    let no_bytes = {
        let batch = RecordBatch::try_from_iter([(
            "name",
            Arc::new(StringArray::from(vec!["a"])) as ArrayRef,
        )]);
        let batch = batch.unwrap();
        let mut writer = ColumnWriter::new(ColumnFormat::Arrow, &batch.schema()).unwrap();
        writer.write(&batch).unwrap()
    };
    let refusal = refused(&["measure", "--bytes-from", "arrow"], &no_bytes);
    assert!(refusal.contains("standard input: it has no column `bytes`"), "{refusal}");
    let refusal = refused(&["measure", "--bytes-from", "arrow"], b"hello, world");
    assert!(refusal.contains("no whole Arrow stream"), "{refusal}");
}

#[test]
fn what_is_no_table_of_rows_is_refused_in_a_sentence() {
    let rows = out(&["measure", &format!("{SEASON}/2026-04-20_recovery.fit")], b"");
    let arrow = refused(&["judge", "--input", "arrow"], &rows);
    assert!(arrow.contains("no whole Arrow stream"), "{arrow}");
    let parquet = refused(&["judge", "--input", "parquet"], &rows);
    assert!(parquet.contains("no whole Parquet file"), "{parquet}");
    let runs = out(&["audit", SEASON, "--no-logbook", "--format", "parquet"], b"");
    let foreign = refused(&["judge", "--input", "parquet"], &runs);
    assert!(foreign.contains("the column `session` is of the type Struct"), "{foreign}");
    let bytes = refused(&["judge", "--input", "arrow"], &stream(&[("a", None, None)]));
    assert!(bytes.contains("not a line of `talktest measure`: it has no schema"), "{bytes}");
}
