//! A file of sessions that keep a part of themselves in files beside it: read whole, then handed over
//! one by one.

use std::io::BufRead;

use super::json::walk::walk;
use super::partial_session::PartialSession;
use super::text;
use super::value_taker::ValueTaker;
use super::{Limits, Problem, ProblemKind, Refusal};
use crate::activity::Activity;
use crate::units::counted;

/// All bytes of a file; it is not one of those that are too long to be held.
fn whole(source: &mut dyn BufRead, limits: &Limits) -> Result<(Vec<u8>, Option<Problem>), Refusal> {
    let mut bytes = Vec::new();
    let mut broken = None;
    loop {
        let available = match source.fill_buf() {
            Ok([]) => break,
            Ok(available) => available,
            // Whoever hands on the bytes says why there are no more.
            Err(_) => {
                broken = Some(Problem::new(ProblemKind::Truncated, "the file breaks off"));
                break;
            }
        };
        if (bytes.len() + available.len()) as u64 > limits.max_bytes {
            let detail = format!("more than the limit of {} bytes (max_bytes)", limits.max_bytes);
            return Err(Refusal::Unusable(Problem::new(ProblemKind::LimitExceeded, detail)));
        }
        let count = available.len();
        bytes.extend_from_slice(available);
        source.consume(count);
    }
    Ok((bytes, broken))
}

/// What was wrong with a file of JSON that was read whole.
pub struct JsonFile {
    /// Whether the last session may be longer.
    pub breaks_off: bool,
    /// Whether anything in it may be wrong.
    pub is_damaged: bool,
    /// Both, told.
    pub problems: Vec<Problem>,
}

impl JsonFile {
    /// Reads a whole file into a taker.
    pub fn read(
        source: &mut dyn BufRead,
        limits: &Limits,
        taker: &mut dyn ValueTaker,
    ) -> Result<Self, Refusal> {
        let (bytes, torn) = whole(source, limits)?;
        let text::DecodedText { text, damage } = text::decode(&bytes);
        let broken = walk(&text, limits, taker).or(torn);
        Ok(Self {
            breaks_off: broken.is_some(),
            is_damaged: damage.is_some(),
            problems: broken.into_iter().chain(damage).collect(),
        })
    }
}

/// The sessions as they are handed over, each with what is joined to it just before.
pub struct SessionsInTurn<'t> {
    take: &'t mut dyn FnMut(Activity),
    count: u16,
    /// What was left out of them.
    pub warnings: Vec<Problem>,
}

impl<'t> SessionsInTurn<'t> {
    /// `damage` is what is wrong with the file of the sessions itself.
    pub fn new(
        take: &'t mut dyn FnMut(Activity),
        damage: impl IntoIterator<Item = Problem>,
    ) -> Self {
        Self { take, count: 0, warnings: damage.into_iter().collect() }
    }

    /// Hands over a session; says which of its parts cannot be believed as they stand.
    pub fn hand_over(&mut self, session: PartialSession, doubts: PartDoubts) {
        let Some((mut activity, warnings)) = session.activity(self.count) else { return };
        if self.count == u16::MAX {
            return;
        }
        activity.breaks_off |= doubts.breaks_off;
        activity.damaged |= doubts.breaks_off || doubts.is_damaged;
        self.warnings.extend(warnings);
        super::keep_few_of_each_kind(&mut self.warnings);
        self.count += 1;
        (self.take)(activity);
    }

    /// What was forgiven, or why there is nothing.
    pub fn finish(self, nothing: &str) -> Result<Vec<Problem>, Refusal> {
        let Self { count, warnings, .. } = self;
        if count > 0 {
            return Ok(warnings);
        }
        let damage = warnings.into_iter().find(|warning| warning.kind.breaks_off());
        Err(damage.map_or_else(|| Refusal::NotAnActivity(nothing.to_owned()), Refusal::Unusable))
    }
}

/// What is wrong with the files that a session was put together from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PartDoubts {
    /// The session itself may be longer.
    pub breaks_off: bool,
    /// A part of it is damaged.
    pub is_damaged: bool,
}

/// Parts that sessions name or must have, and that could not be had, counted.
#[derive(Debug, Default)]
pub struct LostParts {
    pub missing: usize,
    pub unreadable: usize,
}

impl LostParts {
    /// One problem for each kind; `parts` is what the parts are.
    pub fn problems(&self, parts: &str) -> impl Iterator<Item = Problem> {
        let missing = (self.missing > 0).then(|| {
            let detail = format!(
                "{parts} of {} not found beside the file",
                counted(self.missing, "session")
            );
            Problem::new(ProblemKind::MissingFile, detail)
        });
        let unreadable = (self.unreadable > 0).then(|| {
            let detail =
                format!("{parts} of {} cannot be read whole", counted(self.unreadable, "session"));
            Problem::new(ProblemKind::Damaged, detail)
        });
        missing.into_iter().chain(unreadable)
    }
}
