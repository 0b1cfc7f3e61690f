//! One pass over an export: its workouts, its heart rates, and whose they are.

use std::io::BufRead;

use chrono::{Datelike, NaiveDate};
use quick_xml::errors::Error;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::heart_rates::{HeartRates, Sources};
use super::stream::ElementStream;
use super::workout::{Workout, attribute, stamp};
use crate::activity::Sex;
use crate::decode::point_quantity::whole_beats;
use crate::decode::{Limits, Location, Problem, ProblemKind};

/// The outermost element.
pub(super) const ROOT: &str = "HealthData";

/// What one pass finds.
#[derive(Debug)]
pub(super) struct AppleScan {
    pub(super) workouts: Vec<Workout>,
    /// In order of time.
    pub(super) heart_rates: HeartRates,
    pub(super) born: Option<NaiveDate>,
    pub(super) sex: Option<Sex>,
    pub(super) warnings: Vec<Problem>,
}

impl AppleScan {
    fn new(limits: &Limits) -> Self {
        let heart_rates = HeartRates::new(limits);
        Self { workouts: Vec::new(), heart_rates, born: None, sex: None, warnings: Vec::new() }
    }

    /// Age in years at the end of a year.
    pub(super) fn age_in(&self, year: i32) -> Option<u8> {
        u8::try_from(year - self.born?.year()).ok()
    }
}

/// Reads the whole export, or as much of it as can be read.
pub(super) fn scan(bytes: &mut dyn BufRead, limits: &Limits) -> AppleScan {
    let mut scanner = Scanner::new(limits);
    let damage = scanner.walk(bytes).err();
    scanner.finish(damage)
}

struct Scanner<'l> {
    limits: &'l Limits,
    scan: AppleScan,
    sources: Sources,
    /// The workout whose end tag has not come yet.
    open: Option<Workout>,
    /// Whether the elements below stand in the route of that workout.
    in_route: bool,
    unreadable: UnreadableEntries,
}

/// What was left out, counted.
#[derive(Default)]
struct UnreadableEntries {
    workouts: usize,
    heart_rates: usize,
}

