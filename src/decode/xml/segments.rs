//! Track points in the file's order, in unbroken stretches.

use std::ops::Range;

use super::faults::PointFaults;
use super::point::Point;
use super::time;
use crate::activity::{Activity, Record};
use crate::decode::{Limits, Problem, ProblemKind};
use crate::units::counted;

/// The points of a file that have a time.
#[derive(Debug, Default)]
pub struct Points {
    /// In the file's order.
    pub records: Vec<Record>,
    /// Unbroken stretches of them, empty ones left out.
    pub segments: Vec<PointSegment>,
    in_segment: bool,
}

/// One unbroken stretch of recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointSegment {
    /// The part of the file in which it stands, from 0: a track or a lap, as the format has it.
    pub part: usize,
    /// Which records, of all that the file has.
    pub records: Range<usize>,
    /// The offset from UTC in which its first time is written, in seconds east of Greenwich.
    pub offset_s: Option<i32>,
}

impl Points {
    /// The next point begins a new segment.
    pub fn end_segment(&mut self) {
        self.in_segment = false;
    }

    /// Keeps a point that has a time.
    pub fn add(&mut self, mut point: Point, part: usize, at: usize, faults: &mut PointFaults) {
        let Some(stamp) = point.stamp else { return faults.untimed.add(at) };
        if !time::is_countable(stamp.time) {
            return faults.implausible_times.add(at);
        }
        point.record.time = stamp.time;
        let next = self.records.len();
        if !self.in_segment {
            let segment = PointSegment { part, records: next..next, offset_s: stamp.offset_s };
            self.segments.push(segment);
            self.in_segment = true;
        }
        self.records.push(point.record);
        if let Some(segment) = self.segments.last_mut() {
            segment.records.end = next + 1;
        }
    }

    /// Room for as many points as can follow in so many bytes if all are as long as the first.
    pub fn reserve(&mut self, first_bytes: usize, rest_bytes: usize, limits: &Limits) {
        if self.records.capacity() == 0 {
            let expected = rest_bytes / first_bytes.max(64) + 1;
            self.records.reserve(expected.min(limits.max_records));
        }
    }
}

/// Says so where there were more activities than the limit.
pub fn left_over(activities: &[Activity], points: usize, limits: &Limits) -> Option<Problem> {
    let kept: usize = activities.iter().map(|activity| activity.records.len()).sum();
    let left = points - kept;
    let points = counted(left, "track point");
    let most = limits.max_sessions;
    let detail = format!("more activities than max_sessions {most}: {points} left out");
    (left > 0).then(|| Problem::new(ProblemKind::LimitExceeded, detail))
}
