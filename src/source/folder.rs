//! Which files are meant: folders, single files, lists of paths.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use talktest::report::sanitize::sanitize;
use walkdir::WalkDir;

use crate::logbook::FileStamp;

/// Characters of a path in a sentence.
const LONGEST_NAME: usize = 200;

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How it is called in every output: relative to the argument, with `/`.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// What it looked like on the walk; `None` where it could not be looked at.
    pub look: Option<FileStamp>,
    /// Whether it is a link.
    pub is_link: bool,
}

impl Ord for Found {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (&self.name, &self.path).cmp(&(&other.name, &other.path))
    }
}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// What a walk gave.
#[derive(Debug, Default)]
pub struct Walk {
    /// The files, by name.
    pub files: Vec<Found>,
    /// Places that could not be entered.
    pub closed: Vec<Inaccessible>,
}

/// A place that could not be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inaccessible {
    /// How it is called in every output.
    pub place: String,
    /// Why.
    pub why: String,
    /// Whether runs may be missing because of it.
    pub is_lost: bool,
}

/// Whether all of these paths exist.
pub fn require(paths: &[PathBuf]) -> Result<()> {
    match paths.iter().find(|path| !path.exists()) {
        Some(path) => bail!("{} does not exist", sanitize(&path.to_string_lossy(), LONGEST_NAME)),
        None => Ok(()),
    }
}

/// Every file below the paths, which must exist.
pub fn walk(paths: &[PathBuf]) -> Result<Walk> {
    require(paths)?;
    let mut walk = Walk::default();
    paths.iter().for_each(|path| below(path, &mut walk));
    walk.files.sort();
    walk.files.dedup_by(|left, right| left.path == right.path);
    Ok(walk)
}

fn below(root: &Path, walk: &mut Walk) {
    let visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0
            || !entry.file_type().is_dir()
            || !entry.file_name().to_string_lossy().starts_with('.')
    };
    for entry in WalkDir::new(root).follow_links(true).into_iter().filter_entry(visible) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                walk.files.push(Found {
                    name: name(root, entry.path()),
                    look: entry.metadata().ok().map(|metadata| FileStamp::of(&metadata)),
                    is_link: entry.path_is_symlink(),
                    path: entry.into_path(),
                });
            }
            // Only what was named itself is missed where it is neither file nor folder.
            Ok(entry) if entry.depth() == 0 && !entry.file_type().is_dir() => {
                let why = "is not a regular file".to_owned();
                walk.closed.push(Inaccessible { place: name(root, root), why, is_lost: true });
            }
            Ok(_) => {}
            Err(error) => walk.closed.push(closed(root, &error)),
        }
    }
}

fn closed(root: &Path, error: &walkdir::Error) -> Inaccessible {
    let place = name(root, error.path().unwrap_or(root));
    let is_link = error.path().is_some_and(Path::is_symlink);
    let why = match error.io_error().map(io::Error::kind) {
        None => "a link back to its own folder",
        Some(io::ErrorKind::NotFound) if is_link => "a link that leads nowhere",
        Some(io::ErrorKind::PermissionDenied) => "cannot be entered: permission denied",
        Some(_) => "cannot be entered",
    };
    Inaccessible { place, why: why.to_owned(), is_lost: error.loop_ancestor().is_none() }
}

fn name(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).ok().filter(|relative| relative.as_os_str() != "");
    let shown = relative.unwrap_or_else(|| path.file_name().map_or(path, Path::new));
    shown.to_string_lossy().replace('\\', "/")
}

/// The paths in a list, one a line or parted by NUL bytes; `-` is standard input.
pub fn listed(list: &Path, nul: bool) -> Result<Vec<PathBuf>> {
    let mut text = Vec::new();
    if list == Path::new("-") {
        io::stdin().read_to_end(&mut text).context("standard input cannot be read")?;
    } else {
        let name = || sanitize(&list.to_string_lossy(), LONGEST_NAME);
        text = std::fs::read(list).with_context(|| format!("{} cannot be read", name()))?;
    }
    let border = if nul { b'\0' } else { b'\n' };
    let paths = text.split(|byte| *byte == border);
    let trimmed =
        paths.map(|path| if nul { path } else { path.strip_suffix(b"\r").unwrap_or(path) });
    Ok(trimmed
        .filter(|path| !path.is_empty())
        .map(|path| PathBuf::from(String::from_utf8_lossy(path).as_ref()))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_their_argument() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("b/.hidden")).unwrap();
        for file in ["b/two.fit", "a.gpx", "b/.hidden/no.fit", "._side.fit"] {
            std::fs::write(folder.path().join(file), b"x").unwrap();
        }
        let names = |paths: &[PathBuf]| {
            walk(paths).unwrap().files.into_iter().map(|f| f.name).collect::<Vec<_>>()
        };
        assert_eq!(names(&[folder.path().to_owned()]), ["._side.fit", "a.gpx", "b/two.fit"]);
        assert_eq!(names(&[folder.path().join("b/two.fit")]), ["two.fit"]);
        assert!(walk(&[folder.path().join("missing")]).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_astray_are_named_in_plain_words() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("a.fit")).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("b")).unwrap();
        let mut closed = walk(&[folder.path().to_owned()]).unwrap().closed;
        closed.sort_by(|left, right| left.place.cmp(&right.place));
        let told = |place: &str, why: &str, is_lost| Inaccessible {
            place: place.to_owned(),
            why: why.to_owned(),
            is_lost,
        };
        let expected = [
            told("a.fit", "a link that leads nowhere", true),
            told("b", "a link back to its own folder", false),
        ];
        assert_eq!(closed, expected);
    }

    #[test]
    fn lists_may_come_from_any_system() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("list");
        std::fs::write(&list, b"a.fit\r\nb c.fit\n\n").unwrap();
        assert_eq!(
            listed(&list, false).unwrap(),
            [PathBuf::from("a.fit"), PathBuf::from("b c.fit")]
        );
        std::fs::write(&list, b"a\nb.fit\0c.fit\0").unwrap();
        assert_eq!(
            listed(&list, true).unwrap(),
            [PathBuf::from("a\nb.fit"), PathBuf::from("c.fit")]
        );
    }
}
