//! Whoever reads in miles never meets a kilometre, and the other way round; machines always read SI.

use std::path::Path;
use std::process::Command;

const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");
/// What only belongs to one of the two.
const METRIC: [&str; 5] = ["s/km", "/km", " km", "°C", " m on average"];
const IMPERIAL: [&str; 6] = ["s/mile", "s/mi", "/mi", " mi ", "°F", " ft"];

fn audit(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_talktest"));
    let output = command.args(["audit", SEASON, "--no-logbook"]).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The texts of a page, without what its scripts and its styles are made of.
fn texts(page: &str) -> String {
    let body = page.split_once("<body>").unwrap().1;
    let parts = body.split('<').map(|part| match part {
        part if part.starts_with("script") || part.starts_with("style") => "",
        part => part.split_once('>').map_or(part, |(_, text)| text),
    });
    parts.collect::<Vec<_>>().join("\n")
}

/// The table, the mail and all pages but that of the criteria, which explain themselves in both.
fn everything_read(units: &str) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report");
    let table = audit(&["--all", "-v", "--units", units, "--report", report.to_str().unwrap()]);
    let mail = audit(&["--all", "--units", units, "--format", "markdown"]);
    let mut read = vec![("table".to_owned(), table), ("mail".to_owned(), mail)];
    for entry in walkdir::WalkDir::new(&report).into_iter().map(Result::unwrap) {
        let name = entry.path().strip_prefix(&report).unwrap().to_str().unwrap().to_owned();
        let is_page = entry.path().extension().is_some_and(|extension| extension == "html");
        if is_page && name != "criteria.html" {
            read.push((name, texts(&std::fs::read_to_string(entry.path()).unwrap())));
        }
    }
    read
}

#[test]
fn everything_read_stands_in_the_units_of_its_reader() {
    for (units, foreign, own) in
        [("imperial", METRIC.as_slice(), "/mi"), ("metric", IMPERIAL.as_slice(), "/km")]
    {
        let read = everything_read(units);
        assert!(read.len() > 30, "{}", read.len());
        assert!(read.iter().all(|(name, text)| name.contains("index") || text.contains(own)));
        for (name, text) in &read {
            let text = text.replace(&Path::new(SEASON).display().to_string(), "");
            for line in text.lines() {
                for unit in foreign {
                    assert!(!line.contains(unit), "{units}, {name}: {line}");
                }
            }
        }
    }
}
