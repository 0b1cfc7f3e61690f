//! `talktest check-config`: every mistake of a settings file and of the files it names, and what
//! the settings come to.

use super::args::CheckConfigArguments;
use super::failure::Failure;
use super::output;
use super::output::name;
use super::settings::{sentence, warn_of_side_files};
use crate::activity::HeartRateSensor;
use crate::athlete::{AnchorEvidence, Sensor, thresholds};
use crate::audit::wording::plain;
use crate::folder_settings::{FolderSettings, SETTINGS_FILE};
use crate::history::HistoryAnchors;
use crate::settings::Athlete;

pub fn run(arguments: &CheckConfigArguments) -> Result<(), Failure> {
    let mut file = arguments.file.clone();
    if file.is_dir() {
        file.push(SETTINGS_FILE);
    }
    let loaded =
        FolderSettings::load(Some(&file), std::slice::from_ref(&file)).map_err(sentence)?;
    warn_of_side_files(&loaded);
    let FolderSettings { settings, own_files, .. } = loaded;
    let beside = own_files.iter().filter(|own| **own != file);
    let beside: Vec<String> = beside.map(|file| format!(", {}", name(file))).collect();
    let sound = if beside.is_empty() { "is sound" } else { "are sound" };
    let athletes: String =
        settings.athletes.iter().map(|athlete| lines_of(athlete) + "\n").collect();
    output::print(&format!("{}{} {sound}.\n{athletes}", name(&file), beside.concat()))
}

/// What an athlete is judged by as of the newest entry, from the settings alone.
fn lines_of(athlete: &Athlete) -> String {
    let newest = athlete.heart_rate.last().and_then(|entry| entry.from);
    let day = newest.unwrap_or_else(|| chrono::Local::now().date_naive());
    let evidence = AnchorEvidence::ingest(athlete, day, &HistoryAnchors::default());
    let sensor = Sensor::of(HeartRateSensor::default(), athlete.sensor);
    let who = &athlete.name;
    let lines = thresholds(&evidence, sensor, 0.0);
    if lines.nothing_known() {
        return format!(
            "{who}: no heart rate of yours is stated, so it has to come from the files"
        );
    }
    let [ceiling, moderate, hard] =
        [lines.ceiling, lines.moderate, lines.hard].map(|line| plain(line.get(), 1));
    let guess = if lines.guessed { ", which is an estimate" } else { "" };
    format!(
        "{who}: ceiling {ceiling}, moderate {moderate}, hard {hard}, from {}{guess}",
        lines.model.title()
    )
}
