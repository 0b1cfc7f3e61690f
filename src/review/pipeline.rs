//! The way of one athlete's rows to their judgements, in time order.
//!
//! ```text
//! rows ─statements─▶ ─earlier runs─▶ anchors, lines ─channels─▶ findings ─▶ verdicts ─judge─▶ reviewed runs
//! ```
//!
//! Only the steps that read channels take time, and they run in parallel; what depends on earlier
//! runs is read from their scalars. The channels of a run are unpacked once, as far as there is room:
//! those of runs that are judged stay unpacked until they are.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use crate::parallel::prelude::*;

use super::bases::bases;
use super::cache::{CachedJudgement, CachedStatements, DisplayData, JudgementCache, RunKey};
use super::context::{AnchorsOnDay, context};
use super::inputs::AthleteInputs;
use super::past_run::{ChannelFindings, ChannelInput};
use super::run::{ReviewedRun, StatedRun};
use super::scope::Scope;
use super::zones::DisplayedZones;
use crate::audit::what_if::MovedLimits;
use crate::audit::{self, HeartRateQuality};
use crate::history::{HeartRateOnSpeed, Past, PastRun, Timeline};
use crate::metrics::{DamagedChannels, PackedSeries, RunMetrics, UnpackedRun};

/// The runs of one athlete in time order.
pub(super) struct Season<'a> {
    inputs: AthleteInputs<'a>,
    scope: &'a Scope,
    cache: &'a dyn JudgementCache,
    runs: Vec<StatedRun>,
    cached: Vec<Option<Box<CachedJudgement>>>,
    past: Timeline,
    bases: Vec<u128>,
    /// Seconds of all runs that stay unpacked until they are judged.
    unpacked_s: AtomicUsize,
}

/// More seconds than this do not stay unpacked: 50 hours, in about 10 MB.
const MOST_UNPACKED_S: usize = 180_000;

/// What is found out about a run by and by.
struct Judgement {
    found: Box<CachedJudgement>,
    /// Whether the cache lacks some of it.
    is_new: bool,
    lazy: LazyRun,
}

/// What a run is judged from beside its row: each is worked out when it is first asked for.
#[derive(Default)]
struct LazyRun {
    channels: OnceLock<Arc<UnpackedRun>>,
    on_speed: OnceLock<Option<HeartRateOnSpeed>>,
}

impl<'a> Season<'a> {
    pub(super) fn new(
        inputs: AthleteInputs<'a>,
        runs: Vec<(StatedRun, Option<Box<CachedJudgement>>)>,
        scope: &'a Scope,
        cache: &'a dyn JudgementCache,
    ) -> Self {
        let (runs, cached): (Vec<StatedRun>, Vec<_>) = runs.into_iter().unzip();
        let past: Vec<PastRun> = runs.iter().map(StatedRun::past_run).collect();
        let bases = bases(&inputs, &runs, &past);
        let unpacked_s = AtomicUsize::new(0);
        Self { inputs, scope, cache, runs, cached, past: Timeline::of(past), bases, unpacked_s }
    }

