//! Damaged FIT files: whatever happens to the bytes, there is an answer and no panic.

use talktest::decode::fit::FORMAT;
use talktest::decode::{Limits, Problem, ProblemKind, Refusal};

use crate::support::{Named, files};

/// Small enough that many variants are read in a second.
const LARGEST: usize = 40_000;
const VARIANTS: u64 = 60;

fn small_files() -> Vec<Named> {
    let mut files = files("fit", &["fit", "broken", "crafted"]);
    files.retain(|(_, bytes)| bytes.len() <= LARGEST);
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
    for (name, whole) in small_files() {
        for seed in 1..=VARIANTS {
            let bytes = damaged(&whole, &mut Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
            match (FORMAT.decode)(&bytes, &Limits::default()) {
                Ok(decoded) => {
                    opened += 1;
                    assert!(!hides_a_panic(&decoded.warnings), "{name} seed {seed}");
                }
                Err(Refusal::Unusable(problem)) => {
                    refused += 1;
                    assert!(!hides_a_panic(&[problem]), "{name} seed {seed}");
                }
                Err(_) => refused += 1,
            }
        }
    }
    assert!(opened > 0 && refused > 0, "the damage must matter, and not always");
    eprintln!("{opened} damaged files opened, {refused} refused");
}