impl<'l> Scanner<'l> {
    fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            scan: AppleScan::new(limits),
            sources: Sources::default(),
            open: None,
            in_route: false,
            unreadable: UnreadableEntries::default(),
        }
    }

    fn walk(&mut self, bytes: &mut dyn BufRead) -> Result<(), Problem> {
        let mut reader = Reader::from_reader(ElementStream::of(bytes));
        let (mut buffer, mut depth) = (Vec::new(), 0_usize);
        loop {
            buffer.clear();
            reader.get_mut().begin();
            let at = reader.buffer_position();
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(tag)) => {
                    self.element(&tag, depth, at)?;
                    depth += 1;
                    self.check_depth(depth, at)?;
                }
                Ok(Event::Empty(tag)) => {
                    self.element(&tag, depth, at)?;
                    self.end(depth);
                }
                Ok(Event::End(_)) => {
                    depth = depth.saturating_sub(1);
                    self.end(depth);
                    if depth == 0 {
                        return Ok(());
                    }
                }
                Ok(Event::Eof) => {
                    let detail = format!("the file ends before </{ROOT}>");
                    return Err(Problem::at(Location::Byte(at), ProblemKind::Truncated, detail));
                }
                Ok(_) => {}
                Err(error) => return Err(problem(&error, at)),
            }
        }
    }

    fn check_depth(&self, depth: usize, at: u64) -> Result<(), Problem> {
        let most = self.limits.max_depth;
        let detail = || format!("elements nested deeper than max_depth {most}");
        let too_deep = || Problem::at(Location::Byte(at), ProblemKind::LimitExceeded, detail());
        (depth <= most).then_some(()).ok_or_else(too_deep)
    }

    /// An element below so many others. Of a workout only what stands right below it is about the whole
    /// of it: steps of intervals have statistics of their own.
    fn element(&mut self, tag: &BytesStart<'_>, depth: usize, at: u64) -> Result<(), Problem> {
        let name = tag.local_name();
        match (depth, name.as_ref()) {
            (0, ROOT) => {}
            (0, other) => {
                let name: String = other.chars().take(40).collect();
                let detail = format!("the outermost element is <{name}>, not <{ROOT}>");
                return Err(Problem::at(Location::Byte(at), ProblemKind::Malformed, detail));
            }
            (1, "Record") => self.record(tag),
            (1, "Workout") => self.begin_workout(tag, at)?,
            (1, "Me") => self.owner(tag),
            (2, name) => {
                self.in_route = name == "WorkoutRoute";
                match (&mut self.open, name) {
                    (Some(workout), "MetadataEntry") => workout.metadata(tag),
                    (Some(workout), "WorkoutEvent") => workout.event(tag),
                    (Some(workout), "WorkoutStatistics") => workout.statistics(tag),
                    _ => {}
                }
            }
            (3, "FileReference") if self.in_route => {
                if let Some(workout) = &mut self.open {
                    workout.route(tag);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// An element ends that stood below so many others.
    fn end(&mut self, depth: usize) {
        if depth == 1 {
            self.scan.workouts.extend(self.open.take());
        }
    }

    fn begin_workout(&mut self, tag: &BytesStart<'_>, at: u64) -> Result<(), Problem> {
        if self.scan.workouts.len() >= self.limits.max_sessions {
            let detail = format!("more workouts than max_sessions {}", self.limits.max_sessions);
            return Err(Problem::at(Location::Byte(at), ProblemKind::LimitExceeded, detail));
        }
        self.open = Workout::of(tag, |name| self.sources.number(name));
        self.unreadable.workouts += usize::from(self.open.is_none());
        Ok(())
    }

    /// Of millions of records only heart rates are looked into.
    fn record(&mut self, tag: &BytesStart<'_>) {
        if !tag.attributes_raw().contains("\"HKQuantityTypeIdentifierHeartRate\"") {
            return;
        }
        let is_per_minute = attribute(tag, "unit").is_some_and(|unit| unit == "count/min");
        let beats = attribute(tag, "value").and_then(|value| value.parse::<f64>().ok());
        let beats = beats.filter(|beats| is_per_minute && (1.0..255.0).contains(beats));
        match stamp(tag, "startDate").zip(beats) {
            Some((stamp, beats)) => {
                let source = self.sources.number(&attribute(tag, "sourceName").unwrap_or_default());
                self.scan.heart_rates.add(stamp.time, source, whole_beats(beats));
            }
            None => self.unreadable.heart_rates += 1,
        }
    }

    fn owner(&mut self, tag: &BytesStart<'_>) {
        let born = attribute(tag, "HKCharacteristicTypeIdentifierDateOfBirth");
        self.scan.born = born.and_then(|born| born.parse().ok());
        let sex = attribute(tag, "HKCharacteristicTypeIdentifierBiologicalSex");
        self.scan.sex = match sex.as_deref() {
            Some("HKBiologicalSexFemale") => Some(Sex::Female),
            Some("HKBiologicalSexMale") => Some(Sex::Male),
            _ => None,
        };
    }

    fn finish(mut self, damage: Option<Problem>) -> AppleScan {
        self.scan.workouts.extend(self.open.take());
        self.scan.heart_rates.sort();
        let left_out = self.scan.heart_rates.left_out;
        let told = [
            (self.unreadable.workouts, "workouts without a start and an end left out"),
            (
                self.unreadable.heart_rates,
                "heart rates without a time or a sensible number left out",
            ),
        ];
        self.scan.warnings.extend(damage);
        let most = self.scan.heart_rates.limit();
        let beyond =
            format!("{left_out} heart rates beyond the limit of {most} left out (max_records)");
        let beyond = (left_out > 0).then(|| Problem::new(ProblemKind::LimitExceeded, beyond));
        self.scan.warnings.extend(beyond);
        self.scan.warnings.extend(told.into_iter().filter(|(count, _)| *count > 0).map(
            |(count, what)| Problem::new(ProblemKind::DroppedRecords, format!("{count} {what}")),
        ));
        self.scan
    }
}

fn problem(error: &Error, at: u64) -> Problem {
    let kind = match error {
        Error::Io(error) if error.kind() == std::io::ErrorKind::QuotaExceeded => {
            ProblemKind::LimitExceeded
        }
        Error::Io(_) | Error::Syntax(_) => ProblemKind::Truncated,
        _ => ProblemKind::Malformed,
    };
    let detail: String = error.to_string().chars().take(200).collect();
    Problem::at(Location::Byte(at), kind, detail)
}
