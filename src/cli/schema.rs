//! `talktest schema`: the contracts for machines.

use anyhow::anyhow;
use talktest::report::schema::CONTRACTS;

use super::args::SchemaArguments;
use super::{Failure, output};

pub fn run(arguments: &SchemaArguments) -> Result<(), Failure> {
    let id = arguments.contract.id();
    let contract = CONTRACTS.iter().find(|contract| contract.id == id);
    let contract = contract.ok_or_else(|| anyhow!("no contract `{id}`"))?;
    output::print(&(contract.schema)())
}
