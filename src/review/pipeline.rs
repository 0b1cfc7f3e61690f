//! The way of an athlete's rows to their judgements, in time order.
//!
//! ```text
//! rows ─told─▶ ─history before each─▶ anchors, lines ─lanes─▶ facts ─verdicts─▶ ─judge─▶ reviewed runs
//! ```
//!
//! Only the steps that read lanes take time, and they run in parallel; what depends on earlier runs
//! is read from their scalars.

use std::collections::BTreeMap;

use super::cache::{CachedJudgement, ChannelFindings, DisplayData, JudgementCache, bases};
use super::context::{self, AnchorsOnDay, View};
use super::draft::Draft;
use super::facts::{Reading, read_channels};
use super::judged_run::JudgedRun;
use super::order::by_athlete;
use super::scope::{Answers, Scope};
use super::told::Days;
use super::{Selection, SideFiles};
use crate::audit::{HeartRateQuality, WARM_UP_S, judge, verdict};
use crate::history::{Past, PastRun};
use crate::ingest::MeasuredSession;
use crate::label::Labels;
use crate::metrics::DamagedChannels;
use crate::metrics::judged_time::JudgedTime;
use crate::metrics::series::Series;
use crate::parallel::prelude::*;
use crate::session::Verdict;
use crate::settings::Settings;

/// What all runs are reviewed with.
pub(super) struct Reviewer<'a> {
    settings: &'a Settings,
    side_files: &'a BTreeMap<String, SideFiles>,
    nothing_beside: SideFiles,
    labels: Labels,
    selection: Selection,
    memory: &'a dyn JudgementCache,
}

/// The runs of one athlete with what is known of each, in time order.
struct Season<'a> {
    view: View<'a>,
    drafts: Vec<Draft>,
    dated: Vec<AnchorsOnDay>,
    past: Vec<PastRun>,
    bases: Vec<u128>,
    memory: &'a dyn JudgementCache,
    /// What is still good of earlier reviews.
    kept: Vec<Option<CachedJudgement>>,
}

impl<'a> Reviewer<'a> {
    pub(super) fn new(
        settings: &'a Settings,
        side_files: &'a BTreeMap<String, SideFiles>,
        selection: &Selection,
        memory: &'a dyn JudgementCache,
    ) -> Self {
        Self {
            settings,
            side_files,
            nothing_beside: SideFiles::default(),
            labels: Labels::new(&settings.labels),
            selection: *selection,
            memory,
        }
    }

    /// Reviews the rows of all athletes; nothing of one is seen by another.
    pub(super) fn review(
        &self,
        measured: Vec<MeasuredSession>,
    ) -> Result<Vec<JudgedRun>, DamagedChannels> {
        let seasons: Vec<Season> = by_athlete(measured)
            .into_iter()
            .map(|(athlete, measured)| self.season(&athlete, measured))
            .collect::<Result<_, _>>()?;
        let judging = {
            let drafts: Vec<&[Draft]> =
                seasons.iter().map(|season| season.drafts.as_slice()).collect();
            Scope::of(&drafts, self.selection)
        };
        let mut reviewed = Vec::new();
        for season in seasons {
            reviewed.extend(season.judge(&judging)?);
        }
        Ok(reviewed)
    }

    fn season(
        &self,
        athlete: &str,
        measured: Vec<MeasuredSession>,
    ) -> Result<Season<'_>, DamagedChannels> {
        let mut season = Season::told(self.view(athlete), measured, self.memory);
        season.recall();
        season.date();
        season.read_channels()?;
        season.find_verdicts()?;
        Ok(season)
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
    /// What files, plan and notes say.
    fn told(
        view: View<'a>,
        measured: Vec<MeasuredSession>,
        memory: &'a dyn JudgementCache,
    ) -> Self {
        let days = Days::of(&view, &measured);
        let mut drafts: Vec<Draft> =
            measured.into_par_iter().map(|measured| Draft::of(&view, measured, &days)).collect();
        drafts.sort_by(|left, right| left.key().cmp(&right.key()));
        let past: Vec<PastRun> = drafts.iter().map(Draft::past_run).collect();
        let bases = bases(view.settings, view.athlete, &drafts, &past);
        Self { view, drafts, dated: Vec::new(), past, bases, memory, kept: Vec::new() }
    }

    /// What earlier reviews found out on the same basis.
    fn recall(&mut self) {
        let recalled = |k: usize| {
            let kept = self.memory.recall(&self.drafts[k].name())?;
            (kept.basis == self.bases[k]).then_some(kept)
        };
        self.kept = (0..self.drafts.len()).into_par_iter().map(recalled).collect();
    }

    /// What the history before each run makes of its anchors and limits.
    fn date(&mut self) {
        let date = |k: usize| {
            if let Some(kept) = &self.kept[k] {
                return kept.dated;
            }
            let Draft { told, measured, .. } = &self.drafts[k];
            AnchorsOnDay::of(&self.view, told, &measured.row, &before(&self.past, k))
        };
        self.dated = (0..self.drafts.len()).into_par_iter().map(date).collect();
    }

