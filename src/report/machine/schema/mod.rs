//! The contracts of everything that is written for machines, as JSON Schema (2020-12).

#[cfg(feature = "columnar")]
use arrow_schema::Schema;
#[cfg(feature = "columnar")]
use serde_json::Value;

#[cfg(feature = "columnar")]
use crate::columns::{ColumnError, of_contract};
use crate::report::sanitize::escaped;
use crate::rows;

/// One contract.
#[derive(Debug)]
pub struct Contract {
    /// Its name on the command line.
    pub id: &'static str,
    /// What it is the contract of, for the help of the command line.
    pub about: &'static str,
    /// Its schema as a JSON text.
    pub schema: fn() -> String,
    /// Where in it the records of a table are described; `None` where it is of a document.
    pub record: Option<&'static str>,
}

#[cfg(feature = "columnar")]
impl Contract {
    /// The columns of its records; `None` where it is of a document.
    pub fn columns(&self) -> Option<Result<Schema, ColumnError>> {
        let contract: Value = serde_json::from_str(&(self.schema)()).unwrap_or_default();
        let record = contract.pointer(self.record?)?;
        let version = contract["$id"].as_str().unwrap_or_default().to_owned();
        let schema = |fields| Schema::new_with_metadata(fields, [("schema".to_owned(), version)]);
        Some(of_contract(&contract, record).map(schema))
    }
}

/// Every contract, the default first.
pub static CONTRACTS: &[&Contract] = &[&AUDIT, &ROW, &LABELS];

pub(super) static AUDIT: Contract = Contract {
    id: "audit",
    about: "The document of audit",
    schema: || include_str!("audit.json").to_owned(),
    record: Some("/$defs/run"),
};

static ROW: Contract =
    Contract { id: "row", about: "A line of measure", schema: row, record: Some("") };

static LABELS: Contract = Contract {
    id: "labels",
    about: "The document of labels",
    schema: || include_str!("labels.json").to_owned(),
    record: None,
};

fn row() -> String {
    // A value made of maps, lists and texts always has a text.
    escaped(&serde_json::to_string_pretty(&rows::schema()).unwrap_or_default()) + "\n"
}
