//! Every source of a label of every run, and why the winner won.

use std::collections::BTreeMap;

use super::cache::NoCache;
use super::order::by_athlete;
use super::pipeline::Reviewer;
use super::told::{Days, evidence};
use super::{LocalStart, Selection, SideFiles, activities, day, is_run, order};
use crate::ingest::{Ingested, MeasuredSession};
use crate::label::Evidence;
use crate::metrics::DamagedChannels;
use crate::settings::Settings;

/// One run with everything that is said about its kind.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledRun {
    /// The measured session.
    pub measured: MeasuredSession,
    /// When it began where it was run.
    pub start: LocalStart,
    /// What every source says, strongest first.
    pub evidence: Vec<Evidence>,
}

/// What is said about the kind of every run, by athlete and start.
///
/// # Errors
/// Where the lanes of a row cannot be read.
pub fn labels(
    gathered: Ingested,
    settings: &Settings,
    side_files: &BTreeMap<String, SideFiles>,
) -> Result<Vec<LabelledRun>, DamagedChannels> {
    let reviewer = Reviewer::new(settings, side_files, &Selection::default(), &NoCache);
    let (sound, _) = order::split_damaged(gathered.measured);
    let mut runs = Vec::new();
    for (athlete, measured) in by_athlete(activities(sound)?) {
        let view = reviewer.view(&athlete);
        let days = Days::of(&view, &measured);
        let labelled = measured.into_iter().map(|measured| {
            let start = day::local_start(&measured.row.metadata, settings.time_zone);
            let alone = days.is_alone(start.date());
            let evidence = evidence(&view, &measured, start.date(), alone);
            LabelledRun { measured, start, evidence }
        });
        let is_labelled = |run: &LabelledRun| run.evidence.iter().any(|one| one.kind.is_some());
        let is_run = |run: &LabelledRun| is_run::is_run(&run.measured.row, is_labelled(run));
        let first = runs.len();
        runs.extend(labelled.filter(is_run));
        runs[first..]
            .sort_by_key(|run| (run.measured.row.metadata.start, run.measured.sources.clone()));
    }
    Ok(runs)
}
