//! Any bytes as notes, as a plan, and as settings.
#![no_main]

use libfuzzer_sys::fuzz_target;
use talktest::audit::limit_catalogue;
use talktest::label::Labels;
use talktest::settings::{LabelWords, are_notes, is_plan, parse, parse_notes, parse_plan};

fuzz_target!(|bytes: &[u8]| {
    let labels = Labels::new(&LabelWords::default());
    let (_, _) = (are_notes(bytes), is_plan(bytes));
    let _ = parse_notes(bytes, &|text| labels.kind_of(text));
    let _ = parse_plan(bytes, &|text| labels.kind_of(text));
    if let Ok(text) = str::from_utf8(bytes) {
        let _ = parse(text, &limit_catalogue());
    }
});
