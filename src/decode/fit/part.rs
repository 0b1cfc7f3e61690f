//! One FIT file of a chain, read from its first message to its last.

use std::array;

use super::chain::Link;
use super::developer::{self, Descriptions};
use super::event::{self, TimerEvent};
use super::hr::{self, StrapMemory};
use super::profile;
use super::record::{RecordPlan, RollingDistance};
use super::reframe::{self, Reframed};
use super::wire::{Definition, Item, Message, Wire, WireError};
use crate::activity::{Dynamics, Record};
use crate::decode::{Limits, Location, Problem, ProblemKind};
use crate::units::counted;

/// Everything that one file of a chain says, not yet interpreted.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// What the file says it is; `None` where it does not.
    pub(super) file_type: Option<u8>,
    pub(super) records: Vec<Record>,
    /// As many as there are records, or none at all.
    pub(super) dynamics: Vec<Dynamics>,
    pub(super) timer: Vec<TimerEvent>,
    pub(super) strap: StrapMemory,
    pub(super) described: Reframed,
    /// Seconds east of Greenwich.
    pub(super) utc_offset_s: Option<i32>,
    /// How many records say nothing of their time, and so cannot be used.
    pub(super) without_time: usize,
    /// Bytes that are missing or could not be read.
    pub(super) lost_bytes: usize,
    /// Bytes of the shortest record that was defined, its header included.
    pub(super) shortest_record: Option<usize>,
    /// Whether the header says how long it is.
    pub(super) has_length: bool,
    /// Timer events beyond the limit.
    pub(super) timer_left_out: usize,
}

/// The type of file that holds a recorded activity.
const ACTIVITY_FILE: u8 = 4;

const FILE_ID: u16 = 0;
const FILE_TYPE: u8 = 0;
const ACTIVITY: u16 = 34;
const LOCAL_TIMESTAMP: u8 = 5;

impl Part {
    /// Reads the messages of one file; of a file that is no activity, only the first ones.
    pub(super) fn read(
        bytes: &[u8],
        link: &Link,
        limits: &Limits,
        warnings: &mut Vec<Problem>,
    ) -> Self {
        let mut reader = PartReader::new(limits);
        let mut wire = Wire::new(bytes, link.data.clone());
        loop {
            let remaining = wire.remaining();
            match wire.next() {
                None => break,
                Some(Err(WireError::Incomplete { .. })) if link.is_open_ended() => break,
                Some(Err(damage)) => {
                    let lost = wire.remaining();
                    let Some((skipped, definitions)) = wire.resume() else {
                        reader.part.lost_bytes += lost;
                        warnings.push(problem(damage));
                        break;
                    };
                    // The last record before damage shows is most often a part of it.
                    reader.part.records.pop();
                    reader.part.dynamics.truncate(reader.part.records.len());
                    reader.part.lost_bytes += skipped;
                    for (local, definition) in definitions {
                        reader.define(*local, definition, lost);
                    }
                    warnings.push(skipped_bytes(&damage, skipped));
                }
                Some(Ok(Item::Definition(local, definition))) => {
                    reader.define(local, definition, remaining);
                }
                Some(Ok(Item::Message(message))) => reader.take(&message),
            }
            if reader.part.is_other_file() {
                return reader.part;
            }
        }
        reader.part.lost_bytes += link.missing();
        reader.part.has_length = !link.was_never_finished();
        link.verify(bytes, warnings);
        reader.finish(warnings)
    }

    /// The number of whatever it holds most of.
    pub(super) fn largest_count(&self) -> usize {
        self.records.len().max(self.timer.len()).max(self.strap.len())
    }

    /// Whether this file says it is no activity, and does not prove the contrary.
    pub(super) fn is_other_file(&self) -> bool {
        self.file_type.is_some_and(|kind| kind != ACTIVITY_FILE) && self.records.is_empty()
    }
}

fn skipped_bytes(damage: &WireError, skipped: usize) -> Problem {
    let (WireError::Incomplete { at }
    | WireError::NoDefinition { at }
    | WireError::Undefined { at, .. }) = damage;
    let detail =
        format!("{} passed over; records go on behind them", counted(skipped, "damaged byte"));
    Problem::at(Location::Byte(*at as u64), ProblemKind::Damaged, detail)
}

fn problem(damage: WireError) -> Problem {
    let at = |at| Location::Byte(at as u64);
    match damage {
        WireError::Incomplete { at: byte } => Problem::at(
            at(byte),
            ProblemKind::Malformed,
            "a message is longer than the data that the header states",
        ),
        WireError::NoDefinition { at: byte } => Problem::at(
            at(byte),
            ProblemKind::Malformed,
            "a definition of messages makes no sense; nothing behind it can be read",
        ),
        WireError::Undefined { at: byte, local } => Problem::at(
            at(byte),
            ProblemKind::Malformed,
            format!(
                "a message refers to definition {local}, which never came; nothing behind it can be read"
            ),
        ),
    }
}

/// What is to be done with the messages of one definition.
#[derive(Debug, Default)]
enum MessagePlan {
    #[default]
    Skip,
    FileId,
    Record(RecordPlan),
    Event,
    StrapMemory,
    FieldDescription,
    Activity,
    Describe,
}

