//! One line of the season's diary: what was run, how it was recorded, what the rules must say.

use chrono::{DateTime, Utc};

use super::fit_activity::{Notes, UTC_OFFSET, activity_file};
use super::gpx_writer::{Layout, gpx_file};
use super::run::{CalendarEntry, Track, record};

/// What a judge must say about a run labelled recovery, under the season's own settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Expected {
    /// `kept`, `slipped`, `not_recovery` or `cannot_judge`.
    pub(crate) verdict: &'static str,
    /// The criterion that decides; none where all of them pass.
    pub(crate) criterion: Option<&'static str>,
    /// The reason in plain words.
    pub(crate) because: &'static str,
    /// Whether it is the same whichever way the anchor errs.
    pub(crate) firm: bool,
}

impl Expected {
    /// The same verdict where it would be another one with lines a little higher or lower.
    pub(crate) const fn borderline(self) -> Self {
        Self { firm: false, ..self }
    }

    /// The same verdict by another criterion.
    pub(crate) const fn by(self, criterion: &'static str) -> Self {
        Self { criterion: Some(criterion), ..self }
    }
}

pub(crate) const fn kept(because: &'static str) -> Expected {
    Expected { verdict: "kept", criterion: None, because, firm: true }
}

pub(crate) const fn slipped(criterion: &'static str, because: &'static str) -> Expected {
    Expected { verdict: "slipped", criterion: Some(criterion), because, firm: true }
}

pub(crate) const fn not_recovery(criterion: &'static str, because: &'static str) -> Expected {
    Expected { verdict: "not_recovery", criterion: Some(criterion), because, firm: true }
}

pub(crate) const fn cannot_judge(because: &'static str) -> Expected {
    let criterion = Some("heart-rate-coverage");
    Expected { verdict: "cannot_judge", criterion, because, firm: true }
}

/// The file that a day leaves behind.
#[derive(Debug, Clone, Copy)]
pub(crate) enum File {
    /// FIT, named by date and local time as watches do: the label is inside, or nowhere.
    Watch,
    /// FIT, named by the runner: the label is in the name.
    Named(&'static str),
    /// GPX under a number, as web sites export it: the label is the title.
    Gpx {
        /// The title.
        title: &'static str,
        /// Whether a heart-rate sensor was worn.
        heart_rate: bool,
    },
}

/// One outing of the season.
#[derive(Debug, Clone)]
pub(crate) struct Day {
    /// When it starts, in Unix seconds.
    pub(crate) start: i64,
    pub(crate) file: File,
    /// What it is, for the table.
    pub(crate) what: &'static str,
    /// What was run; its start is filled in.
    pub(crate) outing: CalendarEntry,
    pub(crate) notes: Notes<'static>,
    /// None where the run is not labelled recovery.
    pub(crate) expected: Option<Expected>,
}

/// Minutes after local midnight at which this runner usually sets out.
pub(crate) const MORNING: i64 = 7 * 60 + 30;
pub(crate) const EVENING: i64 = 18 * 60 + 15;

/// An empty page, so many days after Monday, 2026-03-30.
pub(crate) fn on(day: i64, local_minute: i64) -> Day {
    const MONDAY: i64 = 1_774_828_800;
    Day {
        start: MONDAY + day * 86_400 + local_minute * 60 - UTC_OFFSET,
        file: File::Watch,
        what: "",
        outing: CalendarEntry::default(),
        notes: Notes::default(),
        expected: None,
    }
}

impl Day {
    /// The recording, before anything is left out.
    pub(crate) fn track(&self) -> Track {
        record(&CalendarEntry { start: self.start, ..self.outing.clone() })
    }

    /// The name of the file.
    pub(crate) fn path(&self) -> String {
        match self.file {
            File::Watch => format!("{}.fit", self.local("%Y-%m-%d-%H-%M-%S")),
            File::Named(name) => format!("{}_{name}.fit", self.local("%Y-%m-%d")),
            File::Gpx { .. } => format!("activity_{}.gpx", self.start / 60 % 1_000_000),
        }
    }

    /// The content of the file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        /// Seconds from one point of a small GPX file to the next.
        const GPX_STEP: u32 = 4;
        let track = self.track();
        let File::Gpx { title, heart_rate } = self.file else {
            return activity_file(&track, &self.notes);
        };
        let layout = Layout { name: title, indent: " ", extension: heart_rate, temperature: None };
        gpx_file(&track, &layout, |sample| sample.second % GPX_STEP == 0).into_bytes()
    }

    /// The start by the runner's clock.
    pub(crate) fn local(&self, format: &str) -> String {
        let moment: Option<DateTime<Utc>> = DateTime::from_timestamp(self.start + UTC_OFFSET, 0);
        moment.map_or_else(String::new, |moment| moment.format(format).to_string())
    }
}
