//! What was left out of a file, counted.

use crate::decode::text::line_at;
use crate::decode::{Problem, ProblemKind, Refusal};
use crate::units::counted;

/// How often one thing went wrong, and where first.
#[derive(Debug, Default, Clone, Copy)]
pub struct Count {
    pub times: usize,
    first: usize,
}

impl Count {
    /// Once more, at this byte of the text.
    pub fn add(&mut self, offset: usize) {
        if self.times == 0 {
            self.first = offset;
        }
        self.times += 1;
    }
}

/// Everything counted while points are read.
#[derive(Debug, Default)]
pub struct PointFaults {
    /// Points left out because they have no time.
    pub untimed: Count,
    /// Times that are no times; their points count as untimed, too.
    pub unreadable_times: Count,
    /// Points left out because their clock was plainly wrong.
    pub implausible_times: Count,
    /// Points kept without their position, which is not on the earth.
    pub positions: Count,
    /// Single readings left out because they are no number or out of all bounds.
    pub values: Count,
}

impl PointFaults {
    /// One warning per kind that occurred.
    pub fn warnings(&self, text: &str) -> Vec<Problem> {
        use ProblemKind::{DroppedRecords, ImplausibleTime};
        let told = [
            (self.untimed, DroppedRecords, "track point", "without a readable time"),
            (self.implausible_times, ImplausibleTime, "track point", "outside the years 1990–2100"),
            (self.positions, DroppedRecords, "position", "not on the earth"),
            (self.values, DroppedRecords, "reading", "without a sensible number"),
        ];
        let told = told.into_iter().filter(|(count, ..)| count.times > 0);
        told.map(|(count, kind, noun, what)| {
            let detail = format!("{} {what} left out", counted(count.times, noun));
            Problem::at(line_at(text, count.first), kind, detail)
        })
        .collect()
    }

    /// Why none of so many points can be used, where their times are at fault.
    pub fn refusal(&self, points: usize) -> Option<Refusal> {
        let points = counted(points, "track point");
        let (kind, detail) = if self.implausible_times.times > 0 {
            let detail = format!("none of {points} lies in the years 1990–2100");
            (ProblemKind::ImplausibleTime, detail)
        } else if self.unreadable_times.times > 0 {
            (ProblemKind::NoTimes, format!("none of {points} has a time that can be read"))
        } else {
            return None;
        };
        Some(Refusal::Unusable(Problem::new(kind, detail)))
    }
}
