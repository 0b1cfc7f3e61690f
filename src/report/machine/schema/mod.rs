//! The contracts of everything that is written for machines, as JSON Schema (2020-12).

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
}

/// Every contract, the default first.
pub static CONTRACTS: &[&Contract] = &[&AUDIT, &ROW, &LABELS];

static AUDIT: Contract = Contract {
    id: "audit",
    about: "The document of audit",
    schema: || include_str!("audit.json").to_owned(),
};

static ROW: Contract = Contract { id: "row", about: "A line of measure", schema: row };

static LABELS: Contract = Contract {
    id: "labels",
    about: "The document of labels",
    schema: || include_str!("labels.json").to_owned(),
};

fn row() -> String {
    // A value made of maps, lists and texts always has a text.
    escaped(&serde_json::to_string_pretty(&rows::schema()).unwrap_or_default()) + "\n"
}
