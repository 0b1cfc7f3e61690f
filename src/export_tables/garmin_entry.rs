//! One activity as Garmin describes it in JSON → what is said of it.

use crate::activity::{Exertion, LabelSource, Rating, Sport, SubSport};
use crate::annotations::Annotations;
use crate::decode::{Problem, ProblemKind, sport};
use crate::units::{Seconds, UnixTime};

use super::bounds::Bounds;
use super::dates;
use super::entry::{ExportEntries, ExportEntry, Recording};
use super::faults::Faults;
use super::fields::{self, Fields};
use super::text;

/// Every field that is read, in exports and in answers of the website; the last three lines hold
/// objects around them.
const KNOWN: &[&str] = &[
    "name",
    "activityName",
    "description",
    "activityNotes",
    "startTimeGmt",
    "startTimeGMT",
    "beginTimestamp",
    "elapsedDuration",
    "duration",
    "sportType",
    "typeKey",
    "workoutRpe",
    "directWorkoutRpe",
    "workoutFeel",
    "directWorkoutFeel",
    "trainingEffectLabel",
    "activityType",
    "activityTypeDTO",
    "summaryDTO",
];

/// Reads an activity, or all in the field `list`, whose durations are in so many parts of a second.
pub(super) fn read(
    bytes: &[u8],
    bounds: &Bounds,
    list: Option<&'static str>,
    parts_of_second: f64,
) -> Result<ExportEntries, Problem> {
    bounds.check_size(bytes)?;
    let (text, damage) = text::decoded(bytes);
    let mut table = ExportEntries { warnings: Vec::from_iter(damage), ..ExportEntries::default() };
    let (mut number, mut undated) = (0, Faults::default());
    let fault = fields::read(&text, list, KNOWN, |fields| {
        number += 1;
        match entry(&fields, number, parts_of_second) {
            _ if number > bounds.max_entries => {}
            Some(entry) => table.entries.push(entry),
            None => undated.add(number),
        }
    });
    match fault {
        Err(problem) if number == 0 => return Err(problem),
        fault => table.warnings.extend(fault.err()),
    }
    let what = "without a start that can be read, left out";
    let undated = undated.warning(ProblemKind::DroppedEntries, "entry", "entries", what);
    // Entries have numbers and no lines.
    table.warnings.extend(undated.map(|problem| Problem { place: None, ..problem }));
    table.warnings.extend((number > bounds.max_entries).then(|| bounds.too_many(None)));
    Ok(table)
}

fn entry(fields: &Fields, number: usize, parts_of_second: f64) -> Option<ExportEntry> {
    let start = Some(start(fields)?);
    let elapsed = fields.number(&["elapsedDuration", "duration"]);
    let elapsed = elapsed.filter(|parts| *parts >= 0.0);
    let elapsed = elapsed.and_then(|parts| Seconds::new(parts / parts_of_second));
    let recording = Recording::ByStart;
    Some(ExportEntry { line: number, recording, start, elapsed, annotations: annotations(fields) })
}

/// Milliseconds since 1970 or a date, of Greenwich either way.
fn start(fields: &Fields) -> Option<UnixTime> {
    const KEYS: [&str; 3] = ["startTimeGmt", "startTimeGMT", "beginTimestamp"];
    let from_text = |key: &str| dates::read(fields.text(&[key])?)?.resolve(None);
    let from_number = |key: &str| fields.number(&[key]).and_then(dates::from_milliseconds);
    KEYS.iter().find_map(|key| from_number(key).or_else(|| from_text(key)))
}

fn annotations(fields: &Fields) -> Annotations {
    let texts = [
        (LabelSource::Title, ["name", "activityName"]),
        (LabelSource::Description, ["description", "activityNotes"]),
    ];
    let kind = fields.text(&["activityType", "typeKey", "sportType"]);
    let sport = kind.map(sport::sport).filter(|sport| *sport != Sport::Unspecified);
    let sub_sport = sport.as_ref().zip(kind).map(|(sport, kind)| sport::sub_sport(kind, sport));
    let effect = fields.text(&["trainingEffectLabel"]).filter(|effect| *effect != "UNKNOWN");
    Annotations {
        texts: texts
            .iter()
            .filter_map(|(source, keys)| text::label(*source, fields.text(keys)?))
            .collect(),
        rating: rating(fields),
        sport,
        sub_sport: sub_sport.filter(|sub_sport| *sub_sport != SubSport::default()),
        training_effect: effect.map(str::to_owned),
        ..Annotations::default()
    }
}

/// As in FIT: exertion in tenths of the CR10 scale from 1 to 10, the feeling in percent.
fn rating(fields: &Fields) -> Rating {
    let exertion = fields.number(&["directWorkoutRpe", "workoutRpe"]);
    let feel = fields.number(&["directWorkoutFeel", "workoutFeel"]);
    Rating {
        exertion: exertion
            .filter(|tenths| (10.0..=100.0).contains(tenths))
            .map(|tenths| Exertion::cr10(tenths / 10.0)),
        feel: feel.filter(|feel| (0.0..=100.0).contains(feel)).map(|feel| feel as u8),
    }
}
