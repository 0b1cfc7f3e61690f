//! One line of JSON per listed run, for pipes.

use super::json::run_json;
use super::safe::escaped;
use super::{Output, Style};
use crate::review::Review;

/// `--format ndjson`.
pub static OUTPUT: Output = Output { id: "ndjson", render };

fn render(review: &Review, _: &Style) -> String {
    review.runs.iter().map(|run| escaped(&run_json(run).to_string()) + "\n").collect()
}
