//! Verdicts of the last job whose runs are judged no more.

use chrono::NaiveDate;
use serde::Serialize;

use crate::session::Verdict;

/// A run that the last job judged and this one does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoneVerdict {
    /// Whose run it was.
    pub athlete: String,
    /// Its id.
    pub id: String,
    /// The file that it was read from.
    pub path: String,
    /// Its local day.
    pub day: NaiveDate,
    /// What the last job ruled.
    pub verdict: Verdict,
    /// Why it is judged no more.
    pub why: GoneReason,
}

/// Why a run is judged no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GoneReason {
    /// No file holds it any more, or none that can be read.
    Missing,
    /// It is no longer labelled recovery.
    NotLabelled,
}
