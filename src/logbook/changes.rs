//! What is news: everything that the last job over the same paths did not tell, or told otherwise.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;
use talktest::ingest::FileProblem;
use talktest::report::machine::json::run_json;
use talktest::review::{LeftOut, Review, ReviewedRun};

use super::Logbook;

/// A judgement in short; where it is the same, there is nothing to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub(super) verdict: String,
    pub(super) certainty: Option<String>,
    pub(super) was: Option<String>,
    pub(super) because: String,
}

/// A judgement of an earlier job, and what it rested on.
#[derive(Debug)]
struct Earlier {
    basis: Vec<u8>,
    judged: Judged,
}

/// Athlete and run.
pub(super) type RunKey = (String, String);

/// Path, and what is wrong with it.
pub(super) type ProblemKey = (String, String);

/// What a job over the same paths told last.
#[derive(Debug, Default)]
pub struct LastJob {
    /// The recovery runs that it judged.
    verdicts: BTreeMap<RunKey, Earlier>,
    /// Every session that it saw.
    pub(super) runs: BTreeSet<RunKey>,
    /// What was wrong with files, and with how many: two may be called alike.
    pub(super) problems: BTreeMap<ProblemKey, usize>,
}

/// What was taken out of a review because it is no news.
#[derive(Debug, Default)]
pub struct Old {
    runs: Placed<ReviewedRun>,
    problems: Placed<FileProblem>,
}

/// What was taken out of a list, with its place there.
type Placed<T> = Vec<(usize, T)>;

impl LastJob {
    /// Takes out of the lists of a review what is no news.
    pub fn take_old(&self, review: &mut Review) -> Old {
        let runs = take_out(&mut review.runs, |run| !self.is_news(run));
        let mut told = self.problems.clone();
        let problems = take_out(&mut review.problems, |problem| {
            let left = told.get_mut(&problem_key(problem)).filter(|left| **left > 0);
            left.is_some_and(|left| {
                *left -= 1;
                true
            })
        });
        review.unlabelled.retain(|run| self.is_news(run));
        review.left_out = Some(LeftOut { runs: runs.len(), problems: problems.len() });
        // The logbook knows better than a report what is new.
        review.runs.iter_mut().for_each(|run| run.is_new = None);
        Old { runs, problems }
    }

    /// Whether the job did not see this run, or judged it otherwise.
    fn is_news(&self, run: &ReviewedRun) -> bool {
        let key = key(run);
        if !run.is_recovery() {
            // A run that was judged, and is labelled otherwise by now, is news too.
            return self.verdicts.contains_key(&key) || !self.runs.contains(&key);
        }
        let Some(last) = self.verdicts.get(&key) else { return true };
        let is_same = || Judged::of(&run_json(run)).is_some_and(|now| now == last.judged);
        !(self.is_settled(run) || is_same())
    }

    /// Whether nothing changed that the judgement rests on.
    pub(super) fn is_settled(&self, run: &ReviewedRun) -> bool {
        self.verdicts.get(&key(run)).is_some_and(|last| last.basis == run.basis.to_be_bytes())
    }

    /// The runs that it judged.
    pub(super) fn judged(&self) -> impl Iterator<Item = &RunKey> {
        self.verdicts.keys()
    }
}

impl Old {
    /// Puts what was taken out back where it was.
    pub fn put_back(self, review: &mut Review) {
        put_in(&mut review.runs, self.runs);
        put_in(&mut review.problems, self.problems);
    }
}

fn take_out<T>(list: &mut Vec<T>, mut is_old: impl FnMut(&T) -> bool) -> Placed<T> {
    let all = std::mem::take(list);
    let mut old = Vec::new();
    for (place, one) in all.into_iter().enumerate() {
        if is_old(&one) {
            old.push((place, one));
        } else {
            list.push(one);
        }
    }
    old
}

fn put_in<T>(list: &mut Vec<T>, old: Placed<T>) {
    let mut news = std::mem::take(list).into_iter();
    for (place, one) in old {
        list.extend(news.by_ref().take(place - list.len()));
        list.push(one);
    }
    list.extend(news);
}

pub(super) fn key(run: &ReviewedRun) -> RunKey {
    (run.measured.athlete.clone(), run.id.clone())
}

pub(super) fn problem_key(problem: &FileProblem) -> ProblemKey {
    (problem.path.clone(), problem.problem.to_string())
}

impl Judged {
    /// `None` for a run that was not judged.
    pub(super) fn of(run: &Value) -> Option<Self> {
        let audit = run.get("audit").filter(|audit| !audit.is_null())?;
        let text = |key: &str| audit.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            verdict: text("verdict")?,
            certainty: text("certainty"),
            was: text("was"),
            because: text("because").unwrap_or_default(),
        })
    }
}

impl Logbook {
    /// What the last job over these paths told; nothing before the first.
    pub fn last_job(&self, scope: &str) -> Result<LastJob> {
        Ok(last_job(&self.connection(), scope)?)
    }

    /// Forgets what the last job over these paths told, where it makes no sense.
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
        "SELECT athlete, run, verdict, certainty, was, because, basis FROM verdict WHERE job = ?",
    )?;
    let verdicts = verdicts.query_map([job], |row| {
        let judged = Judged {
            verdict: row.get(2)?,
            certainty: row.get(3)?,
            was: row.get(4)?,
            because: row.get(5)?,
        };
        Ok(((row.get(0)?, row.get(1)?), Earlier { basis: row.get(6)?, judged }))
    })?;
    Ok(LastJob {
        verdicts: verdicts.collect::<rusqlite::Result<_>>()?,
        runs: pairs(connection, "SELECT athlete, run FROM told_run WHERE job = ?", job)?,
        problems: problems(connection, job)?,
    })
}

fn problems(connection: &Connection, job: i64) -> rusqlite::Result<BTreeMap<ProblemKey, usize>> {
    let mut statement =
        connection.prepare("SELECT path, told, files FROM told_problem WHERE job = ?")?;
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
