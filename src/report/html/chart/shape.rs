//! The shapes of a plot: lines, areas and rectangles, all of them as wide as the page lets them be.
//!
//! A plot has no width of its own. Shapes lie in an inner picture that is stretched; rectangles and
//! texts stand at percentages of the width, so that no letter is ever stretched.

use std::fmt::Write;

use maud::{Markup, html};

use super::samples::Samples;
use crate::metrics::span::Span;
use crate::report::html::plot::trimmed;
use crate::report::html::scale::Scale;

/// Percent of the width at which a second lies.
pub(super) fn percent(second: f64, seconds: usize) -> String {
    let percent = 100.0 * second / seconds.max(1) as f64;
    format!("{}%", trimmed(percent.clamp(0.0, 100.0), 2))
}

/// Stretched shapes are drawn in tenths of a pixel, so that whole numbers are fine enough.
const TENTHS: f64 = 10.0;

/// A path that goes one column to the right at a time; steps in one direction are written as one.
#[derive(Default)]
struct Path {
    text: String,
    at: i64,
    /// Columns and tenths of a pixel that are still to be written.
    straight: (i64, i64),
}

impl Path {
    fn start(&mut self, column: usize, y: f64) {
        self.at = (TENTHS * y).round() as i64;
        // Writing into a string cannot fail.
        let _ = write!(self.text, "M{column} {}l", self.at);
    }

    fn on(&mut self, y: f64) {
        let to = (TENTHS * y).round() as i64;
        let step = to - self.at;
        let (columns, rise) = self.straight;
        if rise != columns * step {
            self.turn();
        }
        self.straight.0 += 1;
        self.straight.1 += step;
        self.at = to;
    }

    /// Writes what goes straight on up to here.
    fn turn(&mut self) {
        let (columns, rise) = std::mem::take(&mut self.straight);
        if columns > 0 {
            let blank = if rise < 0 { "" } else { " " };
            let first = if self.text.ends_with('l') { "" } else { " " };
            let _ = write!(self.text, "{first}{columns}{blank}{rise}");
        }
    }

    /// Through values, one a column, from the column of the first.
    fn through(&mut self, column: usize, heights: impl Iterator<Item = f64>) {
        let mut heights = heights;
        if let Some(first) = heights.next() {
            self.start(column, first);
            heights.for_each(|y| self.on(y));
            self.turn();
        }
    }
}

/// The stretches without a missing value, each with its first column.
fn stretches(values: &[Option<f64>]) -> Vec<(usize, Vec<f64>)> {
    let known = |left: &Option<f64>, right: &Option<f64>| left.is_some() == right.is_some();
    let mut from = 0;
    let chunks = values.chunk_by(known).map(|chunk| {
        let stretch = (from, chunk.iter().flatten().copied().collect());
        from += chunk.len();
        stretch
    });
    chunks.filter(|(_, known): &(usize, Vec<f64>)| !known.is_empty()).collect()
}

/// A line through values, one per column, broken where they are missing; a value alone is a dot.
pub(super) fn line(values: &[Option<f64>], scale: &Scale) -> String {
    let mut path = Path::default();
    for (from, stretch) in stretches(values) {
        path.through(from, stretch.iter().map(|value| scale.y(*value)));
        if stretch.len() == 1 {
            path.text.push_str(".5 0");
        }
    }
    path.text
}

/// The area between values and a line below them, given in pixels from the top.
pub(super) fn area(values: &[Option<f64>], scale: &Scale, floor: f64) -> String {
    let mut path = Path::default();
    let above = |value: &Option<f64>| value.filter(|value| scale.y(*value) < floor);
    let above: Vec<Option<f64>> = values.iter().map(above).collect();
    for (from, stretch) in stretches(&above) {
        path.through(from, stretch.iter().map(|value| scale.y(*value)));
        let floor = (TENTHS * floor).round();
        // Each value stands for a whole column, so that one alone has an area too.
        let _ =
            write!(path.text, "{}1 0V{floor}H{from}Z", if stretch.len() == 1 { "" } else { " " });
    }
    path.text
}

/// Shapes stretched over the whole width, one value per unit of it.
pub(super) fn stretched(samples: &Samples, height: f64, shapes: &Markup) -> Markup {
    // A value stands in the middle of the time that it is the mean of.
    let width = samples.seconds as f64 / samples.step as f64;
    let view = format!("-.5 0 {} {}", trimmed(width.max(1.0), 2), TENTHS * height);
    html! {
        svg viewBox=(view) preserveAspectRatio="none" width="100%" height=(height) aria-hidden="true" {
            (shapes)
        }
    }
}

/// A row of rectangles at one height, of one class.
pub(super) struct RectangleRow<'a> {
    /// The class.
    pub(super) class: &'a str,
    /// Pixels from the top.
    pub(super) top: f64,
    /// Pixels.
    pub(super) height: f64,
    /// Seconds of the whole plot.
    pub(super) seconds: usize,
}

impl RectangleRow<'_> {
    /// A rectangle over each span, and what it says when pointed at; one too narrow to be seen is
    /// widened.
    pub(super) fn over(&self, spans: &[Span], says: impl Fn(&Span) -> String) -> Markup {
        let hundredth = self.seconds as f64 / 100.0;
        html! {
            svg class=(self.class) width="100%" y=(trimmed(self.top, 1)) height=(trimmed(self.height.max(0.0), 1)) {
                @for span in spans {
                    @let extent = f64::from(span.seconds);
                    @let x = percent(f64::from(span.start), self.seconds);
                    rect x=(x) width=(percent(extent.max(0.5 * hundredth), self.seconds)) height="100%" {
                        // Nobody can point at less; its time is told below the picture.
                        @if extent >= hundredth { title { (says(span)) } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale() -> Scale {
        Scale::new(0.0, 100.0, 0.0, 100.0)
    }

    #[test]
    fn a_line_breaks_where_nothing_is_known() {
        let values = [Some(10.0), Some(20.0), None, Some(30.0), None];
        assert_eq!(line(&values, &scale()), "M0 900l1-100M3 700l.5 0");
        assert_eq!(line(&[None, None], &scale()), "");
    }

    #[test]
    fn a_line_that_goes_straight_on_is_written_at_once() {
        let values = [10.0, 20.0, 30.0, 30.0, 30.0, 20.0].map(Some);
        assert_eq!(line(&values, &scale()), "M0 900l2-200 2 0 1 100");
    }

    #[test]
    fn an_area_stands_on_its_floor() {
        let values = [None, Some(60.0), Some(70.0), Some(40.0), Some(80.0)];
        assert_eq!(
            area(&values, &scale(), 50.0),
            "M1 400l1-100 1 0V500H1ZM4 200l1 0V500H4Z",
            "from column 1 to the end of column 2, and all of column 4"
        );
    }

    #[test]
    fn places_are_shares_of_the_width() {
        assert_eq!(percent(600.0, 1800), "33.33%");
        assert_eq!(percent(900.0, 1800), "50%");
        assert_eq!(percent(5.0, 0), "100%");
    }
}
