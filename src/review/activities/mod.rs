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

/// Rows whose lanes cannot be read are problems of their files, not of the batch.
pub(super) fn split_damaged(
    measured: Vec<MeasuredSession>,
) -> (Vec<MeasuredSession>, Vec<FileProblem>) {
    let read = |measured: MeasuredSession| match measured.row.channels.check() {
        Ok(()) => Ok(measured),
        Err(why) => Err(FileProblem {
            path: measured.path().to_owned(),
            problem: Problem::new(ProblemKind::InternalError, why.to_string()),
            fatal: true,
        }),
    };
    let read: Vec<_> = measured.into_par_iter().map(read).collect();
    let (readable, damaged): (Vec<_>, Vec<_>) = read.into_iter().partition(Result::is_ok);
    let readable = readable.into_iter().flatten().collect();
    (readable, damaged.into_iter().filter_map(Result::err).collect())
}
