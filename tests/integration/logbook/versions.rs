//! A logbook that another version wrote: it is brought up to date, and what that costs is said.

use rusqlite::Connection;
use talktest::ingest::ContentHash;

use super::{ONE, OTHER, Room, has};

const AGAIN: &str = "measured again because another version of talktest wrote the logbook";

/// A room with two runs.
fn two_runs() -> Room {
    let room = Room::empty();
    for name in [ONE, OTHER] {
        room.add(&std::path::Path::new(super::SEASON).join(name), name);
    }
    room
}

#[test]
fn rows_of_another_version_are_measured_again_once_and_that_is_said() {
    let room = two_runs();
    let first = room.night();
    assert!(!first.contains(AGAIN), "{first}");
    let connection = Connection::open(room.logbook()).unwrap();
    let older = "UPDATE file SET measuring = '1/0.0.9'; UPDATE content SET measuring = '1/0.0.9';";
    connection.execute_batch(older).unwrap();
    drop(connection);
    let told = room.night();
    has(
        &told,
        &format!("2 recordings are {AGAIN}, and its rows lack what this version judges by."),
    );
    has(&told, "2 files: 0 unchanged");
    let after = room.night();
    assert!(!after.contains(AGAIN), "{after}");
    has(&after, "2 files: 2 unchanged");
}

#[test]
fn the_first_layout_is_opened_and_its_recordings_are_measured_again() {
    let room = two_runs();
    let connection = Connection::open(room.logbook()).unwrap();
    connection.execute_batch(include_str!("../../../src/logbook/schema_1.sql")).unwrap();
    connection.pragma_update(None, "application_id", 0x7461_6c6b).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
    let path = room.runs().join(ONE);
    let hash = ContentHash::of(&std::fs::read(&path).unwrap()).0.to_be_bytes();
    let rows = [
        "INSERT INTO content VALUES (1, ?1, '1/0.0.9', 'fit', '[]', 0)",
        "INSERT INTO entry VALUES (1, 0, '', NULL, NULL, NULL, ?1, NULL)",
    ];
    let file = "INSERT INTO file VALUES (1, ?1, '1/0.0.9', 0, 1, 1, 1, 1, 1, 0)";
    connection.execute(file, [path.canonicalize().unwrap().to_str().unwrap()]).unwrap();
    for row in rows {
        connection.execute(row, [hash.as_slice()]).unwrap();
    }
    drop(connection);
    has(&room.night(), &format!("1 recording is {AGAIN}"));
    assert_eq!(room.ask("PRAGMA user_version"), 5);
    let after = room.night();
    assert!(!after.contains(AGAIN), "{after}");
}

#[test]
fn other_bounds_of_reading_are_no_other_version() {
    let room = two_runs();
    room.night();
    let settings = "[reading]\nmax_records = 900000\n";
    std::fs::write(room.runs().join("talktest.toml"), settings).unwrap();
    let told = room.night();
    assert!(!told.contains(AGAIN), "{told}");
}
