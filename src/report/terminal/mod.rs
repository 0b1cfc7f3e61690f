//! Texts for a terminal: as wide as it is, in its colours, never in more words than it has room for.

mod chart;
mod columns;
pub mod explain;
mod footer;
pub mod labels;
mod layout;
mod one_line;
mod paint;
pub mod run_list;
pub mod run_view;
mod runs;
mod season;
pub(super) mod table;
mod unlabelled;
