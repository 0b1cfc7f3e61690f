//! What is asked about which run.

use std::collections::BTreeSet;

use super::cache::DisplayData;
use super::draft::Draft;
use super::{SHOWN_UNLABELLED, Selection, within};
use crate::audit::Audit;
use crate::ingest::Source;
use crate::session::Verdict;
use crate::units::UnixTime;

/// What is shown of a run beside its history.
pub(super) struct Answers {
    pub(super) basis: u128,
    pub(super) audit: Option<Audit>,
    pub(super) seen: Option<DisplayData>,
    pub(super) if_recovery: Option<Verdict>,
}

/// Which runs are judged: a judgement is large, and most of them nobody would see.
pub(super) struct Scope {
    selection: Selection,
    /// The newest short runs of all athletes, where nothing is labelled recovery.
    shown: BTreeSet<(UnixTime, Vec<Source>)>,
}

impl Scope {
    pub(super) fn of(seasons: &[&[Draft]], selection: Selection) -> Self {
        let asked = || {
            let drafts = seasons.iter().copied().flatten();
            drafts.filter(|draft| is_asked(draft, &selection))
        };
        let mut shown = BTreeSet::new();
        if !asked().any(Draft::is_recovery) {
            let mut newest: Vec<&Draft> = asked().filter(|draft| draft.is_short()).collect();
            newest.sort_by_key(|draft| std::cmp::Reverse(draft.measured.row.metadata.start));
            shown.extend(newest.into_iter().take(SHOWN_UNLABELLED).map(owned_key));
        }
        Self { selection, shown }
    }

    pub(super) fn is_judged(&self, draft: &Draft) -> bool {
        let is_shown = || !self.shown.is_empty() && self.shown.contains(&owned_key(draft));
        is_asked(draft, &self.selection)
            && (draft.is_recovery() || self.selection.as_recovery || is_shown())
    }

    /// Whether somebody reads about this run.
    pub(super) fn is_seen(&self, draft: &Draft) -> bool {
        (self.selection.all && is_asked(draft, &self.selection)) || self.is_judged(draft)
    }

    /// Whether a run is asked for what its owner did not label.
    pub(super) fn is_searched(&self, draft: &Draft) -> bool {
        self.selection.all
            && is_asked(draft, &self.selection)
            && draft.told.label.is_none()
            && (draft.is_short() || self.selection.as_recovery)
    }
}

/// Whether it is a run on a day asked for.
fn is_asked(draft: &Draft, selection: &Selection) -> bool {
    draft.is_run && within(&draft.start, selection)
}

fn owned_key(draft: &Draft) -> (UnixTime, Vec<Source>) {
    let (start, sources) = draft.key();
    (start, sources.to_vec())
}
