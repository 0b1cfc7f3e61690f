//! Any bytes as a file of any format that is read as a whole, read and measured.
#![no_main]

use libfuzzer_sys::fuzz_target;
use talktest::decode::{decode, Limits};
use talktest::metrics::measure;

fuzz_target!(|bytes: &[u8]| {
    if let Ok((decoded, _)) = decode(bytes, &Limits::default()) {
        for activity in decoded.activities {
            let _ = measure(&activity);
        }
    }
});
