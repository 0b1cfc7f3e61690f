//! What changed: everything that the last job over the same paths did not report, or reported
//! otherwise.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension};

use super::Logbook;
use super::named::Named;
use crate::audit::{ActualEffort, Certainty, Ruling};
use crate::ingest::FileProblem;
use crate::review::{GoneReason, GoneVerdict, LeftOut, Review, ReviewedRun};
use crate::session::Verdict;

/// What an earlier job ruled on a run, and the hash of what that rested on.
#[derive(Debug)]
struct EarlierRuling {
    basis: Vec<u8>,
    verdict: Verdict,
    certainty: Option<Certainty>,
    was: Option<ActualEffort>,
    because: String,
    path: String,
    local_start: String,
}

impl EarlierRuling {
    /// Whether a reader would see no difference.
    fn reads_like(&self, now: &Ruling) -> bool {
        let Ruling { verdict, certainty, was, because, .. } = now;
        self.verdict == *verdict
            && self.certainty == *certainty
            && self.was == *was
            && self.because == *because
    }
}

/// Athlete and run.
pub(super) type AthleteRun = (String, String);

/// Path, and what is wrong with it.
pub(super) type ProblemKey = (String, String);

/// What the last job over the same paths reported.
#[derive(Debug, Default)]
pub struct LastJob {
    /// The recovery runs that it judged.
    verdicts: BTreeMap<AthleteRun, EarlierRuling>,
    /// Every session that it saw.
    pub(super) runs: BTreeSet<AthleteRun>,
    /// What was wrong with files, and with how many: two may be called alike.
    pub(super) problems: BTreeMap<ProblemKey, usize>,
}

/// What was taken out of a review because nothing about it changed.
#[derive(Debug, Default)]
pub struct Unchanged {
    runs: Placed<ReviewedRun>,
    problems: Placed<FileProblem>,
}

/// What was taken out of a list, with its place there.
type Placed<T> = Vec<(usize, T)>;

impl LastJob {
    /// Takes out of the lists of a review what did not change.
    pub fn take_unchanged(&self, review: &mut Review) -> Unchanged {
        let runs = take_out(&mut review.runs, |run| !self.is_changed(run));
        let mut reported = self.problems.clone();
        let problems = take_out(&mut review.problems, |problem| {
            let left = reported.get_mut(&problem_key(problem)).filter(|left| **left > 0);
            left.is_some_and(|left| {
                *left -= 1;
                true
            })
        });
        review.unlabelled.retain(|run| self.is_changed(run));
        review.left_out = Some(LeftOut { runs: runs.len(), problems: problems.len() });
        // The logbook knows better than a report what is new.
        review.runs.iter_mut().for_each(|run| run.is_new = None);
        Unchanged { runs, problems }
    }

    /// What it judged and a review of everything does not.
    pub fn gone(&self, review: &Review) -> Vec<GoneVerdict> {
        let judged: BTreeSet<AthleteRun> =
            review.runs.iter().filter(|run| run.is_recovery()).map(key).collect();
        let there: BTreeSet<(&str, &str)> = review
            .athletes
            .iter()
            .flat_map(|of| of.calendar.iter().map(|entry| (of.name.as_str(), entry.id.as_str())))
            .collect();
        let gone = self.verdicts.iter().filter(|(run, _)| !judged.contains(run));
        gone.filter_map(|((athlete, id), last)| {
            let is_there = there.contains(&(athlete.as_str(), id.as_str()));
            Some(GoneVerdict {
                athlete: athlete.clone(),
                id: id.clone(),
                path: last.path.clone(),
                day: last.local_start.get(..10)?.parse().ok()?,
                verdict: last.verdict,
                why: if is_there { GoneReason::NotLabelled } else { GoneReason::Missing },
            })
        })
        .collect()
    }

    /// Whether the job did not see this run, or judged it otherwise.
    fn is_changed(&self, run: &ReviewedRun) -> bool {
        let key = key(run);
        if !run.is_recovery() {
            // A run that was judged, and is labelled otherwise by now, has changed too.
            return self.verdicts.contains_key(&key) || !self.runs.contains(&key);
        }
        let Some(last) = self.verdicts.get(&key) else { return true };
        let reads_alike = || run.audit.as_deref().is_some_and(|now| last.reads_like(&now.ruling));
        !(self.is_settled(run) || reads_alike())
    }

