//! Bounds of what is compared across files.

use std::fs;
use std::path::Path;

use super::Excess;

pub(super) static EXCESSES: [Excess; 1] =
    [Excess::of("recordings compared with one as its copies", copies, &[])];

/// Three hundred recordings of one run, each with a name of its own.
fn copies(folder: &Path) {
    let run = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season/2026-04-20_recovery.fit");
    let bytes = fs::read(run).unwrap();
    for k in 0..300_u32 {
        // Bytes behind the end make it another file, and are no part of the recording.
        let copy: Vec<u8> = bytes.iter().copied().chain(k.to_le_bytes()).collect();
        fs::write(folder.join(format!("{k}.fit")), copy).unwrap();
    }
}

#[test]
fn folders_are_bounded() {
    EXCESSES.iter().for_each(Excess::check);
}
