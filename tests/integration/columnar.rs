//! Rows as columns: every key has one type, and pyarrow, polars and `DuckDB` read the types and
//! values that a JSON reader reads, out of lines, Arrow and Parquet. Where Python or a package is not there, that is said aloud.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value, json};

use crate::support::exports_and_odd_files;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The forms of rows, which are also the endings of their files.
const FORMS: &[&str] =
    if cfg!(feature = "columnar") { &["ndjson", "arrow", "parquet"] } else { &["ndjson"] };

/// The rows of the season, of exports with their tables, and of files that are no runs, in a form.
fn rows_as(form: &str) -> Vec<u8> {
    let folder = exports_and_odd_files();
    let season = format!("{ROOT}/fixtures/season");
    let output = Command::new(env!("CARGO_BIN_EXE_talktest"))
        .args(["measure", "--format", form, &season])
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn rows() -> String {
    String::from_utf8(rows_as("ndjson")).unwrap()
}

fn parsed(rows: &str) -> Vec<Value> {
    rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The name that Python has for the type of a value; `None` of null.
fn type_of(value: &Value) -> Option<&'static str> {
    match value {
        Value::Null => None,
        Value::Bool(_) => Some("bool"),
        Value::Number(number) if number.is_f64() => Some("float"),
        Value::Number(_) => Some("int"),
        Value::String(_) => Some("str"),
        Value::Array(_) => Some("list"),
        Value::Object(_) => Some("dict"),
    }
}

/// Every value in another one: its path, the path with `[]` for each index, and itself.
fn visit(value: &Value, path: &str, key: &str, found: &mut impl FnMut(&str, &str, &Value)) {
    found(path, key, value);
    match value {
        Value::Object(entries) => entries.iter().for_each(|(name, inner)| {
            visit(inner, &format!("{path}/{name}"), &format!("{key}/{name}"), found);
        }),
        Value::Array(values) => values.iter().enumerate().for_each(|(index, inner)| {
            visit(inner, &format!("{path}/{index}"), &format!("{key}/[]"), found);
        }),
        _ => {}
    }
}

#[test]
fn every_key_has_one_type() {
    let mut types: BTreeMap<String, &str> = BTreeMap::new();
    for row in parsed(&rows()) {
        visit(&row, "", "", &mut |_, key, value| {
            let Some(found) = type_of(value) else { return };
            let known = types.entry(key.to_owned()).or_insert(found);
            assert_eq!(*known, found, "{key}: {value}");
        });
    }
    assert_eq!(types["/row/clocks/elapsed_s"], "float");
    assert_eq!(types["/row/heart_rate/removed/[]/seconds"], "int");
    assert_eq!(types["/entries/[]/recording/file"], "str");
}

/// The values of a row that are neither null nor empty, as `check.py` wants them.
fn leaves(row: &Value) -> Value {
    let mut leaves = Map::new();
    visit(row, "", "", &mut |path, _, value| {
        if let Some(name) = type_of(value).filter(|_| !value.is_array() && !value.is_object()) {
            leaves.insert(path.to_owned(), json!([name, value]));
        }
    });
    Value::Object(leaves)
}

/// The Python that has the packages: of the environment that `.ci/run` makes, else of the system.
fn python() -> Option<PathBuf> {
    let own = ["target/python/bin/python", "target/python/Scripts/python.exe"];
    let own = own.iter().map(|path| Path::new(ROOT).join(path));
    let mut pythons = own.chain(["python3", "python"].map(PathBuf::from));
    pythons.find(|python| {
        let imported =
            Command::new(python).args(["-c", "import duckdb, polars, pyarrow.json"]).output();
        imported.is_ok_and(|output| output.status.success())
    })
}

#[test]
fn columnar_readers_read_what_a_json_reader_reads() {
    let Some(python) = python() else {
        eprintln!("SKIPPED: no row was read as columns: no Python with duckdb, polars and pyarrow");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let leaves = parsed(&rows()).iter().map(|row| format!("{}\n", leaves(row))).collect::<String>();
    std::fs::write(at("leaves.ndjson"), leaves).unwrap();
    let script = Path::new(ROOT).join("tests/columnar/check.py");
    for form in FORMS {
        let rows = at(&format!("rows.{form}"));
        std::fs::write(&rows, rows_as(form)).unwrap();
        let checked =
            Command::new(&python).args([&script, &rows, &at("leaves.ndjson")]).output().unwrap();
        let [found, why] =
            [&checked.stdout, &checked.stderr].map(|text| String::from_utf8_lossy(text));
        assert!(checked.status.success(), "{form}: {found}{why}");
    }
}
