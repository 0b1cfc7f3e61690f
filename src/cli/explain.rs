//! `talktest explain`: a criterion in full.

use anyhow::anyhow;

use super::args::ExplainArguments;
use super::failure::Failure;
use super::output;
use crate::report::terminal::explain::{explain, find, list, manual};

pub fn run(arguments: &ExplainArguments) -> Result<(), Failure> {
    let text = match &arguments.id {
        Some(id) => {
            explain(find(id).ok_or_else(|| anyhow!("no criterion `{id}`; they are:\n{}", list()))?)
        }
        None if arguments.all => manual(),
        None => list(),
    };
    output::print(&text)
}
