//! `talktest audit`: the main job.

use super::args::{AuditArguments, Progress};
use super::{Failure, gather, inputs, present, settings};

pub fn run(arguments: &AuditArguments) -> Result<(), Failure> {
    let AuditArguments { inputs, review: asked } = arguments;
    let paths = inputs::paths(inputs)?;
    let loaded = settings::load(&asked.common, &paths, asked.quiet)?;
    let selection = present::selection(asked, &loaded.settings)?;
    let walk = inputs::walk(&paths, &loaded)?;
    let show_progress = inputs.progress == Progress::Auto && !asked.quiet;
    let athlete = asked.athlete.as_deref();
    let review = inputs::threads(inputs)?.install(|| {
        let gathered = gather::gather(walk, &loaded.settings, athlete, show_progress);
        present::review(gathered, &loaded, &selection)
    })?;
    present::write(&review, &loaded, asked)?;
    present::conditions(&review, &asked.fail_on)
}
