//! A review with a cache says exactly what one without says, and reads no channels twice.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use talktest::audit::limit_catalogue;
use talktest::decode::Limits;
use talktest::ingest::{FileReading, Ingested, Owned, ingest, read};
use talktest::metrics::{DamagedChannels, StoredChannels};
use talktest::review::{
    CachedJudgement, JudgementCache, NoCache, Review, RunKey, Selection, review,
};
use talktest::settings::{Settings, parse};

const SEASON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");

/// Stores what it is given as bytes, and counts.
#[derive(Default)]
struct Memory {
    records: Mutex<BTreeMap<String, Vec<u8>>>,
    written: Mutex<usize>,
}

impl JudgementCache for Memory {
    fn get(&self, run: &RunKey) -> Option<CachedJudgement> {
        let records = self.records.lock().unwrap();
        records.get(&format!("{run:?}")).map(|record| postcard::from_bytes(record).unwrap())
    }

    fn put(&self, run: &RunKey, judgement: &CachedJudgement) {
        let record = postcard::to_stdvec(judgement).unwrap();
        assert_eq!(&postcard::from_bytes::<CachedJudgement>(&record).unwrap(), judgement);
        self.records.lock().unwrap().insert(format!("{run:?}"), record);
        *self.written.lock().unwrap() += 1;
    }
}

impl Memory {
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

fn cached(without: &str, settings: &Settings, all: bool, memory: &Memory) -> Review {
    let selection = Selection { all, ..Selection::default() };
    let (plans, of) = (BTreeMap::new(), || gathered(without, settings));
    let plain = review(of(), settings, &plans, &selection, &NoCache).unwrap();
    let cached = review(of(), settings, &plans, &selection, memory).unwrap();
    assert!(plain == cached, "the cache changed the review");
    cached
}

/// Run in the middle of the season, and one at its end.
const MIDDLE: &str = "2026-04-23-18-15-00.fit";

#[test]
fn nothing_is_found_out_twice() {
    let (settings, memory) = (settings(), Memory::default());
    let review = cached("", &settings, false, &memory);
    assert!(memory.written() >= review.runs.len());
    cached("", &settings, false, &memory);
    assert_eq!(memory.written(), 0);
    // Another question about the same runs is answered and stored beside the first answer.
    cached("", &settings, true, &memory);
    assert!(memory.written() > 0);
    cached("", &settings, false, &memory);
    cached("", &settings, true, &memory);
    assert_eq!(memory.written(), 0);
}

#[test]
fn what_changed_is_found_out_anew() {
    let (mut settings, memory) = (settings(), Memory::default());
    assert!(readings().iter().any(|reading| reading.path == MIDDLE));
    cached(MIDDLE, &settings, false, &memory);
    let all = memory.written();
    cached("", &settings, false, &memory);
    let of_one_more = memory.written();
    assert!((1..all).contains(&of_one_more), "{of_one_more} of {all}");
    settings.athletes[0].newer_runner = true;
    cached("", &settings, false, &memory);
    assert!(memory.written() >= all);
}

/// The other recording of a run; to be compared, both have to be read once more.
const SECOND_RECORDING: &str = "broken_off.fit";

/// Packed channels that count how often they are fetched.
#[derive(Debug)]
struct Counted {
    packed: Vec<u8>,
    fetched: Arc<AtomicUsize>,
}

impl StoredChannels for Counted {
    fn fetch(&self) -> Result<Vec<u8>, DamagedChannels> {
        self.fetched.fetch_add(1, Ordering::Relaxed);
        Ok(self.packed.clone())
    }
}

/// How often a review fetches the channels of each run that was recorded once.
fn fetches(settings: &Settings, selection: &Selection, cache: &dyn JudgementCache) -> Vec<usize> {
    let mut gathered = gathered(SECOND_RECORDING, settings);
    let count = |run: &mut talktest::ingest::MeasuredSession| {
        let fetched = Arc::new(AtomicUsize::new(0));
        run.row.channels.put_away(|packed| {
            let (packed, fetched) = (packed.to_vec(), Arc::clone(&fetched));
            Some(Arc::new(Counted { packed, fetched }))
        });
        fetched
    };
    let counts: Vec<_> = gathered.measured.iter_mut().map(count).collect();
    review(gathered, settings, &BTreeMap::new(), selection, cache).unwrap();
    counts.iter().map(|count| count.load(Ordering::Relaxed)).collect()
}

#[test]
fn channels_are_read_once_and_not_again_where_all_is_known() {
    let (settings, memory) = (settings(), Memory::default());
    for all in [false, true] {
        let selection = Selection { all, ..Selection::default() };
        let once = fetches(&settings, &selection, &NoCache);
        assert!(once.len() > 30 && once.iter().all(|fetches| *fetches == 1), "{once:?}");
        fetches(&settings, &selection, &memory);
        let again = fetches(&settings, &selection, &memory);
        assert!(again.iter().all(|fetches| *fetches == 0), "{again:?}");
    }
}
