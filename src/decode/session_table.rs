//! Tables of which each line is a session with nothing but its totals.

use super::partial_session::{PartialSession, decoded};
use super::text::{self, line_at};
use super::{Decoded, Limits, Location, Problem, ProblemKind, Refusal};
use crate::csv_table::{NamedCells, Rows, StringRecord};
use crate::units::counted;

/// How a table is made.
#[derive(Debug)]
pub struct SessionTable {
    /// Lines before the one that names the columns.
    pub lines_before: usize,
    /// Columns that it has for certain.
    pub columns: &'static [&'static str],
    /// What a line says; `None` where it has no start.
    pub session: fn(&NamedCells<'_>) -> Option<PartialSession>,
    /// What it is without any session.
    pub nothing: &'static str,
}

impl SessionTable {
    /// Whether a file begins as this table does.
    pub fn recognises(&self, bytes: &[u8]) -> bool {
        const HEAD_BYTES: usize = 16 << 10;
        let head = text::decode(&bytes[..bytes.len().min(HEAD_BYTES)]).text;
        let Some(names) = head.lines().nth(self.lines_before) else { return false };
        let names: Vec<&str> = names.split(',').map(|name| name.trim().trim_matches('"')).collect();
        self.columns.iter().all(|column| names.contains(column))
    }

    /// The sessions of a whole file.
    pub fn decode(&self, bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
        let text::DecodedText { text, damage } = text::decode(bytes);
        let mut rows = Rows::of(&text).map_err(|error| {
            let place = Location::Line(error.line as u32);
            Refusal::Unusable(Problem::at(place, ProblemKind::LimitExceeded, error.to_string()))
        })?;
        let mut names = StringRecord::new();
        for _ in 0..=self.lines_before {
            rows.read(&mut names);
        }
        let mut reading = TableOfSessions::default();
        let mut cells = StringRecord::new();
        while let Some(line) = rows.read(&mut cells) {
            let is_torn = cells.len() < names.len();
            match (self.session)(&NamedCells::new(&names, &cells)) {
                _ if is_torn => reading.torn.push(line),
                _ if reading.sessions.len() == limits.max_sessions => {
                    let most = limits.max_sessions;
                    let detail = format!("more sessions than max_sessions {most}");
                    let place = Location::Line(line as u32);
                    reading.cut = Some(Problem::at(place, ProblemKind::LimitExceeded, detail));
                    break;
                }
                Some(session) => reading.sessions.push(session),
                None => reading.undated += 1,
            }
        }
        let mut decoded = reading.finish(&text, self.nothing)?;
        decoded.warnings.extend(damage);
        decoded.warnings.extend(unclosed(&rows));
        Ok(decoded)
    }
}

/// Lines of a table that would have swallowed those behind.
pub fn unclosed(rows: &Rows<'_>) -> Option<Problem> {
    let first = *rows.unclosed().first()?;
    let lines = counted(rows.unclosed().len(), "line");
    let detail =
        format!("{lines} with a quotation mark that is never closed, read to the end of the line");
    Some(Problem::at(Location::Line(first as u32), ProblemKind::UnreadCells, detail))
}

#[derive(Debug, Default)]
struct TableOfSessions {
    sessions: Vec<PartialSession>,
    undated: usize,
    /// Lines with too few cells.
    torn: Vec<usize>,
    cut: Option<Problem>,
}

impl TableOfSessions {
    fn finish(self, text: &str, nothing: &str) -> Result<Decoded, Refusal> {
        let Self { sessions, undated, torn, cut } = self;
        let is_cut = torn.len() == 1 && !text.ends_with('\n');
        let place = line_at(text, text.len());
        let ends =
            || Problem::at(place, ProblemKind::Truncated, "the file breaks off in its last line");
        let cut = cut.or_else(|| is_cut.then(ends));
        let dropped = |count: usize, what: &str| {
            let detail = format!("{} {what} left out", counted(count, "line"));
            (count > 0).then(|| Problem::new(ProblemKind::DroppedEntries, detail))
        };
        let mut decoded = decoded(sessions, cut, nothing)?;
        let torn = if is_cut { 0 } else { torn.len() };
        decoded.warnings.extend(dropped(torn, "with too few cells"));
        decoded.warnings.extend(dropped(undated, "without a start that can be read"));
        Ok(decoded)
    }
}
