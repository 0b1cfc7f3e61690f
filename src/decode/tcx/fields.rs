//! What the elements of a file mean, by their names and by what they stand in.

/// What an element is to the pass over a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
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
    Around(Value),
    Value(Value),
    Other,
}

/// A value of a session or of a lap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    Notes,
    WorkoutName,
    DeviceName,
    LapTimer,
    LapDistance,
    LapMeanHeartRate,
    LapMaxHeartRate,
    LapNotes,
}

impl Element {
    /// The element of this name; without parent it is the outermost.
    pub(super) fn of(parent: Option<Self>, name: &str) -> Self {
        let Some(parent) = parent else {
            return match name {
                super::ROOT => Self::Root,
                super::BARE_ROOT => Self::Group,
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
            Self::Plan if name == "Name" => Self::Value(Value::WorkoutName),
            Self::Creator if name == "Name" => Self::Value(Value::DeviceName),
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
            "Notes" => Self::Value(Value::Notes),
            "Training" => Self::Training,
            "Creator" => Self::Creator,
            _ => Self::Other,
        }
    }

    fn in_lap(name: &str) -> Self {
        match name {
            "Track" => Self::Track,
            "Trackpoint" => Self::Point,
            "TotalTimeSeconds" => Self::Value(Value::LapTimer),
            "DistanceMeters" => Self::Value(Value::LapDistance),
            "AverageHeartRateBpm" => Self::Around(Value::LapMeanHeartRate),
            "MaximumHeartRateBpm" => Self::Around(Value::LapMaxHeartRate),
            "Notes" => Self::Value(Value::LapNotes),
            _ => Self::Other,
        }
    }
}
