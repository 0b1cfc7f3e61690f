//! Rows on their way to standard output, in the form that was asked for.

use std::ops::ControlFlow;

#[cfg(feature = "columnar")]
use arrow_array::RecordBatch;
use rayon::prelude::*;

use super::args::{MeasureArguments, RowFormat};
use super::failure::Failure;
use super::output::LineWriter;
#[cfg(feature = "columnar")]
use crate::columns::{ColumnFormat, ColumnWriter};
use crate::ingest::{FileOutcome, FileProblem, FileReading, Owned};
use crate::report::sanitize::escaped;
use crate::rows;
#[cfg(feature = "columnar")]
use crate::rows::TableForm;

/// The form in which rows leave; they take it on all cores.
pub enum RowForm {
    Ndjson,
    #[cfg(feature = "columnar")]
    Table(TableForm, ColumnFormat),
}

/// Rows in their form.
pub enum FormedRows {
    Lines(Vec<String>),
    #[cfg(feature = "columnar")]
    Batches(Vec<RecordBatch>),
}

#[cfg_attr(
    not(feature = "columnar"),
    allow(clippy::unnecessary_wraps, reason = "lines cannot fail, tables can")
)]
impl RowForm {
    /// The form that was asked for.
    #[cfg(not(feature = "columnar"))]
    pub fn of(arguments: &MeasureArguments) -> anyhow::Result<Self> {
        match arguments.format {
            RowFormat::Ndjson => Ok(Self::Ndjson),
        }
    }

    /// The form that was asked for.
    #[cfg(feature = "columnar")]
    pub fn of(arguments: &MeasureArguments) -> anyhow::Result<Self> {
        let format = match arguments.format {
            RowFormat::Ndjson if arguments.channels => {
                anyhow::bail!("--channels are columns: they need --format arrow or parquet")
            }
            RowFormat::Ndjson => return Ok(Self::Ndjson),
            RowFormat::Arrow => ColumnFormat::Arrow,
            RowFormat::Parquet => ColumnFormat::Parquet,
        };
        Ok(Self::Table(TableForm::new(arguments.channels)?, format))
    }

    /// The rows of these files, in their order.
    pub fn files(&self, files: &[Owned]) -> anyhow::Result<FormedRows> {
        match self {
            Self::Ndjson => {
                let lines = files.par_iter().flat_map_iter(rows::lines);
                Ok(FormedRows::Lines(lines.map(|line| escaped(&line)).collect()))
            }
            #[cfg(feature = "columnar")]
            Self::Table(form, _) => Ok(FormedRows::Batches(form.files(files)?)),
        }
    }

    /// The rows of places that could not be entered.
    pub fn inaccessible(&self, places: &[FileProblem]) -> anyhow::Result<FormedRows> {
        match self {
            Self::Ndjson => {
                let lines = places.iter().map(|place| escaped(&rows::closed_line(place)));
                Ok(FormedRows::Lines(lines.collect()))
            }
            #[cfg(feature = "columnar")]
            Self::Table(form, _) => Ok(FormedRows::Batches(form.inaccessible(places)?)),
        }
    }
}

/// Nobody asked for the shape of the route, which tells more than figures do.
pub fn leave_out_route(reading: &mut FileReading) {
    if let FileOutcome::Sessions(sessions) = &mut reading.outcome {
        sessions.rows.iter_mut().for_each(|row| row.route_shape = None);
    }
}

/// Takes formed rows to standard output.
pub struct RowWriter {
    out: LineWriter,
    #[cfg(feature = "columnar")]
    columns: Option<ColumnWriter>,
}

impl RowWriter {
    /// Takes standard output for itself.
    #[cfg_attr(not(feature = "columnar"), allow(unused_variables, clippy::unnecessary_wraps))]
    pub fn new(form: &RowForm) -> anyhow::Result<Self> {
        Ok(Self {
            out: LineWriter::new(),
            #[cfg(feature = "columnar")]
            columns: match form {
                RowForm::Ndjson => None,
                RowForm::Table(form, format) => Some(ColumnWriter::new(*format, form.schema())?),
            },
        })
    }

    /// Writes these rows; breaks where nobody reads them any more.
    pub fn write(&mut self, rows: &FormedRows) -> Result<ControlFlow<()>, Failure> {
        match rows {
            FormedRows::Lines(lines) => self.out.write(lines),
            #[cfg(feature = "columnar")]
            FormedRows::Batches(batches) => {
                let Some(columns) = &mut self.columns else { return Ok(ControlFlow::Continue(())) };
                for batch in batches {
                    let bytes = columns.write(batch).map_err(anyhow::Error::from)?;
                    if self.out.write_bytes(&bytes)?.is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                Ok(ControlFlow::Continue(()))
            }
        }
    }

    /// Writes what ends the rows.
    #[cfg_attr(not(feature = "columnar"), allow(clippy::unused_self, clippy::unnecessary_wraps))]
    pub fn finish(self) -> Result<(), Failure> {
        #[cfg(feature = "columnar")]
        if let Some(columns) = self.columns {
            let mut out = self.out;
            let bytes = columns.finish().map_err(anyhow::Error::from)?;
            return out.write_bytes(&bytes).map(|_| ());
        }
        Ok(())
    }
}
