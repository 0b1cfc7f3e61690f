//! Files in the scanned folders that are no exports: the settings, what they name, the pages of an
//! earlier report, and the logbook.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::files::{FoundFile, Walk};

/// Where such files lie, links followed to their ends.
pub struct OwnFiles {
    files: BTreeSet<PathBuf>,
    names: BTreeSet<OsString>,
    logbook: Option<PathBuf>,
}

impl OwnFiles {
    /// The settings' files, as far as they are there.
    pub fn of(files: &[PathBuf]) -> Self {
        let nothing = Self { files: BTreeSet::new(), names: BTreeSet::new(), logbook: None };
        nothing.with(files.iter().filter_map(|file| file.canonicalize().ok()))
    }

    /// The same with further files, whose paths are free of links.
    #[must_use]
    pub fn with(mut self, files: impl IntoIterator<Item = PathBuf>) -> Self {
        for file in files {
            self.names.extend(file.file_name().map(OsStr::to_owned));
            self.files.insert(file);
        }
        self
    }

    /// The same with the logbook and what lies beside it, as far as it is there.
    #[must_use]
    pub fn with_logbook(self, logbook: Option<&Path>) -> Self {
        Self { logbook: logbook.and_then(|logbook| logbook.canonicalize().ok()), ..self }
    }

    /// Takes them out of a walk.
    pub fn leave_out(&self, walk: &mut Walk) {
        walk.files.retain(|found| !self.has(found));
    }

    /// Following a path to its end costs more than listing it, so only a link, or what is called
    /// like one of them, is followed.
    fn has(&self, found: &FoundFile) -> bool {
        let name = found.path.file_name();
        let is_called_so = name.is_some_and(|name| self.names.contains(name))
            || self.logbook.as_deref().is_some_and(|logbook| belongs_to(name, logbook));
        (found.is_link || is_called_so) && end(&found.path).is_some_and(|path| self.is_own(&path))
    }

    fn is_own(&self, path: &Path) -> bool {
        let beside = |logbook: &Path| {
            logbook.parent() == path.parent() && belongs_to(path.file_name(), logbook)
        };
        self.files.contains(path) || self.logbook.as_deref().is_some_and(beside)
    }
}

/// Where a path leads to; the logbook's companions may be gone by now.
fn end(path: &Path) -> Option<PathBuf> {
    let gone = || Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(gone)
}

/// Whether a file is called as the logbook and what lies beside it are.
fn belongs_to(name: Option<&OsStr>, logbook: &Path) -> bool {
    let text = |name: Option<&OsStr>| name.unwrap_or_default().to_string_lossy().into_owned();
    text(name).starts_with(&text(logbook.file_name()))
}
