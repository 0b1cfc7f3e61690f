//! `talktest measure --bytes-from arrow`: files whose bytes come as a table, because where they lie
//! is somebody else's business.

use std::io::Cursor;
use std::sync::Arc;

use rayon::prelude::*;

use super::args::{Common, MeasureArguments};
use super::failure::Failure;
use super::row_writer::{RowForm, RowWriter, leave_out_route};
use super::{inputs, output, settings};
use crate::columns::{ArrowStream, ByteFile, byte_files, pieces};
use crate::decode::{Problem, ProblemKind};
use crate::ingest::{FileReader, FileReading, NewReading, NoProgress, OpenFile, Owned, limits};
use crate::settings::Settings;
use crate::unpack::Turn;

pub fn run(
    arguments: &MeasureArguments,
    form: &RowForm,
    mut output: RowWriter,
) -> Result<(), Failure> {
    if output::is_typed() {
        return Err(
            anyhow::anyhow!("the bytes are read from standard input, as an Arrow stream").into()
        );
    }
    let common = Common { config: arguments.config.clone(), units: None };
    let loaded = settings::load(&common, &[], true)?;
    let threads = inputs::threads(&arguments.inputs)?;
    let batches = ArrowStream::new(std::io::stdin().lock()).flat_map(pieces);
    for piece in batches {
        let files = piece.and_then(|piece| byte_files(&piece));
        let files = files.map_err(|why| anyhow::anyhow!("standard input: {why}"))?;
        let rows = threads.install(|| {
            let mut measured = measured(files, &loaded.settings);
            if !arguments.with_map {
                measured.iter_mut().for_each(|file| leave_out_route(&mut file.reading));
            }
            form.files(&measured)
        });
        if output.write(&rows?)?.is_break() {
            return Ok(());
        }
    }
    output.finish()
}

/// What became of these files, in their order.
fn measured(files: Vec<ByteFile>, settings: &Settings) -> Vec<Owned> {
    let tried: Vec<_> =
        files.into_par_iter().map(|file| (read(&file, Turn::Shared, settings), file)).collect();
    let files = tried.into_iter().flat_map(|(readings, file)| {
        // Only one large file is held at a time.
        let readings = readings.or_else(|| read(&file, Turn::Alone, settings)).unwrap_or_default();
        readings.into_iter().map(move |reading| owned(reading, file.athlete.clone(), settings))
    });
    files.collect()
}

/// Whose a file is: the table knows better than the settings.
fn owned(reading: FileReading, athlete: Option<String>, settings: &Settings) -> Owned {
    match athlete {
        Some(name) => Owned { reading, owner: Ok(name) },
        None => Owned::by_folder(reading, settings),
    }
}

/// Everything in a file; `None` where it is too large for a turn that is shared.
fn read(file: &ByteFile, turn: Turn, settings: &Settings) -> Option<Vec<FileReading>> {
    let ByteFile { name, bytes, .. } = file;
    let Some(bytes) = bytes else {
        let problem = Problem::new(ProblemKind::Unreadable, "there are no bytes of it");
        return Some(vec![FileReading::failed(name.clone(), problem)]);
    };
    let reader = FileReader {
        limits: &limits(&settings.reading),
        is_asked: &|_| true,
        known: &|_, _| None,
        put_away: &|_| {},
        progress: &NoProgress,
        goes_on: &|| true,
    };
    let open = OpenFile {
        name,
        bytes: Cursor::new(Arc::clone(bytes)),
        size: bytes.len() as u64,
        turn,
        beside: &|_| None,
        known: &|_| None,
    };
    let readings = reader.read(open)?.readings;
    Some(readings.into_iter().map(|NewReading { reading, .. }| reading).collect())
}
