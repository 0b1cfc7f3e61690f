//! What was put right of what a recorder got wrong.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::counted;

/// One kind of fault of the recorder that was put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Repair {
    /// Which.
    pub kind: RepairKind,
    /// How many records it touched.
    pub count: u32,
}

impl Repair {
    /// What was done, as a sentence without full stop.
    pub fn sentence(&self) -> String {
        let of = |thing| counted(self.count as usize, thing);
        let records = of("record");
        match self.kind {
            RepairKind::JoinedReadings => format!("{records} joined with others of the same moment"),
            RepairKind::StaleRecords => format!("{records} of another day left out"),
            RepairKind::ClockSet => format!("the clock was set during the run: {records} moved to the right time"),
            RepairKind::MotionNotRecorded => "speed and distance are 0 throughout: the motion was not recorded".to_owned(),
            RepairKind::SpreadDistance => format!("distance or place that moved only every so often was spread over the time it took ({records})"),
            RepairKind::ImpossiblePositions => format!("{} left out where no runner can have been", of("place")),
            RepairKind::UnreliableDistance => format!("{} of a distance that leaps or falls back left out", of("reading")),
            RepairKind::ImpossibleDistance => "the distance is not used: nobody runs so far in that time".to_owned(),
            RepairKind::CalibratedDistance => "the distance entered after the run is used, and speeds are scaled to it".to_owned(),
            RepairKind::NotStanding => format!("a speed of 0 was not believed while the distance went on ({records})"),
            RepairKind::ClockNotSet => "the clock of the watch was not set: the day comes from elsewhere".to_owned(),
            RepairKind::CutToSession => format!("the track was cut to the session in the name of its file ({records} left out)"),
            RepairKind::AltitudeOfZero => format!("{records} with an altitude of 0 among others far above the sea: that altitude is not used"),
            RepairKind::StatedTotals => "no usable records: time, distance and mean heart rate are the totals that the watch states".to_owned(),
        }
    }
}

impl RepairKind {
    /// Whether the user should hear of it although the run is judged: something may be wrong with the
    /// watch, or the day of the run may be.
    pub fn is_worth_reporting(self) -> bool {
        !matches!(
            self,
            Self::JoinedReadings
                | Self::SpreadDistance
                | Self::CalibratedDistance
                | Self::NotStanding
                | Self::CutToSession
                | Self::AltitudeOfZero
        )
    }
}

/// The faults of recorders that are put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RepairKind {
    /// Records of one moment, each with a part of what was measured, became one.
    JoinedReadings,
    /// A few records of another day were left out.
    StaleRecords,
    /// The clock was set during the run; the records before were moved to the later clock.
    ClockSet,
    /// Motion of zero throughout was not recorded at all.
    MotionNotRecorded,
    /// A distance or place that moved only every so often was spread over the time it took.
    SpreadDistance,
    /// Places where nobody can have been were left out.
    ImpossiblePositions,
    /// Distances that leapt or fell back were left out.
    UnreliableDistance,
    /// A distance that nobody runs in the time of the whole activity was left out.
    ImpossibleDistance,
    /// The distance that the runner typed in after a treadmill run counts, and speeds are scaled to it.
    CalibratedDistance,
    /// A speed of zero was not believed while the way went on.
    NotStanding,
    /// The clock was never set: the day is that of a table or of the name of the file.
    ClockNotSet,
    /// The track of a session began before it or went on behind it, by the name of its file.
    CutToSession,
    /// An altitude of exactly 0 among others far above the sea was not used.
    AltitudeOfZero,
    /// Nothing usable was recorded: time, distance and heart rate are the totals of the watch.
    StatedTotals,
}
