//! Runs at one line each: names are shortened in the middle, reasons at their end.

use textwrap::core::display_width;

use super::columns::RunRow;
use super::paint::paint;
use crate::report::output::Style;

/// Columns of the terminal from which pace, mean heart rate and share have room.
const WIDE: usize = 100;
/// The cells that narrow terminals show: day, name, moving time; wide ones show all.
const NARROW: usize = 3;
/// The column of the name.
const NAME: usize = 1;
/// Narrowest and widest name.
const NAMES: std::ops::RangeInclusive<usize> = 10..=28;
/// Blanks between columns.
const GAP: usize = 2;
const TITLES: [&str; 6] = ["Day", "Run", "Moving", "Pace", "bpm", "Above"];

/// The whole table.
pub(super) fn table(rows: &[RunRow], style: &Style) -> String {
    let width = usize::from(style.width);
    let shown = if width < WIDE { NARROW } else { TITLES.len() };
    let mut widths: Vec<usize> = (0..shown).map(|column| natural(rows, column)).collect();
    let verdicts = rows.iter().map(|row| display_width(&verdict(row))).max().unwrap_or(0);
    let others = widths.iter().sum::<usize>() - widths[NAME] + GAP * shown;
    let room = width.saturating_sub(others + verdicts).clamp(*NAMES.start(), *NAMES.end());
    widths[NAME] = widths[NAME].min(room);
    let left = width.saturating_sub(others + widths[NAME]);
    let titles = TITLES.map(str::to_owned);
    let head = [line(&titles, &widths, "Verdict"), "═".repeat(width)].into_iter();
    let lines = rows.iter().map(|row| {
        let reason = left.saturating_sub(display_width(&row.verdict) + 1);
        let reason = ended(&row.short, reason);
        let verdict = format!("{} {reason}", paint(&row.verdict, row.colour, style));
        line(&row.cells, &widths, verdict.trim_end())
    });
    let all = head.chain(lines).chain(["─".repeat(width)]);
    all.map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn verdict(row: &RunRow) -> String {
    format!("{} {}", row.verdict, row.short)
}

fn natural(rows: &[RunRow], column: usize) -> usize {
    let cells = rows.iter().map(|row| display_width(&row.cells[column]));
    cells.chain([display_width(TITLES[column])]).max().unwrap_or(0)
}

/// Cells in their widths, numbers on the right, and what stands behind them.
fn line(cells: &[String; 6], widths: &[usize], end: &str) -> String {
    let padded = widths.iter().enumerate().map(|(column, width)| {
        let cell = middle_left_out(&cells[column], *width);
        let blanks = " ".repeat(width.saturating_sub(display_width(&cell)));
        if column > NAME { blanks + &cell } else { cell + &blanks }
    });
    let gap = " ".repeat(GAP);
    padded.map(|cell| cell + &gap).collect::<String>() + end
}

/// A text of at most so many columns: its beginning and its end, which tell runs apart.
fn middle_left_out(text: &str, width: usize) -> String {
    if display_width(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(1);
    let start = fitting(text.chars(), room.div_ceil(2));
    let end: String = fitting(text.chars().rev(), room - room.div_ceil(2)).chars().rev().collect();
    format!("{start}…{end}")
}

fn ended(text: &str, width: usize) -> String {
    if width < 2 {
        return String::new();
    }
    if display_width(text) <= width {
        return text.to_owned();
    }
    match width.checked_sub(1) {
        Some(room) => format!("{}…", fitting(text.chars(), room).trim_end_matches([' ', ','])),
        None => String::new(),
    }
}

/// As many characters as fit into so many columns.
fn fitting(characters: impl Iterator<Item = char>, width: usize) -> String {
    let mut text = String::new();
    for character in characters {
        text.push(character);
        if display_width(&text) > width {
            text.pop();
            break;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::terminal::paint::Paint;

    fn row(name: &str, short: &str) -> RunRow {
        RunRow {
            cells: ["2026-04-01", name, "1:10:00", "~10:44/mi", "128", "100 %"].map(str::to_owned),
            verdict: "✗ NOT RECOVERY (borderline)".to_owned(),
            colour: Paint::Bad,
            reason: String::new(),
            short: short.to_owned(),
        }
    }

    #[test]
    fn a_run_is_one_line_at_any_width() {
        let rows = [
            row(
                "2026-04-01_recovery_30min_along_the_river",
                "13:46 above 154 bpm, 56 min, your limit is 40",
            ),
            row("東京 Recovery Run と 皇居", "55 % above 149 bpm"),
        ];
        for width in [60, 70, 80, 99, 100, 120, 160] {
            let text = table(&rows, &Style { width, ..Style::default() });
            assert_eq!(text.lines().count(), 5, "{width}:\n{text}");
            let widest = text.lines().map(display_width).max().unwrap();
            assert!(widest <= usize::from(width), "{width}: {widest}\n{text}");
            assert_eq!(text.contains("128"), width >= 100);
        }
    }

    #[test]
    fn a_name_keeps_its_beginning_and_its_end() {
        assert_eq!(middle_left_out("2026-04-01_recovery_30min", 13), "2026-0…_30min");
        assert_eq!(middle_left_out("short", 13), "short");
    }
}
