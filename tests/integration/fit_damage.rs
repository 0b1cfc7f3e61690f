//! Damaged FIT files: whatever happens to the bytes, there is an answer and no panic.
//!
//! The files are not part of the project; see `fit_oracle.rs`.

#![allow(clippy::disallowed_methods, clippy::print_stderr)] // a test may read files and say so

use std::fs;
use std::path::{Path, PathBuf};

use talktest::decode::fit::FORMAT;
use talktest::decode::{Limits, Problem, ProblemKind, Refusal};

/// Small enough that many variants are read in a second.
const LARGEST: u64 = 40_000;
const VARIANTS: u64 = 60;

fn small_files() -> Vec<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let corpus = std::env::var_os("TALKTEST_CORPUS").map_or(beside, PathBuf::from);
    let folders = ["fit", "broken", "crafted"].map(|folder| corpus.join(folder));
    let entries = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    let is_small = |path: &PathBuf| {
        fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() <= LARGEST)
    };
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(is_small).collect();
    files.sort();
    if files.is_empty() {
        eprintln!("SKIPPED: no corpus at {}", corpus.display());
    }
    files
}

/// A generator of bits that gives the same damage every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

fn damaged(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if dice.below(10) == 0 {
        bytes.truncate(dice.below(bytes.len()));
    }
    for _ in 0..=dice.below(4) {
        let index = dice.below(bytes.len());
        if let Some(byte) = bytes.get_mut(index) {
            *byte = dice.below(256) as u8;
        }
    }
    bytes
}

/// The decoder forgives a panic of the library that it uses; here it must not come to that.
fn hides_a_panic(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| {
        problem.kind == ProblemKind::DroppedMessages && problem.place.is_none()
            || problem.kind == ProblemKind::InternalError
    })
}

#[test]
fn damage_never_brings_the_decoder_to_panic() {
    let (mut opened, mut refused) = (0, 0);
    for path in small_files() {
        let whole = fs::read(&path).expect("a readable file");
        for seed in 1..=VARIANTS {
            let bytes = damaged(&whole, &mut Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
            match (FORMAT.decode)(&bytes, &Limits::default()) {
                Ok(decoded) => {
                    opened += 1;
                    assert!(!hides_a_panic(&decoded.warnings), "{} seed {seed}", path.display());
                }
                Err(Refusal::Unusable(problem)) => {
                    refused += 1;
                    assert!(!hides_a_panic(&[problem]), "{} seed {seed}", path.display());
                }
                Err(_) => refused += 1,
            }
        }
    }
    eprintln!("{opened} damaged files opened, {refused} refused");
}
