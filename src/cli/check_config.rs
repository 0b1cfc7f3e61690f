//! `talktest check-config`: every mistake of a settings file at once.

use super::args::CheckConfigArguments;
use super::output::name;
use super::settings::{FILE, read};
use super::{Failure, output};

pub fn run(arguments: &CheckConfigArguments) -> Result<(), Failure> {
    let file =
        if arguments.file.is_dir() { arguments.file.join(FILE) } else { arguments.file.clone() };
    let settings = read(&file)?;
    let names: Vec<&str> = settings.athletes.iter().map(|athlete| athlete.name.as_str()).collect();
    output::print(&format!("{} is sound. Athletes: {}.\n", name(&file), names.join(", ")))
}
