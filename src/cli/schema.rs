//! `talktest schema`: the contracts for machines.

use super::args::SchemaArguments;
use super::failure::Failure;
use super::output;

pub fn run(arguments: &SchemaArguments) -> Result<(), Failure> {
    output::print(&(arguments.contract.schema)())
}
