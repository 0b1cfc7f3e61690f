//! Keeps the house in order by reading its own source: what the design promises of registries, of
//! the direction of dependencies, of names and of sizes holds, or a test names what breaks it.
//!
//! Every check is a function from texts to offences, and is itself tried on made-up source.
#![allow(clippy::disallowed_methods, reason = "these tests read the project's own files")]

mod circles;
mod contributing;
mod criteria;
mod dependencies;
mod direction;
mod modules;
mod names;
mod registries;
mod sizes;
mod source;
mod tree;
mod words;

/// Fails with every offence at once, so that one run tells the whole work to do.
fn assert_none(offences: &[String]) {
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
}
