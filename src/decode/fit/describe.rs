//! Lets the general decoder, which knows the whole profile, read the messages that describe a
//! session.

use std::panic::{AssertUnwindSafe, catch_unwind};

use fitparser::de::{DecodeOption, FitObject, FitStreamProcessor};
use fitparser::profile::MesgNum;
use fitparser::{FitDataField, FitDataRecord, Value};

use super::reframe::Reframed;
use crate::decode::{Location, Problem, ProblemKind};
use crate::units::{UnixTime, counted};

/// One message by the names of the profile.
#[derive(Debug)]
pub(super) struct Description {
    pub(super) kind: MesgNum,
    fields: Vec<FitDataField>,
}

impl Description {
    fn value(&self, name: &str) -> Option<&Value> {
        self.fields.iter().find(|field| field.name() == name).map(FitDataField::value)
    }

    /// A single number in the field's own unit.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.value(name).and_then(number)
    }

    /// A single number that fits in a byte; 0 and 255 stand for "not set".
    pub(super) fn set_byte(&self, name: &str) -> Option<u8> {
        self.number(name).map(|number| number as u8).filter(|byte| !matches!(*byte, 0 | u8::MAX))
    }

    /// The numbers of a list, unknown ones included; a single number is a list of one.
    pub(super) fn list(&self, name: &str) -> Vec<Option<f64>> {
        match self.value(name) {
            Some(Value::Array(values)) => values.iter().map(number).collect(),
            Some(value) => vec![number(value)],
            None => Vec::new(),
        }
    }

    /// A text without blanks around it; `None` where nothing is left.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.value(name)? {
            Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The name of a value, or `prefix_number` for one that has none in the profile.
    pub(super) fn name(&self, name: &str) -> Option<String> {
        let unnamed = || self.number(name).map(|number| format!("{name}_{number}"));
        self.text(name).map(str::to_owned).or_else(unnamed)
    }

    /// A moment.
    pub(super) fn time(&self, name: &str) -> Option<UnixTime> {
        match self.value(name)? {
            Value::Timestamp(time) => Some(UnixTime::from_seconds(time.timestamp())),
            _ => None,
        }
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::String(_) | Value::Array(_) | Value::Invalid | Value::Timestamp(_) => None,
        number => number.clone().try_into().ok(),
    }
}

/// Reads the messages one by one: what is wrong with one costs only that one.
pub(super) fn describe(reframed: &Reframed, warnings: &mut Vec<Problem>) -> Vec<Description> {
    if reframed.left_out() > 0 {
        warnings.push(Problem::new(
            ProblemKind::LimitExceeded,
            format!("{} too many left out", counted(reframed.left_out(), "descriptive message")),
        ));
    }
    if reframed.places().is_empty() {
        return Vec::new();
    }
    let file = reframed.file();
    // The decoder is known to panic on crafted bytes; its state is thrown away with it.
    catch_unwind(AssertUnwindSafe(|| read(&file, reframed.places(), warnings))).unwrap_or_else(
        |_| {
            warnings.push(Problem::new(
                ProblemKind::DroppedMessages,
                "the messages that describe the session could not be read",
            ));
            Vec::new()
        },
    )
}

fn read(file: &[u8], places: &[usize], warnings: &mut Vec<Problem>) -> Vec<Description> {
    let mut processor = FitStreamProcessor::new();
    processor.add_option(DecodeOption::SkipDataCrcValidation);
    let mut descriptions = Vec::with_capacity(places.len());
    let mut places = places.iter();
    let mut rest = file;
    while !rest.is_empty() {
        let Ok((behind, object)) = processor.deserialize_next(rest) else { break };
        rest = behind;
        let FitObject::DataMessage(message) = object else { continue };
        let place = places.next().map(|at| Location::Byte(*at as u64));
        match processor.decode_message(message) {
            Ok(record) => descriptions.push(description(record)),
            Err(fault) => warnings.push(Problem {
                kind: ProblemKind::DroppedMessages,
                place,
                detail: format!("a message that describes the session cannot be read: {fault}"),
            }),
        }
    }
    descriptions
}

fn description(record: FitDataRecord) -> Description {
    Description { kind: record.kind(), fields: record.into_vec() }
}