struct PartReader<'l> {
    part: Part,
    plans: [MessagePlan; 16],
    descriptions: Descriptions,
    distance: RollingDistance,
    limits: &'l Limits,
    over_limit: usize,
}

impl<'l> PartReader<'l> {
    fn new(limits: &'l Limits) -> Self {
        Self {
            part: Part::default(),
            plans: array::from_fn(|_| MessagePlan::Skip),
            descriptions: Descriptions::default(),
            distance: RollingDistance::default(),
            limits,
            over_limit: 0,
        }
    }

    fn define(&mut self, local: u8, definition: &Definition, remaining: usize) {
        self.plans[usize::from(local)] = match definition.global {
            FILE_ID => MessagePlan::FileId,
            profile::RECORD => {
                self.reserve(definition, remaining);
                let length = 1 + definition.length;
                let shortest = self.part.shortest_record.map_or(length, |own| own.min(length));
                self.part.shortest_record = Some(shortest);
                MessagePlan::Record(RecordPlan::compile(definition, &self.descriptions))
            }
            event::MESSAGE => MessagePlan::Event,
            hr::MESSAGE => MessagePlan::StrapMemory,
            developer::MESSAGE => MessagePlan::FieldDescription,
            ACTIVITY => MessagePlan::Activity,
            global if reframe::is_wanted(global) => MessagePlan::Describe,
            _ => MessagePlan::Skip,
        };
    }

    /// Makes room once for as many records as the rest of the file can hold.
    fn reserve(&mut self, definition: &Definition, remaining: usize) {
        if self.part.records.capacity() == 0 {
            let possible = remaining / (1 + definition.length);
            self.part.records.reserve_exact(possible.min(self.limits.max_records));
        }
    }

    fn take(&mut self, message: &Message<'_>) {
        match &self.plans[usize::from(message.local)] {
            MessagePlan::Record(plan) => {
                if let Some((record, dynamics)) = plan.read(message, &mut self.distance) {
                    self.keep(record, dynamics);
                } else {
                    self.part.without_time += 1;
                }
            }
            MessagePlan::Skip => {}
            MessagePlan::Event => self.keep_event(message),
            MessagePlan::StrapMemory => self.part.strap.take(message, self.limits.max_records),
            MessagePlan::FieldDescription => self.descriptions.take(message),
            MessagePlan::Activity => {
                let offset = utc_offset_s(message);
                self.part.utc_offset_s = offset.or(self.part.utc_offset_s);
            }
            MessagePlan::Describe => self.part.described.add(message),
            MessagePlan::FileId => {
                self.part.file_type = message.uint8(FILE_TYPE);
                self.part.described.add(message);
            }
        }
    }

    fn keep(&mut self, record: Record, dynamics: Dynamics) {
        let part = &mut self.part;
        if part.records.len() >= self.limits.max_records {
            self.over_limit += 1;
            return;
        }
        if !part.dynamics.is_empty() {
            part.dynamics.push(dynamics);
        } else if dynamics != Dynamics::default() {
            part.dynamics.reserve_exact(part.records.capacity());
            part.dynamics.resize(part.records.len(), Dynamics::default());
            part.dynamics.push(dynamics);
        }
        part.records.push(record);
    }

    fn keep_event(&mut self, message: &Message<'_>) {
        let Some(event) = TimerEvent::read(message) else { return };
        if self.part.timer.len() < self.limits.max_records {
            self.part.timer.push(event);
        } else {
            self.part.timer_left_out += 1;
        }
    }

    fn finish(self, warnings: &mut Vec<Problem>) -> Part {
        let without_time = self.part.without_time;
        if without_time > 0 {
            let kind = if self.part.records.is_empty() {
                ProblemKind::NoTimes
            } else {
                ProblemKind::DroppedRecords
            };
            let detail = format!("{} without a time left out", counted(without_time, "record"));
            warnings.push(Problem::new(kind, detail));
        }
        let beyond = |count: usize, what: &str| {
            let most = self.limits.max_records;
            let detail =
                format!("{count} {what} beyond the limit of {most} left out (max_records)");
            (count > 0).then(|| Problem::new(ProblemKind::LimitExceeded, detail))
        };
        warnings.extend(beyond(self.over_limit, "records"));
        warnings.extend(beyond(self.part.timer_left_out, "timer events"));
        warnings.extend(beyond(self.part.strap.left_out(), "heart rates from a strap's memory"));
        self.part
    }
}

const QUARTER_HOUR_S: i64 = 900;
const LARGEST_OFFSET_S: i64 = 14 * 3600;
/// The two clocks are read one after the other.
const LARGEST_REST_S: i64 = 60;

/// The difference between local time and UTC, as clocks on earth have it: in quarters of an hour.
/// Anything else is no local time.
fn utc_offset_s(message: &Message<'_>) -> Option<i32> {
    let local = i64::from(message.uint32(LOCAL_TIMESTAMP)?);
    let difference = local - i64::from(message.time?);
    let quarters = (difference + QUARTER_HOUR_S / 2).div_euclid(QUARTER_HOUR_S);
    let rounded = quarters * QUARTER_HOUR_S;
    let is_offset =
        rounded.abs() <= LARGEST_OFFSET_S && (difference - rounded).abs() <= LARGEST_REST_S;
    is_offset.then_some(rounded as i32)
}
