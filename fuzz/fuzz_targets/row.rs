//! Any text as a line of rows, and as a reading that was written down, its lanes unpacked.
#![no_main]

use libfuzzer_sys::fuzz_target;
use talktest::ingest::{FileOutcome, FileReading};

fuzz_target!(|bytes: &[u8]| {
    let _ = talktest::rows::read(bytes);
    let Ok(reading) = serde_json::from_slice::<FileReading>(bytes) else { return };
    if let FileOutcome::Sessions(sessions) = reading.outcome {
        for row in sessions.rows {
            let _ = row.channels.unpack();
        }
    }
});
