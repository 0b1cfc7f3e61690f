//! Every label source of every run, and why the strongest one was used.

use std::collections::BTreeMap;

use super::activities::{LocalStart, activities, is_run, local_start, take_damaged};
use super::inputs::{AthleteInputs, Inputs, PlanAndNotes};
use super::seasons::by_athlete;
use super::statements::{SessionsPerDay, evidence};
use crate::ingest::{Ingested, MeasuredSession};
use crate::label::Evidence;
use crate::metrics::DamagedChannels;
use crate::settings::Settings;

/// One run with everything that is stated about its kind.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledRun {
    /// The measured session.
    pub measured: MeasuredSession,
    /// When it began where it was run.
    pub start: LocalStart,
    /// What every source states, strongest first.
    pub evidence: Vec<Evidence>,
}

/// What is stated about the kind of every run, by athlete and start.
///
/// # Errors
/// Where the channels of a row cannot be read.
pub fn labels(
    ingested: Ingested,
    settings: &Settings,
    plans_and_notes: &BTreeMap<String, PlanAndNotes>,
) -> Result<Vec<LabelledRun>, DamagedChannels> {
    let inputs = Inputs::new(settings, plans_and_notes);
    let mut readable = ingested.measured;
    take_damaged(&mut readable);
    let of_athletes = by_athlete(activities(readable)?);
    Ok(of_athletes.into_iter().flat_map(|(name, own)| labelled(&inputs.of(&name), own)).collect())
}

/// The runs of one athlete in time order.
fn labelled(inputs: &AthleteInputs, measured: Vec<MeasuredSession>) -> Vec<LabelledRun> {
    let days = SessionsPerDay::of(inputs, &measured);
    let run = |measured: MeasuredSession| {
        let start = local_start(&measured.row.metadata, inputs.settings.time_zone);
        let day = start.date();
        let evidence = evidence(inputs, &measured, day, days.is_only_session(day));
        let is_labelled = evidence.iter().any(|one| one.kind.is_some());
        let is_run = is_run(&measured.row, is_labelled);
        is_run.then_some(LabelledRun { measured, start, evidence })
    };
    let mut runs: Vec<LabelledRun> = measured.into_iter().filter_map(run).collect();
    runs.sort_by_key(|run| (run.measured.row.metadata.start, run.measured.sources.clone()));
    runs
}
