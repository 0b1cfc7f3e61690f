//! The routes that Apple Health keeps in files of their own are parts of its workouts, and no runs
//! beside them.

use super::{MeasuredSession, Source};
use crate::decode::{apple_health, gpx};
use crate::units::UnixTime;

/// How far a route may reach beyond its workout, in milliseconds: the times of workouts are cut to
/// seconds.
const ROUNDED_MS: i64 = 1000;

/// A workout and the folder of its routes.
struct TimedWorkout {
    row: usize,
    athlete: String,
    folder: String,
    from: i64,
    to: i64,
}

/// Makes the routes that lie in the time of a workout of the export beside them sources of that workout.
pub(super) fn join_routes(measured: &mut Vec<MeasuredSession>) {
    let mut workouts: Vec<TimedWorkout> =
        measured.iter().enumerate().filter_map(|(row, run)| workout(row, run)).collect();
    if workouts.is_empty() {
        return;
    }
    workouts.sort_by_key(|workout| workout.from);
    let mut parts: Vec<Option<Source>> = vec![None; measured.len()];
    for row in 0..measured.len() {
        if let Some(whole) = whole_of(&measured[row], &workouts) {
            let sources = std::mem::take(&mut measured[row].sources);
            parts[row] = sources.first().cloned();
            measured[whole].sources.extend(sources);
        }
    }
    let mut parts = parts.into_iter();
    measured.retain(|_| parts.next().flatten().is_none());
}

fn workout(row: usize, run: &MeasuredSession) -> Option<TimedWorkout> {
    let source = run.sources.first().filter(|source| source.format == apple_health::FORMAT.id)?;
    let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (from, to) = span(run);
    Some(TimedWorkout { row, athlete: run.athlete.clone(), folder: folder.to_owned(), from, to })
}

fn span(run: &MeasuredSession) -> (i64, i64) {
    let UnixTime(from) = run.row.metadata.start;
    (from, from + (1000.0 * run.row.durations.elapsed.get()) as i64)
}

/// The row of the workout that this recording is a route of.
fn whole_of(run: &MeasuredSession, workouts: &[TimedWorkout]) -> Option<usize> {
    let source = run.sources.first().filter(|source| source.format == gpx::FORMAT.id)?;
    let (from, to) = span(run);
    // Of the workouts that begin before the route, the last that reaches to its end.
    let begun = workouts.partition_point(|workout| workout.from <= from + ROUNDED_MS);
    let is_whole = |workout: &&TimedWorkout| {
        to <= workout.to + ROUNDED_MS
            && workout.athlete == run.athlete
            && is_below(&source.path, &workout.folder)
    };
    workouts[..begun].iter().rev().take(MOST_AT_ONCE).find(is_whole).map(|workout| workout.row)
}

/// Workouts that may go on at the same time: the same run by several programs.
const MOST_AT_ONCE: usize = 32;

/// Whether a file lies in a folder right below this one.
fn is_below(path: &str, folder: &str) -> bool {
    let inside = match folder {
        "" => Some(path),
        folder => path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')),
    };
    inside.is_some_and(|inside| inside.split('/').count() == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_lie_in_a_folder_beside_the_export() {
        assert!(is_below("x/workout-routes/a.gpx", "x"));
        assert!(is_below("workout-routes/a.gpx", ""));
        assert!(!is_below("x/a.gpx", "x"));
        assert!(!is_below("xy/workout-routes/a.gpx", "x"));
        assert!(!is_below("x/y/z/a.gpx", "x"));
    }
}
