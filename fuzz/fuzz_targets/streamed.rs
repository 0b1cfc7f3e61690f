//! Any bytes as a file of any format that is read as it comes, beside which the same bytes lie, read and
//! measured.
#![no_main]

use libfuzzer_sys::fuzz_target;
use talktest::decode::{Limits, STREAMED_FORMATS};
use talktest::metrics::measure;

fuzz_target!(|bytes: &[u8]| {
    let beside = |_: &str| Some(bytes.to_vec());
    for format in STREAMED_FORMATS {
        let _ = (format.decode)(&mut &*bytes, &beside, &Limits::default(), &mut |activity| {
            let _ = measure(&activity);
        });
    }
});
