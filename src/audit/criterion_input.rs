//! One run on trial: everything that a criterion may look at, worked out once.

use super::effort::Effort;
use super::heart_rate_doubts::HeartRateDoubts;
use super::limit::{Limit, LimitDefinition};
use super::wording::Wording;
use crate::activity::{PlannedEnd, PrimaryBenefit, Rating, Sex};
use crate::athlete::{AnchorEvidence, HeartRateThresholds, Sensor};
use crate::history::{EasyBaseline, HeartRateOnSpeed, Past, PastRun};
use crate::metrics::judged_time::JudgedTime;
use crate::metrics::series::Series;
use crate::metrics::{RunMetrics, UnpackedRun};
use crate::settings::{LimitOverrides, NextMorning};
use crate::units::Seconds;

/// What the judgement knows beside the run: athlete, settings, plan and notes, and the history up
/// to the run's start.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The athlete's anchors on that day.
    pub evidence: AnchorEvidence,
    /// The lines drawn from them; `None` where no anchor is known.
    pub lines: Option<HeartRateThresholds>,
    /// A further doubt of the day in bpm, already in the lines.
    pub altitude_uncertainty_bpm: f64,
    /// What measured the heart rate.
    pub sensor: Sensor,
    /// Whether the shorter limit for newer runners holds.
    pub newer_runner: bool,
    /// Sex, for the training load alone.
    pub sex: Option<Sex>,
    /// Ratings of the run, from notes before the file.
    pub rating: Rating,
    /// The legs on the next morning.
    pub next_morning: Option<NextMorning>,
    /// The planned end, from plan before file before name.
    pub planned_end: Option<PlannedEnd>,
    /// What the watch says that the run trained most.
    pub primary_benefit: Option<PrimaryBenefit>,
    /// The time that a row of the plan or a timed workout asks for; never that of a file name.
    pub scheduled: Option<Seconds>,
    /// Median weekly running time of the last six full weeks.
    pub weekly_running: Option<Seconds>,
    /// The runner's own easy pace on that day.
    pub easy: EasyBaseline,
    /// This run as later runs will see it.
    pub this: &'a PastRun,
    /// Everything before this run.
    pub past: Past<'a>,
    /// The heart rate that earlier runs lead to expect at a speed.
    pub on_speed: Option<HeartRateOnSpeed>,
    /// What came after it, for the few advisory findings that say so; it changes no verdict.
    pub after: &'a [PastRun],
    /// Limits that the settings change.
    pub limits: &'a LimitOverrides,
    /// How sentences are written.
    pub wording: Wording,
}

/// A run with its context and what several criteria need.
#[derive(Debug)]
pub struct CriterionInput<'a> {
    /// The measured run.
    pub run: &'a RunMetrics,
    /// Its channels, and what follows from them.
    pub channels: &'a UnpackedRun,
    /// The channels alone.
    pub series: &'a Series,
    /// What is known beside it.
    pub context: &'a Context<'a>,
    /// The seconds that heart-rate rules look at.
    pub judged: &'a JudgedTime,
    /// What speaks against the heart rate as a whole.
    pub doubts: HeartRateDoubts,
    /// The heart-rate rules, judged together.
    pub effort: &'a Effort,
}

impl CriterionInput<'_> {
    /// A limit of a criterion: the settings' or the default.
    pub fn limit(&self, criterion: &str, limit: &LimitDefinition) -> Limit {
        limit.under(self.context.limits, criterion)
    }

    /// How sentences are written.
    pub fn wording(&self) -> Wording {
        self.context.wording
    }

    /// Moving time in seconds.
    pub fn moving_s(&self) -> f64 {
        self.run.durations.moving.get()
    }
}
