//! Keeps what a job judged: for the views, and to know what changed the next time.

use std::collections::BTreeSet;

use rusqlite::{Transaction, params};

use super::changes::{AthleteRun, LastJob, key as run_key, problem_key};
use super::job_result::{JobKey, now};
use super::named::Named;
use super::{Logbook, measuring};
use crate::audit::{Audit, RULES, Ruling};
use crate::review::{Review, ReviewedRun, Week};

/// Writes the findings about a run as a contract for machines has them.
pub type Document = dyn Fn(&Audit) -> String;

/// A job that is written down.
#[derive(Debug, Clone, Copy)]
pub struct SavedJob<'k> {
    /// What it depended on.
    pub key: &'k JobKey,
    /// Whether a job that depends on the same finds the same: not where a file could not be read this
    /// once, or a run was still to come.
    pub will_be_the_same: bool,
}

impl Logbook {
    /// Puts what this job judged in the place of what the last one did; `document` writes what the
    /// views show of a judgement.
    pub fn save_job(
        &self,
        job: &SavedJob<'_>,
        last: &LastJob,
        review: &Review,
        document: &Document,
    ) {
        let SavedJob { key, will_be_the_same } = job;
        let inputs = will_be_the_same.then(|| key.inputs.to_be_bytes());
        self.change(|transaction| {
            save(transaction, key, last, review, document)?;
            // Rows of another version were measured anew by now, or their files are gone; those
            // under other bounds of reading belong to another job.
            ["file", "content"].into_iter().try_for_each(|table| {
                let others = format!(
                    "DELETE FROM {table} WHERE measuring <> ?1 AND measuring NOT LIKE ?1 || '/%'"
                );
                transaction.execute(&others, [measuring()]).map(|_| ())
            })?;
            // In the end, for every change before it takes it away.
            let question = "UPDATE job SET inputs = ? WHERE scope = ?";
            transaction.execute(question, params![inputs, key.scope]).map(|_| ())
        });
    }
}

fn save(
    transaction: &Transaction<'_>,
    key: &JobKey,
    last: &LastJob,
    review: &Review,
    document: &Document,
) -> rusqlite::Result<()> {
    let job: i64 = transaction.query_row(
        "INSERT INTO job (scope, ended, tool, rules, settings_hash) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (scope) DO UPDATE SET ended = ?2, tool = ?3, rules = ?4, settings_hash = ?5 \
         RETURNING id",
        params![key.scope, now(), env!("CARGO_PKG_VERSION"), RULES, review.settings_hash],
        |row| row.get(0),
    )?;
    save_verdicts(transaction, job, last, review, document)?;
    save_reported(transaction, job, last, review)?;
    transaction.execute("DELETE FROM week WHERE job = ?", [job])?;
    review.athletes.iter().try_for_each(|athlete| {
        athlete.weeks.iter().try_for_each(|week| save_week(transaction, job, &athlete.name, week))
    })
}

/// Of ten years of verdicts a night changes a few.
fn save_verdicts(
    transaction: &Transaction<'_>,
    job: i64,
    last: &LastJob,
    review: &Review,
    document: &Document,
) -> rusqlite::Result<()> {
    let recovery = || review.runs.iter().filter(|run| run.is_recovery());
    for run in recovery().filter(|run| !last.is_settled(run)) {
        save_run(transaction, job, run, document)?;
    }
    let now: BTreeSet<_> = recovery().map(run_key).collect();
    remove(transaction, "verdict", job, last.judged().filter(|key| !now.contains(*key)))
}

/// Takes runs of a job out of a table.
fn remove<'a>(
    transaction: &Transaction<'_>,
    table: &str,
    job: i64,
    mut runs: impl Iterator<Item = &'a AthleteRun>,
) -> rusqlite::Result<()> {
    let delete = format!("DELETE FROM {table} WHERE job = ? AND athlete = ? AND run = ?");
    let mut delete = transaction.prepare(&delete)?;
    runs.try_for_each(|(athlete, run)| delete.execute(params![job, athlete, run]).map(|_| ()))
}

/// The same of everything else that was reported.
fn save_reported(
    transaction: &Transaction<'_>,
    job: i64,
    last: &LastJob,
    review: &Review,
) -> rusqlite::Result<()> {
    let of_athletes = review.athletes.iter().flat_map(|athlete| {
        athlete.calendar.iter().map(|entry| (athlete.name.clone(), entry.id.clone()))
    });
    let runs: BTreeSet<_> = of_athletes.collect();
    let mut insert = transaction
        .prepare("INSERT OR IGNORE INTO reported_run (job, athlete, run) VALUES (?, ?, ?)")?;
    for (athlete, run) in runs.difference(&last.runs) {
        insert.execute(params![job, athlete, run])?;
    }
    remove(transaction, "reported_run", job, last.runs.difference(&runs))?;
    transaction.execute("DELETE FROM reported_problem WHERE job = ?", [job])?;
    let mut insert = transaction.prepare(
        "INSERT INTO reported_problem (job, path, problem, fatal) VALUES (?, ?, ?, ?) \
         ON CONFLICT (job, path, problem) DO UPDATE SET files = files + 1",
    )?;
    review.problems.iter().try_for_each(|problem| {
        let (path, problem_text) = problem_key(problem);
        insert.execute(params![job, path, problem_text, problem.fatal]).map(|_| ())
    })
}

fn save_run(
    transaction: &Transaction<'_>,
    job: i64,
    run: &ReviewedRun,
    document: &Document,
) -> rusqlite::Result<()> {
    let Some(audit) = &run.audit else { return Ok(()) };
    let Ruling { verdict, certainty, was, because, .. } = &audit.ruling;
    let local_start = run.start.time.to_rfc3339_opts(chrono::SecondsFormat::Secs, false);
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO verdict \
             (job, athlete, run, path, local_start, verdict, certainty, was, because, basis, findings) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            job,
            run.measured.athlete,
            run.id,
            run.measured.path(),
            local_start,
            Named(verdict),
            certainty.map(Named),
            was.map(Named),
            because,
            run.basis.to_be_bytes(),
            document(audit)
        ])?;
    Ok(())
}

fn save_week(
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use super::*;
    use crate::ingest::ingest;
    use crate::logbook::{LockedLogbook, LogbookPath};
    use crate::review::{NoCache, Selection, review};
    use crate::settings::Settings;
    use crate::units::UnixTime;

    #[test]
    fn a_job_whose_next_one_may_find_something_else_is_never_repeated() {
        let folder = tempfile::tempdir().unwrap();
        let place = LogbookPath { path: folder.path().join("logbook.sqlite"), is_usual: false };
        let locked = LockedLogbook::open(place, "", Duration::ZERO, &|| true).unwrap();
        let logbook = locked.read().unwrap();
        let settings = Settings::default();
        let none = ingest(Vec::new(), Vec::new(), None);
        let review =
            review(none, &settings, &BTreeMap::new(), &Selection::default(), &NoCache).unwrap();
        let scope = "/runs".to_owned();
        let key = JobKey { scope, inputs: 1, form: 2, moment: UnixTime(0) };
        for will_be_the_same in [true, false] {
            let job = SavedJob { key: &key, will_be_the_same };
            logbook.save_job(&job, &LastJob::default(), &review, &|_| String::new());
            assert_eq!(logbook.is_repeated(&key), will_be_the_same);
        }
    }
}
