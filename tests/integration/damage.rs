//! Damage never makes a run look better than it was, and refusing is no answer.
//!
//! The files of the season are damaged in every way that copying, cards and cables know. How many
//! copies of each are judged is set by `TALKTEST_DAMAGED_COPIES`.

use std::collections::BTreeMap;

use talktest::audit::{Certainty, limit_catalogue};
use talktest::decode::Limits;
use talktest::ingest::{FileReading, Owned, ingest, read};
use talktest::review::{NoCache, Review, Selection, review};
use talktest::session::Verdict;
use talktest::settings::{Settings, parse};

use crate::support::own_files;

const SETTINGS: &str = "[athlete]\nname = \"me\"\nbirth_year = 1988\nsensor = \"chest\"\n\
    [[athlete.heart_rate]]\nmax = 190\nmax_source = \"tested\"\nresting = 50\n";

pub(crate) type Answer = (Verdict, Option<Certainty>);

pub(crate) fn settings() -> Settings {
    parse(SETTINGS, &limit_catalogue()).unwrap()
}

fn reviewed(settings: &Settings, reading: FileReading) -> Option<Review> {
    let ingested = ingest(vec![Owned::by_folder(reading, settings)], Vec::new(), None);
    let selection = Selection { all: true, as_recovery: true, ..Selection::default() };
    review(ingested, settings, &BTreeMap::new(), &selection, &NoCache).ok()
}

/// The first run of a file by itself, judged as a recovery run whatever is left of its label.
pub(crate) fn judged(settings: &Settings, reading: FileReading) -> Option<Answer> {
    let review = reviewed(settings, reading)?;
    let ruling = &review.runs.first()?.audit.as_ref()?.ruling;
    Some((ruling.verdict, ruling.certainty))
}

fn judged_bytes(settings: &Settings, bytes: &[u8]) -> Option<Answer> {
    judged(settings, read_fit(bytes))
}

fn read_fit(bytes: &[u8]) -> FileReading {
    read("run.fit".to_owned(), bytes, None, &Limits::default())
}

/// Why a copy is not kept, and what was wrong with its file.
fn why(settings: &Settings, bytes: &[u8]) -> String {
    let reading = read_fit(bytes);
    let wrong = format!("{:?}", reading.warnings);
    let Some(review) = reviewed(settings, reading) else { return wrong };
    let audit = review.runs.first().and_then(|run| run.audit.as_ref());
    let because = audit.map(|audit| audit.ruling.because.as_str());
    format!("{because:?} {:?} {wrong}", review.not_runs)
}

fn copies() -> u64 {
    let stated = std::env::var("TALKTEST_DAMAGED_COPIES").ok();
    stated.and_then(|count| count.parse().ok()).unwrap_or(4)
}

/// The seeds of the copies of one file: no two files are damaged alike.
fn seeds(file: usize) -> std::ops::Range<u64> {
    let first = copies() * file as u64;
    first..first + copies()
}

fn damaged(bytes: &[u8], rng: &mut fastrand::Rng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let from = rng.usize(14..bytes.len());
    match rng.u8(0..5) {
        0 => bytes.truncate(from),
        1 => {
            let end = (from + rng.usize(1..4096)).min(bytes.len());
            bytes[from..end].fill(0);
        }
        2 => (0..rng.usize(1..64)).for_each(|_| {
            let at = rng.usize(14..bytes.len());
            bytes[at] ^= 1 << rng.u8(0..8);
        }),
        3 => {
            let end = (from + rng.usize(1..2048)).min(bytes.len());
            bytes.drain(from..end);
        }
        _ => {
            let length = rng.u32(0..2 * bytes.len() as u32);
            bytes[4..8].copy_from_slice(&length.to_le_bytes());
        }
    }
    bytes
}

/// At most a fiftieth of the records goes.
fn lightly_damaged(bytes: &[u8], rng: &mut fastrand::Rng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let size = rng.usize(1..bytes.len() / 60);
    let from = rng.usize(bytes.len() / 10..bytes.len() - size);
    match rng.u8(0..4) {
        0 => bytes.truncate(bytes.len() - size),
        1 => bytes[from..from + size].fill(0),
        2 => {
            bytes.drain(from..from + size);
        }
        _ => bytes[from] ^= 1 << rng.u8(0..8),
    }
    bytes
}

#[test]
fn no_damaged_copy_of_a_run_that_was_none_is_firmly_kept() {
    let settings = settings();
    let mut runs = 0;
    for (number, (name, bytes)) in own_files("fit").into_iter().enumerate() {
        if !matches!(judged_bytes(&settings, &bytes), Some((Verdict::NotRecovery, _))) {
            continue;
        }
        runs += 1;
        for seed in seeds(number) {
            let mut rng = fastrand::Rng::with_seed(seed);
            let answer = judged_bytes(&settings, &damaged(&bytes, &mut rng));
            let kept_firmly = answer == Some((Verdict::Kept, Some(Certainty::Firm)));
            assert!(!kept_firmly, "{name}, damaged by seed {seed}");
        }
    }
    assert!(runs >= 5, "{runs}");
}

#[test]
fn lightly_damaged_copies_of_kept_runs_stay_kept() {
    let settings = settings();
    let (mut all, mut others) = (0, Vec::new());
    for (number, (name, bytes)) in own_files("fit").iter().enumerate() {
        if !matches!(judged_bytes(&settings, bytes), Some((Verdict::Kept, _))) {
            continue;
        }
        for seed in seeds(number) {
            let copy = lightly_damaged(bytes, &mut fastrand::Rng::with_seed(seed));
            let answer = judged_bytes(&settings, &copy);
            all += 1;
            if !matches!(answer, Some((Verdict::Kept, _))) {
                others.push(format!("{name}, seed {seed}: {answer:?}, {}", why(&settings, &copy)));
            }
        }
    }
    let stayed = all - others.len();
    eprintln!("{stayed} of {all} lightly damaged copies stayed kept");
    assert!(all >= 100, "{all}");
    assert!(100 * stayed >= 90 * all, "{stayed} of {all}; others:\n{}", others.join("\n"));
}
