//! What belongs to a folder of runs beside the runs: the settings file, the plan and the notes that
//! it names, and those that lie there.
//!
//! Files that the settings name lie relative to the settings file.

mod base_name;
mod error;
mod hashed_files;
mod new_note;
mod note_edit;
mod plan_and_notes;
mod text_files;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::audit::limit_catalogue;
use crate::review::PlanAndNotes;
use crate::settings::{Settings, SideFileProblem, parse};

pub use self::error::{FileError, FileErrorKind};
pub use self::hashed_files::HashedFiles;
pub use self::new_note::{NewNote, note_about};
pub use self::note_edit::{Cell, Edited};
pub use self::plan_and_notes::notes_file;
#[cfg(feature = "files")]
pub use self::text_files::OnDisk;
pub use self::text_files::TextFiles;

use self::plan_and_notes::PlansAndNotes;

/// The name of the settings file.
pub const SETTINGS_FILE: &str = "talktest.toml";

/// Settings with the file they come from and what lies beside it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FolderSettings {
    /// The settings.
    pub settings: Settings,
    /// Plan and notes by athlete.
    pub plans_and_notes: BTreeMap<String, PlanAndNotes>,
    /// The file they come from; `None` where they are the defaults.
    pub file: Option<PathBuf>,
    /// Settings, plans and notes that were read: none of them is a run.
    pub own_files: Vec<PathBuf>,
    /// What was left out of plans and notes, by file.
    pub warnings: Vec<(PathBuf, SideFileProblem)>,
}

impl FolderSettings {
    /// Reads this settings file, or takes the defaults without one, and the plan and notes of every
    /// athlete: those that it names, else those of the usual names in the folders of these paths.
    ///
    /// # Errors
    /// Where one of these files cannot be read or has mistakes.
    #[cfg(feature = "files")]
    pub fn load(file: Option<&Path>, paths: &[PathBuf]) -> Result<Self, FileError> {
        Self::load_from(&OnDisk, file, paths)
    }

    /// As [`FolderSettings::load`], wherever the files are.
    ///
    /// # Errors
    /// Where one of these files cannot be read or has mistakes.
    pub fn load_from(
        files: &dyn TextFiles,
        file: Option<&Path>,
        paths: &[PathBuf],
    ) -> Result<Self, FileError> {
        let read = |file| settings_from(files, file);
        let settings = file.map_or_else(|| Ok(Settings::default()), read)?;
        let folder = file.and_then(Path::parent).unwrap_or(Path::new(""));
        let PlansAndNotes { of_athlete: plans_and_notes, files: mut own_files, warnings } =
            plan_and_notes::read(files, &settings, folder, &folders(files, paths))?;
        let file = file.map(Path::to_owned);
        own_files.extend(file.clone());
        Ok(Self { settings, plans_and_notes, file, own_files, warnings })
    }
}

/// The settings file in the folders of these paths.
#[cfg(feature = "files")]
pub fn find_settings(paths: &[PathBuf]) -> Option<PathBuf> {
    folders(&OnDisk, paths)
        .into_iter()
        .map(|folder| folder.join(SETTINGS_FILE))
        .find(|file| file.is_file())
}

/// The paths that are folders, and the folders that the others lie in, each once.
fn folders(files: &dyn TextFiles, paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = Vec::new();
    for path in paths {
        let folder =
            if files.is_folder(path) { path.as_path() } else { path.parent().unwrap_or(path) };
        if !folders.iter().any(|known| known == folder) {
            folders.push(folder.to_owned());
        }
    }
    folders
}

/// Reads one settings file.
///
/// # Errors
/// Where it cannot be read, or with all its mistakes at once.
#[cfg(feature = "files")]
pub fn read_settings(file: &Path) -> Result<Settings, FileError> {
    settings_from(&OnDisk, file)
}

fn settings_from(files: &dyn TextFiles, file: &Path) -> Result<Settings, FileError> {
    let bytes = files.read(file).map_err(|error| FileError::unreadable(file, error))?;
    let text = String::from_utf8(bytes).map_err(|_| FileError::of(file, FileErrorKind::NotUtf8))?;
    parse(&text, &limit_catalogue()).map_err(|mistakes| FileError::mistakes(file, &mistakes))
}

#[cfg(all(test, feature = "files"))]
#[allow(clippy::disallowed_methods, reason = "the files of these tests lie on the disk")]
mod tests {
    use super::*;

    #[test]
    fn notes_beside_the_runs_are_found_without_settings() {
        let folder = tempfile::tempdir().unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("notes.csv", "date,rpe\n2026-05-01,2\n");
        write("labels.csv", "shopping,price\n");
        let paths = [folder.path().to_owned()];
        let loaded = FolderSettings::load(None, &paths).unwrap();
        let notes: Vec<_> =
            loaded.plans_and_notes.values().flat_map(|files| &files.notes).collect();
        assert_eq!((notes.len(), notes[0].rows.len()), (1, 1));
        assert_eq!(loaded.own_files, [folder.path().join("notes.csv")]);
        assert_eq!(find_settings(&paths), None);
        write(SETTINGS_FILE, "[athlete]\nname = 3\nbirth_yaer = 1980\n");
        let file = find_settings(&paths).unwrap();
        let error = FolderSettings::load(Some(&file), &paths).unwrap_err();
        let FileErrorKind::Mistakes(mistakes) = error.kind else { panic!("{error}") };
        assert_eq!(mistakes.len(), 2, "{mistakes:?}");
    }

    #[test]
    fn every_file_with_mistakes_is_named_at_once() {
        let files: BTreeMap<PathBuf, Vec<u8>> = [
            ("plan.csv", "date,label\n4 May,recovery\n"),
            ("notes.csv", "date,rpe\n2026-05-01,12\n"),
            ("labels.csv", "date,label\n2026-05-01,easy\n"),
        ]
        .map(|(path, text)| (path.into(), text.as_bytes().to_vec()))
        .into();
        let error = FolderSettings::load_from(&files, None, &[PathBuf::new()]).unwrap_err();
        let said = error.to_string();
        assert!(said.starts_with("plan.csv has one mistake:\n  line 2: date:"), "{said}");
        assert!(said.contains("\nnotes.csv has one mistake:\n  line 2: rpe:"), "{said}");
        assert!(!said.contains("labels.csv"), "{said}");
        let settings = b"[athlete]\nplan = { file = \"p.csv\" }\n".to_vec();
        let mut files = files;
        files.insert("talktest.toml".into(), settings);
        let settings = Some(Path::new("talktest.toml"));
        let error = FolderSettings::load_from(&files, settings, &[PathBuf::new()]).unwrap_err();
        let said = error.to_string();
        assert!(said.starts_with("p.csv does not exist\nnotes.csv has one mistake:"), "{said}");
    }
}
