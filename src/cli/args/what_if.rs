//! Which limit is moved, and over which heart rates.

use std::ops::RangeInclusive;

/// A limit that can be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovedBy {
    /// The ceiling, with all lines.
    Ceiling,
    /// The maximum heart rate.
    Maximum,
    /// The resting heart rate.
    Resting,
}

impl MovedBy {
    const ALL: [(&'static str, Self); 3] =
        [("ceiling", Self::Ceiling), ("maximum", Self::Maximum), ("resting", Self::Resting)];
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// The limit.
    pub limit: MovedBy,
    /// From which to which heart rate; `None` as far as can be asked.
    pub bpm: Option<RangeInclusive<i32>>,
}

/// `ceiling`, or `ceiling=140..160`.
pub fn asked(text: &str) -> Result<WhatIf, String> {
    const FORM: &str = "write ceiling, maximum or resting, with a range such as ceiling=140..160";
    let (name, range) =
        text.split_once('=').map_or((text, None), |(name, range)| (name, Some(range)));
    let known = MovedBy::ALL.into_iter().find(|(known, _)| *known == name);
    let (_, limit) = known.ok_or(FORM)?;
    let bpm = range.map(|range| bounds(range).ok_or(FORM)).transpose()?;
    Ok(WhatIf { limit, bpm })
}

fn bounds(text: &str) -> Option<RangeInclusive<i32>> {
    let (from, to) = text.split_once("..")?;
    let range = from.trim().parse().ok()?..=to.trim().parse().ok()?;
    (!range.is_empty()).then_some(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_with_and_without_a_range() {
        let whole = WhatIf { limit: MovedBy::Maximum, bpm: None };
        assert_eq!(asked("maximum"), Ok(whole));
        let part = WhatIf { limit: MovedBy::Ceiling, bpm: Some(140..=160) };
        assert_eq!(asked("ceiling=140..160"), Ok(part));
        for wrong in ["speed", "ceiling=160..140", "ceiling=140", "ceiling=a..b", "=1..2"] {
            assert!(asked(wrong).is_err(), "{wrong}");
        }
    }
}
