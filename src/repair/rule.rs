//! What a repair is.

use crate::activity::{Activity, RepairKind};

/// One kind of fault that can be put right.
#[derive(Debug)]
pub struct Rule {
    /// What it is called in every output.
    pub kind: RepairKind,
    /// Puts it right and says how many records or seconds it touched; 0 where there was nothing.
    pub apply: fn(&mut Activity) -> usize,
}
