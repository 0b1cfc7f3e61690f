//! What becomes of a report when the disk fails while it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{HEAD, MANIFEST, ReportFolder, listed};
use crate::cli::failure::Failure;
use crate::decode::Limits;
use crate::files::testing::FailingDisk;
use crate::files::{Disk, FileSystem};
use crate::ingest::{Owned, ingest, read};
use crate::report::html::{INDEX, Site};
use crate::review::{NoCache, Review, Selection, review};
use crate::settings::{Settings, UnitSystem};

/// A review of these files of the season.
fn review_of(names: &[&str]) -> Review {
    let settings = Settings::default();
    let season = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/season");
    let reading = |name: &&str| {
        let bytes = std::fs::read(Path::new(season).join(name)).unwrap();
        read((*name).to_owned(), &bytes, None, &Limits::default())
    };
    let owned = names.iter().map(reading).map(|reading| Owned::by_folder(reading, &settings));
    let ingested = ingest(owned.collect(), Vec::new(), None);
    review(ingested, &settings, &BTreeMap::new(), &Selection::default(), &NoCache).unwrap()
}

fn write(disk: &dyn FileSystem, folder: &Path, review: &Review) -> Result<(), Failure> {
    ReportFolder::open(folder)?.write(disk, &Site::of(review, UnitSystem::Metric))
}

/// Every file of a report by its path in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let named = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    files.map(|entry| (named(entry.path()), std::fs::read(entry.path()).unwrap())).collect()
}

struct Reports {
    old: BTreeMap<String, Vec<u8>>,
    new: BTreeMap<String, Vec<u8>>,
}

impl Reports {
    /// Whatever the disk did: every file is as it was or as it shall be, every page that the index
    /// leads to is there, and the list names all that lie there.
    fn check(&self, now: &BTreeMap<String, Vec<u8>>, step: usize) {
        let manifest = String::from_utf8(now[MANIFEST].clone()).unwrap();
        assert!(manifest.starts_with(HEAD), "step {step}");
        let listed = listed(&manifest);
        for (name, bytes) in now.iter().filter(|(name, _)| *name != MANIFEST) {
            let is_old = self.old.get(name) == Some(bytes);
            assert!(is_old || self.new.get(name) == Some(bytes), "step {step}: {name} is neither");
            assert!(listed.contains(name), "step {step}: {name} is not listed");
        }
        let shown = if now[INDEX] == self.old[INDEX] { &self.old } else { &self.new };
        let missing: BTreeSet<&String> =
            shown.keys().filter(|name| !now.contains_key(*name)).collect();
        assert!(missing.is_empty(), "step {step}: {missing:?}");
    }
}

/// How many steps a report takes of which each fails once in its turn.
fn steps_that_fail(failing: fn(usize) -> FailingDisk) -> usize {
    let before = review_of(&["2026-04-01_recovery_30min.fit", "2026-04-20_recovery.fit"]);
    let after = review_of(&["2026-04-20_recovery.fit", "2026-05-06_recovery_30min.fit"]);
    let scratch = tempfile::tempdir().unwrap();
    let report = |name: &str, review: &Review| {
        let folder = scratch.path().join(name);
        write(&Disk, &folder, review).unwrap();
        folder
    };
    let old = files(&report("old", &before));
    let reports = Reports { old, new: files(&report("new", &after)) };
    for step in 0.. {
        let folder = report(&format!("at-{step}"), &before);
        let disk = failing(step);
        let written = write(&disk, &folder, &after);
        reports.check(&files(&folder), step);
        if !disk.has_failed() {
            written.unwrap();
            assert_eq!(files(&folder), reports.new);
            return step;
        }
        // Which ends the command with 74.
        assert!(matches!(written, Err(Failure::Output(_))), "step {step}: {written:?}");
        write(&Disk, &folder, &after).unwrap();
        assert_eq!(files(&folder), reports.new, "step {step}, and then again");
    }
    0
}

#[test]
fn a_disk_that_fails_once_leaves_the_old_report_whole() {
    // Two pages of runs, the index, and the list twice, six steps each; a page that goes, and folders.
    assert!(steps_that_fail(FailingDisk::once) >= 30);
}

#[test]
fn a_disk_that_gets_full_leaves_the_old_report_whole() {
    assert!(steps_that_fail(FailingDisk::from) >= 30);
}
