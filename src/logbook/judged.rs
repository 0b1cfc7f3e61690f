//! What the last job over a folder judged: for the views, and for telling what is new.

use std::collections::BTreeMap;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde_json::Value;
use talktest::audit::RULES;
use talktest::report::json::run_json;
use talktest::review::{Review, ReviewedRun, Week};

use super::Logbook;

/// A judgement in short; where it is the same, there is nothing to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    verdict: String,
    certainty: Option<String>,
    was: Option<String>,
    because: String,
}

/// A judgement of an earlier job, and what it rested on.
#[derive(Debug)]
struct Earlier {
    basis: Vec<u8>,
    judged: Judged,
}

/// Athlete and run.
type RunKey = (String, String);

/// The recovery runs that a job over the same paths judged last.
#[derive(Debug, Default)]
pub struct LastJob(BTreeMap<RunKey, Earlier>);

impl LastJob {
    /// Whether the job did not judge this run, or otherwise.
    pub fn is_news(&self, run: &ReviewedRun) -> bool {
        let Some(last) = self.0.get(&key(run)) else { return true };
        let is_same = || Judged::of(&run_json(run)).is_some_and(|now| now == last.judged);
        !(self.is_settled(run) || is_same())
    }

    /// Whether nothing changed that the judgement rests on.
    fn is_settled(&self, run: &ReviewedRun) -> bool {
        self.0.get(&key(run)).is_some_and(|last| last.basis == run.basis.to_be_bytes())
    }
}

fn key(run: &ReviewedRun) -> RunKey {
    (run.measured.athlete.clone(), run.id.clone())
}

impl Judged {
    /// `None` for a run that was not judged.
    fn of(run: &Value) -> Option<Self> {
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
    /// What the last job over these paths judged; nothing before the first.
    pub fn last_job(&self, scope: &str) -> Result<LastJob> {
        Ok(last_job(&self.connection(), scope)?)
    }

    /// Puts what this job judged in the place of what the last one did.
    pub fn keep_judged(&self, scope: &str, review: &Review) {
        self.change(|transaction| {
            keep(transaction, scope, review)?;
            // Rows of another version were measured anew by now, or their files are gone.
            transaction
                .execute("DELETE FROM file WHERE measuring <> ?", [&self.shelf.measuring])?;
            transaction
                .execute("DELETE FROM content WHERE measuring <> ?", [&self.shelf.measuring])?;
            Ok(())
        });
    }
}

fn last_job(connection: &Connection, scope: &str) -> rusqlite::Result<LastJob> {
    let job: Option<i64> = connection
        .query_row("SELECT id FROM job WHERE scope = ?", [scope], |row| row.get(0))
        .optional()?;
    let mut statement = connection.prepare(
        "SELECT athlete, run, verdict, certainty, was, because, basis FROM verdict WHERE job = ?",
    )?;
    let rows = statement.query_map([job], |row| {
        let judged = Judged {
            verdict: row.get(2)?,
            certainty: row.get(3)?,
            was: row.get(4)?,
            because: row.get(5)?,
        };
        Ok(((row.get(0)?, row.get(1)?), Earlier { basis: row.get(6)?, judged }))
    })?;
    Ok(LastJob(rows.collect::<rusqlite::Result<_>>()?))
}

fn keep(transaction: &Transaction<'_>, scope: &str, review: &Review) -> rusqlite::Result<()> {
    let mut last = last_job(transaction, scope)?;
    let ended = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let job: i64 = transaction.query_row(
        "INSERT INTO job (scope, ended, tool, rules, settings_hash) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (scope) DO UPDATE SET ended = ?2, tool = ?3, rules = ?4, settings_hash = ?5 \
         RETURNING id",
        params![scope, ended, env!("CARGO_PKG_VERSION"), RULES, review.settings_hash],
        |row| row.get(0),
    )?;
    // Of ten years of verdicts a night changes a few.
    for run in review.runs.iter().filter(|run| run.is_recovery()) {
        if !last.is_settled(run) {
            keep_run(transaction, job, run)?;
        }
        last.0.remove(&key(run));
    }
    let mut delete =
        transaction.prepare("DELETE FROM verdict WHERE job = ? AND athlete = ? AND run = ?")?;
    for (athlete, run) in last.0.keys() {
        delete.execute(params![job, athlete, run])?;
    }
    transaction.execute("DELETE FROM week WHERE job = ?", [job])?;
    review.athletes.iter().try_for_each(|athlete| {
        athlete.weeks.iter().try_for_each(|week| keep_week(transaction, job, &athlete.name, week))
    })
}

fn keep_run(transaction: &Transaction<'_>, job: i64, run: &ReviewedRun) -> rusqlite::Result<()> {
    let audit = run_json(run);
    let Some(judged) = Judged::of(&audit) else { return Ok(()) };
    let local_start = run.start.time.to_rfc3339_opts(chrono::SecondsFormat::Secs, false);
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO verdict \
             (job, athlete, run, path, local_start, verdict, certainty, was, because, basis, audit) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            job,
            run.measured.athlete,
            run.id,
            run.measured.path(),
            local_start,
            judged.verdict,
            judged.certainty,
            judged.was,
            judged.because,
            run.basis.to_be_bytes(),
            audit.to_string()
        ])?;
    Ok(())
}

fn keep_week(
    transaction: &Transaction<'_>,
    job: i64,
    athlete: &str,
    week: &Week,
) -> rusqlite::Result<()> {
    let recovery = week.recovery;
    transaction
        .prepare_cached(
            "INSERT INTO week (job, athlete, monday, runs, running_days, quality, moving_s, \
             recovery, kept, slipped, not_recovery, cannot_judge) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            job,
            athlete,
            week.monday.to_string(),
            week.runs as i64,
            week.running_days as i64,
            week.quality as i64,
            week.moving_s,
            recovery.runs as i64,
            recovery.kept as i64,
            recovery.slipped as i64,
            recovery.not_recovery as i64,
            recovery.cannot_judge as i64
        ])?;
    Ok(())
}
