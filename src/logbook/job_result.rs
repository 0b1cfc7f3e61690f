//! What a job wrote, kept for the next one of which nothing changed.

use rusqlite::{Connection, OptionalExtension, params};

use super::Logbook;
use super::checksum::Checksum;
use super::locked::LockedLogbook;
use crate::units::UnixTime;

/// What tells whether a job would write the same again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobKey {
    /// The paths that it is given.
    pub scope: String,
    /// The hash of everything that it depends on: files, settings, plans, notes, program.
    pub inputs: u128,
    /// The hash of how its result is to be written.
    pub form: u128,
    /// When it runs: a run that is to come then may have been later.
    pub moment: UnixTime,
}

impl LockedLogbook {
    /// What a job with this key wrote, if nothing that it depends on changed since.
    pub fn result(&self, key: &JobKey) -> Option<Vec<u8>> {
        recall(&self.connection, key).ok().flatten()
    }

    /// Ends a job that had nothing to read: its result is as new as its moment.
    ///
    /// # Errors
    /// Where that cannot be written down.
    pub fn end_unchanged(self, key: &JobKey) -> Result<(), anyhow::Error> {
        Ok(end_again(&self.connection, key)?)
    }
}

impl Logbook {
    /// Whether the last job over these paths depended on the same.
    pub fn is_repeated(&self, key: &JobKey) -> bool {
        last_inputs(&self.connection(), &key.scope).ok().flatten() == Some(key.inputs)
    }

    /// Puts what a job wrote in the place of what the last one of its form did.
    pub fn save_result(&self, key: &JobKey, value: &[u8]) {
        self.change(|transaction| save(transaction, key, value));
    }

    /// Writes down that the job over these paths was repeated.
    pub fn end_repeated(&self, key: &JobKey) {
        self.change(|transaction| end_again(transaction, key));
    }
}

fn recall(connection: &Connection, key: &JobKey) -> rusqlite::Result<Option<Vec<u8>>> {
    // The views must show what the result says, so the last job has to be of the same inputs.
    let question = "SELECT value, moment_ms, checksum FROM job_result \
                    JOIN job ON job.id = job_result.job \
                    WHERE scope = ?1 AND form = ?2 AND job_result.inputs = ?3 AND job.inputs = ?3";
    let bytes = (key.form.to_be_bytes(), key.inputs.to_be_bytes());
    let found = connection
        .query_row(question, params![key.scope, bytes.0, bytes.1], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
        })
        .optional()?;
    let is_sound = |value: &[u8], moment, whole| {
        moment <= key.moment.0 && checksum(key, UnixTime(moment), value) == whole
    };
    Ok(found.filter(|(value, moment, whole)| is_sound(value, *moment, *whole)).map(|found| found.0))
}

fn save(connection: &Connection, key: &JobKey, value: &[u8]) -> rusqlite::Result<()> {
    let inputs = key.inputs.to_be_bytes();
    connection.execute(
        "DELETE FROM job_result WHERE job = (SELECT id FROM job WHERE scope = ?) AND inputs <> ?",
        params![key.scope, inputs],
    )?;
    connection
        .execute(
            "INSERT OR REPLACE INTO job_result (job, form, inputs, moment_ms, value, checksum) \
             SELECT id, ?2, ?3, ?4, ?5, ?6 FROM job WHERE scope = ?1 AND inputs = ?3",
            params![
                key.scope,
                key.form.to_be_bytes(),
                inputs,
                key.moment.0,
                value,
                checksum(key, key.moment, value)
            ],
        )
        .map(|_| ())
}

fn last_inputs(connection: &Connection, scope: &str) -> rusqlite::Result<Option<u128>> {
    let inputs: Option<Option<[u8; 16]>> = connection
        .query_row("SELECT inputs FROM job WHERE scope = ?", [scope], |row| row.get(0))
        .optional()?;
    Ok(inputs.flatten().map(u128::from_be_bytes))
}

