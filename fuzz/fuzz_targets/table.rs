//! Any bytes as the table of an export.
#![no_main]

use libfuzzer_sys::fuzz_target;
use talktest::listing::TABLES;

fuzz_target!(|bytes: &[u8]| {
    for table in TABLES {
        (table.recognises)("activities.csv", bytes);
        let _ = (table.read)(bytes);
    }
});
