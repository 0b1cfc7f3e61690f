//! Writes the fixtures.

#[path = "fixtures.rs"]
mod fixtures;

fn main() {}
