//! Any bytes as a file of this format, read and measured.
#![no_main]

use libfuzzer_sys::fuzz_target;
use talktest::decode::{fit, Limits};
use talktest::metrics::measure;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(decoded) = (fit::FORMAT.decode)(bytes, &Limits::default()) {
        for activity in decoded.activities {
            let _ = measure(&activity);
        }
    }
});
