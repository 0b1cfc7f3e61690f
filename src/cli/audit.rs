//! `talktest audit`: the main job.

use super::args::{AuditArguments, Progress};
use super::report::Folder;
use super::{Failure, gather, inputs, present, settings};

pub fn run(arguments: &AuditArguments) -> Result<(), Failure> {
    let AuditArguments { inputs, review: asked } = arguments;
    let paths = inputs::paths(inputs)?;
    let loaded = settings::load(&asked.common, &paths, asked.quiet)?;
    let selection = present::selection(asked, &loaded.settings)?;
    let mut walk = inputs::walk(&paths, &loaded)?;
    let folder = asked.report.as_deref().map(Folder::open).transpose()?;
    if let Some(folder) = &folder {
        folder.leave_out_of(&mut walk);
    }
    let show_progress = inputs.progress == Progress::Auto && !asked.quiet;
    let athlete = asked.athlete.as_deref();
    let threads = inputs::threads(inputs)?;
    let review = threads.install(|| {
        let gathered = gather::gather(walk, &loaded.settings, athlete, show_progress);
        present::review(gathered, &loaded, &selection, folder.as_ref())
    })?;
    present::write(&review, &loaded, asked)?;
    if let Some(folder) = &folder {
        threads.install(|| present::report(&review, &loaded, asked, folder))?;
    }
    present::conditions(&review, &asked.fail_on)
}
