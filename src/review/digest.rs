//! A hash over everything that a value says.

use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;

/// A hash over the fields of a value with their names, which changes with nothing else.
pub(super) fn digest(value: &impl Serialize) -> u128 {
    let mut hasher = Hasher(Xxh3::new());
    // Hashing cannot fail, and the keys of all maps are texts.
    let _ = rmp_serde::encode::write_named(&mut hasher, value);
    hasher.0.digest128()
}

struct Hasher(Xxh3);

impl std::io::Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
