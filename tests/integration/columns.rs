//! Rows and runs as Arrow and Parquet: what goes into a table comes out of it to the bit, and is
//! judged as the lines are.
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryArray, RecordBatch, StringArray};
use arrow_schema::{DataType, Fields};
use serde_json::Value;
use talktest::columns::{ArrowStream, ColumnFormat, ColumnWriter, parquet_batches, records};
use talktest::rows::{CHANNEL_COLUMNS, TableForm, row_columns};

use crate::fixtures::exports::{garmin_export, strava_export, zip_of};

const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");
const SETTINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season/talktest.toml");
const FORMS: [&str; 2] = ["arrow", "parquet"];

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_talktest"))
        .args(arguments)
        .env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    // Whoever refuses its arguments does not read.
    let _ = writer.join().unwrap();
    output
}

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
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("strava.zip", &zip_of(&strava_export(3)));
    write("garmin.zip", &zip_of(&garmin_export(3)));
    write("broken.gpx", b"<gpx><trk>");
    write("note.txt", b"hello");
    write("talktest.toml", &std::fs::read(SETTINGS).unwrap());
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
        let batches = parquet_batches(on_disk(bytes)).unwrap();
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

#[test]
fn rows_come_out_of_a_table_to_the_bit() {
    let folder = everything();
    let path = folder.path().to_str().unwrap();
    let lines = parsed(&out(&["measure", path, "--with-map"], b""));
    let kinds: BTreeSet<&str> = lines.iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.len(), if cfg!(unix) { 5 } else { 4 }, "{kinds:?}");
    for form in FORMS {
        for channels in [&[][..], &["--channels"]] {
            let asked = [&["measure", path, "--with-map", "--format", form], channels].concat();
            let tables = batches(form, &out(&asked, b""));
            let wanted = row_columns().unwrap();
            let rows = tables.iter().flat_map(|table| records(table, &wanted).unwrap());
            // Texts tell numbers apart that are equal, such as 0.0 and −0.0.
            let texts = |rows: Vec<Value>| rows.iter().map(Value::to_string).collect::<Vec<_>>();
            assert_eq!(texts(rows.collect()), texts(lines.clone()), "{form}");
        }
    }
}

#[test]
fn a_table_is_judged_as_the_lines_are() {
    let folder = everything();
    let path = folder.path().to_str().unwrap();
    let config = folder.path().join("talktest.toml");
    let config = config.to_str().unwrap();
    let rows = out(&["measure", path], b"");
    let asked = ["judge", "--config", config, "--format", "json", "--all", "--verbose"];
    let by_lines = run(&asked, &rows);
    assert!(by_lines.status.success());
    for form in FORMS {
        let table = out(&["measure", path, "--format", form, "--channels"], b"");
        let by_table = run(&[&asked[..], &["--input", form]].concat(), &table);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(text(&by_table.stdout) == text(&by_lines.stdout), "{form}: other verdicts");
        assert_eq!(text(&by_table.stderr), text(&by_lines.stderr), "{form}");
        assert_eq!(by_table.status, by_lines.status);
    }
    let audited = out(&["audit", path, "--format", "json", "--all", "--no-logbook"], b"");
    assert!(by_lines.stdout == audited, "judging lines is not the audit");
}

#[test]
fn a_parquet_file_is_read_from_a_pipe_and_from_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.parquet");
    let table = out(&["measure", SEASON, "--format", "parquet"], b"");
    std::fs::write(&path, &table).unwrap();
    let asked = ["judge", "--config", SETTINGS, "--format", "csv", "--input", "parquet"];
    let from_disk = Command::new(env!("CARGO_BIN_EXE_talktest"))
        .args(asked)
        .stdin(std::fs::File::open(&path).unwrap())
        .output()
        .unwrap();
    assert!(from_disk.status.success() && !from_disk.stdout.is_empty());
    assert_eq!(from_disk.stdout, out(&asked, &table));
}

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
fn channels_are_the_cleaned_run_second_by_second() {
    let file = format!("{SEASON}/2026-04-20_recovery.fit");
    let table = out(&["measure", &file, "--format", "parquet", "--channels"], b"");
    let table = &batches("parquet", &table)[0];
    let form = TableForm::new(true).unwrap();
    let wanted: Fields =
        form.schema().fields().iter().filter(|f| f.name() == "channels").cloned().collect();
    let channels = records_of_lists(table, &wanted);
    let row = &records(table, &row_columns().unwrap()).unwrap()[0];
    let seconds = row["row"]["clocks"]["timer_s"].as_f64().unwrap() as usize;
    for column in &CHANNEL_COLUMNS {
        assert_eq!(channels[column.name].as_array().unwrap().len(), seconds, "{}", column.name);
    }
    // The mean of the list is that of the row, which is computed elsewhere.
    let beats: Vec<f64> =
        channels["heart_rate_bpm"].as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    let mean = beats.iter().sum::<f64>() / beats.len() as f64;
    assert!((mean - row["row"]["heart_rate"]["mean_bpm"].as_f64().unwrap()).abs() < 1e-9);
    let metres: f64 =
        channels["speed_cm_s"].as_array().unwrap().iter().filter_map(Value::as_f64).sum::<f64>()
            / 100.0;
    let distance = row["row"]["way"]["distance_m"].as_f64().unwrap();
    assert!((metres - distance).abs() < 0.005 * distance, "{metres} m of {distance} m");
    let refusal = refused(&["measure", &file, "--channels"], b"");
    assert!(refusal.contains("--format arrow or parquet"), "{refusal}");
}

/// Lists of small integers are read as those of wide ones.
fn records_of_lists(table: &RecordBatch, fields: &Fields) -> Value {
    let wide = |field: &Arc<arrow_schema::Field>| match field.data_type() {
        DataType::List(element) => {
            let element = element.as_ref().clone().with_data_type(DataType::Int64);
            field.as_ref().clone().with_data_type(DataType::List(Arc::new(element)))
        }
        _ => field.as_ref().clone(),
    };
    let DataType::Struct(lists) = fields[0].data_type() else { panic!("no struct") };
    let lists: Fields = lists.iter().map(wide).collect();
    let wanted =
        Fields::from(vec![fields[0].as_ref().clone().with_data_type(DataType::Struct(lists))]);
    records(table, &wanted).unwrap().remove(0)["channels"].take()
}

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

/// Damaged bytes end as rows or as a refusal; the process lives.
#[test]
fn damaged_tables_are_refused_or_read() {
    let file = format!("{SEASON}/2026-04-20_recovery.fit");
    let wanted = row_columns().unwrap();
    let read = |form: &str, bytes: Vec<u8>| -> bool {
        let is_read = |batch: Result<RecordBatch, _>| {
            batch.is_ok_and(|batch| records(&batch, &wanted).is_ok())
        };
        match form {
            "arrow" => ArrowStream::new(bytes.as_slice()).all(is_read),
            _ => parquet_batches(on_disk(&bytes)).is_ok_and(|mut file| file.all(is_read)),
        }
    };
    for form in FORMS {
        let whole = out(&["measure", &file, "--format", form], b"");
        assert!(read(form, whole.clone()));
        let step = whole.len() / 100 + 1;
        let refused =
            (0..whole.len()).step_by(step).filter(|cut| !read(form, whole[..*cut].to_vec()));
        assert!(refused.count() > 90, "a cut table is whole");
        for place in (0..whole.len()).step_by(step) {
            for flip in [0x01, 0x80, 0xff] {
                let mut bytes = whole.clone();
                bytes[place] ^= flip;
                read(form, bytes);
            }
        }
    }
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
