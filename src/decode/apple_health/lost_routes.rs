//! Routes that could not be had, counted.

use crate::decode::{Problem, ProblemKind};

/// Routes that a workout names and that could not be had.
#[derive(Debug, Default)]
pub(super) struct LostRoutes {
    pub(super) missing: usize,
    pub(super) unreadable: usize,
}

impl LostRoutes {
    pub(super) fn problems(&self) -> impl Iterator<Item = Problem> + use<> {
        let routes =
            |count: usize| if count == 1 { "1 route".into() } else { format!("{count} routes") };
        let missing = (self.missing > 0).then(|| {
            let detail =
                format!("{} of workouts not found beside the export", routes(self.missing));
            Problem::new(ProblemKind::MissingFile, detail)
        });
        let unreadable = (self.unreadable > 0).then(|| {
            let detail = format!("{} of workouts cannot be read", routes(self.unreadable));
            Problem::new(ProblemKind::DroppedRecords, detail)
        });
        missing.into_iter().chain(unreadable)
    }
}
