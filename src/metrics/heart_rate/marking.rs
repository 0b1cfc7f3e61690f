//! Seconds of heart rate taken out, or marked as doubtful.

use std::ops::Range;

use crate::metrics::series::{Removal, Series, Suspicion};
use crate::metrics::span::{Span, runs_where};

/// Takes the heart-rate seconds of a stretch out.
pub(super) fn remove(series: &mut Series, reason: Removal, stretch: Range<usize>) {
    for run in runs_where(stretch.len(), |k| series.heart_rate.get(stretch.start + k).is_some()) {
        let taken = stretch.start + run.start..stretch.start + run.end;
        taken.clone().for_each(|k| series.heart_rate.set(k, None));
        series.removed.push((reason, Span::of(&taken)));
    }
}

/// Marks a stretch as doubtful and leaves it where it is.
pub(super) fn suspect(series: &mut Series, reason: Suspicion, stretch: &Range<usize>) {
    series.suspected.push((reason, Span::of(stretch)));
}
