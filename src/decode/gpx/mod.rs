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
mod faults;
mod order;
mod points;
mod scan;
mod skeleton;
#[cfg(test)]
mod tests;
mod time;
mod xml;

use faults::counted;
use scan::Scan;

use crate::activity::Activity;

use super::{Decoded, Format, Limits, Problem, ProblemKind, Refusal, text};

/// GPX 1.0 and 1.1.
pub static FORMAT: Format = Format { id: "gpx", recognises, decode };

fn recognises(bytes: &[u8]) -> bool {
    text::root_element(bytes).is_some_and(|name| name == "gpx")
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let text::Text { text, damage } = text::decode(bytes);
    let mut scan = scan::scan(&text, limits);
    if scan.records.is_empty() {
        return Err(refusal(&scan));
    }
    let mut warnings = Vec::from_iter(damage);
    warnings.append(&mut scan.forgiven);
    warnings.extend(scan.damage.take());
    warnings.extend(scan.faults.warnings(&text));
    warnings.extend(put_in_order(&mut scan));
    let (skeleton, oddity) = skeleton::read(&scan.skeleton, limits);
    warnings.extend(oddity);
    let points = scan.records.len();
    let activities = assemble::activities(scan, &skeleton);
    warnings.extend(left_over(&activities, points));
    Ok(Decoded { activities, warnings })
}

fn put_in_order(scan: &mut Scan) -> Option<Problem> {
    let dropped = order::drop_steps_back(scan);
    let detail = format!("{} stepping back in time left out", counted(dropped, "track point"));
    (dropped > 0).then(|| Problem::new(ProblemKind::TimeBackwards, detail))
}

fn left_over(activities: &[Activity], points: usize) -> Option<Problem> {
    let kept: usize = activities.iter().map(|activity| activity.records.len()).sum();
    let left = points - kept;
    let max = assemble::MAX_ACTIVITIES;
    let detail = format!("more than {max} activities: {} left out", counted(left, "track point"));
    (left > 0).then(|| Problem::new(ProblemKind::LimitExceeded, detail))
}

/// Why a file without a single usable point is no activity.
fn refusal(scan: &Scan) -> Refusal {
    let not = |what: String| Refusal::NotAnActivity(what);
    let unusable = |kind, detail: String| Refusal::Unusable(Problem::new(kind, detail));
    let (seen, faults) = (scan.seen, &scan.faults);
    if let Some(damage) = &scan.damage {
        return Refusal::Unusable(damage.clone());
    }
    match seen.track_points {
        0 if seen.routes > 0 => not("a route".to_owned()),
        0 if seen.waypoints > 0 => not("waypoints only".to_owned()),
        0 => {
            not("a GPX file without track points (a treadmill run exported as GPX keeps its data \
                  only in the FIT file)"
                .to_owned())
        }
        points if faults.implausible_times.times > 0 => unusable(
            ProblemKind::ImplausibleTime,
            format!("none of {} lies in the years 1990–2100", counted(points, "track point")),
        ),
        points if faults.unreadable_times.times > 0 => unusable(
            ProblemKind::NoTimes,
            format!("none of {} has a time that can be read", counted(points, "track point")),
        ),
        _ => not("a track without times".to_owned()),
    }
}
