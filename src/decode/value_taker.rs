//! What takes the values of a text that is walked through once.

use super::plain_value::PlainValue;

/// Takes what stands in a text. A place is the keys of the objects around it, joined by `/`; lists add
/// nothing to it.
pub trait ValueTaker {
    /// An object begins.
    fn begin(&mut self, _place: &str) {}

    /// A value.
    fn value(&mut self, place: &str, value: PlainValue<'_>);

    /// An object ends.
    fn end(&mut self, _place: &str) {}

    /// How many readings were taken, and how many sessions: those are bounded.
    fn taken(&self) -> (usize, usize);
}
