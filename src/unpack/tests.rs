//! Archives made by hand: sound, damaged, and made to take the machine.

mod tar;

use std::io::{Cursor, Write};

use ::zip::ZipWriter;
use ::zip::write::SimpleFileOptions;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn read_with(bytes: &[u8], limits: &Limits) -> Result<Contents, Problem> {
    let origin = Origin {
        packed: bytes.len() as u64,
        depth: 0,
        budget: &Budget::default(),
        turn: Turn::Alone,
    };
    read(&mut &*bytes, origin, limits, &|_| true)
}

fn plain(bytes: &[u8]) -> (Vec<u8>, Option<ProblemKind>) {
    match read_with(bytes, &Limits::default()) {
        Ok(Contents::Plain(bytes, damage)) => (bytes, damage.map(|damage| damage.kind)),
        other => panic!("{other:?}"),
    }
}

fn refusal(bytes: &[u8], limits: &Limits) -> Problem {
    read_with(bytes, limits).expect_err("a refusal")
}

fn archive(bytes: &[u8]) -> Archive<Cursor<&[u8]>> {
    Archive::open(Cursor::new(bytes), &Limits::default()).unwrap()
}

#[test]
fn every_member_of_a_gz_is_read() {
    let two = [gz(b"one "), gz(b"two")].concat();
    assert_eq!(plain(&two), (b"one two".to_vec(), None));
    assert_eq!(plain(&gz(&gz(b"twice"))), (b"twice".to_vec(), None));
    assert_eq!(plain(b"as it is"), (b"as it is".to_vec(), None));
}

#[test]
fn a_damaged_gz_gives_what_came_before_the_damage() {
    let noise: Vec<u8> =
        (0..40_000_u32).map(|k| (k.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let whole = gz(&noise);
    let (bytes, damage) = plain(&whole[..whole.len() / 2]);
    assert_eq!(damage, Some(ProblemKind::Truncated));
    assert!(bytes.len() > 5_000 && noise.starts_with(&bytes), "{}", bytes.len());
    let trailing = [whole.as_slice(), b"no gzip member"].concat();
    assert_eq!(plain(&trailing), (noise.clone(), Some(ProblemKind::TrailingBytes)));
    let mut wrong_sum = whole.clone();
    let at = whole.len() - 8;
    wrong_sum[at] ^= 1;
    assert_eq!(plain(&wrong_sum), (noise, Some(ProblemKind::BadChecksum)));
    assert_eq!(refusal(&whole[..5], &Limits::default()).kind, ProblemKind::Truncated);
}

#[test]
fn entries_are_named_and_read() {
    let bytes = zip(&[("a/b.fit", b"B"), ("..\\..\\up.fit", b"U"), ("/root.fit", b"R")]);
    let archive = archive(&bytes);
    let entries = archive.entries();
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["a/b.fit", "up.fit", "root.fit"], "no name leads out of the archive");
    let text = archive.read(&entries[1], |stream| {
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        Ok(text)
    });
    assert_eq!(text.unwrap(), "U");
    assert_eq!(archive.hidden(), []);
}

#[test]
fn locked_entries_and_cut_archives_say_what_to_do() {
    let mut locked = zip(&[("a.fit", b"B")]);
    let central = locked.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[central + 8] |= 1;
    let archive = archive(&locked);
    let entry = &archive.entries()[0];
    let problem = archive.read(entry, |_| Ok(())).unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Encrypted);
    let whole = zip(&[("a.fit", &[7; 5000])]);
    for length in 4..whole.len() {
        let problem = refusal(&whole[..length], &Limits::default());
        assert!(!problem.detail.is_empty());
    }
    let half = refusal(&whole[..whole.len() / 2], &Limits::default());
    assert_eq!(half.kind, ProblemKind::Truncated);
    assert!(half.detail.contains("download"), "{half}");
}

#[test]
fn archives_lie_in_archives_only_so_deep() {
    let nested =
        |levels: usize| (0..levels).fold(b"run".to_vec(), |inner, _| zip(&[("a.zip", &inner)]));
    let open = |bytes: &[u8]| -> Result<usize, Problem> {
        let mut archive = match read_with(bytes, &Limits::default())? {
            Contents::Archive(archive) => archive,
            other => panic!("{other:?}"),
        };
        for depth in 1.. {
            let entry = archive.entries().remove(0);
            let budget = Budget::default();
            let origin = Origin { packed: entry.packed, depth, budget: &budget, turn: Turn::Alone };
            let inside = archive
                .read(&entry, |stream| read(stream, origin, &Limits::default(), &|_| true))?;
            match inside {
                Contents::Archive(next) => archive = next,
                _ => return Ok(depth),
            }
        }
        unreachable!("the archives end")
    };
    assert_eq!(open(&nested(3)), Ok(3));
    assert_eq!(open(&nested(4)).unwrap_err().kind, ProblemKind::LimitExceeded);
    let deep = (0..5).fold(b"run".to_vec(), |inner, _| gz(&inner));
    assert!(refusal(&deep, &Limits::default()).detail.contains("max_archive_depth"));
}

