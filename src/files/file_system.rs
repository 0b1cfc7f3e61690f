//! The steps by which files are written, each of which can fail.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// What changes files. Whoever writes asks for these steps, so that a test can have any of them
/// fail.
pub trait FileSystem: Sync {
    /// Makes a folder, and those that it lies in.
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    /// Makes a file whose name begins so, which is gone unless it is moved to a place.
    fn create_unfinished(&self, folder: &Path, prefix: &str) -> io::Result<NamedTempFile> {
        tempfile::Builder::new().prefix(prefix).tempfile_in(folder)
    }

    /// Writes all bytes.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    /// Sets who may read the file.
    fn set_permissions(&self, file: &File, permissions: fs::Permissions) -> io::Result<()> {
        file.set_permissions(permissions)
    }

    /// Makes the bytes of a file outlive a loss of power.
    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    /// Moves an unfinished file to its place, where another may lie.
    fn finish(&self, file: NamedTempFile, path: &Path) -> io::Result<()> {
        file.persist(path).map(|_| ()).map_err(|error| error.error)
    }

    /// Gives a file another name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    /// Removes a file, if it is there.
    fn remove(&self, path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    /// Makes the names in a folder outlive a loss of power.
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        sync_folder(folder)
    }
}

/// The file system of the machine.
#[derive(Debug, Clone, Copy)]
pub struct Disk;

impl FileSystem for Disk {}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some file systems know no such thing.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        synced => synced,
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
