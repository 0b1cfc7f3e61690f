//! The heart rate of a run drawn in characters.
//!
//! The shade of a cell tells its band, so that nothing depends on colour.

use super::layout::flow;
use super::paint::{Paint, paint};
use crate::athlete::HeartRateThresholds;
use crate::audit::wording::clock;
use crate::metrics::series::Series;
use crate::metrics::statistics::mean;
use crate::report::output::Style;

/// Rows of the drawing.
const ROWS: usize = 14;
/// Columns left of the drawing.
const MARGIN: usize = 14;

/// A drawing of heart rate over timer time; empty where there is no heart rate.
pub fn heart_rate(
    series: &Series,
    lines: Option<&HeartRateThresholds>,
    style: &Style,
) -> Vec<String> {
    let columns = (style.width as usize).clamp(50, 120) - MARGIN - 1;
    let means = column_means(series, columns);
    let Some(scale) = BandScale::of(&means, lines) else { return Vec::new() };
    let mut drawing: Vec<String> =
        (0..ROWS).rev().map(|row| scale.row(row, &means, lines, style)).collect();
    drawing.push(format!("{:>MARGIN$}└{}", "", "─".repeat(means.len())));
    drawing.push(axis(series.len(), means.len()));
    drawing.extend(marks(series, means.len()));
    drawing.push(legend(lines, style));
    drawing
}

/// The seconds that one column stands for.
fn column(k: usize, columns: usize, seconds: usize) -> std::ops::Range<usize> {
    k * seconds / columns..((k + 1) * seconds / columns).max(k * seconds / columns + 1).min(seconds)
}

fn column_means(series: &Series, columns: usize) -> Vec<Option<f64>> {
    let columns = columns.min(series.len());
    (0..columns)
        .map(|k| {
            mean(
                column(k, columns, series.len()).filter_map(|second| series.heart_rate_bpm(second)),
            )
        })
        .collect()
}

/// Which heart rates the rows stand for.
struct BandScale {
    low: f64,
    step: f64,
}

impl BandScale {
    fn of(means: &[Option<f64>], lines: Option<&HeartRateThresholds>) -> Option<Self> {
        let present = || means.iter().flatten().copied();
        let lowest = present().reduce(f64::min)?;
        let highest = present().reduce(f64::max)?;
        let (low, high) = lines.map_or((lowest, highest), |lines| {
            // The first minutes, when the heart is still rising, need no rows of their own.
            let low = lowest.clamp(lines.target.get() - 30.0, lines.target.get());
            (low, highest.max(lines.moderate.get()))
        });
        let low = (low - 6.0).max(30.0);
        Some(Self { low, step: (high + 3.0 - low).max(10.0) / ROWS as f64 })
    }

    fn bottom(&self, row: usize) -> f64 {
        self.low + row as f64 * self.step
    }

    fn row(
        &self,
        row: usize,
        means: &[Option<f64>],
        lines: Option<&HeartRateThresholds>,
        style: &Style,
    ) -> String {
        let bottom = self.bottom(row);
        let (name, line) = lines.and_then(|lines| self.line_in(row, lines)).unzip();
        let label = match (name, line) {
            (Some(name), Some(line)) => format!("{name} {line:>3.0}"),
            _ if row.is_multiple_of(4) => format!("{bottom:.0}"),
            _ => String::new(),
        };
        let empty = (if line.is_some() { '┈' } else { ' ' }, Paint::Plain);
        let middle = bottom + self.step / 2.0;
        let cells: Vec<(char, Paint)> = means
            .iter()
            .map(|beats| match beats {
                // The uppermost cell shows the band that was reached, not that of its row.
                Some(beats) if *beats >= middle => band(beats.min(middle + self.step), lines),
                _ => empty,
            })
            .collect();
        let painted = cells.chunk_by(|left, right| left.1 == right.1).map(|part| {
            let glyphs: String = part.iter().map(|(glyph, _)| glyph).collect();
            paint(&glyphs, part[0].1, style)
        });
        format!("{label:>MARGIN$}│{}", painted.collect::<String>())
    }

