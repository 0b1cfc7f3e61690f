//! Progress on long work, for those who watch.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::output::is_watched;
use crate::ingest::Progress;

/// How often the sign of work that cannot be counted moves.
const TICK: Duration = Duration::from_millis(100);

impl Progress for ProgressBar {
    fn found(&self, files: usize) {
        self.inc_length(files as u64);
    }

    fn done(&self) {
        self.inc(1);
    }
}

/// A bar over so many files; nothing where nobody watches or wants it.
pub fn bar(files: usize, wanted: bool) -> ProgressBar {
    if !wanted || !is_watched() {
        return ProgressBar::hidden();
    }
    let style = styled("{wide_bar} {pos}/{len} files, {rate} a second, {eta} left");
    ProgressBar::new(files as u64).with_style(style)
}

/// A sign that work goes on whose length is unknown.
pub fn sign(what: &'static str, wanted: bool) -> ProgressBar {
    if !wanted || !is_watched() {
        return ProgressBar::hidden();
    }
    let sign = ProgressBar::new_spinner().with_style(styled("{spinner} {msg}")).with_message(what);
    sign.enable_steady_tick(TICK);
    sign
}

fn styled(template: &str) -> ProgressStyle {
    let style = ProgressStyle::with_template(template);
    style.unwrap_or_else(|_| ProgressStyle::default_bar()).with_key("rate", rate)
}

fn rate(state: &ProgressState, shown: &mut dyn Write) {
    // Writing into a line that is being made cannot fail.
    let _ = write!(shown, "{:.0}", state.per_sec());
}
