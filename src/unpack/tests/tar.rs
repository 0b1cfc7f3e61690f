//! `.tar` archives: sound ones, those that are packed once more, and those made to hurt.

use ::tar::{Builder, EntryType, Header};

use super::*;

fn header(kind: EntryType, size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o644);
    header
}

/// Names are written as they are, whatever a sound program would say.
fn tar(entries: &[(&str, EntryType, &[u8])]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, kind, bytes) in entries {
        let mut header = header(*kind, bytes.len() as u64);
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn files(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let regular = entries.iter().map(|(name, bytes)| (*name, EntryType::Regular, *bytes));
    tar(&regular.collect::<Vec<_>>())
}

fn nested(bytes: &[u8]) -> NestedArchive {
    match read_with(bytes, &Limits::default()) {
        Ok(Contents::Archive(archive)) => archive,
        other => panic!("{other:?}"),
    }
}

fn contents(archive: &NestedArchive) -> Vec<(String, Vec<u8>)> {
    let bytes = |entry: &Entry| {
        let mut bytes = Vec::new();
        archive.read(entry, |stream| Ok(stream.read_to_end(&mut bytes).unwrap())).unwrap();
        (entry.name.clone(), bytes)
    };
    archive.entries().iter().map(bytes).collect()
}

fn told(archive: &NestedArchive) -> Vec<(ProblemKind, String)> {
    archive.hidden().into_iter().map(|problem| (problem.kind, problem.detail)).collect()
}

#[test]
fn files_are_named_and_read_packed_or_not() {
    let whole = tar(&[
        ("a/", EntryType::Directory, b""),
        ("a/b.fit", EntryType::Regular, b"B"),
        ("../../up.fit", EntryType::Regular, &[7; 1000]),
        ("/root.fit", EntryType::Regular, b""),
    ]);
    for bytes in [whole.clone(), gz(&whole)] {
        let archive = nested(&bytes);
        let expected =
            [("a/b.fit", b"B".to_vec()), ("up.fit", vec![7; 1000]), ("root.fit", vec![])]
                .map(|(name, bytes)| (name.to_owned(), bytes));
        assert_eq!(contents(&archive), expected, "no name leads out of the archive");
        assert_eq!(told(&archive), []);
    }
}

#[test]
fn long_names_of_both_kinds_are_read() {
    let long = format!("{}/a.fit", "long".repeat(50));
    let mut builder = Builder::new(Vec::new());
    builder.append_data(&mut header(EntryType::Regular, 3), &long, &b"GNU"[..]).unwrap();
    builder.append_pax_extensions([("path", "pax/é.fit".as_bytes())]).unwrap();
    builder.append_data(&mut header(EntryType::Regular, 3), "short", &b"PAX"[..]).unwrap();
    builder.append_data(&mut header(EntryType::Regular, 1), "plain", &b"."[..]).unwrap();
    let archive = nested(&builder.into_inner().unwrap());
    let names: Vec<String> = contents(&archive).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, [long.as_str(), "pax/é.fit", "plain"]);
}

#[test]
fn what_stands_for_other_bytes_is_counted_and_not_followed() {
    let archive = nested(&tar(&[
        ("a.fit", EntryType::Regular, b"A"),
        ("passwords", EntryType::Symlink, b""),
        ("again", EntryType::Link, b""),
        ("disk", EntryType::Block, b""),
        ("holes", EntryType::GNUSparse, b"data"),
        ("b.fit", EntryType::Regular, b"B"),
    ]));
    let names: Vec<String> = contents(&archive).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a.fit", "b.fit"]);
    let (kind, detail) = &told(&archive)[0];
    assert_eq!(*kind, ProblemKind::DroppedRecords);
    assert!(detail.starts_with("4 links"), "{detail}");
}

#[test]
fn of_files_of_one_name_the_last_is_read() {
    let archive = nested(&files(&[("a.fit", b"old"), ("b.fit", b"B"), ("a.fit", b"new")]));
    let expected = [("b.fit", b"B".to_vec()), ("a.fit", b"new".to_vec())]
        .map(|(name, bytes)| (name.to_owned(), bytes));
    assert_eq!(contents(&archive), expected);
    assert!(told(&archive)[0].1.contains("same name"));
}

