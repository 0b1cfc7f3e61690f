//! Test runs made by hand, for tests.

use chrono::NaiveDate;

use super::Context;
use super::criterion::Criterion;
use super::finding::Assessment;
use super::judge::{Audit, judge};
use super::verdict::with_input;
use super::wording::Wording;
use crate::activity::{PlannedEnd, PrimaryBenefit, Rating};
use crate::athlete::{AnchorEvidence, AnchorSource, MaxHeartRate, Sensor, Sourced, thresholds};
use crate::history::testing::{day, run_on};
use crate::history::{EasyBaseline, HeartRateOnSpeed, Past, PastRun, weekly_running};
use crate::metrics::series::Series;
use crate::metrics::testing::run;
use crate::metrics::{RecordedMetadata, Resampled, RunMetrics, UnpackedRun, measure_series};
use crate::session::{Session, SessionBy, SessionKind, Verdict};
use crate::settings::{LimitOverrides, NextMorning, UnitSystem};
use crate::units::{BeatsPerMinute, Seconds};

/// The day of a test run, in days after that of [`day`]`(0)`: a Friday.
pub(crate) const TODAY: u64 = 60;

/// A test run at 8:00 UTC of its day, by an athlete with a tested maximum of 190 and 50 at
/// rest. What a test wants otherwise it changes.
pub(crate) struct TestRun {
    /// The measured run.
    pub(crate) row: RunMetrics,
    /// The run as history sees it: labelled recovery.
    pub(crate) this: PastRun,
    /// What came before.
    pub(crate) past: Vec<PastRun>,
    /// What came after.
    pub(crate) after: Vec<PastRun>,
    /// Its rating.
    pub(crate) rating: Rating,
    /// The legs on the next morning.
    pub(crate) next_morning: Option<NextMorning>,
    /// What the athlete's lines are drawn from.
    pub(crate) evidence: AnchorEvidence,
    /// Whether the shorter limit for newer runners holds.
    pub(crate) newer_runner: bool,
    /// The planned end, whoever says it.
    pub(crate) planned_end: Option<PlannedEnd>,
    /// The time that a plan or a timed workout asks for.
    pub(crate) scheduled: Option<Seconds>,
    /// What the watch calls the main benefit.
    pub(crate) primary_benefit: Option<PrimaryBenefit>,
    /// Changed limits.
    pub(crate) limits: LimitOverrides,
    /// How sentences are written.
    pub(crate) units: UnitSystem,
}

impl TestRun {
    /// A level run with positions, measured as any other.
    pub(crate) fn of(series: Series) -> Self {
        let distance: f64 = (0..series.len()).filter_map(|k| series.speed_m_s(k)).sum();
        let metadata = RecordedMetadata { located: true, ..RecordedMetadata::default() };
        let resampled = Resampled {
            series,
            distance_m: Some(distance),
            ascent_m: Some(0.0),
            speed_recorded: true,
        };
        let row = measure_series(metadata, resampled);
        let this = PastRun {
            speed: row.steadiness.as_ref().ok().map(|steadiness| steadiness.reference_speed),
            mean_heart_rate: row.heart_rate.mean,
            ..labelled(SessionKind::Recovery, today(), row.durations.moving.minutes())
        };
        Self {
            row,
            this,
            past: Vec::new(),
            after: Vec::new(),
            rating: Rating::default(),
            next_morning: None,
            evidence: tested(),
            newer_runner: false,
            planned_end: None,
            scheduled: None,
            primary_benefit: None,
            limits: LimitOverrides::default(),
            units: UnitSystem::Metric,
        }
    }

    /// So many minutes at one speed in mm/s and about 130 bpm.
    pub(crate) fn steady(minutes: usize, speed: u16) -> Self {
        Self::paced(minutes, |_| speed)
    }

    /// So many minutes at the speed in mm/s of each second and about 130 bpm.
    pub(crate) fn paced(minutes: usize, speed: impl Fn(usize) -> u16) -> Self {
        Self::of(run(60 * minutes, |k| (Some(129 + (k / 5 % 3) as u16), speed(k), 166)))
    }

    /// The same run after these.
    pub(crate) fn after_runs(self, past: Vec<PastRun>) -> Self {
        Self { past, ..self }
    }

    /// What a criterion says of the run.
    pub(crate) fn ask(&self, criterion: &Criterion) -> Assessment {
        let context = self.context();
        with_input(&self.row, &self.channels(), &context, |input| (criterion.assess)(input))
    }

    /// The run judged by all criteria.
    pub(crate) fn judge(&self) -> Audit {
        judge(&self.row, &self.channels(), &self.context())
    }

    pub(crate) fn channels(&self) -> UnpackedRun {
        UnpackedRun::of(self.row.channels.unpack().unwrap())
    }

    pub(crate) fn context(&self) -> Context<'_> {
        let past = Past { sessions: &self.past, day: self.this.day };
        Context {
            evidence: self.evidence,
            lines: self
                .row
                .heart_rate
                .raw_mean
                .map(|_| thresholds(&self.evidence, Sensor::Chest, 0.0)),
            altitude_uncertainty_bpm: 0.0,
            sensor: Sensor::Chest,
            newer_runner: self.newer_runner,
            sex: None,
            rating: self.rating,
            next_morning: self.next_morning,
            planned_end: self.planned_end,
            scheduled: self.scheduled,
            primary_benefit: self.primary_benefit,
            weekly_running: weekly_running(&past),
            easy: EasyBaseline::of(&past),
            this: &self.this,
            past,
            on_speed: HeartRateOnSpeed::of(&past, self.this.at_wrist),
            after: &self.after,
            limits: &self.limits,
            wording: Wording { units: self.units },
        }
    }
}

/// A tested maximum of 190 and 50 at rest.
pub(crate) fn tested() -> AnchorEvidence {
    let source = AnchorSource::Settings;
    AnchorEvidence {
        max: Some(MaxHeartRate {
            bpm: BeatsPerMinute::of(190.0),
            source,
            day: None,
            uncertainty: 3.0,
            guessed: false,
        }),
        resting: Some(Sourced { bpm: BeatsPerMinute::of(50.0), source, day: None }),
        ..AnchorEvidence::default()
    }
}

/// The day of the test run.
pub(crate) fn today() -> NaiveDate {
    day(TODAY)
}

/// A run labelled as of this kind, at 8:00 UTC.
pub(crate) fn labelled(kind: SessionKind, day: NaiveDate, minutes: f64) -> PastRun {
    PastRun { session: Session::Known(kind, SessionBy::Label), ..run_on(day, minutes) }
}

/// A recovery run of 30 minutes with its verdict.
pub(crate) fn recovery(day: NaiveDate, verdict: Verdict) -> PastRun {
    PastRun { verdict: Some(verdict), ..labelled(SessionKind::Recovery, day, 30.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::criteria::{duration, time_above_ceiling};
    use crate::audit::outcome::Outcome;

    #[test]
    fn a_run_made_by_hand_is_judged_as_any_other() {
        let test_run =
            TestRun::steady(30, 2_500).after_runs(vec![recovery(day(58), Verdict::Kept)]);
        assert_eq!(test_run.ask(&time_above_ceiling::CRITERION).result, Outcome::Pass);
        let limits = LimitOverrides::default().with("duration", "max_minutes", 10.0);
        let strict = TestRun { limits, ..test_run };
        assert_eq!(strict.ask(&duration::CRITERION).result, Outcome::Slip);
        assert_eq!(strict.judge().ruling.verdict, Verdict::Slipped);
    }
}
