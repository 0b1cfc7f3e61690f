//! A workout, its heart rates and its routes → an activity.

use chrono::Datelike;

use super::lost_routes::LostRoutes;
use super::scan::AppleScan;
use super::workout::Workout;
use crate::activity::{
    Activity, AltitudeSource, FileAnchors, Gaps, Record, Sport, StatedTotals, SubSport,
};
use crate::decode::joined_moments::join_moments;
use crate::decode::streamed::SiblingFiles;
use crate::decode::{Limits, gpx};
use crate::units::{Seconds, UnixTime};

/// The points of all routes of a workout that lie in its time.
pub(super) fn route(
    workout: &Workout,
    sibling: SiblingFiles<'_>,
    limits: &Limits,
    lost: &mut LostRoutes,
) -> Vec<Record> {
    let mut points = Vec::new();
    for path in &workout.routes {
        let Some(bytes) = sibling(path) else {
            lost.missing += 1;
            continue;
        };
        match (gpx::FORMAT.decode)(&bytes, limits) {
            Ok(decoded) => {
                points.extend(decoded.activities.into_iter().flat_map(|part| part.records));
            }
            Err(_) => lost.unreadable += 1,
        }
        points.truncate(limits.max_records);
    }
    points.retain(|point| (workout.start.time..=workout.end).contains(&point.time));
    points
}

/// The activity without its number.
pub(super) fn of(workout: &Workout, route: Vec<Record>, scan: &AppleScan) -> Activity {
    let Workout { start, end, .. } = *workout;
    let has_route = !route.is_empty();
    let beats = scan.heart_rates.between(start.time, end, workout.source);
    let beats = beats.map(|(time, beats)| Record {
        time,
        heart_rate_bpm: Some(beats),
        ..Record::default()
    });
    let records = join_moments(route.into_iter().chain(beats).collect());
    let sport = workout.sport();
    let offset = workout.utc_offset_s();
    Activity {
        sub_sport: sub_sport(workout, &sport),
        sport,
        start: start.time,
        stated_start: Some(start.time),
        end: Some(end),
        // Where the run was tells the offset better than the phone on the day of the export.
        utc_offset_s: offset.or(start.offset_s.filter(|_| !has_route)),
        records,
        pauses: workout.pauses(),
        altitude_source: AltitudeSource::Satellite,
        gaps: Gaps::Silence,
        stated: stated(workout),
        anchors: FileAnchors {
            age_years: start.time.date_time().and_then(|start| scan.age_in(start.year())),
            sex: scan.sex,
            ..FileAnchors::default()
        },
        ..Activity::default()
    }
}

fn sub_sport(workout: &Workout, sport: &Sport) -> SubSport {
    let is_indoor = workout.is_indoor && *sport == Sport::Running;
    if is_indoor { SubSport("indoor_running".to_owned()) } else { SubSport::default() }
}

fn stated(workout: &Workout) -> StatedTotals {
    let seconds = |from: UnixTime, to: UnixTime| Seconds::new((to.0 - from.0) as f64 / 1000.0);
    StatedTotals {
        elapsed: seconds(workout.start.time, workout.end),
        timer: workout.timer,
        distance: workout.distance,
        mean_heart_rate_bpm: workout.mean_heart_rate,
        max_heart_rate_bpm: workout.max_heart_rate,
        ascent: workout.ascent,
    }
}
