//! Turns what one file of a chain says into one activity for each of its sessions.

use std::ops::Range;

use super::event::{self, TimerEvent};
use super::facts::{Facts, SessionFacts};
use super::part::Part;
use crate::activity::{
    Activity, AltitudeSource, Dynamics, Gaps, HeartRateSensor, Record, Sport, SubSport,
};
use crate::decode::{Problem, ProblemKind};
use crate::units::UnixTime;

/// A start earlier than this before the first record is not that of the records.
const LONGEST_LEAD_MS: i64 = 3_600_000;

/// A shorter session without records is the pressing of a button, in seconds.
const SHORTEST_STATED_S: f64 = 60.0;
/// An end later than this behind the last record is not that of the records.
const LONGEST_TRAIL_MS: i64 = 60_000;

/// The activities of one file; its records are in order of time.
pub(super) fn activities(
    mut part: Part,
    facts: &Facts,
    warnings: &mut Vec<Problem>,
) -> Vec<Activity> {
    part.timer.sort_by_key(|event| event.time);
    let strap = std::mem::take(&mut part.strap);
    let sensor = match (strap.merge_into(&mut part.records), facts.sensor) {
        (0, sensor) => sensor,
        _ => HeartRateSensor::External,
    };
    let unnamed = [SessionFacts::of_whole_file(facts)];
    let sessions = if facts.sessions.is_empty() { &unnamed[..] } else { &facts.sessions };
    let spans = spans(sessions);
    let mut activities = Vec::with_capacity(spans.len());
    let mut first = 0;
    for span in &spans {
        let rest = part.records.get(first..).unwrap_or_default();
        let own = first..first + rest.partition_point(|record| record.time < span.until);
        first = own.end;
        let records = take(&mut part.records, own.clone());
        let dynamics = take(&mut part.dynamics, own);
        let session = &sessions[span.session];
        if records.is_empty() && !session.states_a_session() {
            warnings.push(without_records(span.session, session, sessions.len()));
            continue;
        }
        let mut activity = activity(session, facts, span.session);
        if part.timer.is_empty() {
            activity.gaps = Gaps::MayBePauses;
        }
        activity.sensor = sensor;
        activity.utc_offset_s = part.utc_offset_s;
        add_records(&mut activity, records, dynamics);
        add_times(&mut activity, &part.timer, *span, session.start);
        activities.push(activity);
    }
    activities
}

impl SessionFacts {
    /// The session of a file that describes none.
    fn of_whole_file(facts: &Facts) -> Self {
        let sport = facts.sports.last();
        Self {
            sport: sport.map_or(Sport::Unspecified, |facts| facts.sport.clone()),
            sub_sport: sport.map_or_else(SubSport::default, |facts| facts.sub_sport.clone()),
            ..Self::default()
        }
    }

    /// Whether it has a start and a length of its own, which are worth something without records.
    fn states_a_session(&self) -> bool {
        let seconds = self.stated.timer.or(self.stated.elapsed);
        self.start.is_some() && seconds.is_some_and(|seconds| seconds.get() >= SHORTEST_STATED_S)
    }

    /// When it ended by its own account.
    fn end(&self) -> Option<UnixTime> {
        let elapsed = self.stated.elapsed.map(|elapsed| (elapsed.get() * 1000.0) as i64);
        self.start.zip(elapsed).map(|(start, ms)| UnixTime(start.0 + ms)).or(self.written)
    }
}

/// Which part of the time belongs to a session.
#[derive(Debug, Clone, Copy)]
struct SessionSpan {
    session: usize,
    from: UnixTime,
    /// The first moment that does not belong to it any more.
    until: UnixTime,
}

impl SessionSpan {
    /// What the timer did in the session; its events are in order of time.
    fn events(self, timer: &[TimerEvent]) -> Vec<TimerEvent> {
        let first = timer.partition_point(|event| event.time < self.from);
        let count = timer[first..].partition_point(|event| event.time <= self.until);
        let within = timer[first..].iter().take(count).copied();
        within.filter(|event| self.holds(*event)).collect()
    }