    /// Whether nothing changed that the judgement rests on.
    pub(super) fn is_settled(&self, run: &ReviewedRun) -> bool {
        self.verdicts.get(&key(run)).is_some_and(|last| last.basis == run.basis.to_be_bytes())
    }

    /// The runs that it judged.
    pub(super) fn judged(&self) -> impl Iterator<Item = &AthleteRun> {
        self.verdicts.keys()
    }
}

impl Unchanged {
    /// Puts what was taken out back where it was.
    pub fn put_back(self, review: &mut Review) {
        put_in(&mut review.runs, self.runs);
        put_in(&mut review.problems, self.problems);
    }
}

fn take_out<T>(list: &mut Vec<T>, mut is_unchanged: impl FnMut(&T) -> bool) -> Placed<T> {
    let all = std::mem::take(list);
    let mut unchanged = Vec::new();
    for (place, one) in all.into_iter().enumerate() {
        if is_unchanged(&one) {
            unchanged.push((place, one));
        } else {
            list.push(one);
        }
    }
    unchanged
}

fn put_in<T>(list: &mut Vec<T>, unchanged: Placed<T>) {
    if unchanged.is_empty() {
        // A list of a hundred thousand runs is not to be held twice.
        return;
    }
    let mut changed = std::mem::take(list).into_iter();
    for (place, one) in unchanged {
        list.extend(changed.by_ref().take(place - list.len()));
        list.push(one);
    }
    list.extend(changed);
}

pub(super) fn key(run: &ReviewedRun) -> AthleteRun {
    (run.measured.athlete.clone(), run.id.clone())
}

pub(super) fn problem_key(problem: &FileProblem) -> ProblemKey {
    (problem.path.clone(), problem.problem.to_string())
}

impl Logbook {
    /// What the last job over these paths reported; nothing before the first.
    pub fn last_job(&self, scope: &str) -> Result<LastJob> {
        Ok(last_job(&self.connection(), scope)?)
    }

    /// Forgets what the last job over these paths reported, where it makes no sense.
    pub fn forget_job(&self, scope: &str) {
        self.change(|transaction| {
            transaction.execute("DELETE FROM job WHERE scope = ?", [scope]).map(|_| ())
        });
    }
}

fn last_job(connection: &Connection, scope: &str) -> rusqlite::Result<LastJob> {
    let job: Option<i64> = connection
        .query_row("SELECT id FROM job WHERE scope = ?", [scope], |row| row.get(0))
        .optional()?;
    let Some(job) = job else { return Ok(LastJob::default()) };
    let mut verdicts = connection.prepare(
        "SELECT athlete, run, verdict, certainty, was, because, basis, path, local_start FROM verdict WHERE job = ?",
    )?;
    let verdicts = verdicts.query_map([job], |row| {
        let ruling = EarlierRuling {
            basis: row.get(6)?,
            verdict: row.get::<_, Named<_>>(2)?.0,
            certainty: row.get::<_, Option<Named<_>>>(3)?.map(|certainty| certainty.0),
            was: row.get::<_, Option<Named<_>>>(4)?.map(|was| was.0),
            because: row.get(5)?,
            path: row.get(7)?,
            local_start: row.get(8)?,
        };
        Ok(((row.get(0)?, row.get(1)?), ruling))
    })?;
    Ok(LastJob {
        verdicts: verdicts.collect::<rusqlite::Result<_>>()?,
        runs: pairs(connection, "SELECT athlete, run FROM reported_run WHERE job = ?", job)?,
        problems: problems(connection, job)?,
    })
}

fn problems(connection: &Connection, job: i64) -> rusqlite::Result<BTreeMap<ProblemKey, usize>> {
    let mut statement =
        connection.prepare("SELECT path, problem, files FROM reported_problem WHERE job = ?")?;
    let rows = statement
        .query_map([job], |row| Ok(((row.get(0)?, row.get(1)?), row.get::<_, i64>(2)? as usize)))?;
    rows.collect()
}

fn pairs(
    connection: &Connection,
    question: &str,
    job: i64,
) -> rusqlite::Result<BTreeSet<(String, String)>> {
    let mut statement = connection.prepare(question)?;
    let rows = statement.query_map([job], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}
