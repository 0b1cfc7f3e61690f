//! Ctrl-C and the system's wish to end: the job stops at the next file and keeps what is done.
//!
//! `signal-hook` because a handler of our own would need unsafe code.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

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
        Ok(stop)
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
