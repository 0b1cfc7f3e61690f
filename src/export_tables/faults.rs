//! Faults of one kind that a table has on many lines.

use crate::decode::{Location, Problem, ProblemKind};

/// The places of one kind of fault: each is counted, the first ones are named.
#[derive(Debug, Default)]
pub(super) struct Faults {
    lines: Vec<usize>,
    count: usize,
}

impl Faults {
    const NAMED: usize = 5;

    pub(super) fn of(lines: &[usize]) -> Self {
        let mut faults = Self::default();
        lines.iter().for_each(|line| faults.add(*line));
        faults
    }

    /// Of lines with a quotation mark that is never closed.
    pub(super) fn unclosed(&self) -> Option<Problem> {
        let what = "with a quotation mark that is never closed, read to its end";
        self.warning(ProblemKind::UnreadCells, "line", "lines", what)
    }

    pub(super) fn add(&mut self, line: usize) {
        self.count += 1;
        if self.lines.len() < Self::NAMED {
            self.lines.push(line);
        }
    }

    /// `what` follows the number, as in “3 rows without a date (lines 2, 7, 9)”.
    pub(super) fn warning(
        &self,
        kind: ProblemKind,
        one: &str,
        many: &str,
        what: &str,
    ) -> Option<Problem> {
        let first = *self.lines.first()?;
        let noun = if self.count == 1 { one } else { many };
        let lines = self.lines.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
        let more = if self.count > self.lines.len() { " …" } else { "" };
        let detail = format!("{} {noun} {what}: {lines}{more}", self.count);
        Some(Problem::at(Location::Line(first as u32), kind, detail))
    }
}
