//! What a model of heart-rate zones is, and the heart rates that it may draw boundaries from.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::units::BeatsPerMinute;

/// A way to draw boundaries between zones.
#[derive(Debug)]
pub struct ZoneModel {
    /// The word used in settings and outputs, kebab-case.
    pub id: &'static str,
    /// What is written over a table of its zones.
    pub caption: &'static str,
    /// The names of its zones from the lowest up; empty where they have none.
    pub zone_names: &'static [&'static str],
    /// Whether the settings list its boundaries.
    pub has_own_bounds: bool,
    /// Its rising boundaries for one run; `None` where a heart rate that they need is not known.
    pub bounds: fn(&KnownHeartRates) -> Option<Vec<BeatsPerMinute>>,
}

/// Every heart rate that a boundary may be drawn from, as known on the day of a run.
#[derive(Debug, Clone, Copy, Default)]
pub struct KnownHeartRates<'a> {
    /// Maximum heart rate.
    pub max: Option<BeatsPerMinute>,
    /// Resting heart rate.
    pub resting: Option<BeatsPerMinute>,
    /// Lactate threshold heart rate.
    pub threshold: Option<BeatsPerMinute>,
    /// Target, ceiling, moderate and hard threshold of the judgement.
    pub judged_by: Option<[BeatsPerMinute; 4]>,
    /// The boundaries in the settings.
    pub own_bounds: &'a [BeatsPerMinute],
    /// The boundaries of the watch, in bpm, where it recorded zones.
    pub device_bounds_bpm: Option<&'a [u8]>,
}

impl PartialEq for ZoneModel {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl fmt::Display for ZoneModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id)
    }
}

impl Serialize for ZoneModel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}

/// Shares of a heart rate, in percent of it.
pub(super) fn shares_of(heart_rate: BeatsPerMinute, percents: &[f64]) -> Vec<BeatsPerMinute> {
    let share = |percent: &f64| BeatsPerMinute::of(heart_rate.get() * (percent / 100.0));
    percents.iter().map(share).collect()
}
