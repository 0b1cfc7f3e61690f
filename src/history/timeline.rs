//! The sessions of one athlete in time order, and which of them those that follow look back at.

use super::{Past, PastRun};

/// Sessions of one day (UTC) that are looked at from other sessions: one every half hour, around the
/// clock. Nobody has more, and without a bound thousands in a day would all look at each other.
pub const MOST_OF_A_DAY: usize = 48;

const DAY_MS: i64 = 86_400_000;

/// Every session of one athlete. Only the first ones of a day are looked at from others, so that a
/// window of days holds all that a runner did in them, and never more than so many a day.
#[derive(Debug)]
pub struct Timeline {
    /// Those that are looked at from others, then the rest, either in time order.
    sessions: Vec<PastRun>,
    /// For each session in time order: how many up to it, itself among them, are looked at.
    looked_at: Vec<usize>,
}

impl Timeline {
    /// Sessions that stand in time order.
    pub fn of(sessions: Vec<PastRun>) -> Self {
        let (mut looked_at, mut day, mut of_the_day) = (Vec::new(), None, 0);
        for session in &sessions {
            let own_day = Some(session.start.0.div_euclid(DAY_MS));
            of_the_day = if day == own_day { of_the_day + 1 } else { 1 };
            day = own_day;
            let before = looked_at.last().copied().unwrap_or(0);
            looked_at.push(before + usize::from(of_the_day <= MOST_OF_A_DAY));
        }
        let mut timeline = Self { sessions: Vec::new(), looked_at };
        let count = sessions.len();
        let (first, rest): (Vec<_>, Vec<_>) =
            sessions.into_iter().enumerate().partition(|(k, _)| timeline.is_looked_at(*k));
        timeline.sessions.reserve_exact(count);
        timeline.sessions.extend(first.into_iter().chain(rest).map(|(_, session)| session));
        timeline
    }

    fn looked_at_before(&self, k: usize) -> usize {
        k.checked_sub(1).map_or(0, |before| self.looked_at[before])
    }

    fn is_looked_at(&self, k: usize) -> bool {
        self.looked_at[k] > self.looked_at_before(k)
    }

    /// Where the session at `k` in time order stands.
    fn place(&self, k: usize) -> usize {
        let before = self.looked_at_before(k);
        if self.is_looked_at(k) { before } else { self.seen().len() + k - before }
    }

    /// Those that are looked at from others, in time order.
    fn seen(&self) -> &[PastRun] {
        &self.sessions[..self.looked_at.last().copied().unwrap_or(0)]
    }

    /// The session at `k` in time order.
    pub fn session(&self, k: usize) -> &PastRun {
        &self.sessions[self.place(k)]
    }

    /// Changes every session; `change` is told its place in time order.
    pub fn change(&mut self, mut change: impl FnMut(usize, &mut PastRun)) {
        for k in 0..self.looked_at.len() {
            let place = self.place(k);
            change(k, &mut self.sessions[place]);
        }
    }

    /// What began before the session at `k`; those that began in the same moment do not see each
    /// other.
    pub fn before(&self, k: usize) -> Past<'_> {
        let this = self.session(k);
        let up_to = &self.seen()[..self.looked_at_before(k)];
        let earlier = up_to.partition_point(|other| other.start < this.start);
        Past { sessions: &up_to[..earlier], day: this.day }
    }

    /// What follows the session at `k` in time order.
    pub fn after(&self, k: usize) -> &[PastRun] {
        &self.seen()[self.looked_at[k]..]
    }

    /// All sessions in time order.
    pub fn into_sessions(mut self) -> impl Iterator<Item = PastRun> {
        let seen = self.seen().len();
        let mut rest = self.sessions.split_off(seen).into_iter();
        let mut first = std::mem::take(&mut self.sessions).into_iter();
        (0..self.looked_at.len())
            .filter_map(move |k| if self.is_looked_at(k) { first.next() } else { rest.next() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::testing::{day, run_on};
    use crate::units::UnixTime;

    /// Sessions of so many milliseconds from one to the next.
    fn sessions(count: i64, apart_ms: i64) -> Vec<PastRun> {
        let first = run_on(day(0), 1.0);
        let midnight = first.start.0.div_euclid(DAY_MS) * DAY_MS;
        let start = |k: i64| UnixTime(midnight + k * apart_ms);
        let day_of = |k: i64| day((k * apart_ms / DAY_MS) as u64);
        let session =
            |k| PastRun { start: start(k), end: start(k), day: day_of(k), ..first.clone() };
        (0..count).map(session).collect()
    }

    #[test]
    fn a_session_of_a_usual_life_sees_all_others() {
        // 48 a day for two days.
        let all = sessions(96, DAY_MS / 48);
        let timeline = Timeline::of(all.clone());
        for k in 0..all.len() {
            assert_eq!(timeline.session(k), &all[k]);
            assert_eq!(timeline.before(k).sessions, &all[..k]);
            assert_eq!(timeline.after(k), &all[k + 1..]);
        }
        assert!(timeline.into_sessions().eq(all));
    }

    #[test]
    fn of_a_day_that_nobody_has_the_first_sessions_are_looked_at() {
        // 96 a day for two days: the first 48 of each are 0..48 and 96..144.
        let all = sessions(192, DAY_MS / 96);
        let timeline = Timeline::of(all.clone());
        assert_eq!(timeline.before(60).sessions, &all[..48]);
        assert_eq!(timeline.before(96).sessions, &all[..48]);
        assert_eq!(timeline.after(60), &all[96..144]);
        let seen: Vec<PastRun> = all[..48].iter().chain(&all[96..120]).cloned().collect();
        assert_eq!(timeline.before(120).sessions, seen);
        assert!(timeline.after(144).is_empty());
        for (k, session) in all.iter().enumerate() {
            assert_eq!(timeline.session(k), session);
        }
        assert!(timeline.into_sessions().eq(all));
    }

    #[test]
    fn sessions_of_one_moment_do_not_see_each_other() {
        let timeline = Timeline::of(sessions(3, 0));
        assert!((0..3).all(|k| timeline.before(k).sessions.is_empty()));
        assert_eq!(timeline.after(0).len(), 2);
    }

    /// Whatever looks at the history walks over these slices, so their lengths are the work.
    #[test]
    fn twice_as_many_sessions_of_a_day_are_twice_the_work() {
        let work = |count: i64| {
            let timeline = Timeline::of(sessions(count, 5_000));
            let looks = |k| timeline.before(k).sessions.len() + timeline.after(k).len();
            (0..count as usize).map(looks).sum::<usize>()
        };
        let (half, whole) = (work(8_000), work(16_000));
        assert!(10 * whole <= 21 * half, "{half} for half, {whole} for all");
        assert!(whole <= 16_000 * MOST_OF_A_DAY, "{whole}");
    }

    #[test]
    fn what_is_changed_is_the_session_at_its_place_in_time() {
        let mut timeline = Timeline::of(sessions(192, DAY_MS / 96));
        timeline.change(|k, session| session.load = Some(k as f64));
        let loads: Vec<f64> = timeline.into_sessions().filter_map(|session| session.load).collect();
        assert!(loads.into_iter().eq((0..192).map(f64::from)));
    }
}
