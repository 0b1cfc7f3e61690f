//! The way of an athlete's rows to their judgements, in time order.
//!
//! ```text
//! rows ─told─▶ ─history before each─▶ anchors, lines ─lanes─▶ facts ─verdicts─▶ ─judge─▶ reviewed runs
//! ```
//!
//! Only the steps that read lanes take time, and they run in parallel; what depends on earlier runs
//! is read from their scalars.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::context::{self, Dated, View};
use super::facts::{Beside, Reading, past_run, read_lanes};
use super::told::{Days, Told};
use super::{
    LONGEST_UNLABELLED_MIN, LocalStart, ReviewedRun, Selection, SideFiles, day, kind, within,
};
use crate::audit::{Audit, Trust, WARM_UP_S, judge, verdict};
use crate::gather::{Measured, Source};
use crate::history::{Past, PastRun};
use crate::label::Labels;
use crate::metrics::DamagedLanes;
use crate::metrics::judged::Judged;
use crate::metrics::series::Series;
use crate::session::{SessionKind, Verdict};
use crate::settings::Settings;

/// What all runs are reviewed with.
pub(super) struct Reviewer<'a> {
    settings: &'a Settings,
    side_files: &'a BTreeMap<String, SideFiles>,
    nothing_beside: SideFiles,
    labels: Labels,
    selection: Selection,
}

/// A run on its way.
struct Draft {
    measured: Measured,
    start: LocalStart,
    is_run: bool,
    told: Told,
}

/// The runs of one athlete with what is known of each, in time order.
struct Season<'a> {
    view: View<'a>,
    drafts: Vec<Draft>,
    dated: Vec<Dated>,
    past: Vec<PastRun>,
}

impl<'a> Reviewer<'a> {
    pub(super) fn new(
        settings: &'a Settings,
        side_files: &'a BTreeMap<String, SideFiles>,
        selection: &Selection,
    ) -> Self {
        Self {
            settings,
            side_files,
            nothing_beside: SideFiles::default(),
            labels: Labels::new(&settings.labels),
            selection: *selection,
        }
    }

    /// Reviews the rows of all athletes; nothing of one is seen by another.
    pub(super) fn review(&self, measured: Vec<Measured>) -> Result<Vec<ReviewedRun>, DamagedLanes> {
        let of_athlete = by_athlete(measured);
        let mut reviewed = Vec::new();
        for (athlete, measured) in of_athlete {
            reviewed.extend(self.review_athlete(&athlete, measured)?);
        }
        Ok(reviewed)
    }

    fn review_athlete(
        &self,
        athlete: &str,
        measured: Vec<Measured>,
    ) -> Result<Vec<ReviewedRun>, DamagedLanes> {
        let mut season = Season::told(self.view(athlete), measured);
        season.read_lanes()?;
        season.find_verdicts()?;
        season.judge(&self.selection)
    }

    pub(super) fn view(&self, athlete: &str) -> View<'_> {
        View {
            settings: self.settings,
            athlete: self.settings.athlete(athlete).unwrap_or(&self.settings.athletes[0]),
            beside: self.side_files.get(athlete).unwrap_or(&self.nothing_beside),
            labels: &self.labels,
        }
    }
}

impl<'a> Season<'a> {
    /// What files, plan and notes say, and the anchors that earlier runs leave for each.
    fn told(view: View<'a>, measured: Vec<Measured>) -> Self {
        let days = Days::of(&view, &measured);
        let mut drafts: Vec<Draft> =
            measured.into_par_iter().map(|measured| Draft::of(&view, measured, &days)).collect();
        drafts.sort_by(|left, right| left.key().cmp(&right.key()));
        let past: Vec<PastRun> = drafts.iter().map(Draft::past_run).collect();
        let dated = drafts
            .par_iter()
            .enumerate()
            .map(|(k, draft)| Dated::of(&view, &draft.told, &draft.measured.row, &before(&past, k)))
            .collect();
        Self { view, drafts, dated, past }
    }

    /// What only the lanes tell of each run.
    fn read_lanes(&mut self) -> Result<(), DamagedLanes> {
        let (drafts, dated, sex) = (&self.drafts, &self.dated, self.view.athlete.sex);
        self.past.par_iter_mut().enumerate().try_for_each(|(k, run)| {
            let (row, dated) = (&drafts[k].measured.row, &dated[k]);
            let reading = Reading {
                row,
                series: &row.lanes.unpack()?,
                lines: dated.lines.as_ref(),
                evidence: &dated.evidence,
                sex: sex.or(row.said.anchors.sex),
                weekly_running: dated.weekly_running,
                usual_run: dated.usual_run,
            };
            read_lanes(run, &reading);
            Ok(())
        })
    }

