//! TCX: activities of laps of tracks of points, from `quick-xml` in one pass.
//!
//! ```text
//! bytes ──text──▶ text ──scan──▶ points ──order──▶ distance ──▶ pauses ──▶ activities
//!                          └───▶ sessions and laps ───────────────┘
//! ```
//!
//! Read with or without namespace, under any prefix, with or without the outermost element. A lap
//! says how long its timer ran, which tells a pause from a mere gap.

mod assemble;
mod distance;
mod fields;
mod laps;
mod pauses;
mod point;
mod scan;
#[cfg(test)]
mod tests;

use fields::{BARE_ROOT, ROOT};
use scan::TcxScan;

use super::{Decoded, Format, Limits, Problem, ProblemKind, Refusal, text};
use crate::decode::xml::segments::left_over;
use crate::decode::xml::sorting;
use crate::units::counted;

/// TCX, the format of Garmin's Training Center.
pub static FORMAT: Format = Format { id: "tcx", recognises, decode };

fn recognises(bytes: &[u8]) -> bool {
    text::root_element(bytes)
        .is_some_and(|name| [ROOT, BARE_ROOT].iter().any(|root| root.eq_ignore_ascii_case(&name)))
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let text::DecodedText { text, damage } = text::decode(bytes);
    let mut scan = scan::scan(&text, limits);
    if scan.points.records.is_empty() && !assemble::any_stated(&scan) {
        return Err(refusal(&scan));
    }
    let mut warnings = Vec::from_iter(damage);
    warnings.append(&mut scan.forgiven);
    warnings.extend(scan.damage.take());
    warnings.extend(scan.faults.warnings(&text));
    let laps = &scan.laps;
    warnings.extend(sorting::put_in_order(&mut scan.points, |segment| laps[segment.part].session));
    let (points, sessions) = (scan.points.records.len(), scan.sessions.len());
    let activities = assemble::activities(scan, limits.max_sessions);
    warnings.extend(left_over(&activities, points, limits));
    warnings.extend(without_points(sessions.saturating_sub(activities.len())));
    Ok(Decoded { activities, warnings, lost_little: false })
}

fn without_points(sessions: usize) -> Option<Problem> {
    let activities = if sessions == 1 { "activity" } else { "activities" };
    let detail = format!("{sessions} {activities} without track points left out");
    (sessions > 0).then(|| Problem::new(ProblemKind::NoRecords, detail))
}

/// Why a file without a single usable point is no activity.
fn refusal(scan: &TcxScan) -> Refusal {
    let not = |what: &str| Refusal::NotAnActivity(what.to_owned());
    if let Some(damage) = &scan.damage {
        return Refusal::Unusable(damage.clone());
    }
    match scan.track_points {
        0 if !scan.sessions.is_empty() => not("an activity of a few seconds"),
        0 if scan.seen.courses => not("a course"),
        0 if scan.seen.workouts => not("a planned workout"),
        0 => not("a TCX file without activities"),
        points => scan
            .faults
            .refusal(points)
            .unwrap_or_else(|| not(&format!("{} without times", counted(points, "track point")))),
    }
}
