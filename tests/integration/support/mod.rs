//! What several tests share: where the reference data lies, if it is there.

pub mod archive;
pub mod packing;
pub mod report;

use std::path::{Path, PathBuf};

/// A folder of reference data beside the project; `None`, said aloud, where it is not there.
pub fn beside(name: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("TALKTEST_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let folder = shared.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: the reference data `{name}` is not beside the project");
    None
}
