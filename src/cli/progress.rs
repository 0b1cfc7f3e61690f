//! Progress on long work, for those who watch.

use indicatif::{ProgressBar, ProgressStyle};

use super::output::is_watched;

/// A bar over so many files; nothing where nobody watches or wants it.
pub fn bar(files: usize, wanted: bool) -> ProgressBar {
    if !wanted || !is_watched() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} files, {per_sec}, {eta} left");
    ProgressBar::new(files as u64)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
