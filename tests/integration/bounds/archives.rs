//! Bounds of archives.

use std::fs::{self, File};
use std::io::{BufWriter, Cursor, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Excess;
use crate::fixtures::exports::zip_of;
use crate::support::packing::gz;

pub(super) static EXCESSES: [Excess; 9] = [
    Excess::of(
        "archives within archives",
        five_deep,
        &["archives within archives deeper than the limit of 3"],
    ),
    Excess::of("files in an archive", many_files, &["files are more than the limit of 500000"]),
    Excess {
        reading: "max_archive_bytes = 67108864",
        ..Excess::of(
            "one archive within another",
            large_inside,
            &["more than the limit of 67108864 bytes (max_archive_bytes)"],
        )
    },
    Excess {
        reading: "max_unpacked_bytes = 67108864",
        ..Excess::of(
            "everything in one file of the disk",
            three_large_files,
            &["its archive unpacks to more than the limit of 67108864 bytes"],
        )
    },
    Excess::of(
        "unpacked against packed, beyond 1 MiB",
        zeros,
        &["unpacks to more than 250 times its"],
    ),
    Excess::of("unpacked against packed, beyond 1 MiB", zeros_in_archives, &[]),
    Excess::of(
        "names of the files in a tar",
        long_names,
        &["files behind 67108864 bytes of names were not read"],
    ),
    Excess::of(
        "links, devices and sparse files in a tar",
        links,
        &["100000 links, devices or sparse files in it were not read"],
    ),
    Excess::of(
        "files of a zip that share bytes",
        shared_bytes,
        &["1999 of its files share bytes with others and were not read"],
    ),
];

/// The first bytes of a file that is worth reading.
const GPX: &[u8] = b"<gpx version='1.1' creator='c'><trk><name>";

/// Bytes that no compression makes shorter.
fn noise(count: usize) -> Vec<u8> {
    let mut rng = fastrand::Rng::with_seed(7);
    GPX.iter().copied().chain(std::iter::repeat_with(|| rng.u8(..))).take(count).collect()
}

/// A `.zip` whose files lie in it as they are.
fn stored(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn within(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    stored(&[(name.to_owned(), bytes)])
}

fn five_deep(folder: &Path) {
    let innermost = within("a.gpx", GPX.to_vec());
    let outermost = (0..4).fold(innermost, |inner, depth| within(&format!("{depth}.zip"), inner));
    fs::write(folder.join("a.zip"), outermost).unwrap();
}

fn many_files(folder: &Path) {
    let files: Vec<_> = (0..500_001).map(|k| (format!("{k}.txt"), Vec::new())).collect();
    fs::write(folder.join("a.zip"), stored(&files)).unwrap();
}

fn large_inside(folder: &Path) {
    let inner = within("a.gpx", noise(70 << 20));
    fs::write(folder.join("a.zip"), within("inner.zip", inner)).unwrap();
}

fn three_large_files(folder: &Path) {
    let file = |k: u32| (format!("{k}.gpx"), noise(30 << 20));
    fs::write(folder.join("a.zip"), stored(&[file(0), file(1), file(2)])).unwrap();
}

fn zeros(folder: &Path) {
    let bytes: Vec<u8> = GPX.iter().copied().chain(std::iter::repeat_n(0, 100 << 20)).collect();
    fs::write(folder.join("a.gpx.gz"), gz(&bytes)).unwrap();
}

fn zeros_in_archives(folder: &Path) {
    let zeros = zip_of(&[("zeros.gpx".to_owned(), vec![0; 100 << 20])]);
    let inner = zip_of(&[("a.zip".to_owned(), zeros.clone()), ("b.zip".to_owned(), zeros)]);
    fs::write(folder.join("a.zip"), zip_of(&[("inner.zip".to_owned(), inner)])).unwrap();
}

fn tar_file(folder: &Path) -> tar::Builder<BufWriter<File>> {
    tar::Builder::new(BufWriter::new(File::create(folder.join("a.tar")).unwrap()))
}

fn long_names(folder: &Path) {
    let mut tar = tar_file(folder);
    for k in 0..20_000 {
        let mut header = tar::Header::new_gnu();
        header.set_size(0);
        let name = format!("{k}/{}.gpx", "x".repeat(4_000));
        tar.append_data(&mut header, name, std::io::empty()).unwrap();
    }
    tar.finish().unwrap();
}

fn links(folder: &Path) {
    let mut tar = tar_file(folder);
    for k in 0..100_000 {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        tar.append_link(&mut header, format!("{k}.gpx"), "/etc/passwd").unwrap();
    }
    let mut header = tar::Header::new_gnu();
    header.set_size(GPX.len() as u64);
    tar.append_data(&mut header, "a.gpx", GPX).unwrap();
    tar.finish().unwrap();
}

/// A `.zip` whose table of contents names the one file in it two thousand times.
fn shared_bytes(folder: &Path) {
    const COUNT: u16 = 2_000;
    const END: usize = 22;
    let one = within("0000.gpx", noise(1 << 20));
    let (entries, end) = one.split_at(one.len() - END);
    let from = u32::from_le_bytes(end[16..20].try_into().unwrap()) as usize;
    let mut zip = entries[..from].to_vec();
    for k in 0..COUNT {
        let mut entry = entries[from..].to_vec();
        entry[46..50].copy_from_slice(format!("{k:04}").as_bytes());
        zip.extend(entry);
    }
    let table = (zip.len() - from) as u32;
    let mut end = end.to_vec();
    end[8..10].copy_from_slice(&COUNT.to_le_bytes());
    end[10..12].copy_from_slice(&COUNT.to_le_bytes());
    end[12..16].copy_from_slice(&table.to_le_bytes());
    zip.extend(end);
    fs::write(folder.join("a.zip"), zip).unwrap();
}

#[test]
fn archives_are_bounded() {
    EXCESSES.iter().for_each(Excess::check);
}
