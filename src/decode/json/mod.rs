//! What formats of JSON have in common.

pub mod head;
pub mod session;
pub mod value;
pub mod walk;
