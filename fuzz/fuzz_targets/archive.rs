//! Any bytes as an archive, unpacked to its depths and read.
#![no_main]

#[path = "../entry_points.rs"]
mod entry_points;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    entry_points::archive(bytes);
});
