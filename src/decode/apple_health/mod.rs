//! The export of Apple Health: workouts and heart rates in one long file, their routes in GPX files
//! beside it.
//!
//! ```text
//! stream ──scan──▶ workouts ────────────────┐
//!             └──▶ heart rates, 6 bytes each ┼─join─▶ activities, one after another
//! route files ──gpx──▶ points ───────────────┘
//! ```
//!
//! A heart rate does not say which workout it belongs to: it belongs to the one in whose time it lies.
//! The export has no titles, no cadence by the second, and no word on what measured the heart rate.

mod activity;
mod heart_rates;
mod lost_routes;
mod scan;
mod stream;
#[cfg(test)]
mod tests;
mod workout;

use std::io::BufRead;

use crate::activity::Activity;

use self::lost_routes::LostRoutes;
use super::streamed::{SiblingFiles, StreamedFormat};
use super::{Limits, Problem, Refusal, text};

/// `export.xml` of Apple Health.
pub static FORMAT: StreamedFormat = StreamedFormat { id: "apple-health", recognises, decode };

fn recognises(bytes: &[u8]) -> bool {
    text::root_element(bytes).is_some_and(|name| name == scan::ROOT)
}

fn decode(
    bytes: &mut dyn BufRead,
    sibling: SiblingFiles<'_>,
    limits: &Limits,
    take: &mut dyn FnMut(Activity),
) -> Result<Vec<Problem>, Refusal> {
    let mut scan = scan::scan(bytes, limits);
    let mut warnings = std::mem::take(&mut scan.warnings);
    if scan.workouts.is_empty() {
        let nothing =
            || Refusal::NotAnActivity("an Apple Health export without workouts".to_owned());
        let damage = warnings.into_iter().find(|warning| warning.kind.breaks_off());
        return Err(damage.map_or_else(nothing, Refusal::Unusable));
    }
    let breaks_off = warnings.iter().any(|warning| warning.kind.breaks_off());
    let mut lost = LostRoutes::default();
    let last = scan.workouts.len() - 1;
    for (number, workout) in scan.workouts.iter().enumerate() {
        let route = activity::route(workout, sibling, limits, &mut lost);
        let mut activity = activity::of(workout, route, &scan);
        activity.session = number as u16;
        // The workouts stand in order, and only the last one can have lost something of itself.
        activity.breaks_off = breaks_off && number == last;
        take(activity);
    }
    warnings.extend(lost.problems());
    Ok(warnings)
}
