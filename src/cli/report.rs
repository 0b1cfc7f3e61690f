//! Writes the pages of a report: page by page, whole or not at all, and nobody else's files.
//!
//! A manifest lists every page that a report wrote. It grows before the pages do and shrinks after
//! them, so that at any moment it names all that may be removed; the index is written last, so that
//! a report that is cut short still shows the old season whole.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use rayon::prelude::*;

use super::atomic;
use super::failure::Failure;
use super::output::name;
use crate::files::FileSystem;
use crate::report::html::{FOLDER, INDEX, Page, Site, page_of_run};
use crate::review::Review;

/// The list of the pages, in the report's folder.
const MANIFEST: &str = ".talktest-report";
/// Its first line.
const HEAD: &str = "Pages written by talktest; those no longer needed are removed by this list.";
/// How names of pages begin while they are being written.
const UNFINISHED: &str = ".talktest-unfinished-";

/// A folder that a report may be written into.
pub struct ReportFolder {
    path: PathBuf,
    /// The pages that an earlier report wrote.
    old: BTreeSet<String>,
}

impl ReportFolder {
    /// Checks whether a report may be written here, before any work is done.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let old = match fs::read_dir(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => BTreeSet::new(),
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                return Err(anyhow!("{} is a file; --report names a folder", name(path)).into());
            }
            Err(error) => return Err(at(path, &error)),
            Ok(mut entries) => match manifest(&path.join(MANIFEST)) {
                Some(pages) => pages,
                None if entries.next().is_none() => BTreeSet::new(),
                None => return Err(foreign(path)),
            },
        };
        let runs = path.join(FOLDER);
        match fs::symlink_metadata(&runs) {
            Ok(found) if !found.is_dir() => Err(foreign(&runs)),
            _ => Ok(Self { path: path.to_owned(), old }),
        }
    }

    /// The files of an earlier report: in a folder that is read they are none of the runner's.
    pub fn pages(&self) -> Vec<PathBuf> {
        let pages = self.old.iter().map(String::as_str).chain([MANIFEST]);
        let within = |folder: PathBuf| pages.map(|page| folder.join(page)).collect();
        self.path.canonicalize().map_or_else(|_| Vec::new(), within)
    }

    /// Marks every run that the last report did not have, if there was one.
    pub fn mark_changes(&self, review: &mut Review) {
        if self.old.is_empty() {
            return;
        }
        for run in &mut review.runs {
            run.is_new = Some(!self.old.contains(&page_of_run(run)));
        }
    }

    /// Writes what has changed, and removes pages that are no longer part of the report.
    pub fn write(&self, disk: &dyn FileSystem, site: &Site) -> Result<(), Failure> {
        let pages = site.pages();
        let new: BTreeSet<String> = pages.iter().map(|page| page.path.clone()).collect();
        let runs = self.path.join(FOLDER);
        disk.create_folder(&runs).map_err(|error| at(&runs, &error))?;
        self.remove_unfinished(disk);
        self.list(disk, &self.old.union(&new).cloned().collect())?;
        let (last, others) = pages.split_last().ok_or_else(|| anyhow!("a report has pages"))?;
        others.par_iter().try_for_each(|page| self.page(disk, site, page))?;
        self.page(disk, site, last)?;
        self.remove(disk, self.old.difference(&new))?;
        self.list(disk, &new)
    }

    /// The page to begin with.
    pub fn index(&self) -> PathBuf {
        self.path.join(INDEX)
    }

    fn page(&self, disk: &dyn FileSystem, site: &Site, page: &Page) -> Result<(), Failure> {
        let text = site.render(page).map_err(anyhow::Error::from)?;
        self.put(disk, &page.path, text.as_bytes())
    }

    fn list(&self, disk: &dyn FileSystem, pages: &BTreeSet<String>) -> Result<(), Failure> {
        let lines: String = pages.iter().map(|page| format!("{page}\n")).collect();
        self.put(disk, MANIFEST, format!("{HEAD}\n{lines}").as_bytes())
    }

    /// Writes a file beside its place and moves it there, unless it is there already.
    fn put(&self, disk: &dyn FileSystem, page: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.path.join(page);
        if is_file(&path) && fs::read(&path).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        atomic::replace_by(disk, &path, bytes, UNFINISHED).map_err(|error| at(&path, &error))
    }

    /// Removes pages for good, so that the list may forget them.
    fn remove<'a>(
        &self,
        disk: &dyn FileSystem,
        pages: impl Iterator<Item = &'a String>,
    ) -> Result<(), Failure> {
        let paths: Vec<PathBuf> = pages.map(|page| self.path.join(page)).collect();
        for path in &paths {
            disk.remove(path).map_err(|error| at(path, &error))?;
        }
        let folders: BTreeSet<&Path> = paths.iter().filter_map(|path| path.parent()).collect();
        folders
            .into_iter()
            .try_for_each(|folder| disk.sync_folder(folder).map_err(|error| at(folder, &error)))
    }

    /// What a report that was cut short left half written.
    fn remove_unfinished(&self, disk: &dyn FileSystem) {
        for folder in [self.path.clone(), self.path.join(FOLDER)] {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            let unfinished =
                entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(UNFINISHED));
            // What cannot be removed does no harm: no page leads to it.
            unfinished.for_each(|entry| drop(disk.remove(&entry.path())));
        }
    }
}

/// The pages that the manifest here lists; `None` unless it is ours: a file, no link to one, that
/// begins with our line.
fn manifest(path: &Path) -> Option<BTreeSet<String>> {
    let text = is_file(path).then(|| fs::read_to_string(path).ok())??;
    (text.lines().next() == Some(HEAD)).then(|| listed(&text))
}

/// The pages of a manifest; a name that no report gives is not believed.
fn listed(manifest: &str) -> BTreeSet<String> {
    let pages = manifest.lines().skip(1).filter(|line| is_page(line));
    pages.map(str::to_owned).collect()
}

fn is_page(line: &str) -> bool {
    let page = line.strip_prefix(FOLDER).and_then(|rest| rest.strip_prefix('/')).unwrap_or(line);
    let stem = page.strip_suffix(".html").unwrap_or_default();
    let harmless = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    !stem.is_empty() && stem.chars().all(harmless)
}

fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
}

fn foreign(path: &Path) -> Failure {
    let sentence = format!(
        "{} holds other files and no report of talktest; name an empty or a new folder, so that nothing of yours is touched",
        name(path)
    );
    anyhow!(sentence).into()
}

fn at(path: &Path, error: &io::Error) -> Failure {
    Failure::Output(atomic::at(path, error))
}

#[cfg(test)]
mod write_faults;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_believed_only_in_names_of_pages() {
        let manifest = "head\nindex.html\nruns/2026-05-04t063000z-running_me.html\n../secret.html\n\
                        notes.csv\nruns/../a.html\nC:\\a.html\n.html\nruns/.html\n";
        let pages: Vec<String> = listed(manifest).into_iter().collect();
        assert_eq!(pages, ["index.html", "runs/2026-05-04t063000z-running_me.html"]);
    }
}
