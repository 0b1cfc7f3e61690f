//! `talktest schema`: the contracts for machines.

use super::args::{SchemaArguments, SchemaFormat};
use super::failure::Failure;
use super::output;
#[cfg(feature = "columnar")]
use crate::columns::{ColumnFormat, ColumnWriter, spark_ddl};
#[cfg(feature = "columnar")]
use crate::report::machine::schema::Contract;

pub fn run(arguments: &SchemaArguments) -> Result<(), Failure> {
    let contract = arguments.contract;
    match arguments.format {
        SchemaFormat::Json => output::print(&(contract.schema)()),
        #[cfg(feature = "columnar")]
        SchemaFormat::SparkDdl => {
            output::print(&format!("{}\n", spark_ddl(columns(contract)?.fields())))
        }
        #[cfg(feature = "columnar")]
        SchemaFormat::Arrow => {
            let schema = columns(contract)?.into();
            let writer = ColumnWriter::new(ColumnFormat::Arrow, &schema);
            let stream = writer.and_then(ColumnWriter::finish).map_err(anyhow::Error::from)?;
            output::print_with(|out| out.write_all(&stream)).map(|_| ())
        }
    }
}

#[cfg(feature = "columnar")]
fn columns(contract: &Contract) -> anyhow::Result<arrow_schema::Schema> {
    let of_document =
        || anyhow::anyhow!("`{}` is a document and no table, so it has no columns", contract.id);
    Ok(contract.columns().ok_or_else(of_document)??)
}
