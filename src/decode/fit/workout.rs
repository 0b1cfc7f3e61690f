//! Where an executed workout was planned to end: the sum of its steps.

use super::describe::Description;
use crate::activity::{PlannedEnd, Sport};
use crate::units::{Metres, Seconds};

/// Beyond this a plan is damage: a hundred hours, a thousand kilometres.
const LONGEST_PLAN_S: f64 = 360_000.0;
const LONGEST_PLAN_M: f64 = 1_000_000.0;

/// One step of a workout.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct WorkoutStep {
    index: u16,
    lasts: Lasts,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Lasts {
    Seconds(f64),
    Metres(f64),
    /// Go back to a step until everything from there has been done so many times.
    Repeat {
        from: u16,
        times: f64,
    },
    /// Until something happens that no plan knows.
    Open,
}

impl WorkoutStep {
    /// The step in a message; `None` where it has no place among the steps.
    pub(super) fn read(message: &Description) -> Option<Self> {
        let index = message.number("message_index")? as u16;
        let lasts = match message.text("duration_type") {
            Some("time" | "repetition_time") => message.number("duration_time").map(Lasts::Seconds),
            Some("distance") => message.number("duration_distance").map(Lasts::Metres),
            Some("repeat_until_steps_cmplt") => message
                .number("duration_step")
                .zip(message.number("repeat_steps"))
                .map(|(from, times)| Lasts::Repeat { from: from as u16, times }),
            _ => None,
        };
        Some(Self { index, lasts: lasts.unwrap_or(Lasts::Open) })
    }
}

/// The sum of all steps, where every one of them lasts a time, or every one a distance.
pub(super) fn planned_end(steps: &[WorkoutStep]) -> Option<PlannedEnd> {
    let mut steps = steps.to_vec();
    steps.sort_by_key(|step| step.index);
    steps.dedup();
    // Two steps of one number cannot be told apart, nor what a repeat goes back to.
    if steps.windows(2).any(|pair| pair[0].index == pair[1].index) {
        return None;
    }
    let seconds = sum(&steps, |lasts| match lasts {
        Lasts::Seconds(seconds) => Some(seconds),
        _ => None,
    });
    let metres = sum(&steps, |lasts| match lasts {
        Lasts::Metres(metres) => Some(metres),
        _ => None,
    });
    let after = seconds.filter(|s| *s <= LONGEST_PLAN_S).and_then(Seconds::new);
    let at = metres.filter(|m| *m <= LONGEST_PLAN_M).and_then(Metres::new);
    after.map(PlannedEnd::After).or(at.map(PlannedEnd::At))
}

pub(super) fn is_for(meant: &Sport, sport: &Sport) -> bool {
    *meant == Sport::Unspecified || *sport == Sport::Unspecified || meant == sport
}

/// The sum with all repeats done; `None` where a step is of another kind or nothing is planned.
fn sum(steps: &[WorkoutStep], amount: fn(Lasts) -> Option<f64>) -> Option<f64> {
    let mut before = Vec::with_capacity(steps.len());
    let mut total = 0.0;
    for step in steps {
        before.push((step.index, total));
        total += match step.lasts {
            Lasts::Repeat { from, times } => {
                let (_, start) = before.iter().find(|(index, _)| *index == from)?;
                (total - start) * (times - 1.0).max(0.0)
            }
            lasts => amount(lasts)?,
        };
    }
    (total > 0.0).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(steps: &[Lasts]) -> Option<PlannedEnd> {
        let steps =
            steps.iter().zip(0..).map(|(lasts, index)| WorkoutStep { index, lasts: *lasts });
        planned_end(&steps.collect::<Vec<_>>())
    }

    #[test]
    fn steps_of_one_kind_add_up() {
        let end = plan(&[Lasts::Seconds(600.0), Lasts::Seconds(1200.0)]);
        assert_eq!(end, Some(PlannedEnd::After(Seconds::of(1800.0))));
        let end = plan(&[Lasts::Metres(1000.0), Lasts::Metres(5000.0)]);
        assert_eq!(end, Some(PlannedEnd::At(Metres::of(6000.0))));
    }

    #[test]
    fn an_open_or_mixed_plan_has_no_end() {
        assert_eq!(plan(&[Lasts::Seconds(600.0), Lasts::Open]), None);
        assert_eq!(plan(&[Lasts::Seconds(600.0), Lasts::Metres(1000.0)]), None);
        assert_eq!(plan(&[]), None);
    }

    #[test]
    fn steps_of_one_number_are_no_plan() {
        let step = |seconds| WorkoutStep { index: 0, lasts: Lasts::Seconds(seconds) };
        assert_eq!(planned_end(&[step(540.0), step(60.0)]), None);
        let twice = planned_end(&[step(540.0), step(540.0)]);
        assert_eq!(twice, Some(PlannedEnd::After(Seconds::of(540.0))), "written twice");
    }

    #[test]
    fn repeats_are_done_also_within_repeats() {
        let inner = [
            Lasts::Seconds(100.0),
            Lasts::Seconds(10.0),
            Lasts::Seconds(5.0),
            Lasts::Repeat { from: 1, times: 3.0 },
            Lasts::Repeat { from: 0, times: 2.0 },
        ];
        // (100 + 3·15) · 2
        assert_eq!(plan(&inner), Some(PlannedEnd::After(Seconds::of(290.0))));
    }

    #[test]
    fn a_repeat_of_nothing_or_without_end_is_no_plan() {
        assert_eq!(plan(&[Lasts::Seconds(9.0), Lasts::Repeat { from: 7, times: 2.0 }]), None);
        let mut steps = vec![Lasts::Seconds(1.0)];
        steps.extend([Lasts::Repeat { from: 0, times: 4e9 }; 40]);
        assert_eq!(plan(&steps), None);
    }
}