#[test]
fn bombs_are_refused_by_name_of_the_limit() {
    let zeros = vec![0; 3 << 20];
    let small = |limits: Limits| refusal(&gz(&zeros), &limits).detail;
    let limits = Limits::default();
    assert!(small(limits).contains("max_unpacked_ratio"));
    let patient = Limits { max_unpacked_ratio: 100_000, ..limits };
    assert!(small(Limits { max_bytes: 1 << 20, ..patient }).contains("max_bytes"));
    assert!(
        small(Limits { max_unpacked_bytes: 1 << 20, ..patient }).contains("max_unpacked_bytes")
    );
    let many = zip(&[("a", b""), ("b", b""), ("c", b"")]);
    let few = Limits { max_archive_entries: 2, ..limits };
    assert!(refusal(&many, &few).detail.contains("max_archive_entries"));
    let large = Limits { max_archive_bytes: 10, ..limits };
    assert!(refusal(&many, &large).detail.contains("max_archive_bytes"));
}

#[test]
fn what_nobody_wants_is_not_read_on() {
    struct Endless(usize);
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.0 += buffer.len();
            buffer.fill(b'x');
            Ok(buffer.len())
        }
    }
    let mut film = Endless(0);
    let origin =
        Origin { packed: 1 << 40, depth: 0, budget: &Budget::default(), turn: Turn::Alone };
    let contents = read(&mut film, origin, &Limits::default(), &|_| false).unwrap();
    assert!(matches!(contents, Contents::Unwanted(head) if head.len() == HEAD_BYTES));
    assert_eq!(film.0, HEAD_BYTES);
}

#[test]
fn any_damage_to_a_small_archive_is_told_or_harmless() {
    for whole in
        [zip(&[("a.fit", b"some bytes of a run"), ("b.fit", b"others")]), gz(b"some bytes")]
    {
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            if let Ok(Contents::Archive(archive)) = read_with(&damaged, &Limits::default()) {
                for entry in archive.entries() {
                    let budget = Budget::default();
                    let origin = Origin {
                        packed: entry.packed,
                        depth: 1,
                        budget: &budget,
                        turn: Turn::Alone,
                    };
                    let _ = archive
                        .read(&entry, |stream| read(stream, origin, &Limits::default(), &|_| true));
                }
            }
        }
    }
}

#[test]
fn what_is_large_waits_for_a_turn_of_its_own() {
    let film = vec![7; LARGE as usize + 1];
    let stored = |bytes: &[u8]| {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options =
            SimpleFileOptions::default().compression_method(::zip::CompressionMethod::Stored);
        writer.start_file("a.fit", options).unwrap();
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap().into_inner()
    };
    for bytes in [film.clone(), stored(&film)] {
        let budget = Budget::default();
        let origin =
            Origin { packed: bytes.len() as u64, depth: 0, budget: &budget, turn: Turn::Shared };
        let shared = read(&mut &*bytes, origin, &Limits::default(), &|_| true).unwrap();
        assert!(matches!(shared, Contents::Large));
        match read_with(&bytes, &Limits::default()).unwrap() {
            Contents::Plain(whole, None) => assert_eq!(whole, film),
            Contents::Archive(archive) => {
                let entry = &archive.entries()[0];
                let mut inside = Vec::new();
                let read = |stream: &mut dyn Read| Ok(stream.read_to_end(&mut inside).unwrap());
                assert_eq!(archive.read(entry, read), Ok(film.len()));
                assert_eq!(inside, film);
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn one_body_is_read_once() {
    let mut bytes = zip(&[("a.fit", b"one body"), ("b.fit", b"another")]);
    let centrals: Vec<usize> =
        (0..bytes.len()).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02")).collect();
    // The second line of the table of contents points at the first body.
    let first = bytes[centrals[0] + 42..centrals[0] + 46].to_vec();
    bytes[centrals[1] + 42..centrals[1] + 46].copy_from_slice(&first);
    let archive = archive(&bytes);
    assert_eq!(archive.entries().len(), 1);
    assert!(archive.hidden()[0].detail.contains("1 of its files share bytes"), "{archive:?}");
}

#[test]
fn nothing_more_is_unpacked_once_the_job_is_stopped() {
    let budget = Budget::while_wanted(&|| false);
    let origin = Origin { packed: 4, depth: 0, budget: &budget, turn: Turn::Alone };
    assert!(read(&mut &b"text"[..], origin, &Limits::default(), &|_| true).is_err());
}
