//! A hash over everything that belongs together, so that a damaged page is found out before it
//! says anything.

use xxhash_rust::xxh3::Xxh3;

/// A hash in the making. Every part is hashed with its length, so that none can run into the next.
#[derive(Default)]
pub struct Checksum(Xxh3);

impl Checksum {
    /// Adds bytes.
    #[must_use]
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// Adds a text.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    /// Adds a text that may be missing.
    #[must_use]
    pub fn optional(self, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.number(1).text(text),
            None => self.number(0),
        }
    }

    /// Adds a number.
    #[must_use]
    pub fn number(self, number: i64) -> Self {
        self.bytes(&number.to_le_bytes())
    }

    /// The hash as `SQLite` keeps it.
    pub fn value(&self) -> i64 {
        self.0.digest() as i64
    }
}