fn end_again(connection: &Connection, key: &JobKey) -> rusqlite::Result<()> {
    let question = "UPDATE job SET ended = ? WHERE scope = ?";
    connection.execute(question, params![now(), key.scope]).map(|_| ())
}

/// This moment as the logbook writes it.
pub(super) fn now() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

fn checksum(key: &JobKey, moment: UnixTime, value: &[u8]) -> i64 {
    let head = Checksum::default().text(&key.scope).bytes(&key.form.to_be_bytes());
    head.bytes(&key.inputs.to_be_bytes()).number(moment.0).bytes(value).value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logbook::schema;

    fn key() -> JobKey {
        JobKey { scope: "/runs".to_owned(), inputs: 1, form: 2, moment: UnixTime(1_000) }
    }

    /// A logbook whose last job wrote something.
    fn database() -> Connection {
        let mut database = Connection::open_in_memory().unwrap();
        schema::migrate(&mut database).unwrap();
        let job = "INSERT INTO job (scope, ended, tool, rules, settings_hash, inputs) \
                   VALUES ('/runs', '', '', '', '', ?)";
        database.execute(job, [key().inputs.to_be_bytes()]).unwrap();
        save(&database, &key(), b"kept").unwrap();
        database
    }

    fn recalled(database: &Connection, key: &JobKey) -> Option<Vec<u8>> {
        recall(database, key).unwrap()
    }

    #[test]
    fn only_the_same_job_says_the_same() {
        let database = database();
        assert_eq!(recalled(&database, &key()).as_deref(), Some(b"kept".as_slice()));
        let later = JobKey { moment: UnixTime(1_001), ..key() };
        assert!(recalled(&database, &later).is_some());
        let others = [
            JobKey { scope: "/other".to_owned(), ..key() },
            JobKey { inputs: 3, ..key() },
            JobKey { form: 3, ..key() },
            JobKey { moment: UnixTime(999), ..key() },
        ];
        for other in others {
            assert_eq!(recalled(&database, &other), None, "{other:?}");
        }
    }

    #[test]
    fn a_job_over_other_inputs_in_between_makes_it_invalid() {
        let database = database();
        database.execute("UPDATE job SET inputs = ?", [7_u128.to_be_bytes()]).unwrap();
        assert_eq!(recalled(&database, &key()), None);
        save(&database, &key(), b"of no job").unwrap();
        database.execute("UPDATE job SET inputs = ?", [key().inputs.to_be_bytes()]).unwrap();
        assert_eq!(recalled(&database, &key()).as_deref(), Some(b"kept".as_slice()));
    }

    #[test]
    fn damage_and_changes_by_any_tool_make_it_invalid() {
        for damage in [
            "UPDATE job_result SET value = x'00'",
            "UPDATE job_result SET moment_ms = 999",
            "UPDATE job_result SET checksum = 0",
        ] {
            let database = database();
            database.execute(damage, []).unwrap();
            assert_eq!(recalled(&database, &key()), None, "{damage}");
        }
        for table in ["file", "entry", "content", "session", "channels", "judgement", "verdict"] {
            for change in ["UPDATE", "DELETE"] {
                let trigger = format!(
                    "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' \
                     AND tbl_name = '{table}' AND sql LIKE '%AFTER {change} ON%'"
                );
                let database = database();
                let found = database.query_row(&trigger, [], |row| row.get::<_, i64>(0)).unwrap();
                assert_eq!(found, 1, "{change} {table}");
            }
        }
        for change in ["UPDATE file SET size = 2", "DELETE FROM file"] {
            let database = database();
            let file = "INSERT INTO file VALUES (1, '/runs/a.fit', 'm', 0, 1, 1, 1, 1, 1, 0)";
            database.execute(file, []).unwrap();
            assert!(recalled(&database, &key()).is_some(), "more is no change");
            database.execute(change, []).unwrap();
            assert_eq!(recalled(&database, &key()), None, "{change}");
        }
    }
}
