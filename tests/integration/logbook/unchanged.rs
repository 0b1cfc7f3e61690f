//! Where nothing changed a job writes what the last one wrote, without reading or judging; whatever
//! changed is judged again.

use std::fs::File;
use std::path::Path;
use std::process::Output;
use std::time::{Duration, SystemTime};

use rusqlite::Connection;

use super::{ONE, OTHER, Room, SEASON, err, exports, has, settle};

impl Room {
    /// Empties everything in the logbook that a job reads and judges from, unseen by the logbook.
    fn hollow(&self) {
        let connection = Connection::open(self.logbook()).unwrap();
        let triggers = "SELECT name FROM sqlite_schema WHERE type = 'trigger'";
        let names: Vec<String> = connection
            .prepare(triggers)
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let dropped: String = names.iter().map(|name| format!("DROP TRIGGER {name};")).collect();
        let emptied = "DELETE FROM entry; DELETE FROM file; DELETE FROM channels; DELETE FROM session; \
                       DELETE FROM content; DELETE FROM judgement";
        connection.execute_batch(&format!("{dropped}{emptied}")).unwrap();
    }

    /// A room whose next job has nothing but the result of the last one to go by.
    fn audited_and_hollow(arguments: &[&str]) -> (Self, Output) {
        let room = Self::furnished();
        room.audit(arguments);
        let last = room.audit(arguments);
        room.hollow();
        (room, last)
    }

    fn was_read(&self) -> bool {
        self.ask("SELECT count(*) FROM file") > 0
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.runs().join(name), text).unwrap();
        settle(&self.runs().join(name));
    }
}

/// A change of the folder, and what it is called.
type Change<'c> = (&'c str, &'c dyn Fn(&Room));

/// The last line without its seconds.
fn counts(output: &Output) -> String {
    err(output).rsplit_once("; ").unwrap().0.to_owned()
}

#[test]
fn a_job_of_which_nothing_changed_writes_the_same_without_reading() {
    let since = ["--since", "last"].as_slice();
    for arguments in [&[], since, &["--all", "--what-if"], &["-v", "--fail-on", "slipped"]] {
        let (room, last) = Room::audited_and_hollow(arguments);
        let again = room.audit(arguments);
        assert!(!room.was_read(), "{arguments:?}");
        assert!(again.stdout == last.stdout, "{arguments:?}");
        assert_eq!(counts(&again), counts(&last), "{arguments:?}");
        assert_eq!(again.status.code(), last.status.code(), "{arguments:?}");
        has(&err(&again), &format!("{} unchanged", exports()));
    }
}

#[test]
fn a_first_audit_is_enough() {
    let room = Room::furnished();
    let first = room.audit(&[]);
    room.hollow();
    let again = room.audit(&[]);
    assert!(!room.was_read() && again.stdout == first.stdout);
    has(
        &counts(&again),
        &counts(&first).replace(": 0 unchanged", &format!(": {} unchanged", exports())),
    );
}

#[test]
fn every_change_is_judged_again() {
    let settings = std::fs::read_to_string(Path::new(SEASON).join("talktest.toml")).unwrap();
    let with = |more: &str| format!("{settings}\n{more}\n");
    let changes: [Change<'_>; 9] = [
        ("a note", &|room| room.write("notes.csv", "date,label\n2026-05-05,recovery\n")),
        ("a plan", &|room| room.write("plan.csv", "date,label\n2026-05-05,recovery\n")),
        ("a limit", &|room| {
            room.write("talktest.toml", &with("[limits.duration]\nmax_minutes = 31"));
        }),
        ("a zone model", &|room| room.write("talktest.toml", &with("[zones]\nmodel = \"hrmax\""))),
        ("no settings", &|room| std::fs::remove_file(room.runs().join("talktest.toml")).unwrap()),
        ("a new file", &|room| room.add(&Path::new(SEASON).join(ONE), "again.fit")),
        ("a file gone", &|room| std::fs::remove_file(room.runs().join(ONE)).unwrap()),
        ("a file changed", &|room| room.add(&Path::new(SEASON).join(OTHER), ONE)),
        ("a file renamed", &|room| {
            std::fs::rename(room.runs().join(ONE), room.runs().join("recovery.fit")).unwrap();
        }),
    ];
    for (name, change) in changes {
        let (room, _) = Room::audited_and_hollow(&[]);
        change(&room);
        room.night();
        assert!(room.was_read(), "{name}");
    }
}

#[test]
fn another_program_judges_again() {
    let (room, _) = Room::audited_and_hollow(&[]);
    let program = room.0.path().join("talktest");
    std::fs::copy(env!("CARGO_BIN_EXE_talktest"), &program).unwrap();
    let mut command = std::process::Command::new(&program);
    command.env("XDG_CONFIG_HOME", room.0.path()).current_dir(room.0.path());
    command.args(["audit", "runs", "--format", "json", "--logbook", "logbook.sqlite"]);
    let output = command.output().unwrap();
    assert!(room.was_read() && output.stdout == room.truth(), "{}", err(&output));
}

#[test]
fn what_is_asked_otherwise_is_judged_again() {
    for arguments in [&["--units", "imperial"], ["--since", "last"].as_slice(), &["--all"]] {
        let (room, _) = Room::audited_and_hollow(&[]);
        room.audit(arguments);
        assert!(room.was_read(), "{arguments:?}");
    }
}

#[test]
fn a_file_that_may_still_change_unseen_is_looked_at_again() {
    let room = Room::furnished();
    let file = File::options().write(true).open(room.runs().join(ONE)).unwrap();
    // As if it was written at this very moment, whenever that is on a slow machine.
    file.set_modified(SystemTime::now() + Duration::from_secs(3600)).unwrap();
    room.audit(&[]);
    room.hollow();
    room.audit(&[]);
    assert!(room.was_read());
}
