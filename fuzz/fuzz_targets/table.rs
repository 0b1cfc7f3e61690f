//! Any bytes as the table of an export.
#![no_main]

use libfuzzer_sys::fuzz_target;
use talktest::export_tables::{Bounds, TABLES};

fuzz_target!(|bytes: &[u8]| {
    for table in TABLES {
        for name in ["activities.csv", "summarizedActivities.json"] {
            (table.recognises)(name, bytes);
        }
        let _ = (table.read)(bytes, &Bounds::default());
    }
});
