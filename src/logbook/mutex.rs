//! Locking between threads.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// A thread that panicked while it held something left it whole: every change is one step.
pub(super) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
