//! Runs that belong together: warm-up, session and cool-down are recorded as three and are one outing.

use super::PastRun;
use crate::units::Seconds;

/// How many runs before `this`, nearest first, follow each other and it within so long.
pub fn runs_leading_here(this: &PastRun, before: &[&PastRun], pause: Seconds) -> usize {
    let mut began = this.start;
    let near = |run: &&&PastRun| {
        let near = began.seconds_since(run.end) <= pause.get();
        began = run.start;
        near
    };
    before.iter().take_while(near).count()
}

/// How many runs after `this`, nearest first, follow it and each other within so long.
pub fn runs_following(this: &PastRun, after: &[&PastRun], pause: Seconds) -> usize {
    let mut ended = this.end;
    let near = |run: &&&PastRun| {
        let near = run.start.seconds_since(ended) <= pause.get();
        ended = run.end;
        near
    };
    after.iter().take_while(near).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::testing::{day, run_on};
    use crate::units::UnixTime;

    /// A run of half an hour that begins so many minutes after another at 8:00.
    fn run(minutes: i64) -> PastRun {
        let run = run_on(day(0), 30.0);
        let moved = |time: UnixTime| UnixTime(time.0 + 60_000 * minutes);
        PastRun { start: moved(run.start), end: moved(run.end), ..run }
    }

    const THREE_HOURS: f64 = 180.0;

    #[test]
    fn what_ends_within_three_hours_before_leads_here() {
        let before = [run(-210), run(-420), run(-631)];
        let nearest_first: Vec<&PastRun> = before.iter().collect();
        let pause = Seconds::from_minutes(THREE_HOURS);
        assert_eq!(
            runs_leading_here(&run(0), &nearest_first, pause),
            2,
            "the third ended 181 min before"
        );
        assert_eq!(runs_leading_here(&run(1), &nearest_first, pause), 0);
    }

    #[test]
    fn what_begins_within_three_hours_after_belongs_too() {
        let after = [run(210), run(420), run(631)];
        let nearest_first: Vec<&PastRun> = after.iter().collect();
        let pause = Seconds::from_minutes(THREE_HOURS);
        assert_eq!(runs_following(&run(0), &nearest_first, pause), 2);
        assert_eq!(runs_following(&run(-1), &nearest_first, pause), 0);
    }
}
