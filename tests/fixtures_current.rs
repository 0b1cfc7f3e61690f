//! The files in `fixtures/` are what the generator writes, and other decoders can read them.

#[path = "../examples/generate_fixtures/fixtures.rs"]
mod fixtures;
