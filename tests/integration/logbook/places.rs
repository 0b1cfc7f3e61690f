//! Where the logbook lies, and what lies there already.

use std::path::Path;

use rusqlite::Connection;

use super::{ONE, Room, SEASON, err, has};

#[test]
fn what_is_no_logbook_is_left_alone() {
    let room = Room::empty();
    room.add(&Path::new(SEASON).join(ONE), ONE);
    std::fs::write(room.logbook(), "my diary, which nobody may touch, however long it is").unwrap();
    let refused = room.audit(&[]);
    assert_eq!(refused.status.code(), Some(74));
    has(&err(&refused), "is no logbook");
    assert!(std::fs::read_to_string(room.logbook()).unwrap().starts_with("my diary"));
    std::fs::remove_file(room.logbook()).unwrap();
    Connection::open(room.logbook()).unwrap().execute_batch("CREATE TABLE recipes (cake)").unwrap();
    assert_eq!(room.audit(&[]).status.code(), Some(74));
    std::fs::remove_file(room.logbook()).unwrap();
    room.night();
    Connection::open(room.logbook()).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let refused = room.audit(&[]);
    assert_eq!(refused.status.code(), Some(74));
    has(&err(&refused), "newer talktest");
}

#[test]
fn without_a_place_for_a_logbook_the_audit_goes_on() {
    let room = Room::empty();
    room.add(&Path::new(SEASON).join(ONE), ONE);
    let occupied = room.0.path().join("occupied");
    std::fs::write(&occupied, "").unwrap();
    let mut command = room.command(&[]);
    command.env_remove("TALKTEST_LOGBOOK").env("HOME", &occupied).env("XDG_DATA_HOME", &occupied);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    has(&err(&output), "The logbook cannot be used, so every file is read");
    assert!(output.stdout == room.truth());
}

#[cfg(target_os = "linux")]
#[test]
fn the_usual_place_is_in_the_users_data_folder() {
    let room = Room::empty();
    room.add(&Path::new(SEASON).join(ONE), ONE);
    let mut command = room.command(&[]);
    command.env_remove("TALKTEST_LOGBOOK").env("XDG_DATA_HOME", room.0.path().join("data"));
    assert!(command.output().unwrap().status.success());
    let logbook = room.0.path().join("data/talktest/logbook.sqlite");
    assert!(logbook.is_file());
    // There a damaged one is ours to set aside.
    std::fs::write(&logbook, vec![7; 9000]).unwrap();
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    has(&err(&output), "logbook.sqlite.damaged-1");
    assert!(output.stdout == room.truth());
}
