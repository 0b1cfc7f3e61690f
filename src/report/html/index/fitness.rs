//! Pace at the same heart rate, month by month, and heart rate at the same pace.

use chrono::{Days, NaiveDate};
use maud::{Markup, html};

use super::time_axis::TimeAxis;
use crate::audit::wording::{clock, plain};
use crate::report::html::plot::{self, trimmed};
use crate::report::html::scale::Scale;
use crate::review::{AthleteReview, Fitness, MonthOfMinutes};
use crate::settings::UnitSystem;
use crate::units::METRES_PER_MILE;

/// Height of one plot, in pixels.
const HEIGHT: f64 = 120.0;
/// Days from the first of a month to its middle.
const HALF_A_MONTH: Days = Days::new(14);

/// The section; empty where too few months tell.
pub(super) fn section(athlete: &AthleteReview, units: UnitSystem) -> Markup {
    let Some(fitness) = &athlete.fitness else { return html! {} };
    let (unit, per_km) = match units {
        UnitSystem::Metric => ("km", 1.0),
        UnitSystem::Imperial => ("mi", METRES_PER_MILE / 1000.0),
    };
    let pace = |speed: f64| 1000.0 / speed * per_km;
    let paces: Vec<ChartPoint> =
        fitness.speed_by_month.iter().map(|month| ChartPoint::of(month, pace)).collect();
    let beats: Vec<ChartPoint> =
        fitness.heart_rate_by_month.iter().map(|month| ChartPoint::of(month, |bpm| bpm)).collect();
    let own_pace = fitness.speed.pace().map_or(0.0, |pace| pace.get() * per_km);
    let bpm = plain(fitness.heart_rate.get(), 0);
    html! {
        section aria-labelledby="fitness" {
            h2 #fitness { "Pace at the same heart rate" }
            p { (sentence(fitness, pace, unit)) }
            figure.charts {
                (panel(&format!("Graded pace per {unit} at about {bpm} bpm; faster is up"), &paces, true, &[5.0, 10.0, 15.0, 30.0, 60.0], clock))
                (panel(&format!("Heart rate at about {}/{unit}", clock(own_pace)), &beats, false, &[1.0, 2.0, 5.0, 10.0, 20.0], |bpm| plain(bpm, 0)))
                figcaption { p { "Minutes of steady running, workouts left out: the dot is the median of a month, the line holds the middle half." } }
            }
        }
    }
}

/// The first and the last month that tell, in words.
fn sentence(fitness: &Fitness, pace: impl Fn(f64) -> f64, unit: &str) -> String {
    let months = &fitness.speed_by_month;
    let (Some(first), Some(last)) = (months.first(), months.last()) else {
        return String::new();
    };
    let bpm = plain(fitness.heart_rate.get(), 0);
    let said = |month: &MonthOfMinutes| {
        format!("{}/{unit} in {}", clock(pace(month.figure.median)), month.first.format("%B %Y"))
    };
    if first.first == last.first {
        return format!("At about {bpm} bpm you ran {}.", said(last));
    }
    let apart = pace(first.figure.median) - pace(last.figure.median);
    let is_clear = last.figure.low > first.figure.high || last.figure.high < first.figure.low;
    let change = match (is_clear, apart > 0.0) {
        (false, _) => "no clear change".to_owned(),
        (true, true) => format!("{} s/{unit} faster", plain(apart, 0)),
        (true, false) => format!("{} s/{unit} slower", plain(-apart, 0)),
    };
    format!("At about {bpm} bpm you ran {}, {}: {change}.", said(first), said(last))
}

/// The figure of a month: low, median and high.
struct ChartPoint {
    day: NaiveDate,
    values: [f64; 3],
}

impl ChartPoint {
    fn of(month: &MonthOfMinutes, value: impl Fn(f64) -> f64) -> Self {
        let day = month.first.checked_add_days(HALF_A_MONTH).unwrap_or(month.first);
        let figure = month.figure;
        Self { day, values: [figure.low, figure.median, figure.high].map(value) }
    }
}

fn panel(
    title: &str,
    points: &[ChartPoint],
    turned: bool,
    steps: &[f64],
    text: impl Fn(f64) -> String,
) -> Markup {
    let days: Vec<NaiveDate> = points.iter().map(|point| point.day).collect();
    let Some(axis) = TimeAxis::over(&days).filter(|_| points.len() > 1) else { return html! {} };
    let values = || points.iter().flat_map(|point| point.values);
    let (low, high) =
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    let room = (0.1 * (high - low)).max(1.0);
    let (bottom, top) = if turned { (high + room, low - room) } else { (low - room, high + room) };
    let scale = Scale::new(bottom, top, 6.0, HEIGHT);
    html! {
        p.panel-title { (title) }
        div.panel {
            svg.gutter height=(HEIGHT) aria-hidden="true" { (plot::gutter(&scale, steps, 4, text)) }
            svg.plot.fitness height=(HEIGHT) role="img" aria-label=(title) {
                (axis.grid())
                @for ChartPoint { day, values: [low, median, high] } in points {
                    @let x = format!("{}%", trimmed(axis.percent(*day), 2));
                    line x1=(x) x2=(x) y1=(trimmed(scale.y(*low), 1)) y2=(trimmed(scale.y(*high), 1)) {}
                    circle cx=(x) cy=(trimmed(scale.y(*median), 1)) r="4.5" {}
                }
            }
        }
        (axis.labels())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::statistics::Quartiles;
    use crate::units::{BeatsPerMinute, MetresPerSecond, SecondsPerKilometre};

    fn per_km(speed: f64) -> f64 {
        MetresPerSecond::of(speed).pace().map_or(0.0, SecondsPerKilometre::get)
    }

    fn fitness(first: [f64; 3], last: [f64; 3]) -> Fitness {
        let month = |month: u32, [low, median, high]: [f64; 3]| MonthOfMinutes {
            first: NaiveDate::from_ymd_opt(2026, month, 1).unwrap(),
            figure: Quartiles { low, median, high },
            minutes: 60,
        };
        Fitness {
            heart_rate: BeatsPerMinute::of(140.0),
            speed_by_month: vec![month(3, first), month(5, last)],
            speed: MetresPerSecond::of(2.5),
            heart_rate_by_month: Vec::new(),
        }
    }

    #[test]
    fn a_change_is_claimed_only_where_the_middle_halves_are_apart() {
        let told = |first, last| sentence(&fitness(first, last), per_km, "km");
        assert_eq!(
            told([2.4, 2.5, 2.55], [2.6, 2.7, 2.8]),
            "At about 140 bpm you ran 6:40/km in March 2026, 6:10/km in May 2026: 30 s/km faster."
        );
        assert!(told([2.4, 2.5, 2.65], [2.6, 2.7, 2.8]).ends_with("no clear change."));
    }
}
