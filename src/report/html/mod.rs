//! [`Review`](crate::review::Review) → pages that work from disk, offline, for good.
//!
//! Every page stands alone: style and script are part of it, and its policy forbids every request.
//! Pages are drawn one at a time, so that memory does not grow with the season.

mod around;
mod assets;
mod chart;
mod comparison;
mod criteria;
mod explanations;
mod index;
mod minutes;
mod names;
mod other_limits;
mod page;
mod plot;
mod provenance;
mod route_shape;
mod run;
mod scale;
mod site;
mod splits;
mod words;
mod zones;

use crate::metrics::DamagedChannels;
use crate::review::{AthleteReview, ReviewedRun};

pub use assets::policies;
pub use names::{FOLDER, INDEX, run as page_of_run};
pub use site::Site;

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
    Year(&'a AthleteReview, i32),
    Index,
}

impl<'a> Page<'a> {
    /// The athlete that it is about; `None` where it is about all of them, or about nobody.
    pub fn athlete(&self) -> Option<&'a AthleteReview> {
        match self.content {
            Content::Run(athlete, _) | Content::Athlete(athlete) | Content::Year(athlete, _) => {
                Some(athlete)
            }
            Content::Explanations | Content::Index => None,
        }
    }

    /// The run that it is about.
    pub fn run(&self) -> Option<&'a ReviewedRun> {
        match self.content {
            Content::Run(_, run) => Some(run),
            Content::Explanations | Content::Athlete(_) | Content::Year(..) | Content::Index => {
                None
            }
        }
    }
}

impl<'a> Site<'a> {
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
        let years = self.review.athletes.iter().flat_map(|athlete| {
            let whose = several.then_some(athlete.name.as_str());
            index::earlier_years(self, athlete).into_iter().map(move |year| Page {
                path: names::year(whose, year),
                content: Content::Year(athlete, year),
            })
        });
        let runs = self.review.athletes.iter().flat_map(of_athlete);
        let explanations =
            Page { path: names::EXPLANATIONS.to_owned(), content: Content::Explanations };
        let index = Page { path: INDEX.to_owned(), content: Content::Index };
        runs.chain([explanations]).chain(years).chain(athletes).chain([index]).collect()
    }

    /// Draws one page.
    ///
    /// # Errors
    /// Where the channels of its row are damaged.
    pub fn render(&self, page: &Page) -> Result<String, DamagedChannels> {
        let markup = match page.content {
            Content::Run(athlete, run) => run::page_of(self, athlete, run)?,
            Content::Explanations => explanations::page_of_all(),
            Content::Year(athlete, year) => index::of_year(self, athlete, year),
            Content::Athlete(athlete) => index::of_athlete(self, athlete),
            Content::Index => index::of_review(self),
        };
        Ok(markup.into_string())
    }
}
