//! The facts of real exports beside the project, computed by other means than ours.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use talktest::metrics::RunMetrics;
use talktest::units::{Metres, Seconds};

/// One workout as the manifest has it.
#[derive(Debug)]
pub struct Fact {
    pub file: String,
    /// UTC, or local where the file has no zone.
    pub start: String,
    pub duration_s: Option<f64>,
    pub distance_m: Option<f64>,
    pub mean_heart_rate: Option<f64>,
}

/// The folder of the exports and the facts of one service; none, said aloud, where they are not there.
pub fn facts(service: &str) -> Option<(PathBuf, Vec<Fact>)> {
    let folder = crate::support::beside("exports")?;
    let mut table = csv::Reader::from_path(folder.join("manifest.csv")).unwrap();
    let rows = table.records().map(Result::unwrap).filter(|row| &row[0] == service);
    let number = |text: &str| text.parse().ok();
    let facts = rows.map(|row| Fact {
        file: row[1].to_owned(),
        start: row[4].to_owned(),
        duration_s: number(&row[5]),
        distance_m: number(&row[6]),
        mean_heart_rate: number(&row[7]),
    });
    Some((folder, facts.filter(|fact| !fact.start.is_empty()).collect()))
}

impl Fact {
    /// Whether its file has this ending, or none where this is blank.
    pub fn has_ending(&self, ending: &str) -> bool {
        Path::new(&self.file).extension().unwrap_or_default() == OsStr::new(ending)
    }

    /// Milliseconds since 1970, a local time taken for UTC.
    pub fn start_ms(&self) -> i64 {
        let text = self.start.trim_end_matches(" local").trim_end_matches('Z').replace(' ', "T");
        let time = chrono::NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f");
        time.unwrap_or_else(|error| panic!("{}: {error}", self.start)).and_utc().timestamp_millis()
    }

    /// Whether the session began then, give or take three seconds.
    pub fn is_of(&self, row: &RunMetrics) -> bool {
        (row.metadata.start.0 - self.start_ms()).abs() <= 3000
    }

    /// What the file states agrees: within 3 s, 1 %, 1 bpm.
    pub fn assert_stated(&self, row: &RunMetrics) {
        let stated = row.metadata.stated;
        let timer = stated.timer.or(stated.elapsed).map(Seconds::get);
        self.assert_near("duration", self.duration_s, timer, 3.0);
        let most = 0.01 * self.distance_m.unwrap_or_default() + 1.0;
        self.assert_near("distance", self.distance_m, stated.distance.map(Metres::get), most);
        let beats = stated.mean_heart_rate_bpm.map(f64::from);
        self.assert_near("heart rate", self.mean_heart_rate, beats, 1.0);
    }

    /// A figure of ours agrees with one of the manifest; what that does not know is not compared.
    pub fn assert_near(&self, what: &str, fact: Option<f64>, ours: Option<f64>, most: f64) {
        let Some(fact) = fact else { return };
        let near = ours.is_some_and(|ours| (ours - fact).abs() <= most);
        assert!(near, "{what} of {} at {}: {fact}, not {ours:?}", self.file, self.start);
    }
}
