//! The label of one run, with everything that contradicts it.

use std::borrow::Cow;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::activity::LabelSource;
use crate::session::SessionKind;

/// The label of one run: at least one source names a kind, or expressly none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The kind of session; `None` where notes or plan expressly say `none`.
    #[serde(serialize_with = "kind_or_none", deserialize_with = "kind_unless_none")]
    pub kind: Option<SessionKind>,
    /// The text that says so, cut at [`MAX_TEXT_CHARS`](super::MAX_TEXT_CHARS): untrusted.
    pub text: String,
    /// Where that text stands.
    pub source: LabelSource,
    /// Who says it: the path of a file or table, or the line of notes or plan.
    pub by: String,
    /// Every other kind that is named, strongest source first.
    pub conflicts: Vec<Conflict>,
}

/// A kind that was named but did not win.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Where it is named; the source of the label itself where one text names two kinds.
    pub source: LabelSource,
    /// Who names it: the path of a file or table, or the line of notes or plan.
    pub by: String,
    /// The text that names it: untrusted.
    pub text: String,
    /// The kind named; `None` where the plan expressly says `none`.
    #[serde(serialize_with = "kind_or_none", deserialize_with = "kind_unless_none")]
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

fn kind_unless_none<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<SessionKind>, D::Error> {
    let name = Cow::<str>::deserialize(deserializer)?;
    let kind = SessionKind::ALL.into_iter().find(|kind| kind.name() == name);
    if kind.is_none() && name != "none" {
        return Err(D::Error::custom(format!("`{name}` is no kind of session")));
    }
    Ok(kind)
}