    /// The judging line that runs through a row, with its name.
    fn line_in(&self, row: usize, lines: &HeartRateThresholds) -> Option<(&'static str, f64)> {
        let bottom = self.bottom(row);
        [
            ("hard", lines.hard),
            ("moderate", lines.moderate),
            ("ceiling", lines.ceiling),
            ("target", lines.target),
        ]
        .into_iter()
        .map(|(name, line)| (name, line.get()))
        .find(|(_, line)| (bottom..bottom + self.step).contains(line))
    }
}

/// How a heart rate is drawn.
fn band(beats: f64, lines: Option<&HeartRateThresholds>) -> (char, Paint) {
    let Some(lines) = lines else { return ('▒', Paint::Plain) };
    match beats {
        beats if beats <= lines.ceiling.get() => ('░', Paint::Good),
        beats if beats <= lines.moderate.get() => ('▒', Paint::Mild),
        beats if beats <= lines.hard.get() => ('▓', Paint::Bad),
        _ => ('█', Paint::Bad),
    }
}

fn axis(seconds: usize, columns: usize) -> String {
    let mut text = String::new();
    for quarter in 0..=4 {
        let at = quarter * columns / 4;
        let label = clock((quarter * seconds) as f64 / 4.0);
        let at = at.min(columns.saturating_sub(label.len()));
        text.push_str(&" ".repeat(at.saturating_sub(text.len())));
        if text.len() <= at {
            text.push_str(&label);
        }
    }
    format!("{:>MARGIN$} {text}", "")
}

/// Where the timer was paused and where heart rate was removed or is doubtful.
fn marks(series: &Series, columns: usize) -> Option<String> {
    let removed = series.mask(series.removed.iter().map(|(_, span)| span));
    let suspected = series.mask(series.suspected.iter().map(|(_, span)| span));
    let paused = |k: usize| series.pauses.iter().any(|pause| pause.before as usize == k);
    let cells: String = (0..columns)
        .map(|k| {
            let mut seconds = column(k, columns, series.len());
            match () {
                () if seconds.clone().any(paused) => '‖',
                () if seconds.clone().any(|second| removed[second]) => '×',
                () if seconds.any(|second| suspected[second]) => '?',
                () => ' ',
            }
        })
        .collect();
    let any = cells.contains(['‖', '×', '?']);
    any.then(|| format!("{:>MARGIN$} {}", "", cells.trim_end()))
}

fn legend(lines: Option<&HeartRateThresholds>, style: &Style) -> String {
    let bands = [
        ("░", "up to the ceiling", Paint::Good),
        ("▒", "easy", Paint::Mild),
        ("▓", "moderate", Paint::Bad),
        ("█", "hard", Paint::Bad),
    ]
    .map(|(glyph, meaning, colour)| format!("{} {meaning}", paint(glyph, colour, style)));
    let mut parts = match lines {
        Some(_) => bands.to_vec(),
        None => vec!["▒ heart rate (your heart-rate limits are unknown)".to_owned()],
    };
    parts.extend(["‖ pause", "× removed", "? doubtful"].map(str::to_owned));
    flow(&parts, "  ", MARGIN + 1, style)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::athlete::{AnchorEvidence, Sensor, thresholds};
    use crate::metrics::testing::run;
    use crate::units::BeatsPerMinute;

    #[test]
    fn a_run_is_drawn_with_its_lines_and_marks() {
        let evidence =
            AnchorEvidence { talk_test: BeatsPerMinute::new(150.0), ..AnchorEvidence::default() };
        let lines = thresholds(&evidence, Sensor::Chest, 0.0);
        let mut series = run(1800, |k| ((k < 1700).then_some(120 + (k / 40) as u16), 2_500, 160));
        series.removed = vec![(
            crate::metrics::series::Removal::Spike,
            crate::metrics::span::Span { start: 900, seconds: 5 },
        )];
        let style = Style { width: 80, ..Style::default() };
        insta::assert_snapshot!(heart_rate(&series, Some(&lines), &style).join("\n"));
    }

    #[test]
    fn no_heart_rate_no_drawing() {
        let series = run(600, |_| (None, 2_500, 160));
        assert!(heart_rate(&series, None, &Style::default()).is_empty());
        assert!(heart_rate(&Series::default(), None, &Style::default()).is_empty());
    }
}
