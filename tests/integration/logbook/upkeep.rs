//! What its owner may ask of the logbook.

use std::process::Output;

use rusqlite::Connection;

use super::{ONE, OTHER, Room, has};

#[test]
fn the_logbook_can_be_looked_into_and_forgotten() {
    let room = Room::furnished();
    room.night();
    let out = |output: Output| String::from_utf8(output.stdout).unwrap();
    has(&out(room.upkeep(&["info"])), "layout 5");
    has(&out(room.upkeep(&["verify"])), ": sound (");
    let exported = out(room.upkeep(&["export"]));
    let readings: Vec<talktest::ingest::FileReading> =
        exported.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(readings.len() as i64, room.ask("SELECT count(*) FROM entry"));
    assert_eq!(room.upkeep(&["forget"]).status.code(), Some(2));
    assert_eq!(out(room.upkeep(&["forget", "runs/broken_off.fit"])), "Forgot 1 file.\n");
    assert_eq!(room.ask("SELECT count(*) FROM problems"), 0);
    room.night();
    assert_eq!(room.ask("SELECT count(*) FROM problems"), 1);
    assert_eq!(out(room.upkeep(&["forget", &format!("runs/{ONE}")])), "Forgot 1 file.\n");
    assert_eq!(room.ask("SELECT count(*) FROM runs WHERE path LIKE '%2026-05-07-07-30-00.fit'"), 0);
    std::fs::remove_file(room.runs().join(OTHER)).unwrap();
    assert_eq!(out(room.upkeep(&["forget", "--missing"])), "Forgot 1 file.\n");
    let before = room.ask("SELECT count(DISTINCT path) FROM runs WHERE start < '2026-04-10'");
    assert!(before > 0);
    let told = out(room.upkeep(&["forget", "--before", "2026-04-10"]));
    assert_eq!(told, format!("Forgot {before} files.\n"));
    room.night();
    assert_eq!(room.ask("PRAGMA user_version"), 5);
    Connection::open(room.logbook())
        .unwrap()
        .execute("UPDATE channels SET packed = x'00'", [])
        .unwrap();
    let damaged = room.upkeep(&["verify"]);
    assert_eq!(damaged.status.code(), Some(1));
    has(&out(damaged), "stored channels are damaged");
    room.night();
    has(&out(room.upkeep(&["verify"])), ": sound (");
}
