//! What the verdict would have been: at other limits, or after a run that was a little different.

mod altered;
mod moved_limits;
mod smallest_change;

pub use moved_limits::{MovedLimits, SHIFTS_BPM};
pub use smallest_change::{SmallestChange, WouldBeKept};
