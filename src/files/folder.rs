//! Which files are meant: folders and single files.

use std::path::{Path, PathBuf};

use super::found::{Walk, name};
use super::traversal::list_below;

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
    walk_while(paths, root, &|| true)
}

/// As [`walk_named`], but it ends where it is once nobody wants it any more.
///
/// # Errors
/// Where some of the paths do not exist.
pub fn walk_while(
    paths: &[PathBuf],
    root: Option<&Path>,
    goes_on: &dyn Fn() -> bool,
) -> Result<Walk, MissingPaths> {
    require(paths)?;
    let mut walk = Walk::default();
    paths.iter().for_each(|path| list_below(path, &mut walk, goes_on));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Inaccessible;

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

    #[cfg(target_os = "linux")]
    #[test]
    fn bytes_that_are_no_text_are_shown_and_told_apart() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        for byte in [0xe8, 0xe9] {
            let name = [b'c', b'a', b'f', byte, b'.', b'f', b'i', b't'];
            std::fs::write(folder.path().join(OsStr::from_bytes(&name)), b"x").unwrap();
        }
        let walk = walk(&[folder.path().to_owned()]).unwrap();
        let names: Vec<&str> = walk.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["caf\\xE8.fit", "caf\\xE9.fit"]);
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
