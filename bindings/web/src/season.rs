//! Files → readings → a judged season.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use serde_json::json;
use talktest::folder_settings::{FolderSettings, SETTINGS_FILE};
use talktest::ingest::{
    FileReader, FileReading, OpenFile, OpenedFile, Owned, Progress, ingest, limits,
};
use talktest::report::html::{Page, Site};
use talktest::report::{Style, machine};
use talktest::review::{
    CachedJudgement, JudgementCache, Review, RunKey, Selection, UnpackedRuns, VerdictCounts, review,
};
use talktest::units::UnixTime;
use talktest::unpack::Turn;

use crate::{moved_limit, notes};

/// Hears which file is begun, so that it is known if it ends everything.
pub trait Begun: Sync {
    /// A file is begun.
    fn begun(&self, path: &str);
}

/// What was read so far, and what became of it.
pub struct Season {
    now: UnixTime,
    /// When the newest file was written.
    newest: UnixTime,
    /// Settings, plan and notes, and whatever may be one of them.
    texts: BTreeMap<PathBuf, Vec<u8>>,
    loaded: FolderSettings,
    given_up: BTreeSet<String>,
    readings: Vec<(String, Vec<FileReading>)>,
    review: Option<Review>,
    unpacked: Unpacked,
}

const EVERY_RUN: Selection = Selection {
    all: true,
    as_recovery: false,
    what_if: false,
    splits: false,
    for_pages: false,
    since: None,
    until: None,
};

/// Every judgement is found anew, from channels that stay unpacked.
#[derive(Default)]
struct Unpacked(UnpackedRuns);

impl JudgementCache for Unpacked {
    fn get(&self, _: &RunKey) -> Option<CachedJudgement> {
        None
    }

    fn put(&self, _: &RunKey, _: &CachedJudgement) {}

    fn unpacked(&self) -> Option<&UnpackedRuns> {
        Some(&self.0)
    }
}

impl Season {
    pub fn new(now: f64) -> Self {
        Self {
            now: UnixTime(now as i64),
            newest: UnixTime(0),
            texts: BTreeMap::new(),
            loaded: FolderSettings::default(),
            given_up: BTreeSet::new(),
            readings: Vec::new(),
            review: None,
            unpacked: Unpacked::default(),
        }
    }

    pub fn put(&mut self, path: &str, bytes: Vec<u8>) {
        self.texts.insert(PathBuf::from(path), bytes);
    }

    pub fn text(&self, path: &str) -> String {
        let bytes = self.texts.get(Path::new(path)).map_or(&[][..], Vec::as_slice);
        String::from_utf8_lossy(bytes).into_owned()
    }

    pub fn load(&mut self) -> Result<(), String> {
        let file = Path::new(SETTINGS_FILE);
        let file = self.texts.contains_key(file).then_some(file);
        self.loaded = FolderSettings::load_from(&self.texts, file, &[PathBuf::new()])
            .map_err(|error| error.to_string())?;
        Ok(())
    }

    pub fn is_own(&self, path: &str) -> bool {
        self.loaded.own_files.iter().any(|own| own == Path::new(path))
    }

    pub fn give_up(&mut self, path: &str) {
        self.given_up.insert(path.to_owned());
    }

    pub fn read<R: Read + Seek + Clone + Send + Sync>(
        &mut self,
        name: &str,
        bytes: R,
        size: u64,
        modified: f64,
        beside: &dyn Fn(&str) -> Option<(R, u64)>,
        watcher: &(impl Progress + Begun),
    ) {
        let limits = limits(&self.loaded.settings.reading);
        let is_asked = |path: &str| {
            watcher.begun(path);
            !self.given_up.contains(path)
        };
        let reader = FileReader {
            limits: &limits,
            is_asked: &is_asked,
            known: &|_, _| None,
            put_away: &|_| {},
            progress: watcher,
            goes_on: &|| true,
        };
        watcher.begun(name);
        let file = OpenFile { name, bytes, size, turn: Turn::Alone, beside, known: &|_| None };
        // An archive itself may be what cannot be read.
        let opened = if self.given_up.contains(name) { None } else { reader.read(file) };
        let new = opened.into_iter().flat_map(|OpenedFile { readings, .. }| readings);
        let mut readings: Vec<FileReading> = new.map(|new| new.reading).collect();
        let inside = format!("{name}/");
        let lost = self.given_up.iter().filter(|path| *path == name || path.starts_with(&inside));
        readings.extend(lost.cloned().map(FileReading::own_fault));
        self.newest = self.newest.max(UnixTime(modified as i64));
        self.readings.push((name.to_owned(), readings));
        self.review = None;
        watcher.done();
    }

