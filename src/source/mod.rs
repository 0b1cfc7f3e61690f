//! What lies on the disk: folders, files, archives, lists of paths.

mod archive;
mod batches;
mod cache_lookup;
mod folder;
mod shared_file;
mod spool;

pub use archive::{Reader, read};
pub use batches::batches;
pub use cache_lookup::CacheLookup;
pub use folder::{Found, Inaccessible, Walk, listed, require, walk};
pub use spool::Spool;
