//! FIT, the format of Garmin and of most watches.
//!
//! ```text
//! bytes ──chain──▶ links ──wire──▶ messages ─┬─ record, event, hr ──────────────▶ Part
//!                                            └─ the rest ──reframe──▶ describe ──▶ Facts
//! Part, Facts ──order, assemble──▶ one Activity per session
//! ```
//!
//! Nineteen messages of twenty are records, which are read straight from the bytes; the few that
//! describe the session go, re-framed, through a general decoder that knows the whole profile.

mod assemble;
mod base;
mod body;
#[cfg(test)]
mod builder;
mod chain;
mod clock;
mod crc;
mod describe;
mod developer;
mod event;
mod facts;
mod hr;
mod loss;
mod part;
mod profile;
mod rating;
mod record;
mod reframe;
mod sorting;
#[cfg(test)]
mod tests;
mod wire;
mod workout;
mod zones;

use super::{
    Decoded, Format, Limits, Location, Problem, ProblemKind, Refusal, keep_few_of_each_kind,
};
use crate::activity::{Activity, Record};
use chain::Link;
use facts::Facts;
use part::Part;

/// FIT files, chained ones included.
pub static FORMAT: Format = Format { id: "fit", recognises: chain::has_signature, decode };

/// More sessions than any recording has: each takes all texts of its file.
const MOST_SESSIONS: usize = 1000;

/// More files than any chain has.
const MOST_LINKS: usize = 1000;

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let mut warnings = Vec::new();
    let parts = read_parts(bytes, limits, &mut warnings);
    let other_type = parts.iter().find(|part| part.is_other_file()).and_then(|p| p.file_type);
    let lost_little = loss::is_little(&parts, bytes.len());
    let has_length = parts.iter().all(|part| part.has_length);
    let is_recording = |part: &Part| !part.is_other_file();
    let mut activities: Vec<Activity> = Vec::new();
    let mut has_session = false;
    for mut part in merge_straps(parts.into_iter().filter(is_recording).collect()) {
        sorting::put_in_order(&mut part, &mut warnings);
        let facts = Facts::ingest(&describe::describe(&part.described, &mut warnings));
        has_session |= !facts.sessions.is_empty();
        if !part.records.is_empty() || !facts.sessions.is_empty() {
            activities.extend(assemble::activities(part, &facts, &mut warnings));
        }
        keep_few_of_each_kind(&mut warnings);
        let most = limits.max_sessions.min(MOST_SESSIONS);
        if activities.len() > most {
            activities.truncate(most);
            warnings.push(too_many_sessions(most));
            break;
        }
    }
    if activities.is_empty() {
        return Err(refusal(warnings, other_type, has_session));
    }
    let has_end = has_length || has_session;
    let lost = warnings.iter().any(|warning| warning.kind == ProblemKind::DroppedMessages);
    activities.iter_mut().for_each(|activity| activity.damaged |= lost);
    number(&mut activities);
    let is_limit = |warning: &Problem| warning.kind == ProblemKind::LimitExceeded;
    let lost_little = has_end && lost_little && !warnings.iter().any(is_limit);
    Ok(Decoded { activities, warnings, lost_little })
}

/// The records of all files in a chain just as they are written: before heart rates from a
/// strap's memory are merged in, before sessions are told apart, before anything is left out.
pub fn read_records(bytes: &[u8]) -> Vec<Record> {
    let parts = read_parts(bytes, &Limits::default(), &mut Vec::new());
    parts.into_iter().flat_map(|part| part.records).collect()
}

fn read_parts(bytes: &[u8], limits: &Limits, warnings: &mut Vec<Problem>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut limits = *limits;
    let mut start = 0;
    for _ in 0..MOST_LINKS {
        if start > 0 && start >= bytes.len() {
            return parts;
        }
        let link = match Link::at(bytes, start) {
            Ok(link) => link,
            Err(problem) => {
                warnings.push(if start == 0 { problem } else { behind_the_end(bytes, start) });
                return parts;
            }
        };
        let part = Part::read(bytes, &link, &limits, warnings);
        limits.max_records = limits.max_records.saturating_sub(part.largest_count());
        keep_few_of_each_kind(warnings);
        parts.push(part);
        start = link.end();
    }
    if start < bytes.len() {
        warnings.push(Problem::at(
            Location::Byte(start as u64),
            ProblemKind::LimitExceeded,
            format!("more than {MOST_LINKS} chained files"),
        ));
    }
    parts
}

fn behind_the_end(bytes: &[u8], start: usize) -> Problem {
    Problem::at(
        Location::Byte(start as u64),
        ProblemKind::TrailingBytes,
        format!("{} bytes behind the end that are no FIT file", bytes.len() - start),
    )
}

/// A strap hands over its memory in files of its own, chained behind the activity they belong to.
fn merge_straps(parts: Vec<Part>) -> Vec<Part> {
    let mut merged: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        match merged.last_mut() {
            Some(before) if part.records.is_empty() && !part.strap.is_empty() => {
                before.strap.append(part.strap);
            }
            _ => merged.push(part),
        }
    }
    merged
}

fn too_many_sessions(most: usize) -> Problem {
    let detail = format!("sessions beyond the limit of {most} left out (max_sessions)");
    Problem::new(ProblemKind::LimitExceeded, detail)
}

fn number(activities: &mut [Activity]) {
    for (index, activity) in activities.iter_mut().enumerate() {
        activity.session = index.try_into().unwrap_or(u16::MAX);
    }
}

/// Why nothing came out: damage first, for behind it there may have been a run.
fn refusal(warnings: Vec<Problem>, other_type: Option<u8>, has_session: bool) -> Refusal {
    let is_damage = |problem: &Problem| problem.kind != ProblemKind::NoRecords;
    if let Some(kind) = other_type {
        return Refusal::NotAnActivity(file_type(kind));
    }
    if let Some(damage) = warnings.into_iter().find(is_damage) {
        return Refusal::Unusable(damage);
    }
    if has_session {
        return Refusal::NotAnActivity("a FIT activity without records".to_owned());
    }
    Refusal::Unusable(Problem::new(ProblemKind::NoRecords, "the file holds no records"))
}

fn file_type(kind: u8) -> String {
    let name = match kind {
        1 => "device",
        2 => "settings",
        3 => "sport settings",
        5 => "workout",
        6 => "course",
        7 => "schedule",
        9 => "weight",
        10 => "totals",
        11 => "goals",
        14 => "blood pressure",
        15 | 28 | 32 => "monitoring",
        20 => "activity summary",
        34 => "segment",
        35 => "segment list",
        kind => return format!("a FIT file of type {kind}"),
    };
    format!("a FIT {name} file")
}
