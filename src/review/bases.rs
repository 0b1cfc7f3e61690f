//! What the judgement of a run depends on: the run, what is stated about it, the settings, the
//! criteria, and every run that may be looked at from there. One hash over all of these tells whether
//! an earlier judgement still holds.

use super::digest::digest;
use super::inputs::AthleteInputs;
use super::run::StatedRun;
use crate::history::PastRun;
use crate::parallel::prelude::*;

/// How long after its end a run asks what followed, in milliseconds: no limit reaches further.
const AFTERWARDS_MS: i64 = 96 * 3_600_000;

/// The hashes of everything that the judgements of an athlete's runs depend on, in time order.
pub(super) fn bases(inputs: &AthleteInputs, runs: &[StatedRun], past: &[PastRun]) -> Vec<u128> {
    let own: Vec<u128> = runs.par_iter().map(|run| digest(&run.basis())).collect();
    // A run depends on all that began before it, so its hash includes theirs.
    let add = |sum: &mut u128, own: u128| {
        *sum = digest(&(*sum, own));
        Some(*sum)
    };
    let up_to: Vec<u128> = own.into_iter().scan(inputs.shared, add).collect();
    let basis = |(k, run): (usize, &PastRun)| {
        let latest = run.end.0.saturating_add(AFTERWARDS_MS);
        let end = past.partition_point(|other| other.start.0 <= latest).max(k + 1);
        // Whether anything follows at all is said, however late it is.
        let is_last = end == past.len();
        digest(&(up_to[k], up_to[end - 1], is_last))
    };
    past.iter().enumerate().map(basis).collect()
}
