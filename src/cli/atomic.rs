//! Files that are whole or not there at all, whenever a job is stopped.

use std::fs::{self, File, Permissions};
use std::io;
use std::path::Path;

use super::output::name;
use crate::files::FileSystem;

/// How names of files begin while they are being written.
const UNFINISHED: &str = ".talktest-";

/// Puts bytes in the place of a file, or where there is none yet; a link stays a link.
pub fn replace(disk: &dyn FileSystem, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let end = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    replace_by(disk, &end, bytes, UNFINISHED)
}

/// The same by way of a file beside it whose name begins so.
pub fn replace_by(
    disk: &dyn FileSystem,
    path: &Path,
    bytes: &[u8],
    unfinished: &str,
) -> io::Result<()> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new("."));
    let mut file = disk.create_unfinished(folder, unfinished)?;
    disk.write(file.as_file_mut(), bytes)?;
    disk.set_permissions(file.as_file(), permissions(file.as_file(), path)?)?;
    // The new name must never lead to bytes that a loss of power takes away.
    disk.sync(file.as_file())?;
    disk.finish(file, path)?;
    disk.sync_folder(folder)
}

/// The error with the path that it is about.
pub fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", name(path)))
}

/// Temporary files are private; this one may be read as the file before it, or as any other.
fn permissions(file: &File, before: &Path) -> io::Result<Permissions> {
    match fs::metadata(before) {
        Ok(metadata) => Ok(metadata.permissions()),
        Err(_) => file.metadata().map(|metadata| readable_by_all(metadata.permissions())),
    }
}

#[cfg(unix)]
fn readable_by_all(mut permissions: Permissions) -> Permissions {
    use std::os::unix::fs::PermissionsExt;
    permissions.set_mode(0o644);
    permissions
}

#[cfg(not(unix))]
fn readable_by_all(permissions: Permissions) -> Permissions {
    permissions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::testing::FailingDisk;

    /// Whatever step fails: the file is as it was or as it shall be, and nothing lies beside it.
    #[test]
    fn a_disk_that_fails_at_any_step_leaves_the_file_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.csv");
        let mut failures = 0;
        for step in 0.. {
            fs::write(&path, "old").unwrap();
            let disk = FailingDisk::from(step);
            let replaced = replace(&disk, &path, b"new and longer");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "step {step}");
            let now = fs::read_to_string(&path).unwrap();
            if !disk.has_failed() {
                replaced.unwrap();
                assert_eq!(now, "new and longer");
                break;
            }
            assert_eq!(replaced.unwrap_err().kind(), io::ErrorKind::StorageFull, "step {step}");
            assert!(now == "old" || now == "new and longer", "step {step}: {now}");
            failures += 1;
        }
        // Creating, writing, permissions, sync, move, sync of the folder.
        assert_eq!(failures, 6);
    }
}
