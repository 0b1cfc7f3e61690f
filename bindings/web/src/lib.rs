//! talktest for a page of the browser: files in, pages of the report out, all in memory.
//!
//! ```text
//! files ──read──▶ readings ──judge──▶ Review ──▶ pages, JSON, zip
//! ```
//!
//! The page's worker calls what stands here; everything is decided by the core.

mod blob;
mod heart_rates;
mod moved_limit;
mod notes;
mod saved;
mod season;

use wasm_bindgen::prelude::*;

use crate::blob::{Blob, Watcher};
use crate::season::Season;

/// A season that is read and judged.
#[wasm_bindgen]
pub struct WebSeason(Season);

#[wasm_bindgen]
impl WebSeason {
    /// An empty season; `now` is the moment, in milliseconds since 1970.
    #[wasm_bindgen(constructor)]
    pub fn new(now: f64) -> Self {
        Self(Season::new(now))
    }

    /// Takes a file that may be settings, plan or notes.
    pub fn put(&mut self, path: &str, bytes: Vec<u8>) {
        self.0.put(path, bytes);
    }

    /// The text of such a file; empty where there is none.
    pub fn text(&self, path: &str) -> String {
        self.0.text(path)
    }

    /// Reads settings, plan and notes.
    pub fn load(&mut self) -> Result<(), String> {
        self.0.load()
    }

    /// Whether a file is settings, plan or notes, and so no export.
    pub fn is_own(&self, path: &str) -> bool {
        self.0.is_own(path)
    }

    /// Leaves out a file that stopped the reading, and says so.
    pub fn give_up(&mut self, path: &str) {
        self.0.give_up(path);
    }

    /// Reads a file of the page, which knows it by its number; `modified` is when it was written,
    /// in milliseconds since 1970.
    pub fn read(&mut self, path: &str, number: u32, size: f64, modified: f64) {
        let blob = Blob::new(number, size as u64);
        let beside = |path: &str| Blob::beside(number, path);
        self.0.read(path, blob, size as u64, modified, &beside, &Watcher);
    }

    /// Judges everything that was read, with all that the pages of the report show; counts and
    /// problems as JSON.
    pub fn judge(&mut self) -> Result<String, String> {
        self.0.judge()
    }

    /// Settings with a limit as a slider of a page of the report moves it: `limit` is `ceiling`,
    /// `maximum` or `resting`.
    pub fn with_moved_limit(
        &self,
        settings: &str,
        page: &str,
        limit: &str,
        bpm: f64,
    ) -> Result<String, String> {
        self.0.with_moved_limit(settings, page, limit, bpm)
    }

    /// The runs on which something can be noted, and what is noted of them, as JSON: an array of
    /// `{page, called, said}`.
    pub fn notable_runs(&mut self) -> Result<String, String> {
        self.0.notable_runs()
    }

    /// Notes what is said of the run of a page (JSON: column to text) as `talktest note` does; the
    /// name of the file that says it now, for the next judgement.
    pub fn note(&mut self, page: &str, said: &str) -> Result<String, String> {
        self.0.note(page, said)
    }

    /// The audit as `talktest audit --format json` prints it.
    pub fn audit_json(&self) -> Result<String, String> {
        self.0.audit_json()
    }

    /// One page of the report.
    pub fn page(&self, path: &str) -> Result<String, String> {
        self.0.page(path)
    }

    /// The whole report as a zip.
    pub fn report_zip(&self) -> Result<Vec<u8>, String> {
        saved::zip(&self.0)
    }
}

/// The heart rates that a settings file states, as JSON.
#[wasm_bindgen]
pub fn stated_heart_rates(settings: &str) -> Result<String, String> {
    heart_rates::stated(settings)
}

/// A settings file with another value of one key of the form; `NaN` takes it out.
#[wasm_bindgen]
pub fn with_heart_rate(settings: &str, key: &str, value: f64) -> Result<String, String> {
    heart_rates::with(settings, key, value)
}

/// The policies of the report's pages, which the page that shows them has to allow.
#[wasm_bindgen]
pub fn policies() -> Vec<String> {
    talktest::report::html::policies().map(str::to_owned).to_vec()
}
