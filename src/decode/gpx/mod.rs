//! GPX: track points with their extensions from `quick-xml`, the description of the file and its
//! tracks from `gpx`.
//!
//! ```text
//! bytes ──text──▶ text ──scan──▶ points ──order──────▶ activities
//!                          └──▶ skeleton ──gpx──▶ texts ─┘
//! ```
//!
//! Read are versions 1.0 and 1.1, with or without namespace, under any prefix. GPX has no word
//! for distance, pauses or the sensor; the end of a segment or of a track is a pause.

mod assemble;
mod names;
mod points;
mod scan;
mod skeleton;
#[cfg(test)]
mod tests;

use scan::GpxScan;

use super::{Decoded, Format, Limits, Refusal, text};
use crate::decode::xml::segments::left_over;
use crate::decode::xml::sorting;

/// GPX 1.0 and 1.1.
pub static FORMAT: Format = Format { id: "gpx", recognises, decode };

fn recognises(bytes: &[u8]) -> bool {
    text::root_element(bytes).is_some_and(|name| names::in_small_letters(&name) == "gpx")
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let text::DecodedText { text, damage } = text::decode(bytes);
    let mut scan = scan::scan(&text, limits);
    if scan.points.records.is_empty() {
        return Err(refusal(&scan));
    }
    let mut warnings = Vec::from_iter(damage);
    warnings.append(&mut scan.forgiven);
    warnings.extend(scan.damage.take());
    warnings.extend(scan.faults.warnings(&text));
    warnings.extend(sorting::put_in_order(&mut scan.points, |segment| segment.part));
    let (skeleton, oddity) = skeleton::read(&scan.skeleton, scan.skeleton_left_out, limits);
    warnings.extend(oddity);
    let points = scan.points.records.len();
    let activities = assemble::activities(scan.points, &skeleton, limits.max_sessions);
    warnings.extend(left_over(&activities, points, limits));
    Ok(Decoded { activities, warnings, lost_little: false })
}

/// Why a file without a single usable point is no activity.
fn refusal(scan: &GpxScan) -> Refusal {
    let not = |what: &str| Refusal::NotAnActivity(what.to_owned());
    let seen = scan.seen;
    if let Some(damage) = &scan.damage {
        return Refusal::Unusable(damage.clone());
    }
    match seen.track_points {
        0 if seen.routes > 0 => not("a route"),
        0 if seen.waypoints > 0 => not("waypoints only"),
        0 => not("a GPX file without track points (a treadmill run exported as GPX keeps its \
                  data only in the FIT file)"),
        points => scan.faults.refusal(points).unwrap_or_else(|| not("a track without times")),
    }
}
