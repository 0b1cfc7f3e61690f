//! What the pictures of one run show.

use super::samples::Samples;
use super::{drift, marks};
use crate::athlete::HeartRateThresholds;
use crate::settings::UnitSystem;

/// What the pictures show.
pub(super) struct Subject<'a> {
    pub(super) samples: &'a Samples,
    pub(super) lines: Option<&'a HeartRateThresholds>,
    pub(super) units: UnitSystem,
    /// Whether speed is only the watch's estimate.
    pub(super) estimated: bool,
    pub(super) offences: Vec<marks::Offence>,
    pub(super) gaps: Vec<marks::MissingSpans>,
    pub(super) pauses: Vec<marks::MissingSpans>,
    pub(super) drift: Option<drift::Drawn>,
}
