//! What is known before any run is looked at: settings, plans and notes.

use std::collections::BTreeMap;

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::shared_basis::SharedBasis;
use crate::audit::RULES;
use crate::label::Labels;
use crate::settings::{Athlete, NoteRow, Notes, Plan, PlanRow, Settings};

/// Plan and notes of one athlete.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlanAndNotes {
    /// The plan.
    pub plan: Plan,
    /// The notes of all files.
    pub notes: Vec<Notes>,
}

/// What the runs of all athletes are reviewed with.
pub(super) struct Inputs<'a> {
    settings: &'a Settings,
    plans_and_notes: &'a BTreeMap<String, PlanAndNotes>,
    neither: PlanAndNotes,
    labels: Labels,
}

/// What all runs of one athlete share.
#[derive(Clone, Copy)]
pub(super) struct AthleteInputs<'a> {
    pub(super) settings: &'a Settings,
    pub(super) athlete: &'a Athlete,
    pub(super) plan_and_notes: &'a PlanAndNotes,
    pub(super) labels: &'a Labels,
    /// The hash of what every judgement of theirs depends on.
    pub(super) shared: u128,
}

impl<'a> Inputs<'a> {
    pub(super) fn new(
        settings: &'a Settings,
        plans_and_notes: &'a BTreeMap<String, PlanAndNotes>,
    ) -> Self {
        let labels = Labels::new(&settings.labels);
        Self { settings, plans_and_notes, neither: PlanAndNotes::default(), labels }
    }

    /// The inputs of the athlete of this name.
    pub(super) fn of(&self, name: &str) -> AthleteInputs<'_> {
        let athlete = self.settings.athlete(name).unwrap_or(&self.settings.athletes[0]);
        AthleteInputs {
            settings: self.settings,
            athlete,
            plan_and_notes: self.plans_and_notes.get(name).unwrap_or(&self.neither),
            labels: &self.labels,
            shared: SharedBasis::hash(self.settings, athlete),
        }
    }

    /// A hash of everything that a verdict depends on beside the run.
    pub(super) fn hash(&self) -> String {
        let rows: Vec<AthleteRows> = self.plans_and_notes.iter().map(AthleteRows::of).collect();
        // Dates, numbers and texts always have a JSON form.
        let rows = serde_json::to_string(&rows).unwrap_or_default();
        let text = format!("{RULES}\n{}\n{rows}", self.settings.fingerprint_text());
        format!("{:016x}", xxh3_64(text.as_bytes()))
    }
}

/// What plan and notes of one athlete say, whatever their files are called.
#[derive(Serialize)]
struct AthleteRows<'a> {
    athlete: &'a str,
    plan: &'a [PlanRow],
    notes: Vec<&'a NoteRow>,
}

impl<'a> AthleteRows<'a> {
    fn of((athlete, PlanAndNotes { plan, notes }): (&'a String, &'a PlanAndNotes)) -> Self {
        let notes = notes.iter().flat_map(|notes| &notes.rows).collect();
        Self { athlete, plan: &plan.rows, notes }
    }
}
