//! Work on all cores where there are threads, and one after the other where there are none: the
//! same calls, in the same order, with the same result.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is shared between threads. Whoever panicked while holding it left it whole: every change of what
/// is locked so is one step.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What makes lists parallel.
pub(crate) mod prelude {
    #[cfg(feature = "files")]
    pub(crate) use rayon::prelude::*;

    #[cfg(not(feature = "files"))]
    pub(crate) use super::sequential::*;
}

#[cfg(not(feature = "files"))]
mod sequential {
    use std::slice::{Iter, IterMut};

    pub(crate) trait IntoParallelIterator: IntoIterator + Sized {
        fn into_par_iter(self) -> Self::IntoIter {
            self.into_iter()
        }
    }

    impl<T: IntoIterator> IntoParallelIterator for T {}

    pub(crate) trait ParallelSlice<T> {
        fn par_iter(&self) -> Iter<'_, T>;
        fn par_iter_mut(&mut self) -> IterMut<'_, T>;
    }

    impl<T> ParallelSlice<T> for [T] {
        fn par_iter(&self) -> Iter<'_, T> {
            self.iter()
        }

        fn par_iter_mut(&mut self) -> IterMut<'_, T> {
            self.iter_mut()
        }
    }
}
