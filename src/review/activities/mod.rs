//! Recordings → activities: each one once, with everything that is known of it, and its local day.

mod carried;
mod copies;
mod duplicates;
mod fill_missing;
mod is_run;
mod local_start;

use crate::decode::{Problem, ProblemKind};
use crate::ingest::{FileProblem, MeasuredSession};
use crate::metrics::DamagedChannels;
use crate::parallel::prelude::*;

pub(super) use is_run::is_run;
pub(super) use local_start::local_start;
pub use local_start::{LocalStart, OffsetSource};

/// One row for each activity, however often it was recorded.
pub(super) fn activities(
    measured: Vec<MeasuredSession>,
) -> Result<Vec<MeasuredSession>, DamagedChannels> {
    let mut activities = duplicates::merge(measured)?;
    activities.iter_mut().for_each(fill_missing::fill_missing);
    Ok(activities)
}

/// Takes out the rows whose channels cannot be read: they are problems of their files, not of the batch.
pub(super) fn take_damaged(measured: &mut Vec<MeasuredSession>) -> Vec<FileProblem> {
    let check = |measured: &MeasuredSession| measured.row.channels.check();
    let checked: Vec<_> = measured.par_iter().map(check).collect();
    let (mut checked, mut damaged) = (checked.into_iter(), Vec::new());
    measured.retain(|measured| {
        let why = checked.next().and_then(Result::err);
        damaged.extend(why.iter().map(|why| FileProblem {
            path: measured.path().to_owned(),
            problem: Problem::new(ProblemKind::InternalError, why.to_string()),
            fatal: true,
        }));
        why.is_none()
    });
    damaged
}
