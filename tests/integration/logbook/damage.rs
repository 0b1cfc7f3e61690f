//! Damage, full disks and killed jobs change no result.

use std::path::Path;
use std::process::Command;
use std::process::Stdio;

use rusqlite::Connection;

use super::{ONE, Room, SEASON, err, exports, has};

#[test]
fn a_damaged_logbook_never_changes_a_result() {
    let room = Room::furnished();
    room.night();
    let (whole, truth) = (std::fs::read(room.logbook()).unwrap(), room.truth());
    let mut dice = 0x2545_f491_u32;
    for _ in 0..12 {
        let mut bytes = whole.clone();
        for _ in 0..40 {
            dice ^= dice << 13;
            dice ^= dice >> 17;
            dice ^= dice << 5;
            // The first page says whose it is.
            let at = 4096 + dice as usize % (bytes.len() - 4096);
            bytes[at] ^= (dice >> 24) as u8 | 1;
        }
        std::fs::write(room.logbook(), &bytes).unwrap();
        let output = room.audit(&[]);
        assert!(matches!(output.status.code(), Some(0 | 74)), "{}", err(&output));
        if output.status.code() == Some(0) {
            assert!(output.stdout == truth, "damage changed the result");
        }
        let _ = std::fs::remove_file(room.0.path().join("logbook.sqlite-wal"));
    }
    std::fs::write(room.logbook(), &whole[..whole.len() / 2]).unwrap();
    let output = room.audit(&[]);
    assert!(output.stdout == truth || output.status.code() == Some(74), "{}", err(&output));
    room.night();
}

#[test]
fn damaged_channels_choose_no_other_recording() {
    let room = Room::furnished();
    // Two recordings of one run: which is used is decided by their channels.
    room.add(&Path::new(SEASON).join("2026-03-30-18-15-00.fit"), "again.fit");
    let bytes = std::fs::read(room.runs().join("again.fit")).unwrap();
    // Bytes behind its end make it another file with the same run.
    std::fs::write(room.runs().join("again.fit"), [bytes, vec![0; 40]].concat()).unwrap();
    super::settle(&room.runs().join("again.fit"));
    room.night();
    let first = "UPDATE channels SET packed = x'00' WHERE content = (SELECT content.id FROM content \
                 JOIN entry ON entry.content = content.hash JOIN file ON file.id = entry.file \
                 WHERE file.path LIKE '%2026-03-30-18-15-00.fit')";
    assert_eq!(Connection::open(room.logbook()).unwrap().execute(first, []).unwrap(), 1);
    room.night();
    has(&String::from_utf8(room.upkeep(&["verify"]).stdout).unwrap(), ": sound (");
}

#[test]
fn nonsense_about_the_last_job_is_told_and_mended() {
    let room = Room::furnished();
    room.audit(&["--since", "last"]);
    let nonsense = "UPDATE verdict SET because = CAST(x'ff41' AS TEXT)";
    Connection::open(room.logbook()).unwrap().execute(nonsense, []).unwrap();
    let night = room.audit(&["--since", "last"]);
    assert_eq!(night.status.code(), Some(0), "{}", err(&night));
    has(&err(&night), "cannot be read, so everything is reported");
    let next = room.audit(&["--since", "last"]);
    has(&String::from_utf8(next.stdout).unwrap(), "\"runs\": []");
}

#[test]
fn channels_that_are_found_damaged_late_are_read_from_their_files() {
    let room = Room::furnished();
    let pages = |folder: &str| -> Vec<(String, Vec<u8>)> {
        let entries = std::fs::read_dir(room.0.path().join(folder).join("runs")).unwrap();
        let page = |entry: std::fs::DirEntry| {
            (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())
        };
        let mut pages: Vec<_> = entries.map(|entry| page(entry.unwrap())).collect();
        pages.sort();
        pages
    };
    let first = room.audit(&["--report", "first"]);
    let files = exports();
    for damage in ["UPDATE channels SET packed = x'00' WHERE rowid % 3 = 0", "DELETE FROM channels"]
    {
        Connection::open(room.logbook()).unwrap().execute(damage, []).unwrap();
        // Nothing is judged anew, so nobody reads channels before the pages are drawn.
        let again = room.audit(&["--report", "again"]);
        assert_eq!(again.status.code(), Some(0), "{}", err(&again));
        assert!(again.stdout == first.stdout && pages("again") == pages("first"));
        has(&String::from_utf8(room.upkeep(&["verify"]).stdout).unwrap(), ": sound (");
        has(&room.night(), &format!("{files} unchanged"));
        std::fs::remove_dir_all(room.0.path().join("again")).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_takes_only_the_logbook() {
    let room = Room::furnished();
    let script = "trap '' XFSZ; ulimit -f 900; exec \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh", env!("CARGO_BIN_EXE_talktest")]);
    command.args(["audit", "runs", "--format", "json", "--logbook", "logbook.sqlite"]);
    command.env("XDG_CONFIG_HOME", room.0.path()).current_dir(room.0.path());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(74));
    has(&err(&output), "could not be written");
    assert!(output.stdout == room.truth());
    room.night();
}

/// A job that is killed when its logbook has grown to so many bytes; whether it was in time.
fn killed_at(room: &Room, bytes: u64) -> bool {
    let mut command = room.command(&["--logbook", "logbook.sqlite", "--jobs", "1"]);
    let mut job = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let wal = room.0.path().join("logbook.sqlite-wal");
    let grown = || std::fs::metadata(&wal).map_or(0, |metadata| metadata.len());
    while grown() < bytes && job.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    let in_time = job.try_wait().unwrap().is_none();
    let _ = job.kill();
    job.wait().unwrap();
    in_time
}

fn kill_often(kills: u64) {
    let room = Room::furnished();
    let mut in_time = 0;
    for kill in 0..kills {
        if kill % 2 == 0 {
            let _ = std::fs::remove_file(room.logbook());
            let _ = std::fs::remove_file(room.0.path().join("logbook.sqlite-wal"));
            let _ = std::fs::remove_file(room.0.path().join("logbook.sqlite-shm"));
        }
        // From before the first byte to after the last.
        in_time += u64::from(killed_at(&room, 4096 * (kill * 37 % 100)));
        room.night();
        assert!(room.upkeep(&["verify"]).status.success());
        std::fs::remove_file(room.runs().join(ONE)).unwrap();
        room.add(&Path::new(SEASON).join(ONE), ONE);
    }
    assert!(in_time > 0, "no job was killed in time");
}

#[test]
fn a_killed_job_loses_nothing() {
    kill_often(6);
}

#[test]
#[ignore = "takes minutes: run it after a change to how the logbook is written"]
fn a_hundred_killed_jobs_lose_nothing() {
    kill_often(100);
}
