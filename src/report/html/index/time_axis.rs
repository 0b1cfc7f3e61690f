//! A true time axis: a day lies where it is, so that months without a run stay empty.

use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};

use crate::report::html::plot::trimmed;

/// Months between labels.
const STEPS: [i32; 7] = [1, 2, 3, 6, 12, 24, 60];
/// Most labels that a phone has room for.
const LABELS: usize = 5;
/// Percent of the width left free at either end, so that no mark is cut.
const MARGIN: f64 = 2.0;

/// The days that the axis reaches over.
#[derive(Debug, Clone, Copy)]
pub(super) struct TimeAxis {
    first: NaiveDate,
    last: NaiveDate,
}

impl TimeAxis {
    /// The axis of days in order; `None` without a day.
    pub(super) fn over(days: &[NaiveDate]) -> Option<Self> {
        Some(Self { first: *days.first()?, last: *days.last()? })
    }

    /// Where a day lies, in percent of the width.
    pub(super) fn percent(&self, day: NaiveDate) -> f64 {
        let all = (self.last - self.first).num_days();
        if all == 0 {
            return 50.0;
        }
        MARGIN + (100.0 - 2.0 * MARGIN) * (day - self.first).num_days() as f64 / all as f64
    }

    /// The firsts of months that get a label; the two ends where there are fewer than two.
    pub(super) fn ticks(&self) -> Vec<NaiveDate> {
        let months = |step: i32| -> Vec<NaiveDate> {
            let number = |day: NaiveDate| day.year() * 12 + day.month0().cast_signed();
            let first = |number: i32| {
                NaiveDate::from_ymd_opt(number.div_euclid(12), number.rem_euclid(12) as u32 + 1, 1)
            };
            (number(self.first)..=number(self.last))
                .filter(|number| number % step == 0)
                .filter_map(first)
                .filter(|day| (self.first..=self.last).contains(day))
                .collect()
        };
        let fitting = STEPS.into_iter().map(months).find(|ticks| ticks.len() <= LABELS);
        fitting.unwrap_or_default()
    }

    /// Lines at the labelled months.
    pub(super) fn grid(&self) -> Markup {
        html! {
            @for day in self.ticks() {
                @let x = format!("{}%", trimmed(self.percent(day), 2));
                line.grid x1=(x) x2=(x) y1="0" y2="100%" {}
            }
        }
    }

    /// The labels below the last plot; years stand under their first label.
    pub(super) fn labels(&self) -> Markup {
        let ticks = self.ticks();
        let ends = [(self.first, "start"), (self.last, "end")];
        html! {
            div.panel aria-hidden="true" {
                svg.gutter height="34" {}
                svg.plot.axis height="34" {
                    @if ticks.len() < 2 {
                        @for (day, anchor) in ends.into_iter().take(if self.first == self.last { 1 } else { 2 }) {
                            text x=(if anchor == "start" { "0%" } else { "100%" }) y="14" text-anchor=(anchor) { (day.format("%-d %b %Y")) }
                        }
                    } @else {
                        @for (k, day) in ticks.iter().enumerate() {
                            @let at = self.percent(*day);
                            @let x = format!("{}%", trimmed(at, 2));
                            @let anchor = if at < 6.0 { "start" } else if at > 94.0 { "end" } else { "middle" };
                            text x=(x) y="14" text-anchor=(anchor) { (day.format("%b")) }
                            @if k == 0 || ticks[k - 1].year() != day.year() {
                                text x=(x) y="30" text-anchor=(anchor) { (day.year()) }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn axis(first: &str, last: &str) -> TimeAxis {
        TimeAxis::over(&[day(first), day(last)]).unwrap()
    }

    #[test]
    fn a_day_lies_where_it_is() {
        let year = axis("2025-01-01", "2025-12-31");
        assert!((year.percent(day("2025-01-01")) - 2.0).abs() < 1e-9);
        assert!((year.percent(day("2025-12-31")) - 98.0).abs() < 1e-9);
        assert!((year.percent(day("2025-07-02")) - 50.0).abs() < 1e-9);
        let one = axis("2025-01-01", "2025-01-01");
        assert!((one.percent(day("2025-01-01")) - 50.0).abs() < 1e-9);
    }

    #[test]
    fn any_span_has_few_labels() {
        let ticks = |first: &str, last: &str| {
            axis(first, last).ticks().iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(ticks("2026-04-01", "2026-05-16"), ["2026-04-01", "2026-05-01"]);
        assert_eq!(
            ticks("2025-02-10", "2026-02-10"),
            ["2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01"]
        );
        assert_eq!(ticks("2016-02-10", "2026-02-10").len(), 5);
        assert!(ticks("2026-04-02", "2026-04-20").is_empty());
    }
}
