//! Exercises of Fitbit as Google Takeout gives them out: totals in one file, heart rates in a file for
//! each day beside it.
//!
//! Both clocks are UTC, which neither says; days run from midnight to midnight where the athlete was, so
//! that a time may lie in the file of the day before or after. There is no time zone, no route, no
//! cadence and no pause but their sum.

use std::collections::BTreeMap;
use std::io::BufRead;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::joined::{JsonFile, LostParts, PartDoubts, SessionsInTurn};
use super::json::head;
use super::partial_session::PartialSession;
use super::plain_value::PlainValue;
use super::point_quantity::PointQuantity;
use super::points::{PointKeys, points};
use super::sport::{named_sport, sub_sport};
use super::streamed::{SiblingFiles, StreamedFormat};
use super::value_taker::ValueTaker;
use super::{Limits, Problem, ProblemKind, Refusal};
use crate::activity::{Activity, LabelSource};
use crate::units::{METRES_PER_MILE, Metres, Seconds, UnixTime, counted};

/// `exercise-….json` of Fitbit.
pub static FORMAT: StreamedFormat = StreamedFormat { id: "fitbit", recognises, decode };

fn recognises(bytes: &[u8]) -> bool {
    head::has_keys(bytes, &["logId", "activityName", "activeDuration"])
}

fn decode(
    bytes: &mut dyn BufRead,
    sibling: SiblingFiles<'_>,
    limits: &Limits,
    take: &mut dyn FnMut(Activity),
) -> Result<Vec<Problem>, Refusal> {
    let mut taker = FitbitTaker::default();
    let JsonFile { breaks_off, is_damaged, problems } = JsonFile::read(bytes, limits, &mut taker)?;
    let mut turns = SessionsInTurn::new(take, problems);
    let mut exercises = taker.exercises;
    let last = exercises.len().saturating_sub(1);
    let mut days = HeartRateDays::new(sibling, limits);
    // Days are read once where the exercises come in the order of time.
    let mut order: Vec<usize> = (0..exercises.len()).collect();
    order.sort_by_key(|index| exercises[*index].session.start);
    let mut lost = LostParts::default();
    let mut paused = 0;
    for index in order {
        let mut exercise = std::mem::take(&mut exercises[index]);
        let is_paused = exercise.is_paused_long();
        paused += usize::from(is_paused);
        let is_whole = is_paused || exercise.join(&mut days, &mut lost);
        let doubts = PartDoubts {
            breaks_off: breaks_off && index == last,
            is_damaged: is_damaged || !is_whole,
        };
        turns.hand_over(exercise.session, doubts);
    }
    turns.warnings.extend(lost.problems("heart rates"));
    turns.warnings.extend(left_out(paused));
    turns.finish("a Fitbit file without exercises")
}

#[derive(Debug, Default)]
struct FitbitTaker {
    exercises: Vec<FitbitExercise>,
    open: FitbitExercise,
}

#[derive(Debug, Default)]
struct FitbitExercise {
    session: PartialSession,
    distance: Option<f64>,
    metres_in_unit: Option<f64>,
}

impl ValueTaker for FitbitTaker {
    fn value(&mut self, place: &str, value: PlainValue<'_>) {
        self.open.set(place, value);
    }

    fn end(&mut self, place: &str) {
        if place.is_empty() {
            self.exercises.push(std::mem::take(&mut self.open).finish());
        }
    }

    fn taken(&self) -> (usize, usize) {
        (0, self.exercises.len())
    }
}

