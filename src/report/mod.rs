//! [`Review`](crate::review::Review) → text, all of it pure: for the terminal, for machines, for a
//! mail, and as pages.

mod causes;
pub mod html;
mod labels;
mod limits;
pub mod machine;
mod markdown;
mod output;
mod pace;
pub mod sanitize;
mod short_reason;
mod signs;
mod splits;
mod summary;
pub mod terminal;
pub mod what_if;
mod words;

pub use output::{Output, OutputKind, Style};
pub use summary::since_last_job;

/// Every output, the default first.
pub static OUTPUTS: &[&Output] = &[
    &terminal::table::OUTPUT,
    &machine::json::OUTPUT,
    &machine::ndjson::OUTPUT,
    &machine::csv::OUTPUT,
    #[cfg(feature = "columnar")]
    &machine::arrow::OUTPUT,
    #[cfg(feature = "columnar")]
    &machine::parquet::OUTPUT,
    &markdown::OUTPUT,
];

/// The output of this id.
pub fn output(id: &str) -> Option<&'static Output> {
    OUTPUTS.iter().copied().find(|output| output.id == id)
}
