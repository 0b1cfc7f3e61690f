//! The label of a run, and what contradicts it.

use serde::{Serialize, Serializer};

use crate::activity::LabelSource;
use crate::session::SessionKind;

/// The label of one run: at least one source names a kind, or expressly none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// The kind of session; `None` where notes or plan expressly say `none`.
    #[serde(serialize_with = "kind_or_none")]
    pub kind: Option<SessionKind>,
    /// The text that says so, cut at [`MAX_TEXT_CHARS`]: untrusted.
    pub text: String,
    /// Where that text stands.
    pub source: LabelSource,
    /// Who says it: the path of a file or table, or the line of notes or plan.
    pub by: String,
    /// Every other kind that is named, strongest source first.
    pub conflicts: Vec<Conflict>,
}

/// A kind that was named but did not win.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// Where it is named; the source of the label itself where one text names two kinds.
    pub source: LabelSource,
    /// Who names it: the path of a file or table, or the line of notes or plan.
    pub by: String,
    /// The text that names it: untrusted.
    pub text: String,
    /// The kind named; `None` where the plan expressly says `none`.
    #[serde(serialize_with = "kind_or_none")]
    pub kind: Option<SessionKind>,
}

#[expect(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn kind_or_none<S: Serializer>(
    kind: &Option<SessionKind>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.map_or("none", SessionKind::name))
}
