//! `talktest schema`: the contracts for machines.

use super::args::SchemaArguments;
use super::{Failure, output};

pub fn run(arguments: &SchemaArguments) -> Result<(), Failure> {
    output::print(&(arguments.contract.schema)())
}
