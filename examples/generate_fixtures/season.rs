//! Seven weeks of one runner in the spring of 2026, as a folder of exports.

use super::day::{Day, Expected};
use super::fit_activity::settings_file;
use super::recovery_days::recovery_days;
use super::training_days::training_days;

/// One file of the folder.
#[derive(Debug, Clone)]
pub(crate) struct SeasonFile {
    /// Its path in the folder.
    pub(crate) path: String,
    /// Its content.
    pub(crate) bytes: Vec<u8>,
    /// What it is, in a few words.
    pub(crate) what: &'static str,
    /// What a judge must say; none where there is nothing labelled recovery to judge.
    pub(crate) expected: Option<Expected>,
}

/// The settings that belong to the folder: they give GPX files the anchors that FIT files carry.
const SETTINGS: &str = r#"# Settings for this generated season.

[athlete]
name = "me"
birth_year = 1988
sex = "female"
sensor = "chest"

[[athlete.heart_rate]]
max = 190
max_source = "tested"
resting = 50
"#;

/// Every outing, in time order.
pub(crate) fn days() -> Vec<Day> {
    let mut days = training_days();
    days.extend(recovery_days());
    days.sort_by_key(|day| day.start);
    days
}

/// Every file: the outings in time order, then what does not belong among them.
pub(crate) fn season() -> Vec<SeasonFile> {
    let days = days();
    let mut files: Vec<_> = days.iter().map(file_of).collect();
    files.extend(days.first().map(cut_short));
    files.extend(days.first().map(|day| SeasonFile {
        path: "Settings.fit".to_owned(),
        bytes: settings_file(day.start),
        what: "the watch's own settings: sound, but no activity",
        expected: None,
    }));
    files.push(SeasonFile {
        path: "talktest.toml".to_owned(),
        bytes: SETTINGS.as_bytes().to_vec(),
        what: "settings: tested maximum 190, resting heart rate 50",
        expected: None,
    });
    files
}

fn file_of(day: &Day) -> SeasonFile {
    SeasonFile { path: day.path(), bytes: day.bytes(), what: day.what, expected: day.expected }
}

/// A copy that broke off on the way.
fn cut_short(day: &Day) -> SeasonFile {
    let mut bytes = day.bytes();
    bytes.truncate(bytes.len() * 3 / 5);
    SeasonFile {
        path: "broken_off.fit".to_owned(),
        bytes,
        what: "the first three fifths of the first file",
        expected: None,
    }
}

/// What stands beside the season's folder: the table for people, and a word to git, which must not
/// change line ends in files that are compared byte by byte.
pub(crate) fn beside() -> [(&'static str, String); 2] {
    [("README.md", readme()), (".gitattributes", "* -text\n".to_owned())]
}

/// The table of the folder for people.
fn readme() -> String {
    let mut text = INTRODUCTION.to_owned();
    for file in season() {
        let (verdict, because) =
            file.expected.map_or(("–", "–"), |expected| (expected.verdict, expected.because));
        let row = ["", &format!("`{}`", file.path), file.what, verdict, because, ""];
        text.push_str(row.join(" | ").trim());
        text.push('\n');
    }
    text
}

const INTRODUCTION: &str = "\
# Fixtures

Everything here is generated, this page too: `cargo run --example generate_fixtures` writes it, and
`tests/fixtures_current.rs` fails where a file differs from what the generator writes. There are no
recordings of anybody: a small model of a runner (maximum heart rate 190, resting 50, threshold 170)
runs around an invented square of open sea.

## `season/`

Seven weeks from 2026-03-30, local time two hours ahead of UTC. The expected verdicts hold under
`season/talktest.toml`: ceiling 145.2, moderate line 153.6, hard line 164.8 bpm. The label *recovery*
lies where real ones lie: in the workout's name, in the title of a GPX file, in the file's name.

| file | what it is | expected verdict | because |
|---|---|---|---|
";