    /// What only the lanes tell of each run.
    fn read_channels(&mut self) -> Result<(), DamagedChannels> {
        let (drafts, dated, sex) = (&self.drafts, &self.dated, self.view.athlete.sex);
        let kept = &self.kept;
        self.past.par_iter_mut().enumerate().try_for_each(|(k, run)| {
            if let Some(kept) = &kept[k] {
                kept.facts.clone().fill_in(run);
                return Ok(());
            }
            let (row, dated) = (&drafts[k].measured.row, &dated[k]);
            let reading = Reading {
                row,
                series: &row.channels.unpack()?,
                lines: dated.lines.as_ref(),
                evidence: &dated.evidence,
                sex: sex.or(row.metadata.anchors.sex),
                weekly_running: dated.weekly_running,
                usual_run: dated.usual_run,
            };
            read_channels(run, &reading);
            Ok(())
        })
    }

    /// The verdicts of the runs labelled recovery, for the history of those that follow.
    fn find_verdicts(&mut self) -> Result<(), DamagedChannels> {
        let verdicts: Vec<Option<Verdict>> = (0..self.drafts.len())
            .into_par_iter()
            .map(|k| {
                if let Some(kept) = &self.kept[k] {
                    return Ok(kept.verdict);
                }
                self.drafts[k].is_recovery().then(|| self.with_context(k, verdict)).transpose()
            })
            .collect::<Result<_, _>>()?;
        self.past.iter_mut().zip(verdicts).for_each(|(run, verdict)| run.verdict = verdict);
        Ok(())
    }

    fn with_context<T>(
        &self,
        k: usize,
        ask: impl FnOnce(&crate::metrics::RunMetrics, &Series, &crate::audit::Context) -> T,
    ) -> Result<T, DamagedChannels> {
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
        Ok(ask(row, &row.channels.unpack()?, &context))
    }

    fn judge(mut self, judging: &Scope) -> Result<Vec<JudgedRun>, DamagedChannels> {
        let mut kept = std::mem::take(&mut self.kept);
        let answers: Vec<Answers> = kept
            .par_iter_mut()
            .enumerate()
            .map(|(k, kept)| self.answers(k, kept.take(), judging))
            .collect::<Result<_, _>>()?;
        let Self { drafts, dated, past, .. } = self;
        let outlines = drafts.into_iter().zip(dated).zip(past).zip(answers);
        Ok(outlines
            .map(|(((draft, dated), past), answers)| draft.finish(dated, past, answers))
            .collect())
    }

    /// Everything that is asked about a run; what is not known yet is found out, and kept.
    fn answers(
        &self,
        k: usize,
        known: Option<CachedJudgement>,
        judging: &Scope,
    ) -> Result<Answers, DamagedChannels> {
        let draft = &self.drafts[k];
        let mut is_new = known.is_none();
        let mut kept = known.unwrap_or_else(|| CachedJudgement {
            basis: self.bases[k],
            dated: self.dated[k],
            facts: ChannelFindings::of(&self.past[k]),
            verdict: self.past[k].verdict,
            if_recovery: None,
            audit: None,
            seen: None,
        });
        if judging.is_judged(draft) && kept.audit.is_none() {
            kept.audit = Some(self.with_context(k, judge)?);
            is_new = true;
        }
        if judging.is_searched(draft) && kept.if_recovery.is_none() {
            kept.if_recovery = Some(self.with_context(k, verdict)?);
            is_new = true;
        }
        if judging.is_seen(draft) && kept.seen.is_none() {
            kept.seen = Some(self.seen(k)?);
            is_new = true;
        }
        if is_new {
            self.memory.keep(&draft.name(), &kept);
        }
        // An answer to what was asked another time is not to be shown now.
        Ok(Answers {
            basis: kept.basis,
            audit: kept.audit.filter(|_| judging.is_judged(draft)),
            seen: kept.seen.filter(|_| judging.is_seen(draft)),
            if_recovery: kept.if_recovery.filter(|_| judging.is_searched(draft)),
        })
    }

    fn seen(&self, k: usize) -> Result<DisplayData, DamagedChannels> {
        let (draft, dated) = (&self.drafts[k], &self.dated[k]);
        let row = &draft.measured.row;
        let series = row.channels.unpack()?;
        let judged = JudgedTime::of(&series, WARM_UP_S);
        let lines = dated.lines.as_ref();
        Ok(DisplayData {
            trust: HeartRateQuality::of(row, &series, &judged, draft.told.sensor),
            coverage_pct: judged.coverage_pct(),
            zones: context::zones(self.view.settings, &dated.evidence, lines, row, &series),
        })
    }
}

/// What began before the run at index `k`; runs that began in the same second do not see each other.
fn before(past: &[PastRun], k: usize) -> Past<'_> {
    let earlier = past[..k].partition_point(|run| run.start < past[k].start);
    Past { sessions: &past[..earlier], day: past[k].day }
}
