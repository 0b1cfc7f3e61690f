//! What is wrong with a side file: all of it is found before any of it is said.

use std::cell::RefCell;

use super::SideFileProblem;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Problems {
    errors: RefCell<Vec<SideFileProblem>>,
    warnings: RefCell<Vec<SideFileProblem>>,
}

impl Problems {
    pub(super) fn error(&self, line: usize, column: &str, problem: String) {
        let column = column.to_owned();
        self.errors.borrow_mut().push(SideFileProblem { line, column, problem });
    }

    pub(super) fn warning(&self, line: usize, column: &str, problem: String) {
        let column = column.to_owned();
        self.warnings.borrow_mut().push(SideFileProblem { line, column, problem });
    }

    /// The warnings, unless there is an error.
    pub(super) fn into_warnings(self) -> Result<Vec<SideFileProblem>, Vec<SideFileProblem>> {
        let errors = self.errors.into_inner();
        if errors.is_empty() { Ok(self.warnings.into_inner()) } else { Err(errors) }
    }
}