    /// Judges everything; every run keeps its row, so that it can be done again at once.
    pub fn judge(&mut self) -> Result<String, String> {
        let review = self.reviewed(&Selection { for_pages: true, ..Selection::default() })?;
        let warnings: Vec<String> = self
            .loaded
            .warnings
            .iter()
            .map(|(file, warning)| format!("{}: {warning}", file.display()))
            .collect();
        let summary = summary(&review, &warnings);
        self.review = Some(review);
        Ok(summary)
    }

    /// The runs on which something can be noted, and what is noted of them, as JSON.
    pub fn notable_runs(&mut self) -> Result<String, String> {
        let review = self.reviewed(&EVERY_RUN)?;
        Ok(notes::notable_runs(&review, &self.loaded.plans_and_notes))
    }

    /// Notes what is said of a run, by column, and tells the name of the file that says it now.
    pub fn note(&mut self, page: &str, said: &str) -> Result<String, String> {
        let review = self.reviewed(&EVERY_RUN)?;
        let (file, text) = notes::with_note(&review, &self.loaded, &self.texts, page, said)?;
        let name = file.display().to_string();
        self.texts.insert(file, text.into_bytes());
        Ok(name)
    }

    fn reviewed(&mut self, selection: &Selection) -> Result<Review, String> {
        self.load()?;
        let FolderSettings { settings, plans_and_notes, .. } = &self.loaded;
        self.readings.sort_by(|(left, _), (right, _)| left.cmp(right));
        let readings = self.readings.iter().flat_map(|(_, readings)| readings).cloned();
        let files = readings.map(|reading| Owned::by_folder(reading, settings)).collect();
        let mut ingested = ingest(files, Vec::new(), None);
        ingested.leave_out_future(self.now.max(self.newest));
        review(ingested, settings, plans_and_notes, selection, &self.unpacked)
            .map_err(|error| error.to_string())
    }

    pub fn audit_json(&self) -> Result<String, String> {
        let mut text = Vec::new();
        let style = Style { units: self.loaded.settings.units, ..Style::default() };
        (machine::json::OUTPUT.write)(self.judged()?, &style, &mut text)
            .map_err(|error| error.to_string())?;
        String::from_utf8(text).map_err(|error| error.to_string())
    }

    pub fn page(&self, path: &str) -> Result<String, String> {
        let site = self.site()?;
        site.render(&page_at(&site, path)?).map_err(|error| error.to_string())
    }

    /// Settings with a limit as a slider of a page moves it.
    pub fn with_moved_limit(
        &self,
        settings: &str,
        path: &str,
        limit: &str,
        bpm: f64,
    ) -> Result<String, String> {
        let page = page_at(&self.site()?, path)?;
        let of = (&page, self.judged()?.athletes.as_slice());
        moved_limit::with(settings, of, &self.loaded.settings, limit, bpm)
    }

    pub fn site(&self) -> Result<Site<'_>, String> {
        Ok(Site::of(self.judged()?, self.loaded.settings.units))
    }

    /// Settings, plan and notes as they are used.
    pub fn own_texts(&self) -> impl Iterator<Item = (&Path, &[u8])> {
        let own = self.loaded.own_files.iter();
        own.filter_map(|file| Some((file.as_path(), self.texts.get(file)?.as_slice())))
    }

    fn judged(&self) -> Result<&Review, String> {
        self.review.as_ref().ok_or_else(|| "nothing was judged yet".to_owned())
    }
}

fn page_at<'a>(site: &Site<'a>, path: &str) -> Result<Page<'a>, String> {
    let page = site.pages().into_iter().find(|page| page.path == path);
    page.ok_or_else(|| format!("there is no page {path}"))
}

/// What the page itself says of a season.
fn summary(review: &Review, warnings: &[String]) -> String {
    let mut recovery = VerdictCounts::default();
    review.athletes.iter().for_each(|athlete| recovery.add_all(&athlete.recovery));
    let problems: Vec<_> = review
        .problems
        .iter()
        .map(|problem| {
            json!({
                "path": problem.path,
                "text": problem.problem.to_string(),
                "fatal": problem.fatal,
            })
        })
        .collect();
    json!({
        "files": review.files,
        "recovery": recovery,
        "problems": problems,
        "warnings": warnings,
    })
    .to_string()
}
