//! `talktest init`: a settings file to start from.

use std::io::Write;

use anyhow::{Context, bail};

use super::args::InitArguments;
use super::failure::Failure;
use super::output;
use super::output::name;
use crate::audit::limit_catalogue;
use crate::folder_settings::SETTINGS_FILE;
use crate::settings::template;

pub fn run(arguments: &InitArguments) -> Result<(), Failure> {
    let file = arguments.folder.join(SETTINGS_FILE);
    write(arguments)?;
    output::print(&format!(
        "Wrote {}. Everything in it is optional; its comments say what each line does.\n",
        name(&file)
    ))
}

fn write(arguments: &InitArguments) -> Result<(), Failure> {
    let file = arguments.folder.join(SETTINGS_FILE);
    let folder = &arguments.folder;
    let check = || {
        if !folder.is_dir() {
            bail!("{} is not a folder", name(folder));
        }
        if file.exists() && !arguments.force {
            bail!("{} is already there; --force replaces it", name(&file));
        }
        Ok(())
    };
    check()?;
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(template(&limit_catalogue()).as_bytes())?;
    let done = if arguments.force { new.persist(&file) } else { new.persist_noclobber(&file) };
    done.context("the file could not be put in place")
        .map_err(|error| Failure::Output(std::io::Error::other(format!("{error:#}"))))?;
    Ok(())
}