    /// Whether the timer did this in the session: where one session follows another at once, the
    /// stop of the one and the start of the other have the same time.
    fn holds(self, event: TimerEvent) -> bool {
        if event.starts {
            self.from <= event.time && event.time < self.until
        } else {
            self.from < event.time && event.time <= self.until
        }
    }
}

const ALWAYS: UnixTime = UnixTime(i64::MIN);
const NEVER: UnixTime = UnixTime(i64::MAX);

/// The spans in order of time: each session lasts until the next begins, so that no record is
/// lost between two, before the first or after the last.
fn spans(sessions: &[SessionFacts]) -> Vec<SessionSpan> {
    let mut before = ALWAYS;
    let mut spans: Vec<SessionSpan> = Vec::with_capacity(sessions.len());
    for (session, facts) in sessions.iter().enumerate() {
        let from = facts.start.unwrap_or(before);
        before = facts.end().unwrap_or(from);
        spans.push(SessionSpan { session, from, until: NEVER });
    }
    spans.sort_by_key(|span| span.from);
    for next in (1..spans.len()).rev() {
        spans[next - 1].until = spans[next].from;
    }
    if let Some(first) = spans.first_mut() {
        first.from = ALWAYS;
    }
    spans
}

/// These of the values: all of them without a copy.
fn take<T: Clone>(values: &mut Vec<T>, own: Range<usize>) -> Vec<T> {
    if own == (0..values.len()) {
        return std::mem::take(values);
    }
    // A copy takes no more room than it needs; the rest of a split vector keeps that of the whole.
    values.get(own).map_or_else(Vec::new, <[T]>::to_vec)
}

fn without_records(index: usize, session: &SessionFacts, sessions: usize) -> Problem {
    Problem::new(
        ProblemKind::NoRecords,
        format!("session {} of {sessions} ({}) has no records", index + 1, session.sport.name()),
    )
}

fn activity(session: &SessionFacts, facts: &Facts, index: usize) -> Activity {
    Activity {
        sport: session.sport.clone(),
        sub_sport: session.sub_sport.clone(),
        altitude_source: AltitudeSource::Barometer,
        gaps: Gaps::Silence,
        device: facts.device.clone(),
        stated: session.stated,
        anchors: facts.anchors(index),
        device_zones: facts.device_zones(index),
        texts: session.texts(facts),
        rating: session.rating,
        primary_benefit: session.primary_benefit,
        planned_end: facts.planned_end(session),
        // Every watch that ends a recording writes a session; with it the rating is gone.
        damaged: facts.sessions.is_empty(),
        ..Activity::default()
    }
}

fn add_records(activity: &mut Activity, records: Vec<Record>, dynamics: Vec<Dynamics>) {
    activity.records = records;
    // A session of its own within a longer file may have none where another has them.
    let has_dynamics = dynamics.iter().any(|dynamics| *dynamics != Dynamics::default());
    activity.dynamics = if has_dynamics { dynamics } else { Vec::new() };
}

/// When the session began, paused and ended: by its own word, else by the timer, else by the
/// records.
fn add_times(
    activity: &mut Activity,
    timer: &[TimerEvent],
    span: SessionSpan,
    stated_start: Option<UnixTime>,
) {
    activity.stated_start = stated_start;
    let (Some(first), Some(last)) = (activity.records.first(), activity.records.last()) else {
        activity.start = stated_start.unwrap_or_default();
        return;
    };
    let events = span.events(timer);
    let timer_start = events.iter().find(|event| event.starts).map(|event| event.time);
    let is_start = |start: &UnixTime| is_shortly_before(*start, first.time);
    activity.start =
        stated_start.filter(is_start).or(timer_start.filter(is_start)).unwrap_or(first.time);
    let (pauses, end) = event::pauses(&events, &activity.records);
    // The change to the next leg stops no timer.
    let end = end.or((span.until != NEVER).then_some(span.until));
    activity.end = end.filter(|end| end.0 <= last.time.0 + LONGEST_TRAIL_MS);
    activity.pauses = pauses;
}

fn is_shortly_before(time: UnixTime, other: UnixTime) -> bool {
    (0..=LONGEST_LEAD_MS).contains(&other.0.saturating_sub(time.0))
}
