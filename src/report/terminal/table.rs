//! The table for people.

use std::io;

use super::layout::{fold, line};
use super::{footer, runs, unlabelled};
use crate::report::output::{Output, OutputKind, Style};
use crate::report::summary;
use crate::review::Review;

/// `--format table`.
pub static OUTPUT: Output =
    Output { id: "table", about: "A table for people", kind: OutputKind::Terminal, write };

fn write(review: &Review, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(text(review, style).as_bytes())
}

fn text(review: &Review, style: &Style) -> String {
    let mut text = String::new();
    if !review.runs.is_empty() {
        line(&mut text, &runs::table(&review.runs, style));
    }
    if review.is_empty() {
        line(&mut text, &fold(&summary::nothing(review), style));
    } else if !review.has_recovery() && !has_no_changes(review) {
        unlabelled::write(&mut text, review, style);
    }
    footer::write(&mut text, review, style);
    text
}

/// Whether the last job said already that nothing is labelled.
fn has_no_changes(review: &Review) -> bool {
    review.left_out.is_some() && review.unlabelled.is_empty()
}
