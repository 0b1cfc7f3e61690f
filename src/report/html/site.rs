//! What every page has to know of the others.

use std::collections::BTreeMap;

use super::names;
use crate::review::{AthleteReview, CalendarEntry, Review, ReviewedRun};
use crate::settings::UnitSystem;

/// A report that is to be written: what every page has to know of the others.
#[derive(Debug)]
pub struct Site<'a> {
    pub(super) review: &'a Review,
    pub(super) units: UnitSystem,
    /// Whether pages show the shape of the route.
    pub(super) with_map: bool,
    /// The runs that have a page, by athlete and id, in the order of the review.
    listed: BTreeMap<(&'a str, &'a str), &'a ReviewedRun>,
}

impl<'a> Site<'a> {
    /// The report of a review.
    pub fn of(review: &'a Review, units: UnitSystem) -> Self {
        let key = |run: &'a ReviewedRun| ((run.measured.athlete.as_str(), run.id.as_str()), run);
        // Runs shown as examples where nothing is labelled are listed unjudged beside the others.
        let listed = review.runs.iter().chain(&review.unlabelled).map(key).collect();
        Self { review, units, with_map: false, listed }
    }

    /// The same with the shape of the route on the page of each run.
    #[must_use]
    pub fn with_map(self, with_map: bool) -> Self {
        Self { with_map, ..self }
    }

    /// The runs of an athlete that have a page, in time order.
    pub(super) fn runs_of(
        &self,
        athlete: &AthleteReview,
    ) -> impl Iterator<Item = &'a ReviewedRun> + use<'a> {
        let name = athlete.name.clone();
        let mut runs: Vec<&'a ReviewedRun> =
            self.listed.values().copied().filter(|run| run.measured.athlete == name).collect();
        runs.sort_by_key(|run| run.measured.row.metadata.start);
        runs.into_iter()
    }

    /// The sessions of an athlete on the days asked for.
    pub(super) fn sessions(
        &self,
        athlete: &'a AthleteReview,
    ) -> impl DoubleEndedIterator<Item = &'a CalendarEntry> {
        athlete.calendar.iter().filter(|entry| self.review.is_asked_for(&entry.start))
    }

    /// The page of a session, if it has one.
    pub(super) fn page_of(&self, athlete: &str, id: &str) -> Option<String> {
        self.listed.get(&(athlete, id)).map(|run| names::run(run))
    }
}
