//! Standard input as a file in which one can go back, as Parquet is read from its end.

use std::fs::File;
use std::io::{self, Seek};

/// Standard input itself where it is a file, else its bytes in a file without a name.
pub fn open() -> io::Result<File> {
    let mut stdin = handle()?;
    if stdin.metadata()?.is_file() && stdin.stream_position()? == 0 {
        return Ok(stdin);
    }
    let mut spooled = tempfile::tempfile()?;
    io::copy(&mut stdin, &mut spooled)?;
    Ok(spooled)
}

#[cfg(unix)]
fn handle() -> io::Result<File> {
    use std::os::fd::AsFd;
    Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}

#[cfg(windows)]
fn handle() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    Ok(File::from(io::stdin().as_handle().try_clone_to_owned()?))
}
