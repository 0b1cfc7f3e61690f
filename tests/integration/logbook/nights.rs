//! Only what changed is read, wherever it lies.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Duration;
use std::time::SystemTime;

use super::{ONE, OTHER, Room, SEASON, exports, has, settle};

#[test]
fn a_night_reads_only_what_is_new() {
    let room = Room::furnished();
    std::fs::remove_file(room.runs().join(ONE)).unwrap();
    has(&room.night(), ": 0 unchanged, 0 known by their bytes");
    let files = exports() - 1;
    has(&room.night(), &format!("{files} files: {files} unchanged"));
    room.add(&Path::new(SEASON).join(ONE), ONE);
    has(&room.night(), &format!("{} files: {files} unchanged, 0 known", files + 1));
}

#[test]
fn other_settings_need_no_file() {
    let room = Room::furnished();
    room.night();
    let settings = "[athlete]\nname = \"me\"\n[[athlete.heart_rate]]\ntalk_test = 120\n";
    std::fs::write(room.runs().join("talktest.toml"), settings).unwrap();
    let files = exports();
    has(&room.night(), &format!("{files} unchanged"));
}

#[test]
fn bytes_are_known_under_any_name_and_in_archives() {
    let room = Room::empty();
    room.add(&Path::new(SEASON).join(ONE), ONE);
    room.night();
    std::fs::rename(room.runs().join(ONE), room.runs().join("renamed.fit")).unwrap();
    has(&room.night(), "1 file: 0 unchanged, 1 known by their bytes");
    let bytes = std::fs::read(room.runs().join("renamed.fit")).unwrap();
    std::fs::remove_file(room.runs().join("renamed.fit")).unwrap();
    write_archive(&room.runs().join("a.zip"), &[("deep/in.fit", &bytes)]);
    has(&room.night(), "0 unchanged, 1 known by their bytes");
    has(&room.night(), "1 unchanged, 0 known by their bytes");
    let other = std::fs::read(Path::new(SEASON).join(OTHER)).unwrap();
    write_archive(&room.runs().join("a.zip"), &[("new.fit", &other), ("deep/in.fit", &bytes)]);
    has(&room.night(), "0 unchanged, 1 known by their bytes");
    assert_eq!(room.ask("SELECT count(*) FROM content"), 2);
}

fn write_archive(path: &Path, entries: &[(&str, &[u8])]) {
    let mut archive = zip::ZipWriter::new(File::create(path).unwrap());
    for (name, bytes) in entries {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
    settle(path);
}

#[test]
fn a_file_that_was_just_written_is_looked_into() {
    let room = Room::empty();
    let (one, other) = (Path::new(SEASON).join(ONE), Path::new(SEASON).join(OTHER));
    let place = room.runs().join("a.fit");
    let mut bytes = std::fs::read(&one).unwrap();
    let length = bytes.len().max(std::fs::read(&other).unwrap().len());
    let moment = SystemTime::now() + Duration::from_secs(60);
    let write = |bytes: &[u8]| {
        std::fs::write(&place, bytes).unwrap();
        File::options().write(true).open(&place).unwrap().set_modified(moment).unwrap();
    };
    bytes.resize(length, 0);
    write(&bytes);
    room.night();
    has(&room.night(), "0 unchanged, 1 known by their bytes");
    let mut bytes = std::fs::read(&other).unwrap();
    bytes.resize(length, 0);
    write(&bytes);
    has(&room.night(), "0 unchanged, 0 known by their bytes");
}
