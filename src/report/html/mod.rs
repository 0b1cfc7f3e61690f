//! [`Review`] → pages that work from disk, offline, for good.
//!
//! Every page stands alone: style and script are part of it, and its policy forbids every request.
//! Pages are drawn one at a time, so that memory does not grow with the season.

mod around;
mod assets;
mod chart;
mod criteria;
mod explanations;
mod index;
mod names;
mod page;
mod provenance;
mod route_shape;
mod run;
mod words;
mod zones;

use std::collections::BTreeMap;

use crate::metrics::DamagedChannels;
use crate::review::{AthleteReview, CalendarEntry, Review, ReviewedRun};
use crate::settings::UnitSystem;

pub use names::{FOLDER, INDEX, run as page_of_run};

/// A report that is to be written: what every page has to know of the others.
#[derive(Debug)]
pub struct Site<'a> {
    review: &'a Review,
    units: UnitSystem,
    /// Whether pages show the outline of the way.
    with_map: bool,
    /// The runs that have a page, by athlete and id, in the order of the review.
    listed: BTreeMap<(&'a str, &'a str), &'a ReviewedRun>,
}

/// One page of a report.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// Where it lies in the report's folder, with `/`; safe on every file system.
    pub path: String,
    content: Content<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Content<'a> {
    Run(&'a AthleteReview, &'a ReviewedRun),
    Explanations,
    Athlete(&'a AthleteReview),
    Index,
}

impl<'a> Site<'a> {
    /// The report of a review.
    pub fn of(review: &'a Review, units: UnitSystem) -> Self {
        let key = |run: &'a ReviewedRun| ((run.measured.athlete.as_str(), run.id.as_str()), run);
        // Runs shown as examples where nothing is labelled are listed unjudged beside the others.
        let listed = review.runs.iter().chain(&review.unlabelled).map(key).collect();
        Self { review, units, with_map: false, listed }
    }

    /// The same with the outline of the way on the page of each run.
    #[must_use]
    pub fn with_map(self, with_map: bool) -> Self {
        Self { with_map, ..self }
    }

    /// Every page, the index last: once it is written, all that it leads to is there.
    pub fn pages(&self) -> Vec<Page<'a>> {
        let of_athlete = |athlete: &'a AthleteReview| {
            self.runs_of(athlete)
                .map(move |run| Page { path: names::run(run), content: Content::Run(athlete, run) })
        };
        let several = self.review.athletes.len() > 1;
        let athletes = self.review.athletes.iter().filter(|_| several).map(|athlete| Page {
            path: names::athlete(&athlete.name),
            content: Content::Athlete(athlete),
        });
        let runs = self.review.athletes.iter().flat_map(of_athlete);
        let explanations =
            Page { path: names::EXPLANATIONS.to_owned(), content: Content::Explanations };
        let index = Page { path: INDEX.to_owned(), content: Content::Index };
        runs.chain([explanations]).chain(athletes).chain([index]).collect()
    }

    /// The runs of an athlete that have a page, in time order.
    fn runs_of(&self, athlete: &AthleteReview) -> impl Iterator<Item = &'a ReviewedRun> + use<'a> {
        let name = athlete.name.clone();
        let mut runs: Vec<&'a ReviewedRun> =
            self.listed.values().copied().filter(|run| run.measured.athlete == name).collect();
        runs.sort_by_key(|run| run.measured.row.metadata.start);
        runs.into_iter()
    }

    /// The sessions of an athlete on the days asked for.
    fn outings(
        &self,
        athlete: &'a AthleteReview,
    ) -> impl DoubleEndedIterator<Item = &'a CalendarEntry> {
        athlete.outings.iter().filter(|outing| self.review.is_asked_for(&outing.start))
    }

    /// The page of a session, if it has one.
    fn page_of(&self, athlete: &str, id: &str) -> Option<String> {
        self.listed.get(&(athlete, id)).map(|run| names::run(run))
    }

    /// Draws one page.
    ///
    /// # Errors
    /// Where the lanes of its row are damaged.
    pub fn render(&self, page: &Page) -> Result<String, DamagedChannels> {
        let markup = match page.content {
            Content::Run(athlete, run) => run::page_of(self, athlete, run)?,
            Content::Explanations => explanations::page_of_all(),
            Content::Athlete(athlete) => index::of_athlete(self, athlete),
            Content::Index => index::of_review(self),
        };
        Ok(markup.into_string())
    }
}
