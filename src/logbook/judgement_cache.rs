//! What earlier reviews found out, by run: reading it is faster than judging again.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::Logbook;
use super::checksum::Checksum;
use super::records::JudgementRecord;
use crate::parallel::held;
use crate::review::{CachedJudgement, JudgementCache, RunKey};

/// Runs that are written down at a time.
const AT_A_TIME: usize = 256;

impl JudgementCache for Logbook {
    fn get(&self, run: &RunKey) -> Option<CachedJudgement> {
        let (value, whole) =
            self.channels.readers.ask(|reader| recall(reader, run)).ok().flatten()?;
        if whole != checksum(run, &value) {
            return None;
        }
        // What another version wrote, or what is damaged, is found out again.
        postcard::from_bytes(&value).ok()
    }

    fn put(&self, run: &RunKey, judgement: &CachedJudgement) {
        let Ok(value) = postcard::to_stdvec(judgement) else { return };
        let full = {
            let mut pending = held(&self.pending_judgements);
            pending.push(JudgementRecord { name: run.clone(), value });
            (pending.len() >= AT_A_TIME).then(|| std::mem::take(&mut *pending))
        };
        full.into_iter().for_each(|records| self.write_judgements(&records));
    }
}

impl Logbook {
    fn write_judgements(&self, records: &[JudgementRecord]) {
        if !records.is_empty() {
            self.change(|transaction| {
                records.iter().try_for_each(|record| write(transaction, record))
            });
        }
    }

    pub(super) fn flush_judgements(&self) {
        let records = std::mem::take(&mut *held(&self.pending_judgements));
        self.write_judgements(&records);
    }
}

fn recall(connection: &Connection, run: &RunKey) -> rusqlite::Result<Option<(Vec<u8>, i64)>> {
    connection
        .prepare_cached(
            "SELECT value, checksum FROM judgement WHERE athlete = ? AND content = ? AND session = ?",
        )?
        .query_row(params![run.athlete, run.content.0.to_be_bytes(), run.session], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
}

fn checksum(name: &RunKey, value: &[u8]) -> i64 {
    let head = Checksum::default().text(&name.athlete).bytes(&name.content.0.to_be_bytes());
    head.number(i64::from(name.session)).bytes(value).value()
}

fn write(transaction: &Transaction<'_>, record: &JudgementRecord) -> rusqlite::Result<()> {
    let JudgementRecord { name, value } = record;
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO judgement (athlete, content, session, value, checksum) \
             VALUES (?, ?, ?, ?, ?)",
        )?
        .execute(params![
            name.athlete,
            name.content.0.to_be_bytes(),
            name.session,
            value,
            checksum(name, value)
        ])?;
    Ok(())
}
