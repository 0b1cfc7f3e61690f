//! What formats of JSON have in common.

pub mod head;
pub mod walk;
