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

/// Athlete and run.
type RunKey = (String, String);

/// The recovery runs that a job over the same paths judged last.
#[derive(Debug, Default)]
pub struct LastJob(BTreeMap<RunKey, Judged>);

impl LastJob {
    /// Whether the job did not judge this run, or otherwise.
    pub fn is_news(&self, run: &ReviewedRun) -> bool {
        let key = (run.measured.athlete.clone(), run.id.clone());
        match (self.0.get(&key), Judged::of(&run_json(run))) {
            (Some(last), Some(now)) => *last != now,
            _ => true,
        }
    }
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
        last_job(&self.connection(), scope)
    }

    /// Puts what this job judged in the place of what the last one did.
    pub fn keep_judged(&self, scope: &str, review: &Review) {
        let mut connection = self.connection();
        let kept = connection.transaction().and_then(|transaction| {
            keep(&transaction, scope, review)?;
            transaction.commit()
        });
        drop(connection);
        if let Err(error) = kept {
            self.fail(error.into());
        }
    }
}

fn last_job(connection: &Connection, scope: &str) -> Result<LastJob> {
    let job: Option<i64> = connection
        .query_row("SELECT id FROM job WHERE scope = ?", [scope], |row| row.get(0))
        .optional()?;
    let mut statement = connection.prepare(
        "SELECT athlete, run, verdict, certainty, was, because FROM verdict WHERE job = ?",
    )?;
    let rows = statement.query_map([job], |row| {
        let judged = Judged {
            verdict: row.get(2)?,
            certainty: row.get(3)?,
            was: row.get(4)?,
            because: row.get(5)?,
        };
        Ok(((row.get(0)?, row.get(1)?), judged))
    })?;
    Ok(LastJob(rows.collect::<rusqlite::Result<_>>()?))
}

fn keep(transaction: &Transaction<'_>, scope: &str, review: &Review) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM job WHERE scope = ?", [scope])?;
    let ended = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    transaction.execute(
        "INSERT INTO job (scope, ended, tool, rules, settings_hash) VALUES (?, ?, ?, ?, ?)",
        params![scope, ended, env!("CARGO_PKG_VERSION"), RULES, review.settings_hash],
    )?;
    let job = transaction.last_insert_rowid();
    let recovery = review.runs.iter().filter(|run| run.is_recovery());
    recovery.into_iter().try_for_each(|run| keep_run(transaction, job, run))?;
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
            "INSERT INTO verdict \
             (job, athlete, run, path, local_start, verdict, certainty, was, because, audit) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
