//! Any bytes as notes, as a plan, and as settings.
#![no_main]

#[path = "../entry_points.rs"]
mod entry_points;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    entry_points::side_file(bytes);
});
