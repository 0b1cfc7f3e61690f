//! Ctrl-C and the system's wish to end: the job stops at the next file and keeps what is done. What
//! cannot stop by itself in time, such as a read from a disk that does not answer, is ended.
//!
//! `signal-hook` because a handler of our own would need unsafe code.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::output;

/// How often somebody looks whether the job is to end.
const LISTENS_EVERY: Duration = Duration::from_millis(100);
/// How long a job may take to end by itself: with that it ends within two seconds.
const PATIENCE: Duration = Duration::from_millis(1600);

/// Whether somebody wants the job to end.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicUsize>);

impl Stop {
    /// Listens from now on; the second wish ends the process at once.
    pub fn listen() -> std::io::Result<Self> {
        let stop = Self::default();
        let again = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&again))?;
            flag::register(signal, Arc::clone(&again))?;
            flag::register_usize(signal, Arc::clone(&stop.0), 128 + signal as usize)?;
        }
        let watched = stop.clone();
        std::thread::Builder::new().name("stop".to_owned()).spawn(move || watched.end_in_time())?;
        Ok(stop)
    }

    /// Ends the process where it has not ended by itself soon after somebody wished it.
    #[allow(clippy::exit, reason = "whatever does not end by itself is ended here")]
    fn end_in_time(&self) {
        let code = loop {
            match self.code() {
                Some(code) => break code,
                None => std::thread::sleep(LISTENS_EVERY),
            }
        };
        std::thread::sleep(PATIENCE);
        output::warn("Stopped. What was read so far and is in the logbook is used again.");
        std::process::exit(i32::from(code));
    }

    /// Whether nobody wants it yet.
    pub fn goes_on(&self) -> bool {
        self.code().is_none()
    }

    /// The exit code of a job that was stopped.
    pub fn code(&self) -> Option<u8> {
        let code = self.0.load(Ordering::Relaxed);
        (code != 0).then_some(code as u8)
    }
}
