//! What is wrong with a side file: all of it is found before any of it is said.

use std::cell::RefCell;
use std::fmt;

/// One thing about a side file that its owner should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideFileProblem {
    /// The line, from 1.
    pub line: usize,
    /// The name of the column; empty where the whole line is meant.
    pub column: String,
    /// One plain sentence with the value, what is allowed and what to do.
    pub problem: String,
}

impl fmt::Display for SideFileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        if !self.column.is_empty() {
            write!(f, "{}: ", self.column)?;
        }
        f.write_str(&self.problem)
    }
}

impl std::error::Error for SideFileProblem {}

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct SideFileProblems {
    errors: RefCell<Vec<SideFileProblem>>,
    warnings: RefCell<Vec<SideFileProblem>>,
}

impl SideFileProblems {
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
        let mut errors = self.errors.into_inner();
        errors.sort_by_key(|error| error.line);
        if errors.is_empty() { Ok(self.warnings.into_inner()) } else { Err(errors) }
    }
}
