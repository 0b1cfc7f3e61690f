//! One file's bytes in, a verdict out: `cargo run --example judge_one_file -- run.fit`.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program may read files and print; the library does neither"
)]

use std::collections::BTreeMap;
use std::error::Error;

use talktest::audit::limit_catalogue;
use talktest::decode::Limits;
use talktest::ingest::{Owned, ingest, read};
use talktest::review::{NoCache, Selection, review};
use talktest::settings::parse;

/// What the file does not know of its runner; every key of `talktest.toml` may stand here.
const SETTINGS: &str = "
    [[athlete.heart_rate]]
    max = 190
    max_source = 'tested'
    resting = 50
";
const EXAMPLE: &str = "fixtures/season/2026-04-01_recovery_30min.fit";

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| EXAMPLE.to_owned());
    let bytes = std::fs::read(&path)?;
    let settings = parse(SETTINGS, &limit_catalogue()).map_err(|errors| errors[0].to_string())?;

    // Bytes → rows. A file that cannot be read is a problem in the review, not an error here.
    let reading = read(path, &bytes, None, &Limits::default());
    let file = Owned { reading, owner: Ok("me".to_owned()) };
    let ingested = ingest(vec![file], Vec::new(), None);

    // Rows → verdicts: every run, as if it were labelled recovery. More files would be its history.
    let selection = Selection { as_recovery: true, ..Selection::default() };
    let review = review(ingested, &settings, &BTreeMap::new(), &selection, &NoCache)?;

    for problem in &review.problems {
        println!("{}: {}", problem.path, problem.problem);
    }
    for run in &review.runs {
        let Some(audit) = &run.audit else { continue };
        println!("{}: {}. {}", run.id, audit.ruling.verdict.title(), audit.ruling.because);
        for finding in &audit.findings {
            println!("  {}: {:?}", finding.criterion, finding.result());
        }
    }
    Ok(())
}
