//! Which files are meant: folders and single files.

use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::file_stamp::FileStamp;
use crate::decode::{Problem, ProblemKind};
use crate::ingest::FileProblem;

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// How it is called in every output: relative to the argument, with `/`.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// What the walk saw of it; `None` where its metadata cannot be read.
    pub stamp: Option<FileStamp>,
    /// Whether it is a link.
    pub is_link: bool,
}

impl Ord for FoundFile {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (&self.name, &self.path).cmp(&(&other.name, &other.path))
    }
}

impl PartialOrd for FoundFile {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// What a walk gave.
#[derive(Debug, Default)]
pub struct Walk {
    /// The files, by name.
    pub files: Vec<FoundFile>,
    /// Places that could not be entered.
    pub inaccessible: Vec<Inaccessible>,
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

impl From<Inaccessible> for FileProblem {
    fn from(place: Inaccessible) -> Self {
        let problem = Problem::new(ProblemKind::Unreadable, place.why);
        Self { path: place.place, problem, fatal: place.is_lost }
    }
}

/// Paths that were named, and where nothing lies: all of them, at least one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("nothing lies at {}", .0.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "))]
pub struct MissingPaths(pub Vec<PathBuf>);

/// Whether all of these paths exist.
///
/// # Errors
/// Those that do not.
pub fn require(paths: &[PathBuf]) -> Result<(), MissingPaths> {
    let missing: Vec<PathBuf> = paths.iter().filter(|path| !path.exists()).cloned().collect();
    if missing.is_empty() { Ok(()) } else { Err(MissingPaths(missing)) }
}

/// Every file below the paths, by name; folders whose names begin with a dot are not entered.
///
/// # Errors
/// Where some of the paths do not exist.
pub fn walk(paths: &[PathBuf]) -> Result<Walk, MissingPaths> {
    walk_named(paths, None)
}

/// As [`walk`], but what lies below `root` is named from there, as if `root` had been walked.
///
/// # Errors
/// Where some of the paths do not exist.
pub fn walk_named(paths: &[PathBuf], root: Option<&Path>) -> Result<Walk, MissingPaths> {
    require(paths)?;
    let mut walk = Walk::default();
    paths.iter().for_each(|path| below(path, &mut walk));
    for file in &mut walk.files {
        if let Some(name) = name_from(root, &file.path) {
            file.name = name;
        }
    }
    walk.files.sort();
    walk.files.dedup_by(|left, right| left.path == right.path);
    Ok(walk)
}

/// How a path below `root` is called in every output; `None` where it lies elsewhere.
pub fn name_from(root: Option<&Path>, path: &Path) -> Option<String> {
    let [root, path] = [root?, path].map(std::path::absolute);
    let (root, path) = (root.ok()?, path.ok()?);
    path.starts_with(&root).then(|| name(&root, &path))
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
                walk.files.push(FoundFile {
                    name: name(root, entry.path()),
                    stamp: entry.metadata().ok().map(|metadata| FileStamp::of(&metadata)),
                    is_link: entry.path_is_symlink(),
                    path: entry.into_path(),
                });
            }
            // Only what was named itself is missed where it is neither file nor folder.
            Ok(entry) if entry.depth() == 0 && !entry.file_type().is_dir() => {
                let why = "is not a regular file".to_owned();
                walk.inaccessible.push(Inaccessible {
                    place: name(root, root),
                    why,
                    is_lost: true,
                });
            }
            Ok(_) => {}
            Err(error) => walk.inaccessible.push(inaccessible(root, &error)),
        }
    }
}

fn inaccessible(root: &Path, error: &walkdir::Error) -> Inaccessible {
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
        let missing = ["missing", "b/gone.fit"].map(|file| folder.path().join(file));
        assert_eq!(walk(&missing).unwrap_err(), MissingPaths(missing.to_vec()), "all at once");
        let listed = ["b/two.fit", "a.gpx"].map(|file| folder.path().join(file));
        let named = walk_named(&listed, Some(folder.path())).unwrap().files;
        let named: Vec<&str> = named.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(named, ["a.gpx", "b/two.fit"]);
        let elsewhere = walk_named(&listed[..1], Some(&folder.path().join("c"))).unwrap();
        assert_eq!(elsewhere.files[0].name, "two.fit");
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_astray_are_named_in_plain_words() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("a.fit")).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("b")).unwrap();
        let mut found = walk(&[folder.path().to_owned()]).unwrap().inaccessible;
        found.sort_by(|left, right| left.place.cmp(&right.place));
        let inaccessible = |place: &str, why: &str, is_lost| Inaccessible {
            place: place.to_owned(),
            why: why.to_owned(),
            is_lost,
        };
        let expected = [
            inaccessible("a.fit", "a link that leads nowhere", true),
            inaccessible("b", "a link back to its own folder", false),
        ];
        assert_eq!(found, expected);
    }
}
