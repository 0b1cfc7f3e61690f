//! What a file is called, wherever it lies.

use std::path::Path;

pub(super) fn base_name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
