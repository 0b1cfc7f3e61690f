//! One run on its way through the review: first what is stated about it, in the end everything that
//! was found out.

use serde::Serialize;

use super::activities::{LocalStart, is_run, local_start};
use super::cache::{CachedJudgement, CachedStatements, JudgementCache, RunKey};
use super::digest::digest;
use super::inputs::AthleteInputs;
use super::past_run::past_run;
use super::statements::{RunStatements, SessionsPerDay, statements_basis};
use super::zones::DisplayedZones;
use crate::activity::{LabelSource, LabelText};
use crate::athlete::{AnchorEvidence, HeartRateThresholds, Sensor};
use crate::audit::what_if::MovedLimits;
use crate::audit::{Audit, HeartRateQuality};
use crate::history::PastRun;
use crate::ingest::{MeasuredSession, Source};
use crate::label::Label;
use crate::session::{Session, Verdict};
use crate::units::UnixTime;

/// A session with what files, plan and notes state about it, before any history.
pub(super) struct StatedRun {
    pub(super) measured: MeasuredSession,
    pub(super) start: LocalStart,
    /// Its kind by its label.
    pub(super) session: Session,
    pub(super) stated: RunStatements,
    /// The hash of what `stated` was drawn from.
    pub(super) stated_basis: u128,
    /// The hash of what was recorded, and of when that was.
    recorded: u128,
}

impl StatedRun {
    /// A session with what is stated about it, and what an earlier review found out about it, if
    /// anything.
    pub(super) fn of(
        inputs: &AthleteInputs,
        measured: MeasuredSession,
        days: &SessionsPerDay,
        cache: &dyn JudgementCache,
    ) -> (Self, Option<Box<CachedJudgement>>) {
        let start = local_start(&measured.row.metadata, inputs.settings.time_zone);
        let recorded = digest(&recorded(&measured, &start));
        let day = start.date();
        let is_only = days.is_only_session(day);
        let cached = cache.get(&RunKey::of(&measured)).map(Box::new);
        let stated_basis = statements_basis(inputs, &measured, recorded, day, is_only);
        let known = cached.as_ref().and_then(|cached| cached.stated.as_deref());
        let stated = match known.filter(|known| known.basis == stated_basis) {
            Some(CachedStatements { statements, .. }) => statements.clone(),
            None => RunStatements::of(inputs, &measured, day, is_only),
        };
        let label = stated.kind();
        let session = Session::by_label(is_run(&measured.row, label.is_some()), label);
        (Self { measured, start, session, stated, stated_basis, recorded }, cached)
    }

    /// What tells the runs of an athlete apart, in time order.
    pub(super) fn key(&self) -> (UnixTime, &[Source]) {
        (self.measured.row.metadata.start, &self.measured.sources)
    }

    pub(super) fn past_run(&self) -> PastRun {
        past_run(&self.measured.row, self.start.date(), self.session, &self.stated)
    }

    /// Everything that a judgement of this run, or of a later one, may look at in it.
    pub(super) fn basis(&self) -> impl Serialize + '_ {
        (self.recorded, self.session, &self.stated)
    }
}

/// Everything that recordings and tables say of a session; `content` stands for all that was measured.
fn recorded<'a>(measured: &'a MeasuredSession, start: &'a LocalStart) -> impl Serialize + 'a {
    let MeasuredSession { athlete: _, sources, content, listed, copies, row } = measured;
    let of_row = (content, &row.metadata, row.conditions.air_temperature);
    (sources, of_row, listed, copies, start)
}

/// One run in the review.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewedRun {
    /// `<start UTC>-<sport>[-n]`.
    pub id: String,
    /// The hash of everything that its judgement depends on.
    pub basis: u128,
    /// The measured session.
    pub measured: MeasuredSession,
    /// When it began where it was run.
    pub start: LocalStart,
    /// Its label, where it has one.
    pub label: Option<Label>,
    /// What kind of session it was.
    pub session: Session,
    /// The athlete's anchors on its day.
    pub evidence: AnchorEvidence,
    /// The lines drawn from them.
    pub lines: Option<HeartRateThresholds>,
    /// How far its heart rate can be trusted.
    pub trust: HeartRateQuality,
    /// Coverage of the judged time, in percent.
    pub coverage_pct: f64,
    /// Who measured the heart rate.
    pub sensor: Sensor,
    /// Time in the displayed zones; `None` where the model has no boundaries.
    pub zones: Option<DisplayedZones>,
    /// The run as later runs see it.
    pub past: PastRun,
    /// The judgement; `None` unless labelled recovery or asked for.
    pub audit: Option<Box<Audit>>,
    /// Its verdicts at moved limits; `None` unless asked for.
    pub moved_limits: Option<MovedLimits>,
    /// The verdict if it were labelled recovery; `None` unless asked for and not labelled.
    pub if_recovery: Option<Verdict>,
    /// Whether the last report lacks it; `None` where there was none.
    pub is_new: Option<bool>,
}

impl ReviewedRun {
    /// What it is called: by its title, else by the text that labels it, else by its file. What notes,
    /// a plan or a tag say of a run is not its name. Untrusted.
    pub fn title(&self) -> &str {
        let file = || self.measured.path().rsplit('/').next().unwrap_or_default();
        let is_name = |label: &&Label| {
            !matches!(label.source, LabelSource::Notes | LabelSource::Plan | LabelSource::StravaTag)
        };
        match &self.label {
            Some(label) if is_name(&label) => &label.text,
            Some(_) => self.own_title().unwrap_or_else(file),
            None => file(),
        }
    }

    /// The title by the tables, else by the recording, else the name of its workout.
    fn own_title(&self) -> Option<&str> {
        let listed = self.measured.listed.iter().flat_map(|annotations| &annotations.texts);
        let texts: Vec<&LabelText> = listed.chain(&self.measured.row.metadata.texts).collect();
        [LabelSource::Title, LabelSource::Workout].into_iter().find_map(|source| {
            texts.iter().find(|text| text.source == source).map(|text| text.text.as_str())
        })
    }

    /// Whether it is a run at all.
    pub fn is_run(&self) -> bool {
        self.session.is_run()
    }

    /// Whether it is a run labelled recovery.
    pub fn is_recovery(&self) -> bool {
        self.session.is_recovery()
    }
}
