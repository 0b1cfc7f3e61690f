//! Runs in columns: what is short keeps its width, only names and reasons are folded.
//!
//! Wide terminals get the reason in a column of its own; on narrow ones it stands below its run.

use textwrap::core::{Word, display_width};
use textwrap::{Options, WordSeparator};

use super::paint::{Paint, paint};
use crate::report::output::Style;

/// One run as the table shows it.
pub(super) struct RunRow {
    /// Day, name, moving time, pace, mean heart rate, share above the ceiling.
    pub(super) cells: [String; COLUMNS],
    /// The verdict in capitals.
    pub(super) verdict: String,
    /// Its colour.
    pub(super) colour: Paint,
    /// Why.
    pub(super) reason: String,
    /// The same in a few words.
    pub(super) short: String,
}

const COLUMNS: usize = 6;
/// The column of the name, the only one that may be folded.
const NAME: usize = 1;
/// The titles, in two lines.
const TITLES: [[&str; 2]; COLUMNS] =
    [["Day", ""], ["Run", ""], ["Moving", ""], ["Pace", ""], ["Mean", "bpm"], ["Above", "ceiling"]];
/// Blanks between columns.
const GAP: usize = 2;
/// Columns of the terminal from which the reason has a column of its own.
const WIDE: usize = 100;
/// Columns of the terminal from which there is room for mean heart rate and share.
const MIDDLING: usize = 70;
/// Columns that the reason takes at least, where it has its own.
const REASON: usize = 40;
/// Narrowest and widest name beside a reason; a day and a word of a file name fit in the former.
const NAMES: std::ops::RangeInclusive<usize> = 16..=28;

/// The widths of one table.
struct Shape {
    widths: Vec<usize>,
    reason: Option<usize>,
}

impl Shape {
    fn of(rows: &[RunRow], width: usize) -> Self {
        let shown = if width < MIDDLING { 4 } else { COLUMNS };
        let mut widths: Vec<usize> = (0..shown).map(|column| natural(rows, column)).collect();
        let others = widths.iter().sum::<usize>() - widths[NAME] + GAP * (shown - 1);
        let room = width.saturating_sub(others);
        let beside = room.saturating_sub(GAP + REASON).clamp(*NAMES.start(), *NAMES.end());
        let is_wide = width >= WIDE;
        widths[NAME] = widths[NAME].min(if is_wide { beside } else { room.max(*NAMES.start()) });
        let reason = is_wide.then(|| room.saturating_sub(GAP + widths[NAME]));
        Self { widths, reason }
    }

    /// The cells of one line, each in its width; numbers stand on the right.
    fn line(&self, cells: [&str; COLUMNS]) -> String {
        let padded: Vec<String> = (0..self.widths.len())
            .map(|column| {
                let blanks =
                    " ".repeat(self.widths[column].saturating_sub(display_width(cells[column])));
                if column > NAME {
                    blanks + cells[column]
                } else {
                    cells[column].to_owned() + &blanks
                }
            })
            .collect();
        padded.join(&" ".repeat(GAP))
    }

    fn header(&self) -> Vec<String> {
        let title = |line: usize| self.line(TITLES.map(|title| title[line]));
        let verdict = if self.reason.is_some() { "  Verdict" } else { "" };
        let second = title(1);
        let first = format!("{}{verdict}", title(0));
        [first, second].into_iter().filter(|line| !line.trim().is_empty()).collect()
    }

    fn row(&self, row: &RunRow, width: usize, style: &Style) -> Vec<String> {
        let name = folded(&row.cells[NAME], self.widths[NAME]);
        let reason = textwrap::wrap(&row.reason, self.reason.unwrap_or(width - GAP));
        let verdict = paint(&row.verdict, row.colour, style);
        let verdict = [verdict].into_iter().chain(reason.into_iter().map(String::from));
        let verdict: Vec<String> = verdict.filter(|line| !line.is_empty()).collect();
        let line = |k: usize| {
            let part = name.get(k).map_or("", String::as_str);
            let mut cells = [""; COLUMNS];
            if k == 0 {
                cells = row.cells.each_ref().map(String::as_str);
            }
            cells[NAME] = part;
            self.line(cells)
        };
        let gap = " ".repeat(GAP);
        if self.reason.is_some() {
            let beside = |k: usize| verdict.get(k).map_or("", String::as_str);
            return (0..name.len().max(verdict.len()))
                .map(|k| format!("{}{gap}{}", line(k), beside(k)))
                .collect();
        }
        let own = (0..name.len()).map(line);
        own.chain(verdict.iter().map(|text| format!("{gap}{text}"))).collect()
    }
}

/// The width that a column would like to have.
fn natural(rows: &[RunRow], column: usize) -> usize {
    let titles = TITLES[column].iter().map(|title| display_width(title));
    let cells = rows.iter().map(|row| display_width(&row.cells[column]));
    titles.chain(cells).max().unwrap_or(0)
}

/// A name folded where a name has joints, so that words stay whole.
fn folded(name: &str, width: usize) -> Vec<String> {
    let options = Options::new(width).word_separator(WordSeparator::Custom(joints));
    let lines: Vec<String> = textwrap::wrap(name, options).into_iter().map(String::from).collect();
    if lines.is_empty() { vec![String::new()] } else { lines }
}

/// A name may be folded at blanks, behind a folder, and behind the date that a file name begins
/// with, but not within `recovery_30min`.
fn joints(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let mut before = ' ';
    let parts = line.split_inclusive(move |c: char| {
        let joint = matches!(c, ' ' | '/') || (c == '_' && before.is_ascii_digit());
        before = c;
        joint
    });
    Box::new(parts.map(Word::from))
}

/// The whole table.
pub(super) fn table(rows: &[RunRow], style: &Style) -> String {
    let width = usize::from(style.width);
    let shape = Shape::of(rows, width);
    let thin = "─".repeat(width);
    let mut lines = shape.header();
    lines.push("═".repeat(width));
    for (k, row) in rows.iter().enumerate() {
        if k > 0 {
            lines.push(thin.clone());
        }
        lines.extend(shape.row(row, width, style));
    }
    lines.push(thin);
    lines.iter().map(|line| line.trim_end().to_owned() + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<RunRow> {
        let row = |name: &str, moving: &str| RunRow {
            cells: ["2026-04-01", name, moving, "~10:44/mi", "128", "100 %"].map(str::to_owned),
            verdict: "✓ KEPT".to_owned(),
            colour: Paint::Good,
            short: String::new(),
            reason: "0 % of the judged time was above your ceiling of 145 bpm; up to 10 % is fine."
                .to_owned(),
        };
        vec![row("2026-04-01_recovery_30min", "29:58"), row("東京 Recovery Run", "1:10:00")]
    }

    #[test]
    fn nothing_is_wider_than_the_terminal_and_no_word_is_broken() {
        for width in [60, 70, 80, 99, 100, 120, 160] {
            let text = table(&rows(), &Style { width, ..Style::default() });
            for line in text.lines() {
                assert!(display_width(line) <= usize::from(width), "{width}: {line}");
            }
            assert!(text.contains("recovery_30min"), "{width}:\n{text}");
            assert_eq!(text.contains("128"), width >= 70, "{width}:\n{text}");
        }
    }
}
