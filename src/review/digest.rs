//! A hash over everything that a value says.

use serde::Serialize;
use xxhash_rust::xxh3::xxh3_128;

/// Bytes that most values take.
const USUAL: usize = 1 << 10;

/// A hash over the fields of a value with their names, which changes with nothing else.
pub(super) fn digest(value: &impl Serialize) -> u128 {
    let mut bytes = Vec::with_capacity(USUAL);
    // Writing to memory cannot fail, and the keys of all maps are texts.
    let _ = rmp_serde::encode::write_named(&mut bytes, value);
    xxh3_128(&bytes)
}
