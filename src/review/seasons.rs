//! Athlete by athlete: nothing of one is seen by another, and only one is held in full.

use std::collections::BTreeMap;

use super::cache::{CachedJudgement, JudgementCache};
use super::inputs::{AthleteInputs, Inputs};
#[cfg(feature = "files")]
use super::packed_sessions::PackedSessions;
use super::pipeline::Season;
use super::run::{ReviewedRun, StatedRun};
use super::scope::{Scope, Selection};
use super::statements::SessionsPerDay;
use crate::ingest::MeasuredSession;
use crate::metrics::DamagedChannels;
use crate::parallel::prelude::*;

/// Reviews the rows of one athlete after the other. What is judged depends on whether any run is
/// labelled recovery, so all athletes up to the first who has one are held at once: as a rule that is
/// the first.
pub(super) fn review_seasons(
    inputs: &Inputs,
    measured: Vec<MeasuredSession>,
    selection: &Selection,
    cache: &dyn JudgementCache,
    mut take: impl FnMut(&AthleteInputs, Vec<Box<ReviewedRun>>),
) -> Result<(), DamagedChannels> {
    let mut seasons = waiting(by_athlete(measured))?.into_iter().map(|(name, measured)| {
        let inputs = inputs.of(&name);
        Ok((inputs, stated_runs(&inputs, measured.sessions()?, cache)))
    });
    let mut first = Vec::new();
    for season in seasons.by_ref() {
        let (inputs, runs) = season?;
        let is_enough = Scope::has_recovery(runs.iter().map(|(run, _)| run), selection);
        first.push((inputs, runs));
        if is_enough {
            break;
        }
    }
    let seen = first.iter().flat_map(|(_, runs)| runs.iter().map(|(run, _)| run));
    let scope = Scope::of(&seen, selection);
    for season in first.into_iter().map(Ok).chain(seasons) {
        let (inputs, runs) = season?;
        take(&inputs, Season::new(inputs, runs, &scope, cache).review()?);
    }
    Ok(())
}

/// The rows of each athlete.
pub(super) fn by_athlete(measured: Vec<MeasuredSession>) -> BTreeMap<String, Vec<MeasuredSession>> {
    let mut of_athlete: BTreeMap<String, Vec<MeasuredSession>> = BTreeMap::new();
    for measured in measured {
        of_athlete.entry(measured.athlete.clone()).or_default().push(measured);
    }
    of_athlete
}

/// The rows of an athlete whose turn has not come.
enum Waiting {
    InFull(Vec<MeasuredSession>),
    #[cfg(feature = "files")]
    Packed(PackedSessions),
}

impl Waiting {
    /// Those of one of several.
    #[cfg(feature = "files")]
    fn of(sessions: Vec<MeasuredSession>) -> Result<Self, DamagedChannels> {
        PackedSessions::pack(sessions).map(Self::Packed)
    }

    /// Where there are no files, there is what somebody chose in a page, whose program has to be small.
    #[cfg(not(feature = "files"))]
    #[expect(clippy::unnecessary_wraps, reason = "with files it may fail")]
    fn of(sessions: Vec<MeasuredSession>) -> Result<Self, DamagedChannels> {
        Ok(Self::InFull(sessions))
    }

    fn sessions(self) -> Result<Vec<MeasuredSession>, DamagedChannels> {
        match self {
            Self::InFull(sessions) => Ok(sessions),
            #[cfg(feature = "files")]
            Self::Packed(packed) => packed.unpack(),
        }
    }
}

fn waiting(
    athletes: BTreeMap<String, Vec<MeasuredSession>>,
) -> Result<Vec<(String, Waiting)>, DamagedChannels> {
    let is_alone = athletes.len() == 1;
    let athletes: Vec<(String, Vec<MeasuredSession>)> = athletes.into_iter().collect();
    let wait = |(name, sessions)| {
        let waiting = if is_alone { Waiting::InFull(sessions) } else { Waiting::of(sessions)? };
        Ok((name, waiting))
    };
    athletes.into_par_iter().map(wait).collect()
}

/// The runs of one athlete in time order, with what earlier reviews found out about them.
fn stated_runs(
    inputs: &AthleteInputs,
    measured: Vec<MeasuredSession>,
    cache: &dyn JudgementCache,
) -> Vec<(StatedRun, Option<Box<CachedJudgement>>)> {
    let days = SessionsPerDay::of(inputs, &measured);
    let run = |measured| StatedRun::of(inputs, measured, &days, cache);
    let mut runs: Vec<_> = measured.into_par_iter().map(run).collect();
    runs.sort_by(|(left, _), (right, _)| left.key().cmp(&right.key()));
    runs
}
