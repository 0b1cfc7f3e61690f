//! Whether there is memory for a file: what is asked for and refused while it is decoded would end
//! the whole job.

use crate::decode::Problem;
use crate::unpack::no_memory;

/// What decoding, measuring and keeping a file may take for each of its bytes: the shortest
/// activities take the most.
const TIMES_ITS_BYTES: usize = 64;
/// No file takes more, whatever it holds.
const MOST_OF_A_FILE: usize = 400 << 20;
/// Files of a few kilobytes take no more than what every job takes anyway.
const SHORT: usize = 64 << 10;

/// Asks the system for as much as a file of so many bytes may take, and gives it back.
///
/// # Errors
/// Where it is refused.
pub(super) fn check_memory(bytes: usize) -> Result<(), Problem> {
    let most = bytes.saturating_mul(TIMES_ITS_BYTES).min(MOST_OF_A_FILE);
    if bytes <= SHORT || is_granted(most) { Ok(()) } else { Err(no_memory()) }
}

fn is_granted(bytes: usize) -> bool {
    let mut asked = Vec::<u8>::new();
    let is_granted = asked.try_reserve_exact(bytes).is_ok();
    // What is never used would be left out by the compiler.
    std::hint::black_box(&asked);
    is_granted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_system_has_is_refused() {
        assert!(is_granted(1 << 20));
        assert!(!is_granted(isize::MAX as usize));
    }
}
