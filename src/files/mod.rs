//! What lies on the disk: folders, files, archives, lists of paths.
//!
//! ```no_run
//! use std::path::PathBuf;
//!
//! use talktest::files::{Ingestion, walk};
//! use talktest::settings::Settings;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let settings = Settings::default();
//! let walk = walk(&[PathBuf::from("export")])?;
//! let ingested = Ingestion::new(&settings).ingest(&walk);
//! println!("{} sessions", ingested.measured.len());
//! # Ok(())
//! # }
//! ```
#![allow(clippy::disallowed_methods, reason = "files are this module's work")]

mod archive;
mod batches;
mod cache;
mod cache_lookup;
mod file_stamp;
mod file_system;
mod folder;
mod found;
mod ingestion;
mod spool;
#[cfg(test)]
pub(crate) mod testing;
mod traversal;

pub use self::batches::batches;
pub use self::cache::ReadingCache;
pub use self::file_stamp::FileStamp;
pub use self::file_system::{Disk, FileSystem};
pub use self::folder::{MissingPaths, name_from, require, walk, walk_named, walk_while};
pub use self::found::{FoundFile, Inaccessible, Walk};
pub use self::ingestion::Ingestion;
pub use self::spool::Spool;