    /// The verdicts of the runs labelled recovery, for the history of those that follow.
    fn find_verdicts(&mut self) -> Result<(), DamagedLanes> {
        let verdicts: Vec<Option<Verdict>> = (0..self.drafts.len())
            .into_par_iter()
            .map(|k| {
                let draft = &self.drafts[k];
                let asked = draft.is_run && draft.told.kind() == Some(SessionKind::Recovery);
                asked.then(|| self.with_context(k, verdict)).transpose()
            })
            .collect::<Result<_, _>>()?;
        self.past.iter_mut().zip(verdicts).for_each(|(run, verdict)| run.verdict = verdict);
        Ok(())
    }

    fn with_context<T>(
        &self,
        k: usize,
        ask: impl FnOnce(&crate::metrics::RunMetrics, &Series, &crate::audit::Context) -> T,
    ) -> Result<T, DamagedLanes> {
        let draft = &self.drafts[k];
        let row = &draft.measured.row;
        let past = before(&self.past, k);
        let context = context::context(
            &self.view,
            &draft.told,
            &self.dated[k],
            &self.past[k],
            past,
            &self.past[k + 1..],
        );
        Ok(ask(row, &row.lanes.unpack()?, &context))
    }

    fn judge(self, selection: &Selection) -> Result<Vec<ReviewedRun>, DamagedLanes> {
        let audits: Vec<Option<Audit>> = (0..self.drafts.len())
            .into_par_iter()
            .map(|k| {
                self.drafts[k].is_judged(selection).then(|| self.with_context(k, judge)).transpose()
            })
            .collect::<Result<_, _>>()?;
        let Self { view, drafts, dated, past } = self;
        drafts
            .into_par_iter()
            .zip(dated)
            .zip(past)
            .zip(audits)
            .map(|(((draft, dated), past), audit)| draft.finish(&view, dated, past, audit))
            .collect()
    }
}

/// The rows of each athlete.
pub(super) fn by_athlete(measured: Vec<Measured>) -> BTreeMap<String, Vec<Measured>> {
    let mut of_athlete: BTreeMap<String, Vec<Measured>> = BTreeMap::new();
    for measured in measured {
        of_athlete.entry(measured.athlete.clone()).or_default().push(measured);
    }
    of_athlete
}

/// What began before the run at index `k`; runs that began in the same second do not see each other.
fn before(past: &[PastRun], k: usize) -> Past<'_> {
    let earlier = past[..k].partition_point(|run| run.start < past[k].start);
    Past { sessions: &past[..earlier], day: past[k].day }
}

impl Draft {
    fn of(view: &View, measured: Measured, days: &Days) -> Self {
        let start = day::local_start(&measured.row.said, view.settings.time_zone);
        let told = Told::of(view, &measured, start.date(), days.is_alone(start.date()));
        Self { start, is_run: kind::is_run(&measured.row, told.kind().is_some()), told, measured }
    }

    fn key(&self) -> (crate::units::UnixTime, &[Source]) {
        (self.measured.row.said.start, &self.measured.sources)
    }

    fn past_run(&self) -> PastRun {
        let beside = Beside {
            day: self.start.date(),
            is_run: self.is_run,
            label: self.told.kind(),
            rating: self.told.rating,
            next_morning: self.told.next_morning,
        };
        past_run(&self.measured.row, &beside)
    }

    /// Labelled recovery, asked for, or short enough to be shown where nothing is labelled.
    fn is_judged(&self, selection: &Selection) -> bool {
        let recovery = self.told.kind() == Some(SessionKind::Recovery);
        let short = self.measured.row.clocks.moving.minutes() <= LONGEST_UNLABELLED_MIN;
        self.is_run
            && within(&self.start, selection)
            && (recovery || selection.as_recovery || short)
    }

    fn finish(
        self,
        view: &View,
        dated: Dated,
        past: PastRun,
        audit: Option<Audit>,
    ) -> Result<ReviewedRun, DamagedLanes> {
        let row = &self.measured.row;
        let series = row.lanes.unpack()?;
        let judged = Judged::of(&series, WARM_UP_S);
        Ok(ReviewedRun {
            id: String::new(),
            session: past.session,
            is_run: self.is_run,
            evidence: dated.evidence,
            lines: dated.lines,
            trust: Trust::of(row, &judged, self.told.sensor),
            coverage_pct: judged.coverage_pct(),
            sensor: self.told.sensor,
            zones: context::zones(view.settings, &dated, row, &series),
            label: self.told.label,
            past,
            audit,
            is_new: None,
            start: self.start,
            measured: self.measured,
        })
    }
}
