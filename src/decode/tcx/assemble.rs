//! Points, laps and sessions → activities.

use super::distance;
use super::laps::{self, Lap, TcxSession};
use super::pauses::{RecordedLaps, pauses};
use super::scan::TcxScan;
use crate::activity::{Activity, AltitudeSource, Gaps, LabelSource, LabelText, Record, Sport};
use crate::decode::sport;
use crate::decode::xml::cadence::count_both_feet;
use crate::decode::xml::segments::{PointSegment, Points};
use crate::decode::xml::texts::{device, label_texts};
use crate::units::{Seconds, UnixTime};

/// A shorter activity without points is the pressing of a button, in seconds.
const SHORTEST_STATED_S: f64 = 60.0;

/// Whether any session states a start and a length of its own.
pub(super) fn any_stated(scan: &TcxScan) -> bool {
    scan.track_points == 0
        && scan.laps.chunk_by(|a, b| a.session == b.session).any(states_an_activity)
}

fn states_an_activity(laps: &[Lap]) -> bool {
    let seconds = laps::stated(laps).timer.map_or(0.0, Seconds::get);
    laps[0].start.is_some() && seconds >= SHORTEST_STATED_S
}

/// The activities of a file without any point: what their laps add up to.
fn of_totals(scan: &TcxScan, most: usize) -> Vec<Activity> {
    let stating = scan.laps.chunk_by(|a, b| a.session == b.session);
    let stating = stating.filter(|laps| states_an_activity(laps)).take(most);
    let one = |(laps, number): (&[Lap], u16)| {
        let session = &scan.sessions[laps[0].session];
        let start = laps[0].start.unwrap_or_default();
        Activity { session: number, start, ..described(session, laps) }
    };
    stating.zip(0_u16..).map(one).collect()
}

/// One activity for each session that has points; of a file without points, for each that states one;
/// up to so many.
pub(super) fn activities(scan: TcxScan, most: usize) -> Vec<Activity> {
    if scan.points.records.is_empty() {
        return of_totals(&scan, most);
    }
    let TcxScan { points: Points { records, segments, .. }, sessions, laps, .. } = scan;
    let of_session = |segment: &PointSegment| laps[segment.part].session;
    let groups = segments.chunk_by(|a, b| of_session(a) == of_session(b)).take(most);
    let mut groups: Vec<&[PointSegment]> = groups.collect();
    let one = |records: Vec<Record>, group: &[PointSegment]| {
        let session = of_session(&group[0]);
        let first = laps.partition_point(|lap| lap.session < session);
        let end = laps.partition_point(|lap| lap.session <= session);
        activity(records, group, &sessions[session], (first, &laps[first..end]))
    };
    if let [only] = groups[..] {
        return vec![one(records, only)];
    }
    let numbered = groups.drain(..).zip(0_u16..).map(|(group, number)| {
        let own = group[0].records.start..group[group.len() - 1].records.end;
        Activity { session: number, ..one(records[own].to_vec(), group) }
    });
    numbered.collect()
}

fn activity(
    mut records: Vec<Record>,
    segments: &[PointSegment],
    session: &TcxSession,
    (first_lap, laps): (usize, &[Lap]),
) -> Activity {
    if session.sport() != Sport::Cycling {
        count_both_feet(&mut records);
    }
    let recording = RecordedLaps { records: &records, segments, laps, first_lap };
    let pauses = pauses(recording);
    distance::count_on(&mut records, segments, laps, first_lap);
    Activity {
        start: start(&records, laps),
        end: records.last().map(|record| record.time),
        utc_offset_s: segments[0].offset_s,
        pauses,
        records,
        ..described(session, laps)
    }
}

/// What a file says of an activity beside its points.
fn described(session: &TcxSession, laps: &[Lap]) -> Activity {
    let sport = session.sport();
    Activity {
        stated_start: laps.first().and_then(|lap| lap.start),
        texts: texts(session, laps),
        device: session.device.as_deref().and_then(device),
        altitude_source: AltitudeSource::Satellite,
        gaps: Gaps::MayBePauses,
        stated: laps::stated(laps),
        sub_sport: sport::sub_sport(&session.kind, &sport),
        sport,
        ..Activity::default()
    }
}

/// A watch waits for its satellites for minutes at most; a start written in another time zone than
/// the points is off by a quarter of an hour at least.
const MAX_WAIT_MS: i64 = 14 * 60_000;

/// When the first lap began, if that goes with the first record.
fn start(records: &[Record], laps: &[Lap]) -> UnixTime {
    let first = records[0].time;
    let stated = laps.first().and_then(|lap| lap.start);
    let fits = |start: &UnixTime| (0..=MAX_WAIT_MS).contains(&(first.0 - start.0));
    stated.filter(fits).unwrap_or(first)
}

/// Every text that may hold a label. What is noted for one lap of several says what that lap was
/// meant to be: "recovery" between two intervals makes no recovery run.
fn texts(session: &TcxSession, laps: &[Lap]) -> Vec<LabelText> {
    let kind = Some(session.kind.as_str()).filter(|kind| !laps::is_word_of_the_format(kind));
    let of_lap = if let [only] = laps { only.notes.as_deref() } else { None };
    label_texts([
        (LabelSource::Workout, session.workout.as_deref()),
        (LabelSource::Type, kind),
        (LabelSource::Description, session.notes.as_deref()),
        (LabelSource::Description, of_lap),
    ])
}