impl FitbitExercise {
    fn set(&mut self, place: &str, value: PlainValue<'_>) {
        let session = &mut self.session;
        let seconds =
            || value.number().filter(|ms| *ms > 0.0).and_then(|ms| Seconds::new(ms / 1000.0));
        match place {
            "startTime" => session.start = utc(value),
            "duration" => session.stated.elapsed = seconds(),
            "activeDuration" => session.stated.timer = seconds(),
            "distance" => self.distance = value.number().filter(|distance| *distance >= 0.0),
            "distanceUnit" => {
                self.metres_in_unit = match value.text() {
                    Some("Kilometer") => Some(1000.0),
                    Some("Mile") => Some(METRES_PER_MILE),
                    _ => None,
                };
            }
            "averageHeartRate" => {
                let beats = value.number().filter(|beats| (1.0..=255.0).contains(beats));
                session.stated.mean_heart_rate_bpm = beats.map(|beats| beats.round() as u8);
            }
            "activityName" => {
                if let Some(kind) = value.text() {
                    session.sport = named_sport(kind);
                    session.sub_sport = sub_sport(kind, &session.sport);
                    session.add_text(LabelSource::Type, Some(kind));
                }
            }
            "source/name" => {
                session.device = value.text().map(|name| name.chars().take(128).collect());
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Self {
        let metres = self.distance.zip(self.metres_in_unit);
        self.session.stated.distance = metres.and_then(|(count, unit)| Metres::new(count * unit));
        let stated = &self.session.stated;
        let elapsed = stated.elapsed.or(stated.timer);
        self.session.end = self.session.start.zip(elapsed).map(|(start, elapsed)| {
            UnixTime(start.0.saturating_add((1000.0 * elapsed.get()).min(1e15) as i64))
        });
        self
    }

    /// Whether so much of its time was paused that heart rates at rest would pass for those of the run.
    fn is_paused_long(&self) -> bool {
        const MOST_PAUSED_SHARE: f64 = 0.1;
        let stated = &self.session.stated;
        let times = stated.elapsed.zip(stated.timer);
        times.is_some_and(|(elapsed, timer)| {
            elapsed.get() - timer.get() > MOST_PAUSED_SHARE * elapsed.get()
        })
    }

    /// Takes the heart rates of its time; says whether all of them could be read.
    fn join(&mut self, days: &mut HeartRateDays<'_>, lost: &mut LostParts) -> bool {
        let Some((start, end)) = self.session.start.zip(self.session.end) else { return true };
        let found = days.between(start, end);
        for (time, beats) in found.readings {
            let reading = (PointQuantity::HeartRate, Some(f64::from(beats)));
            self.session.samples.add(Some(time), [reading], None);
        }
        let has_mean = self.session.stated.mean_heart_rate_bpm.is_some();
        lost.missing += usize::from(found.files.is_empty() && has_mean);
        lost.unreadable += usize::from(!found.is_whole);
        self.session.joined.extend(found.files);
        found.is_whole
    }
}

/// Sessions whose heart rates are left out.
fn left_out(sessions: usize) -> Option<Problem> {
    let detail = format!(
        "heart rates of {} left out: more than a tenth of the time was paused, and nothing says when",
        counted(sessions, "session")
    );
    (sessions > 0).then(|| Problem::new(ProblemKind::DroppedRecords, detail))
}

/// `07/09/20 07:19:09`: month, day, year.
fn utc(value: PlainValue<'_>) -> Option<UnixTime> {
    let time = NaiveDateTime::parse_from_str(value.text()?, "%m/%d/%y %H:%M:%S").ok()?;
    Some(UnixTime(time.and_utc().timestamp_millis()))
}

/// No exercise is longer, in days; what says so is cut short.
const LONGEST_DAYS: i64 = 2;

const POINT: PointKeys =
    PointKeys { time: "dateTime", read_time: utc, numbers: &["value/bpm", "value/confidence"] };

/// The heart rates of the days at hand.
struct HeartRateDays<'s> {
    sibling: SiblingFiles<'s>,
    limits: &'s Limits,
    days: BTreeMap<NaiveDate, Option<HeartRateDay>>,
}

/// What one file holds, in order of time.
#[derive(Debug)]
struct HeartRateDay {
    readings: Vec<(UnixTime, u8)>,
    is_whole: bool,
}

/// What is found of an exercise.
struct FoundHeartRates {
    readings: Vec<(UnixTime, u8)>,
    files: Vec<String>,
    is_whole: bool,
}

impl<'s> HeartRateDays<'s> {
    fn new(sibling: SiblingFiles<'s>, limits: &'s Limits) -> Self {
        Self { sibling, limits, days: BTreeMap::new() }
    }

    fn between(&mut self, start: UnixTime, end: UnixTime) -> FoundHeartRates {
        let mut found = FoundHeartRates { readings: Vec::new(), files: Vec::new(), is_whole: true };
        let Some(first) = start.date_time().map(|start| start.date_naive()) else { return found };
        let length = (end.0 - start.0).div_euclid(86_400_000).clamp(0, LONGEST_DAYS);
        let before = first - TimeDelta::days(1);
        self.days = self.days.split_off(&before);
        for day in before.iter_days().take(length as usize + 4) {
            let (sibling, limits) = (self.sibling, self.limits);
            let known = self.days.entry(day).or_insert_with(|| read_day(day, sibling, limits));
            let Some(HeartRateDay { readings, is_whole }) = known else { continue };
            let from = readings.partition_point(|(time, _)| *time < start);
            let to = readings.partition_point(|(time, _)| *time <= end);
            if from < to {
                found.readings.extend(&readings[from..to]);
                found.files.push(file_name(day));
                found.is_whole &= *is_whole;
            }
        }
        found
    }
}

fn file_name(day: NaiveDate) -> String {
    format!("heart_rate-{day}.json")
}

fn read_day(day: NaiveDate, sibling: SiblingFiles<'_>, limits: &Limits) -> Option<HeartRateDay> {
    let bytes = sibling(&file_name(day))?;
    let (points, broken) = points(&bytes, limits, &POINT);
    let reading = |point: super::points::ListedPoint| {
        let [beats, confidence] = point.numbers[..] else { return None };
        // Without any confidence the number is made up: 70 where nobody wore the watch.
        let beats =
            beats.filter(|beats| (1.0..=255.0).contains(beats) && confidence != Some(0.0))?;
        Some((point.time?, beats.round() as u8))
    };
    let mut readings: Vec<_> = points.into_iter().filter_map(reading).collect();
    readings.sort_by_key(|(time, _)| *time);
    Some(HeartRateDay { readings, is_whole: broken.is_none() })
}
