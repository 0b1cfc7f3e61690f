//! Texts for programs: stable names, SI units, nothing that depends on the reader's settings.

#[cfg(feature = "columnar")]
pub mod arrow;
pub mod csv;
pub mod json;
pub mod labels;
pub mod ndjson;
#[cfg(feature = "columnar")]
pub mod parquet;
#[cfg(feature = "columnar")]
mod run_columns;
pub mod schema;