#[test]
fn a_size_that_is_not_there_takes_no_memory() {
    let mut bytes = files(&[("a.fit", b"A")]);
    bytes.truncate(bytes.len() - 1024);
    let mut huge = header(EntryType::Regular, 7 << 30);
    huge.set_path("b.fit").unwrap();
    huge.set_cksum();
    bytes.extend(huge.as_bytes());
    bytes.extend([0; 2048]);
    let archive = nested(&bytes);
    assert_eq!(contents(&archive).len(), 1);
    assert_eq!(told(&archive)[0].0, ProblemKind::Truncated);
    let mut only = huge.clone();
    only.set_size(u64::MAX);
    only.set_cksum();
    let refused = refusal(only.as_bytes(), &Limits::default());
    assert!(matches!(refused.kind, ProblemKind::Truncated | ProblemKind::Malformed), "{refused}");
}

#[test]
fn limits_hold_for_tar_too() {
    let many = files(&[("a", b""), ("b", b""), ("c", b"")]);
    let few = Limits { max_archive_entries: 2, ..Limits::default() };
    assert!(refusal(&many, &few).detail.contains("max_archive_entries"));
    let small = Limits { max_archive_bytes: 10, ..Limits::default() };
    assert!(refusal(&many, &small).detail.contains("max_archive_bytes"));
    let zeros = vec![0; 3 << 20];
    let bomb = gz(&tar(&[("a.gpx", EntryType::Regular, &zeros)]));
    assert!(refusal(&bomb, &Limits::default()).detail.contains("max_unpacked_ratio"));
    // A name of megabytes is cut where no system allows more.
    let long = vec![b'x'; 3 << 20];
    let archive =
        nested(&tar(&[("@", EntryType::GNULongName, &long), ("a", EntryType::Regular, b"")]));
    assert_eq!(archive.entries()[0].name.len(), 4096);
}

#[test]
fn archives_of_all_kinds_lie_in_each_other() {
    let run = files(&[("run.fit", b"run")]);
    let zipped = zip(&[("part.tgz", &gz(&run))]);
    let packed = gz(&tar(&[("part.zip", EntryType::Regular, &zipped)]));
    let budget = Budget::default();
    let inside = |archive: &NestedArchive, depth| {
        let entry = &archive.entries()[0];
        let origin = Origin { packed: entry.packed, depth, budget: &budget, turn: Turn::Alone };
        archive.read(entry, |stream| read(stream, origin, &Limits::default(), &|_| true))
    };
    let Ok(Contents::Archive(part)) = inside(&nested(&packed), 1) else { panic!("a zip") };
    // Packed again inside: archives of archives of archives end somewhere.
    assert!(inside(&part, 2).unwrap_err().detail.contains("max_archive_depth"));
    let Ok(Contents::Archive(part)) = inside(&nested(&zipped), 1) else { panic!("a tar") };
    assert_eq!(contents(&part), [("run.fit".to_owned(), b"run".to_vec())]);
}

#[test]
fn any_damage_is_told_or_harmless() {
    let whole = files(&[("a.fit", b"some bytes of a run"), ("b.fit", b"others")]);
    let packed = gz(&whole);
    for length in 0..packed.len() {
        assert!(!matches!(
            read_with(&packed[..length], &Limits::default()),
            Ok(Contents::Archive(_))
        ));
    }
    let mut lost = 0;
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        for bytes in [&damaged[..], &whole[..at]] {
            if let Ok(Contents::Archive(archive)) = read_with(bytes, &Limits::default()) {
                contents(&archive);
                let is_whole = archive.entries().len() == 2;
                lost += usize::from(!is_whole);
                // The two blocks of nothing at the end may be missing.
                assert!(is_whole || !archive.hidden().is_empty() || at == 1024, "{at}");
            }
        }
    }
    assert!(lost > 400, "{lost}");
}
