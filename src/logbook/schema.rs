//! How the logbook is laid out, and how an older layout becomes this one.

use rusqlite::Connection;

/// Marks a database as a logbook: `talk`.
pub const APPLICATION: i32 = 0x7461_6c6b;

/// The layout that this program writes.
pub const VERSION: i32 = MIGRATIONS.len() as i32;

/// One step per released layout, from the empty database on. A step that was released is never
/// changed: what comes later is a further step.
pub const MIGRATIONS: &[&str] = &[
    include_str!("schema_1.sql"),
    include_str!("schema_2.sql"),
    include_str!("schema_3.sql"),
    include_str!("schema_4.sql"),
    include_str!("schema_5.sql"),
];

/// The layout of a database; 0 where there is none yet.
pub fn version(connection: &Connection) -> rusqlite::Result<i32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings the layout up to date; all of it or nothing.
pub fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let from = version(connection)?;
    if from >= VERSION {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    for step in MIGRATIONS.iter().skip(from as usize) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tables and views with their columns.
    fn shape(connection: &Connection) -> Vec<String> {
        let mut statement = connection
            .prepare(
                "SELECT m.type || ' ' || m.name || '.' || c.name FROM sqlite_schema m, \
                 pragma_table_info(m.name) c ORDER BY 1",
            )
            .unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    /// A database as the release with this layout left it.
    fn released(version: usize) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        for step in &MIGRATIONS[..version] {
            connection.execute_batch(step).unwrap();
        }
        connection.pragma_update(None, "user_version", version as i32).unwrap();
        connection
    }

    #[test]
    fn every_released_layout_becomes_the_newest() {
        let mut newest = Connection::open_in_memory().unwrap();
        migrate(&mut newest).unwrap();
        for old in 0..=MIGRATIONS.len() {
            let mut database = released(old);
            if old >= 1 {
                let checksum = if old < 3 { "seal" } else { "checksum" };
                let insert = format!(
                    "INSERT INTO content (id, hash, measuring, format, warnings, {checksum}) \
                     VALUES (7, zeroblob(16), 'm', 'fit', '[]', 0)"
                );
                database.execute(&insert, []).unwrap();
            }
            migrate(&mut database).unwrap();
            assert_eq!(version(&database).unwrap(), VERSION, "from layout {old}");
            assert_eq!(shape(&database), shape(&newest), "from layout {old}");
            let rows: i64 =
                database.query_row("SELECT count(*) FROM content", [], |row| row.get(0)).unwrap();
            // The rows of earlier layouts have another form, and are measured again.
            assert_eq!(rows, i64::from(old >= 5), "rows are kept from layout {old}");
        }
    }

    #[test]
    fn damaged_verdicts_of_an_older_layout_keep_nobody_from_the_others() {
        let mut database = released(4);
        let job = "INSERT INTO job (id, scope, ended, tool, rules, settings_hash) VALUES (1, '/', '', '', '', '')";
        database.execute(job, []).unwrap();
        let sound = r#"{"audit": {"findings": [{"criterion": "duration", "value": 35.5}]}}"#;
        for (run, audit) in [("a", sound), ("b", "{\"audit\""), ("c", "{}"), ("d", "")] {
            let insert =
                "INSERT INTO verdict VALUES (1, 'me', ?1, '', '', 'kept', NULL, NULL, '', x'', ?2)";
            database.execute(insert, [run, audit]).unwrap();
        }
        migrate(&mut database).unwrap();
        let found: Vec<(String, String, f64)> = database
            .prepare("SELECT run, criterion, value FROM findings")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(found, [("a".to_owned(), "duration".to_owned(), 35.5)]);
    }

    #[test]
    fn the_views_can_be_asked() {
        let mut database = Connection::open_in_memory().unwrap();
        migrate(&mut database).unwrap();
        for view in ["runs", "audits", "findings", "weeks", "problems"] {
            let rows: i64 = database
                .query_row(&format!("SELECT count(*) FROM {view}"), [], |row| row.get(0))
                .unwrap();
            assert_eq!(rows, 0, "{view}");
        }
    }
}
