//! Any bytes as an archive, unpacked to its depths and read.
#![no_main]

use std::io::{Read, Seek};

use libfuzzer_sys::fuzz_target;
use talktest::decode::Limits;
use talktest::ingest;
use talktest::unpack::{Archive, Budget, Contents, Origin, Turn, read};

fn limits() -> Limits {
    Limits { max_bytes: 1 << 20, max_archive_bytes: 1 << 20, max_unpacked_bytes: 8 << 20, ..Limits::default() }
}

fn open(contents: Contents, origin: Origin<'_>) {
    match contents {
        Contents::Plain(bytes, damage) => {
            ingest::read("a".to_owned(), &bytes, damage, &limits());
        }
        Contents::Unwanted(_) | Contents::Streamed(_) | Contents::Large => {}
        Contents::Archive(archive) => entries(&archive, origin),
    }
}

fn entries<R: Read + Seek + Clone>(archive: &Archive<R>, origin: Origin<'_>) {
    for entry in archive.entries() {
        let origin = Origin { packed: entry.packed, depth: origin.depth + 1, ..origin };
        let inside = archive.read(&entry, |stream| read(stream, origin, &limits(), &|_| true));
        if let Ok(contents) = inside {
            open(contents, origin);
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let budget = Budget::default();
    let origin = Origin { packed: bytes.len() as u64, depth: 0, budget: &budget, turn: Turn::Alone };
    if let Ok(contents) = read(&mut &*bytes, origin, &limits(), &|_| true) {
        open(contents, origin);
    }
});
