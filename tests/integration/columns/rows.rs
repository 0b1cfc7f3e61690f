//! Rows in tables, whole and damaged.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Fields};
use serde_json::Value;
use talktest::columns::{ArrowStream, parquet_batches, records};
use talktest::rows::{CHANNEL_COLUMNS, TableForm, row_columns};

use super::{FORMS, SEASON, SETTINGS, batches, everything, on_disk, out, parsed, refused, run};

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
            _ => parquet_batches(on_disk(&bytes), |_| true).is_ok_and(|mut file| file.all(is_read)),
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
