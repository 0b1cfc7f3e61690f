//! Files that are whole or not there at all, whenever a job is stopped.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::output::name;

/// How names of files begin while they are being written.
const UNFINISHED: &str = ".talktest-";

/// Puts bytes in the place of a file, or where there is none yet; a link stays a link.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let end = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    replace_by(&end, bytes, UNFINISHED)
}

/// The same by way of a file beside it whose name begins so.
pub fn replace_by(path: &Path, bytes: &[u8], unfinished: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(unfinished).tempfile_in(folder)?;
    file.write_all(bytes)?;
    set_permissions(file.as_file(), path)?;
    // The new name must never lead to bytes that a loss of power takes away.
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// Makes the names in a folder outlive a loss of power.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some file systems know no such thing.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        synced => synced,
    }
}

#[cfg(not(unix))]
pub fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The error with the path that it is about.
pub fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", name(path)))
}

/// Temporary files are private; this one may be read as the file before it, or as any other.
fn set_permissions(file: &File, before: &Path) -> io::Result<()> {
    match fs::metadata(before) {
        Ok(metadata) => file.set_permissions(metadata.permissions()),
        Err(_) => readable_by_all(file),
    }
}

#[cfg(unix)]
fn readable_by_all(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &File) -> io::Result<()> {
    Ok(())
}
