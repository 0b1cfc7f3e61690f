//! Any bytes as a file of any format that is read as a whole.
#![no_main]

#[path = "../entry_points.rs"]
mod entry_points;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    entry_points::recording(bytes);
});
