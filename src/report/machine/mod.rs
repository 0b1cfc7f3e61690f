//! Texts for programs: stable names, SI units, nothing that depends on the reader's settings.

pub mod csv;
pub mod json;
pub mod labels;
pub mod ndjson;
pub mod schema;
