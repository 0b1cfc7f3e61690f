//! One file in an archive.

/// One file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the table of contents.
    pub(super) index: usize,
    /// Its name, with `/` and without steps upwards: untrusted.
    pub name: String,
    /// How many bytes it takes in the archive.
    pub packed: u64,
    /// Whether it is locked with a password.
    pub is_encrypted: bool,
    /// The checksum of its unpacked bytes by the table of contents, where that has any.
    pub crc32: Option<u32>,
    /// How many bytes it unpacks to by the table of contents.
    pub unpacked: u64,
}

/// A name without the parts that lead out of the archive.
pub(super) fn inside(name: &str) -> String {
    let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}
