//! Ten weeks of one runner in the spring of 2026, and five of the year before, as a folder of exports.

use super::day::{Day, Expected, on};
use super::fit_activity::settings_file;
use super::late_spring_days::late_spring_days;
use super::recovery_days::recovery_days;
use super::training_days::training_days;
use super::year_before::year_before;

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
from = 2025-01-01
max = 188
max_source = "race"
resting = 56

[[athlete.heart_rate]]
from = 2026-01-01
max = 190
max_source = "tested"
resting = 50
"#;

const PLAN: &str = "\
date,label,planned_minutes,notes
2026-05-19,easy,40,
2026-05-21,tempo,,3 x 10 minutes
2026-05-24,long,75,
2026-05-29,recovery,30,
";

const NOTES: &str = "\
date,file,label,planned_minutes,rpe,feel,next_morning
2026-05-20,,,,2,75,same
2026-05-22,,,,2,50,worse
2026-05-25,,,,2,75,better
2026-06-05,,,,2,50,worse
2026-06-06,,,,1,25,worse
";

/// What the runner wrote by hand: name, text and what it is.
const BESIDE_RUNS: [(&str, &str, &str); 3] = [
    ("notes.csv", NOTES, "notes: ratings, and how the legs were on the next morning"),
    ("plan.csv", PLAN, "a plan of four days; one of them is labelled recovery nowhere else"),
    (
        "talktest.toml",
        SETTINGS,
        "settings: in 2026 a tested maximum of 190 and a resting heart rate of 50; the year before 188 and 56",
    ),
];

/// Every outing, in time order.
pub(crate) fn days() -> Vec<Day> {
    let mut days = training_days();
    days.extend(recovery_days());
    days.extend(late_spring_days());
    days.extend(year_before());
    days.sort_by_key(|day| day.start);
    days
}

/// Every file: the outings in time order, then what does not belong among them.
pub(crate) fn season() -> Vec<SeasonFile> {
    let days = days();
    let mut files: Vec<_> = days.iter().map(file_of).collect();
    let first = days.iter().find(|day| day.start >= on(0, 0).start);
    files.extend(first.map(cut_short));
    files.extend(first.map(|day| SeasonFile {
        path: "Settings.fit".to_owned(),
        bytes: settings_file(day.start),
        what: "the watch's own settings: sound, but no activity",
        expected: None,
    }));
    files.extend(BESIDE_RUNS.map(|(path, text, what)| SeasonFile {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
        what,
        expected: None,
    }));
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
        what: "the first three fifths of the first file of 2026",
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
        let verdict = file.expected.map_or_else(
            || "–".to_owned(),
            |expected| {
                let borderline = if expected.firm { "" } else { ", borderline" };
                format!("{}{borderline}", expected.verdict)
            },
        );
        let because = file.expected.map_or("–", |expected| expected.because);
        let row = ["", &format!("`{}`", file.path), file.what, &verdict, because, ""];
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

Five weeks of 2025 and ten from 2026-03-30, local time two hours ahead of UTC. The expected verdicts hold
under `season/talktest.toml`: ceiling 145.2, easy line 149.4, moderate line 153.6, hard line 164.8 bpm; in 2025
145.8, 149.7, 153.7 and 164.2. *Borderline* is a verdict that would be another one with lines a little
higher or lower. The label *recovery* lies where real ones lie: in the workout's name, in the title of a GPX
file, in the file's name, in the plan.

| file | what it is | expected verdict | because |
|---|---|---|---|
";
