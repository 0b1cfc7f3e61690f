//! CSV and Markdown through the built command.
use std::fmt::Write;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use talktest::report::machine::csv::COLUMNS;

const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");

fn audit(folder: &str, arguments: &[&str]) -> String {
    let output = Command::cargo_bin("talktest")
        .unwrap()
        .env("XDG_CONFIG_HOME", env!("CARGO_MANIFEST_DIR"))
        .args(["audit", folder])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn rows(text: &str) -> (csv::StringRecord, Vec<csv::StringRecord>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    (header, reader.records().map(Result::unwrap).collect())
}

/// A run with this title.
fn gpx(title: &str) -> String {
    let mut points = String::new();
    for second in 0..1200 {
        let _ = write!(
            points,
            "<trkpt lat=\"{}\" lon=\"7\"><time>2026-05-01T08:{:02}:{:02}Z</time></trkpt>",
            54.0 + f64::from(second) * 2.5 / 111_195.0,
            second / 60,
            second % 60
        );
    }
    format!(
        "<gpx version=\"1.1\" creator=\"c\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><name>{title}</name>\
         <type>running</type><trkseg>{points}</trkseg></trk></gpx>"
    )
}

#[test]
fn the_page_of_columns_is_current() {
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/csv.md")).unwrap();
    let told: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
    let columns: Vec<String> = COLUMNS
        .iter()
        .map(|column| format!("| `{}` | {} |", column.name, column.meaning))
        .collect();
    assert_eq!(told, columns, "docs/csv.md should list these columns:\n{}", columns.join("\n"));
}

#[test]
fn the_spreadsheet_says_what_the_json_says() {
    let (header, rows) = rows(&audit(SEASON, &["--format", "csv"]));
    let json: Value = serde_json::from_str(&audit(SEASON, &["--format", "json"])).unwrap();
    let runs = json["runs"].as_array().unwrap();
    assert_eq!(rows.len(), runs.len());
    for (row, run) in rows.iter().zip(runs) {
        let cell = |name: &str| &row[header.iter().position(|column| column == name).unwrap()];
        assert_eq!(cell("id"), run["id"]);
        assert_eq!(cell("verdict"), run["audit"]["verdict"]);
        assert_eq!(cell("because"), run["audit"]["because"]);
        assert_eq!(cell("file"), run["sources"][0]["path"]);
        let moving = run["metrics"]["moving_s"].as_f64().unwrap();
        assert_eq!(cell("moving_s"), format!("{moving:.0}"));
        let mean = run["metrics"]["heart_rate"]["mean_bpm"].as_f64();
        assert_eq!(
            cell("mean_heart_rate_bpm"),
            mean.map_or(String::new(), |bpm| format!("{bpm:.1}"))
        );
    }
}

#[test]
fn a_title_is_no_formula_and_no_markup() {
    let folder = tempfile::tempdir().unwrap();
    let title = "=HYPERLINK(&quot;http://x.example&quot;) recovery &lt;b&gt;[x](y) @everyone";
    std::fs::write(folder.path().join("a.gpx"), gpx(title)).unwrap();
    let folder = folder.path().to_str().unwrap();
    let (header, rows) = rows(&audit(folder, &["--format", "csv"]));
    let at = header.iter().position(|column| column == "label_text").unwrap();
    assert!(rows[0][at].starts_with("'=HYPERLINK"), "{}", &rows[0][at]);
    let mail = audit(folder, &["--format", "markdown"]);
    assert!(mail.contains("\\<b\\>\\[x\\](y) \\@everyone"), "{mail}");
    assert!(!mail.contains("http://x"), "{mail}");
}

#[test]
fn a_mail_beside_a_report_tells_what_is_new_since_the_last_one() {
    let work = tempfile::tempdir().unwrap();
    let (runs, report) = (work.path().join("runs"), work.path().join("report"));
    std::fs::create_dir(&runs).unwrap();
    let add = |name: &str| {
        std::fs::copy(Path::new(SEASON).join(name), runs.join(name)).unwrap();
    };
    let mail = || {
        let report = ["--format", "markdown", "--report", report.to_str().unwrap()];
        audit(runs.to_str().unwrap(), &report)
    };
    add("2026-04-20_recovery.fit");
    add("2026-05-13_recovery_30min.fit");
    assert!(!mail().contains("last report"), "there was none");
    add("2026-05-06_recovery_30min.fit");
    let second = mail();
    assert!(second.contains("1 run is new since the last report."), "{second}");
    let told = second.lines().filter(|line| line.starts_with("## 2026"));
    assert_eq!(told.collect::<Vec<_>>(), ["## 2026-05-06: 2026-05-06\\_recovery\\_30min"]);
    assert!(mail().contains("Nothing new since the last report."));
}

#[test]
fn the_mail_tells_the_newest_run_first() {
    let mail = audit(SEASON, &["--format", "markdown"]);
    let days: Vec<&str> = mail
        .lines()
        .filter_map(|line| line.strip_prefix("## 2026-"))
        .map(|line| line.split(':').next().unwrap())
        .collect();
    assert!(days.len() >= 5 && days.windows(2).all(|pair| pair[0] >= pair[1]), "{days:?}");
    assert!(mail.starts_with("# Recovery runs\n\n35 runs labelled recovery"), "{mail}");
}
