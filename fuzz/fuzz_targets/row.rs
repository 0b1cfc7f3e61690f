//! Any bytes as a line of rows, and as a reading that was written down.
#![no_main]

#[path = "../entry_points.rs"]
mod entry_points;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    entry_points::row(bytes);
});
