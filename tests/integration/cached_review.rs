//! A review that remembers earlier ones says exactly what one without memory says.
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use talktest::audit::limit_catalogue;
use talktest::decode::Limits;
use talktest::ingest::{FileReading, Ingested, Owned, ingest, read};
use talktest::review::cache::{CachedJudgement, JudgementCache, RunName};
use talktest::review::{Review, Selection, review, review_with};
use talktest::settings::{Settings, parse};

const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");

/// Keeps what it is given as bytes, and counts.
#[derive(Default)]
struct Notebook {
    pages: Mutex<BTreeMap<String, Vec<u8>>>,
    written: Mutex<usize>,
}

impl JudgementCache for Notebook {
    fn recall(&self, run: &RunName) -> Option<CachedJudgement> {
        let pages = self.pages.lock().unwrap();
        pages.get(&format!("{run:?}")).map(|page| postcard::from_bytes(page).unwrap())
    }

    fn keep(&self, run: &RunName, kept: &CachedJudgement) {
        let page = postcard::to_stdvec(kept).unwrap();
        assert_eq!(&postcard::from_bytes::<CachedJudgement>(&page).unwrap(), kept);
        self.pages.lock().unwrap().insert(format!("{run:?}"), page);
        *self.written.lock().unwrap() += 1;
    }
}

impl Notebook {
    fn written(&self) -> usize {
        std::mem::take(&mut *self.written.lock().unwrap())
    }
}

fn settings() -> Settings {
    let text = std::fs::read_to_string(Path::new(SEASON).join("talktest.toml")).unwrap();
    parse(&text, &limit_catalogue()).unwrap()
}

fn readings() -> Vec<FileReading> {
    let mut paths: Vec<_> =
        std::fs::read_dir(SEASON).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let named = paths.iter().filter(|path| path.extension().is_some_and(|ending| ending != "toml"));
    named
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            read(name, &std::fs::read(path).unwrap(), None, &Limits::default())
        })
        .collect()
}

fn gathered(without: &str, settings: &Settings) -> Ingested {
    let mut readings = readings();
    readings.retain(|reading| reading.path != without);
    let owned = readings.into_iter().map(|reading| Owned::by_folder(reading, settings)).collect();
    ingest(owned, Vec::new(), None)
}

fn remembered(without: &str, settings: &Settings, all: bool, notebook: &Notebook) -> Review {
    let selection = Selection { all, ..Selection::default() };
    let (beside, of) = (BTreeMap::new(), || gathered(without, settings));
    let plain = review(of(), settings, &beside, &selection).unwrap();
    let helped = review_with(of(), settings, &beside, &selection, notebook).unwrap();
    assert!(plain == helped, "memory changed the review");
    helped
}

/// Run in the middle of the season, and one at its end.
const MIDDLE: &str = "2026-04-23-18-15-00.fit";

#[test]
fn nothing_is_found_out_twice() {
    let (settings, notebook) = (settings(), Notebook::default());
    let review = remembered("", &settings, false, &notebook);
    assert!(notebook.written() >= review.runs.len());
    remembered("", &settings, false, &notebook);
    assert_eq!(notebook.written(), 0);
    // Another question about the same runs is answered and kept beside the first answer.
    remembered("", &settings, true, &notebook);
    assert!(notebook.written() > 0);
    remembered("", &settings, false, &notebook);
    remembered("", &settings, true, &notebook);
    assert_eq!(notebook.written(), 0);
}

#[test]
fn what_changed_is_found_out_anew() {
    let (mut settings, notebook) = (settings(), Notebook::default());
    assert!(readings().iter().any(|reading| reading.path == MIDDLE));
    remembered(MIDDLE, &settings, false, &notebook);
    let all = notebook.written();
    remembered("", &settings, false, &notebook);
    let of_one_more = notebook.written();
    assert!((1..all).contains(&of_one_more), "{of_one_more} of {all}");
    settings.athletes[0].newer_runner = true;
    remembered("", &settings, false, &notebook);
    assert!(notebook.written() >= all);
}
