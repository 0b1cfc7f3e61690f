//! Any bytes as an export of Apple Health, whose routes are the same bytes, read and measured.
#![no_main]

use libfuzzer_sys::fuzz_target;
use talktest::decode::{apple_health, Limits};
use talktest::metrics::measure;

fuzz_target!(|bytes: &[u8]| {
    let beside = |_: &str| Some(bytes.to_vec());
    let _ = (apple_health::FORMAT.decode)(&mut &*bytes, &beside, &Limits::default(), &mut |activity| {
        let _ = measure(&activity);
    });
});
