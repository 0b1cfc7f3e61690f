//! Sessions of Polar Flow, as its account export has them: `training-session-….json`.
//!
//! Readings by the second run on a clock that stands while the watch is paused; the route runs on the
//! clock of the wall. The readings are moved to the clock of the wall by the pauses that the route shows.
//! A pause without satellites shows nowhere: it is only known from the totals.

mod clock;
mod session;
#[cfg(test)]
mod tests;

use session::PolarTaker;

use super::json::{head, walk::walk};
use super::partial_session::decoded;
use super::{Decoded, Format, Limits, Refusal, text};

/// A session of Polar Flow.
pub static FORMAT: Format = Format { id: "polar-flow", recognises, decode };

fn recognises(bytes: &[u8]) -> bool {
    head::has_keys(bytes, &["exportVersion", "startTime", "exercises"])
}

fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let text::DecodedText { text, damage } = text::decode(bytes);
    let mut taker = PolarTaker::default();
    let broken = walk(&text, limits, &mut taker);
    let mut decoded = decoded(taker.finish(), broken, "a Polar Flow session without any exercise")?;
    decoded.warnings.extend(damage);
    Ok(decoded)
}
