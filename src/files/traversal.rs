//! Every file below a path: each real folder once, whatever links lead to it.

use std::collections::{BTreeSet, VecDeque};
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::file_stamp::FileStamp;
use super::found::{FoundFile, Inaccessible, Walk, name};

/// Lists what lies below `root`, as long as it is wanted. Real folders come before those that links
/// lead to, and links in the order of their names, so that the result does not depend on the system.
pub(super) fn list_below(root: &Path, walk: &mut Walk, goes_on: &dyn Fn() -> bool) {
    let mut traversal =
        Traversal { root, walk, goes_on, entered: BTreeSet::new(), links: VecDeque::new() };
    match std::fs::metadata(root) {
        Ok(metadata) if metadata.is_dir() => traversal.folder(root, &metadata),
        Ok(metadata) if metadata.is_file() => {
            traversal.file(root.to_owned(), Some(&metadata), root.is_symlink());
        }
        Ok(_) => traversal.unusable(root, NOT_REGULAR, true),
        Err(error) => traversal.unusable(root, because(&error, root), true),
    }
    traversal.follow_links();
}

const NOT_REGULAR: &str = "is not a regular file";

struct Traversal<'a> {
    root: &'a Path,
    walk: &'a mut Walk,
    goes_on: &'a dyn Fn() -> bool,
    /// The folders that were listed.
    entered: BTreeSet<FolderId>,
    /// Links that wait until all real folders are listed.
    links: VecDeque<PathBuf>,
}

impl Traversal<'_> {
    fn folder(&mut self, top: &Path, metadata: &Metadata) {
        if !self.entered.insert(FolderId::of(top, metadata)) {
            return;
        }
        let mut entries = WalkDir::new(top).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            if !(self.goes_on)() {
                return;
            }
            match entry {
                Ok(entry) if entry.depth() == 0 => {}
                Ok(entry) if entry.file_type().is_dir() => {
                    if is_hidden(entry.path()) || !self.is_first_visit(&entry) {
                        entries.skip_current_dir();
                    }
                }
                Ok(entry) if entry.path_is_symlink() => self.links.push_back(entry.into_path()),
                Ok(entry) if entry.file_type().is_file() => {
                    let metadata = entry.metadata().ok();
                    self.file(entry.into_path(), metadata.as_ref(), false);
                }
                Ok(entry) => self.unusable(entry.path(), NOT_REGULAR, false),
                Err(error) => {
                    let path = error.path().unwrap_or(top).to_owned();
                    let why =
                        error.io_error().map_or("cannot be entered", |error| because(error, &path));
                    self.unusable(&path, why, true);
                }
            }
        }
    }

    fn is_first_visit(&mut self, entry: &walkdir::DirEntry) -> bool {
        // A folder whose metadata cannot be read cannot be listed either, which is then reported.
        let id = entry.metadata().ok().map(|metadata| FolderId::of(entry.path(), &metadata));
        id.is_none_or(|id| self.entered.insert(id))
    }

    fn follow_links(&mut self) {
        while let Some(link) = self.links.pop_front().filter(|_| (self.goes_on)()) {
            match std::fs::metadata(&link) {
                Ok(metadata) if metadata.is_file() => self.file(link, Some(&metadata), true),
                Ok(metadata) if metadata.is_dir() && leads_back(&link) => {
                    self.unusable(&link, "a link back to its own folder", false);
                }
                Ok(metadata) if metadata.is_dir() && is_hidden(&link) => {}
                Ok(metadata) if metadata.is_dir() => self.folder(&link, &metadata),
                Ok(_) => self.unusable(&link, NOT_REGULAR, false),
                Err(error) => self.unusable(&link, because(&error, &link), true),
            }
        }
    }

    fn file(&mut self, path: PathBuf, metadata: Option<&Metadata>, is_link: bool) {
        let name = name(self.root, &path);
        let stamp = metadata.map(FileStamp::of);
        self.walk.files.push(FoundFile { name, path, stamp, is_link });
    }

    fn unusable(&mut self, path: &Path, why: &str, is_lost: bool) {
        let place = name(self.root, path);
        self.walk.inaccessible.push(Inaccessible { place, why: why.to_owned(), is_lost });
    }
}