    /// One list is filled in step by step, and each of it is freed when its run is reviewed: several
    /// lists are what a long season takes in memory, and in boxes one finds room where another was.
    #[expect(
        clippy::vec_box,
        reason = "each is freed alone, and none needs room beside all others"
    )]
    pub(super) fn review(mut self) -> Result<Vec<Box<ReviewedRun>>, DamagedChannels> {
        let cached = std::mem::take(&mut self.cached).into_par_iter().enumerate();
        let read = cached.map(|(k, cached)| self.findings(k, cached));
        let mut judgements: Vec<Judgement> = read.collect::<Result<_, _>>()?;
        self.past.change(|k, run| std::mem::take(&mut judgements[k].found.findings).add_to(run));
        self.for_each(&mut judgements, Self::find_verdict)?;
        self.past.change(|k, run| run.verdict = judgements[k].found.verdict);
        self.for_each(&mut judgements, Self::judge)?;
        let Self { runs, past, scope, .. } = self;
        let runs = runs.into_iter().zip(past.into_sessions()).zip(judgements);
        let reviewed = |((run, past), judged): ((_, _), Judgement)| {
            Box::new(reviewed(run, past, *judged.found, scope))
        };
        Ok(runs.map(reviewed).collect())
    }

    fn for_each(
        &self,
        judgements: &mut [Judgement],
        step: impl Fn(&Self, usize, &mut Judgement) -> Result<(), DamagedChannels> + Sync,
    ) -> Result<(), DamagedChannels> {
        judgements
            .par_iter_mut()
            .enumerate()
            .try_for_each(|(k, judgement)| step(self, k, judgement))
    }

    /// What an earlier review found out on the same basis, else what the channels tell.
    fn findings(
        &self,
        k: usize,
        cached: Option<Box<CachedJudgement>>,
    ) -> Result<Judgement, DamagedChannels> {
        let run = &self.runs[k];
        if let Some(mut found) = cached.filter(|cached| cached.basis == self.bases[k]) {
            let stated = found.stated.take();
            let is_new = stated.is_none_or(|stated| stated.basis != run.stated_basis);
            return Ok(Judgement { found, is_new, lazy: LazyRun::default() });
        }
        let channels = self.unpack(&run.measured.row)?;
        let found = Box::new(self.read_channels(k, &channels));
        let is_judged_later =
            run.session.is_recovery() || self.scope.is_judged(run) || self.scope.is_candidate(run);
        let is_kept = is_judged_later && self.has_room_for(channels.series.len());
        let channels = if is_kept { OnceLock::from(channels) } else { OnceLock::new() };
        let lazy = LazyRun { channels, ..LazyRun::default() };
        Ok(Judgement { found, is_new: true, lazy })
    }

    /// Takes the room for so many unpacked seconds, if there is any left.
    fn has_room_for(&self, seconds: usize) -> bool {
        self.unpacked_s.fetch_add(seconds, Ordering::Relaxed) + seconds <= MOST_UNPACKED_S
    }

    fn read_channels(&self, k: usize, channels: &UnpackedRun) -> CachedJudgement {
        let (past, settings) = (self.past.session(k), self.inputs.settings);
        let StatedRun { measured, stated, .. } = &self.runs[k];
        let row = &measured.row;
        let before = self.past.before(k);
        let on_day = AnchorsOnDay::of(&self.inputs, stated.sensor, row, &before);
        let input = ChannelInput {
            row,
            channels,
            on_day: &on_day,
            sex: self.inputs.athlete.sex.or(row.metadata.anchors.sex),
            limits: &settings.limits,
        };
        CachedJudgement {
            stated: None,
            basis: self.bases[k],
            findings: ChannelFindings::of(past, &input),
            display: DisplayData {
                trust: HeartRateQuality::of(row, channels, stated.sensor),
                coverage_pct: channels.judged.coverage_pct(),
                zones: DisplayedZones::of(&settings.zones, &on_day, row, channels),
            },
            on_day,
            verdict: None,
            if_recovery: None,
            audit: None,
            moved_limits: None,
        }
    }

    /// The verdict of a run labelled recovery, for the history of those that follow.
    fn find_verdict(&self, k: usize, judgement: &mut Judgement) -> Result<(), DamagedChannels> {
        let Judgement { found, is_new, lazy } = judgement;
        if *is_new && self.runs[k].session.is_recovery() {
            // What had no room is unpacked for this question alone.
            let passing = LazyRun::default();
            let lazy = if lazy.channels.get().is_some() { lazy } else { &passing };
            found.verdict = Some(self.ask(k, &found.on_day, lazy, audit::verdict)?);
        }
        Ok(())
    }

    /// Everything that is asked about a run; what is not known yet is found out, and stored.
    fn judge(&self, k: usize, judgement: &mut Judgement) -> Result<(), DamagedChannels> {
        let run = &self.runs[k];
        let Judgement { found, is_new, lazy } = judgement;
        // Nothing more is asked of the channels hereafter.
        let lazy = std::mem::take(lazy);
        if self.scope.is_judged(run) && found.audit.is_none() {
            found.audit = Some(Box::new(self.ask(k, &found.on_day, &lazy, audit::judge)?));
            *is_new = true;
        }
        if self.scope.is_moved(run) && found.moved_limits.is_none() {
            found.moved_limits = Some(self.ask(k, &found.on_day, &lazy, MovedLimits::of)?);
            *is_new = true;
        }
        if self.scope.is_candidate(run) && found.if_recovery.is_none() {
            // A run that was judged as if it were one has its answer.
            found.if_recovery = Some(match &found.audit {
                Some(audit) => audit.ruling.verdict,
                None => self.ask(k, &found.on_day, &lazy, audit::verdict)?,
            });
            *is_new = true;
        }
        if *is_new {
            self.store(k, found);
        }
        Ok(())
    }

    /// Stores what was found out, with what the run and the history hold of it.
    fn store(&self, k: usize, found: &mut CachedJudgement) {
        let StatedRun { measured, stated, stated_basis, .. } = &self.runs[k];
        let statements = CachedStatements { basis: *stated_basis, statements: stated.clone() };
        found.stated = Some(Box::new(statements));
        found.findings = ChannelFindings::in_history(self.past.session(k));
        self.cache.put(&RunKey::of(measured), found);
        (found.stated, found.findings) = Default::default();
    }

    fn ask<T>(
        &self,
        k: usize,
        on_day: &AnchorsOnDay,
        lazy: &LazyRun,
        question: impl FnOnce(&RunMetrics, &UnpackedRun, &audit::Context) -> T,
    ) -> Result<T, DamagedChannels> {
        let (StatedRun { stated, measured, .. }, past) = (&self.runs[k], &self.past);
        let (this, before, after) = (past.session(k), past.before(k), past.after(k));
        let on_speed = lazy.on_speed.get_or_init(|| self.on_speed(&before, this.at_wrist));
        let context = context(&self.inputs, stated, on_day, *on_speed, this, before, after);
        let channels = if let Some(channels) = lazy.channels.get() {
            channels
        } else {
            let channels = self.unpack(&measured.row)?;
            lazy.channels.get_or_init(|| channels)
        };
        Ok(question(&measured.row, channels, &context))
    }

    fn on_speed(&self, past: &Past, at_wrist: bool) -> Option<HeartRateOnSpeed> {
        match self.cache.unpacked() {
            Some(kept) => kept.on_speed(past, at_wrist),
            None => HeartRateOnSpeed::of(past, at_wrist),
        }
    }

    fn unpack(&self, row: &RunMetrics) -> Result<Arc<UnpackedRun>, DamagedChannels> {
        match self.cache.unpacked() {
            Some(kept) => kept.unpack(&row.channels),
            None => row.channels.unpack().map(|series| Arc::new(UnpackedRun::of(series))),
        }
    }
}

fn reviewed(run: StatedRun, past: PastRun, found: CachedJudgement, scope: &Scope) -> ReviewedRun {
    // An answer to what was asked another time is not to be shown now.
    let audit = found.audit.filter(|_| scope.is_judged(&run));
    let moved_limits = found.moved_limits.filter(|_| scope.is_moved(&run));
    let if_recovery = found.if_recovery.filter(|_| scope.is_candidate(&run));
    let is_displayed = scope.is_displayed(&run);
    let StatedRun { mut measured, start, stated, .. } = run;
    if !is_displayed {
        // Nobody looks at the channels any more, and they are most of what a run takes.
        measured.row.channels = PackedSeries::default();
    }
    ReviewedRun {
        id: String::new(),
        basis: found.basis,
        measured,
        start,
        label: stated.label,
        session: past.session,
        evidence: found.on_day.evidence,
        lines: found.on_day.lines,
        trust: found.display.trust,
        coverage_pct: found.display.coverage_pct,
        sensor: stated.sensor,
        zones: found.display.zones,
        past,
        audit,
        moved_limits,
        if_recovery,
        is_new: None,
    }
}
