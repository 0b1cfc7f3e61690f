//! Problems that many sessions of one file have alike, each stated once.

use crate::decode::Problem;

/// More different ones are not kept of one file; of each kind fewer are shown.
const MOST: usize = 1_000;

/// Different problems, and how often each occurred.
#[derive(Debug, Default)]
pub(super) struct RepeatedProblems(Vec<(Problem, usize)>);

impl RepeatedProblems {
    pub(super) fn of(problems: impl Iterator<Item = Problem>) -> Self {
        let mut repeated = Self::default();
        problems.for_each(|problem| repeated.add(problem));
        repeated
    }

    pub(super) fn add(&mut self, problem: Problem) {
        if let Some((_, count)) = self.0.iter_mut().find(|(other, _)| *other == problem) {
            *count += 1;
        } else if self.0.len() < MOST {
            self.0.push((problem, 1));
        }
    }

    pub(super) fn problems(self) -> impl Iterator<Item = Problem> {
        self.0.into_iter().map(|(mut problem, count)| {
            if count > 1 {
                problem.detail = format!("{} ({count} sessions)", problem.detail);
            }
            problem
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::ProblemKind;

    #[test]
    fn what_repeats_itself_is_counted() {
        let problem = |detail: &str| Problem::new(ProblemKind::NoRecords, detail);
        let mut repeated = RepeatedProblems::default();
        for detail in ["a", "b", "a", "a"] {
            repeated.add(problem(detail));
        }
        let expected = [problem("a (3 sessions)"), problem("b")];
        assert_eq!(repeated.problems().collect::<Vec<_>>(), expected);
        let mut many = RepeatedProblems::default();
        (0..1000).for_each(|number| many.add(problem(&number.to_string())));
        assert_eq!(many.problems().count(), MOST);
    }
}
