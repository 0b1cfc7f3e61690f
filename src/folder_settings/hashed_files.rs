//! Text files with a hash over everything that was asked of them.

use std::io;
use std::path::Path;
use std::sync::Mutex;

use xxhash_rust::xxh3::Xxh3;

use super::text_files::TextFiles;
use crate::parallel::held;

/// Files that keep a hash over every question and its answer: whoever asks the same and hears the
/// same comes to the same settings.
pub struct HashedFiles<'a> {
    files: &'a dyn TextFiles,
    hash: Mutex<Xxh3>,
}

impl<'a> HashedFiles<'a> {
    /// These files, before the first question.
    pub fn of(files: &'a dyn TextFiles) -> Self {
        Self { files, hash: Mutex::new(Xxh3::new()) }
    }

    /// The hash over all questions so far.
    pub fn hash(&self) -> u128 {
        held(&self.hash).digest128()
    }

    /// Every part with its length, so that none can run into the next.
    fn add(&self, question: &str, path: &Path, answer: &[u8]) {
        let mut hash = held(&self.hash);
        for part in [question.as_bytes(), path.as_os_str().as_encoded_bytes(), answer] {
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
}

impl TextFiles for HashedFiles<'_> {
    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        let read = self.files.read(file);
        match &read {
            Ok(bytes) => self.add("read", file, bytes),
            Err(error) => self.add("cannot read", file, error.to_string().as_bytes()),
        }
        read
    }

    fn exists(&self, path: &Path) -> bool {
        let exists = self.files.exists(path);
        self.add("exists", path, &[u8::from(exists)]);
        exists
    }

    fn is_folder(&self, path: &Path) -> bool {
        let is_folder = self.files.is_folder(path);
        self.add("is folder", path, &[u8::from(is_folder)]);
        is_folder
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use super::*;
    use crate::folder_settings::FolderSettings;

    /// The hash of what is asked while settings, plan and notes are loaded.
    fn loaded(files: &[(&str, &str)]) -> u128 {
        let files: BTreeMap<PathBuf, Vec<u8>> =
            files.iter().map(|(path, text)| (path.into(), text.as_bytes().to_vec())).collect();
        let hashed = HashedFiles::of(&files);
        let settings = Path::new("talktest.toml");
        FolderSettings::load_from(&hashed, Some(settings), &[PathBuf::new()]).unwrap();
        hashed.hash()
    }

    #[test]
    fn every_settings_file_plan_and_note_counts() {
        const SETTINGS: (&str, &str) = ("talktest.toml", "[athlete]\nname = \"me\"\n");
        const NOTES: (&str, &str) = ("notes.csv", "date,rpe\n2026-05-01,2\n");
        const PLAN: (&str, &str) = ("plan.csv", "date,label\n2026-05-01,recovery\n");
        let all = loaded(&[SETTINGS, NOTES, PLAN]);
        assert_eq!(all, loaded(&[SETTINGS, NOTES, PLAN]));
        let others: [&[(&str, &str)]; 5] = [
            &[SETTINGS, NOTES],
            &[SETTINGS, PLAN],
            &[SETTINGS, NOTES, (PLAN.0, "date,label\n2026-05-02,recovery\n")],
            &[SETTINGS, (NOTES.0, "date,rpe\n2026-05-01,3\n"), PLAN],
            &[(SETTINGS.0, "[athlete]\nname = \"she\"\n"), NOTES, PLAN],
        ];
        for other in others {
            assert_ne!(loaded(other), all, "{other:?}");
        }
    }
}
