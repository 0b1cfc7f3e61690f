//! What the elements of a file mean, by their names and by what they stand in.

/// The outermost element, and the one that some programs forget to wrap into it.
pub(super) const ROOT: &str = "TrainingCenterDatabase";
pub(super) const BARE_ROOT: &str = "Activities";

/// Every name that means something here.
const NAMES: [&str; 33] = [
    ROOT,
    BARE_ROOT,
    "Activity",
    "AltitudeMeters",
    "AverageHeartRateBpm",
    "Cadence",
    "Courses",
    "Creator",
    "DistanceMeters",
    "FirstSport",
    "HeartRateBpm",
    "Lap",
    "LatitudeDegrees",
    "LongitudeDegrees",
    "MaximumHeartRateBpm",
    "MultiSportSession",
    "Name",
    "NextSport",
    "Notes",
    "Plan",
    "RunCadence",
    "Speed",
    "Temperature",
    "Time",
    "TotalTimeSeconds",
    "Track",
    "Trackpoint",
    "Training",
    "Transition",
    "Value",
    "Workouts",
    "Position",
    "Extensions",
];

/// The name as the format writes it: some programs write other capitals.
pub(super) fn in_known_capitals(name: &str) -> &str {
    NAMES.iter().copied().find(|known| known.eq_ignore_ascii_case(name)).unwrap_or(name)
}

/// What an element is to the pass over a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TcxElement {
    Root,
    /// Whatever holds activities: a list of them, a multisport race or a leg of it.
    Group,
    Activity,
    /// The change between two legs: an activity of one lap.
    Transition,
    Lap,
    Track,
    Point,
    Courses,
    Workouts,
    /// What an activity was meant to be.
    Training,
    /// The workout that was executed.
    Plan,
    /// The device.
    Creator,
    /// An element around a value.
    Around(TcxValue),
    Value(TcxValue),
    Other,
}

/// A value of a session or of a lap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TcxValue {
    Notes,
    WorkoutName,
    DeviceName,
    LapTimer,
    LapDistance,
    LapMeanHeartRate,
    LapMaxHeartRate,
    LapNotes,
}

impl TcxElement {
    /// The element of this name; without parent it is the outermost.
    pub(super) fn of(parent: Option<Self>, name: &str) -> Self {
        let name = in_known_capitals(name);
        let Some(parent) = parent else {
            return match name {
                ROOT => Self::Root,
                BARE_ROOT => Self::Group,
                _ => Self::Other,
            };
        };
        match parent {
            Self::Root if name == "Courses" => Self::Courses,
            Self::Root if name == "Workouts" => Self::Workouts,
            Self::Root if name == "Activities" => Self::Group,
            Self::Root | Self::Group => Self::in_group(name),
            Self::Activity => Self::in_activity(name),
            Self::Transition | Self::Lap => Self::in_lap(name),
            Self::Track if name == "Trackpoint" => Self::Point,
            Self::Training if name == "Plan" => Self::Plan,
            Self::Plan if name == "Name" => Self::Value(TcxValue::WorkoutName),
            Self::Creator if name == "Name" => Self::Value(TcxValue::DeviceName),
            Self::Around(value) if name == "Value" => Self::Value(value),
            _ => Self::Other,
        }
    }

    fn in_group(name: &str) -> Self {
        match name {
            "Activity" => Self::Activity,
            "Transition" => Self::Transition,
            "MultiSportSession" | "FirstSport" | "NextSport" => Self::Group,
            _ => Self::Other,
        }
    }

    fn in_activity(name: &str) -> Self {
        match name {
            "Lap" => Self::Lap,
            "Track" => Self::Track,
            "Notes" => Self::Value(TcxValue::Notes),
            "Training" => Self::Training,
            "Creator" => Self::Creator,
            _ => Self::Other,
        }
    }

    fn in_lap(name: &str) -> Self {
        match name {
            "Track" => Self::Track,
            "Trackpoint" => Self::Point,
            "TotalTimeSeconds" => Self::Value(TcxValue::LapTimer),
            "DistanceMeters" => Self::Value(TcxValue::LapDistance),
            "AverageHeartRateBpm" => Self::Around(TcxValue::LapMeanHeartRate),
            "MaximumHeartRateBpm" => Self::Around(TcxValue::LapMaxHeartRate),
            "Notes" => Self::Value(TcxValue::LapNotes),
            _ => Self::Other,
        }
    }
}
