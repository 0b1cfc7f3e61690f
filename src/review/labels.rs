//! Every source of a label of every run, and why the winner won.

use std::collections::BTreeMap;

use super::flow::Reviewer;
use super::memory::Forgetful;
use super::order::by_athlete;
use super::told::{Days, evidence};
use super::{LocalStart, Selection, SideFiles, activities, day, kind, order};
use crate::gather::{Gathered, Measured};
use crate::label::Evidence;
use crate::metrics::DamagedLanes;
use crate::settings::Settings;

/// One run with everything that is said about its kind.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledRun {
    /// The measured session.
    pub measured: Measured,
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
    gathered: Gathered,
    settings: &Settings,
    side_files: &BTreeMap<String, SideFiles>,
) -> Result<Vec<LabelledRun>, DamagedLanes> {
    let reviewer = Reviewer::new(settings, side_files, &Selection::default(), &Forgetful);
    let (sound, _) = order::split_damaged(gathered.measured);
    let mut runs = Vec::new();
    for (athlete, measured) in by_athlete(activities(sound)?) {
        let view = reviewer.view(&athlete);
        let days = Days::of(&view, &measured);
        let labelled = measured.into_iter().map(|measured| {
            let start = day::local_start(&measured.row.said, settings.time_zone);
            let alone = days.is_alone(start.date());
            let evidence = evidence(&view, &measured, start.date(), alone);
            LabelledRun { measured, start, evidence }
        });
        let is_labelled = |run: &LabelledRun| run.evidence.iter().any(|one| one.kind.is_some());
        let is_run = |run: &LabelledRun| kind::is_run(&run.measured.row, is_labelled(run));
        let first = runs.len();
        runs.extend(labelled.filter(is_run));
        runs[first..]
            .sort_by_key(|run| (run.measured.row.said.start, run.measured.sources.clone()));
    }
    Ok(runs)
}
