//! What the XML formats share: a bounded reader of events, times and readings, track points in
//! unbroken segments, words for sports, texts that may hold a label.
//!
//! ```text
//! text ──events──▶ point ──▶ segments ──order──▶ records ──cadence──▶
//! ```

pub mod cadence;
pub mod events;
pub mod faults;
pub mod point;
pub mod segments;
pub mod sorting;
pub mod texts;
pub mod time;
pub mod walk;
