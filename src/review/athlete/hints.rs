//! Runs whose label and effort do not fit, and habits over weeks: what `--all` points out.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use crate::audit::Outcome;
use crate::audit::wording::plain;
use crate::review::run::ReviewedRun;
use crate::session::{SessionKind, Verdict};

/// One thing worth a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The run it is about; `None` for a habit.
    pub run: Option<String>,
    /// What it is.
    pub text: String,
}

/// Moving time from which a recovery label sits on a long run, in minutes.
const LONG_MIN: f64 = 75.0;
/// Share above the moderate line from which an easy run was moderate, in percent.
const MODERATE_PCT: f64 = 25.0;
/// Days that the grey zone is counted over, and the share worth a word, in percent.
const GREY_DAYS: i64 = 28;
const GREY_PCT: f64 = 20.0;

/// Everything worth a look among one athlete's runs, in time order.
pub(super) fn hints(runs: &[&ReviewedRun]) -> Vec<Hint> {
    let key_days: BTreeSet<NaiveDate> =
        runs.iter().filter(|run| run.past.is_key()).map(|run| run.start.date()).collect();
    let of_runs = runs.iter().flat_map(|run| {
        [unlabelled_recovery(run), label_on_long_run(run), moderate_after_hard(run, &key_days)]
            .into_iter()
            .flatten()
    });
    of_runs.chain(grey_zone(runs)).chain(getting_harder(runs)).collect()
}

fn about(run: &ReviewedRun, what: &str) -> Hint {
    Hint { run: Some(run.id.clone()), text: format!("{}: {what}", run.start.date()) }
}

fn unlabelled_recovery(run: &ReviewedRun) -> Option<Hint> {
    let kept = run.if_recovery == Some(Verdict::Kept);
    (kept && run.label.is_none())
        .then(|| about(run, "not labelled, and as easy and short as a recovery run"))
}

fn label_on_long_run(run: &ReviewedRun) -> Option<Hint> {
    let minutes = run.measured.row.durations.moving.minutes();
    (run.is_recovery() && minutes >= LONG_MIN)
        .then(|| about(run, &format!("labelled recovery, and {} min long", plain(minutes, 0))))
}

fn moderate_after_hard(run: &ReviewedRun, key_days: &BTreeSet<NaiveDate>) -> Option<Hint> {
    let share = run.past.effort.as_ref()?.above_moderate.get();
    let moderate = run.session.kind() == Some(SessionKind::Easy) && share > MODERATE_PCT;
    let yesterday = run.start.date() - Days::new(1);
    (moderate && key_days.contains(&yesterday)).then(|| {
        about(
            run,
            &format!(
                "an easy run the day after a hard session, with {} % of it moderate",
                plain(share, 0)
            ),
        )
    })
}

fn grey_zone(runs: &[&ReviewedRun]) -> Option<Hint> {
    let last = runs.last()?.start.date();
    let easy = runs.iter().filter(|run| {
        let kind = run.session.kind();
        let counted = matches!(kind, Some(SessionKind::Recovery | SessionKind::Easy));
        counted && (last - run.start.date()).num_days() < GREY_DAYS
    });
    let (mut grey, mut all) = (0, 0);
    for effort in easy.filter_map(|run| run.past.effort.as_ref()) {
        grey += effort.grey_seconds;
        all += effort.seconds;
    }
    let share = 100.0 * f64::from(grey) / f64::from(all.max(1));
    (share > GREY_PCT).then(|| Hint {
        run: None,
        text: format!(
            "{} % of the time in the recovery and easy runs of the last 28 days lay between the ceiling and the hard \
             line; more than {} % is grey zone.",
            plain(share, 0),
            plain(GREY_PCT, 0)
        ),
    })
}

/// The newest recovery run's own finding about the trend.
fn getting_harder(runs: &[&ReviewedRun]) -> Option<Hint> {
    let newest = runs.iter().rev().find(|run| run.is_recovery())?;
    let findings = &newest.audit.as_deref()?.findings;
    let trend = findings.iter().find(|finding| finding.criterion == "creep")?;
    (trend.result() == Outcome::Note)
        .then(|| Hint { run: None, text: trend.assessment.text.to_string() })
}
