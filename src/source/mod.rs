//! What lies on the disk: folders, files, archives, lists of paths.

mod archive;
mod folder;
mod known;
mod portions;
mod shared_file;
mod spool;

pub use archive::{Reader, read};
pub use folder::{Closed, Found, Walk, listed, require, walk};
pub use known::Known;
pub use portions::portions;
pub use spool::Spool;
