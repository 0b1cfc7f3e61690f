//! How far a job is.

/// Hears how far a job is, from all threads.
pub trait Progress: Sync {
    /// So many files turned up in an archive.
    fn found(&self, files: usize);
    /// One file is done.
    fn done(&self);
}

/// Nobody watches.
#[derive(Debug, Clone, Copy)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn found(&self, _: usize) {}
    fn done(&self) {}
}