fn because(error: &io::Error, path: &Path) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound if path.is_symlink() => "a link that leads nowhere",
        io::ErrorKind::PermissionDenied => "cannot be entered: permission denied",
        _ => "cannot be entered",
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Whether a link leads to a folder in which it lies.
fn leads_back(link: &Path) -> bool {
    let target = link.canonicalize();
    let own = link.parent().map(Path::canonicalize);
    target.ok().zip(own.and_then(Result::ok)).is_some_and(|(target, own)| own.starts_with(target))
}

/// What tells folders apart, whichever way one came to them.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FolderId {
    /// The number of its device and its own.
    #[cfg(unix)]
    Numbers(u64, u64),
    /// Its path without links.
    #[cfg(not(unix))]
    Path(PathBuf),
}

impl FolderId {
    #[cfg(unix)]
    fn of(_: &Path, metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self::Numbers(metadata.dev(), metadata.ino())
    }

    #[cfg(not(unix))]
    fn of(path: &Path, _: &Metadata) -> Self {
        Self::Path(path.canonicalize().unwrap_or_else(|_| path.to_owned()))
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::os::unix::fs::symlink;

    use super::*;

    fn listed(root: &Path) -> Walk {
        let mut walk = Walk::default();
        list_below(root, &mut walk, &|| true);
        walk
    }

    /// Folders that each link to the next twice: as many paths as two to their number.
    fn fan_out(folders: usize) -> tempfile::TempDir {
        let top = tempfile::tempdir().unwrap();
        let path = |n: usize| top.path().join(format!("d{n:02}"));
        for n in 0..folders {
            std::fs::create_dir(path(n)).unwrap();
            std::fs::write(path(n).join("run.fit"), b"x").unwrap();
            symlink(path(n + 1), path(n).join("a")).unwrap();
            symlink(path(n + 1), path(n).join("b")).unwrap();
        }
        top
    }

    #[test]
    fn each_real_folder_is_listed_once_under_its_own_name() {
        let top = fan_out(40);
        let walk = listed(top.path());
        let names: Vec<&str> = walk.files.iter().map(|file| file.name.as_str()).collect();
        let expected: Vec<String> = (0..40).map(|n| format!("d{n:02}/run.fit")).collect();
        assert_eq!(names, expected);
        assert_eq!(walk.inaccessible.len(), 2, "the last two links lead nowhere");
    }

    #[test]
    fn a_folder_elsewhere_is_listed_under_the_first_link_to_it() {
        let elsewhere = tempfile::tempdir().unwrap();
        std::fs::write(elsewhere.path().join("run.fit"), b"x").unwrap();
        symlink(elsewhere.path(), elsewhere.path().join("self")).unwrap();
        let top = tempfile::tempdir().unwrap();
        symlink(elsewhere.path(), top.path().join("two")).unwrap();
        symlink(elsewhere.path(), top.path().join("one")).unwrap();
        let walk = listed(top.path());
        let names: Vec<&str> = walk.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["one/run.fit"]);
    }

    #[test]
    fn what_is_no_file_is_named_and_never_opened() {
        let top = tempfile::tempdir().unwrap();
        let path = top.path().join("wish.fit");
        let _listening = std::os::unix::net::UnixListener::bind(&path).unwrap();
        let walk = listed(top.path());
        assert!(walk.files.is_empty());
        let expected = Inaccessible {
            place: "wish.fit".to_owned(),
            why: NOT_REGULAR.to_owned(),
            is_lost: false,
        };
        assert_eq!(walk.inaccessible, [expected]);
    }

    #[test]
    fn a_listing_ends_when_it_is_told_to() {
        let top = fan_out(10);
        let asked = Cell::new(0);
        let goes_on = || {
            asked.set(asked.get() + 1);
            asked.get() <= 5
        };
        let mut walk = Walk::default();
        list_below(top.path(), &mut walk, &goes_on);
        assert!(walk.files.len() < 5 && asked.get() < 10, "{} {}", walk.files.len(), asked.get());
    }
}
