//! The files of the project.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// A text file, its path relative to the project and with `/`.
pub struct File {
    pub path: String,
    pub text: String,
}

/// What is built, fetched or belongs to git, and no part of the project.
const NOT_OURS: [&str; 5] = ["target", ".git", "corpus", "artifacts", "node_modules"];

/// Every text file of the project.
pub fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ours = |name: &str| !NOT_OURS.contains(&name);
    let walk = WalkDir::new(root).sort_by_file_name().into_iter();
    let entries = walk.filter_entry(|entry| entry.file_name().to_str().is_some_and(ours));
    let files = entries.filter_map(|entry| {
        let entry = entry.expect("a readable project");
        entry.file_type().is_file().then(|| read(root, entry.path())).flatten()
    });
    files.collect()
}

/// A file, unless it is no text.
fn read(root: &Path, path: &Path) -> Option<File> {
    let text = String::from_utf8(fs::read(path).expect("a readable file")).ok()?;
    let path = path.strip_prefix(root).expect("a file of the project").to_str()?;
    Some(File { path: path.replace(std::path::MAIN_SEPARATOR, "/"), text })
}

/// The Rust files below `src/`, their paths relative to it.
pub fn sources() -> Vec<File> {
    let mut files = files();
    files.retain(|file| Path::new(&file.path).extension().is_some_and(|name| name == "rs"));
    files.retain_mut(|file| match file.path.strip_prefix("src/") {
        Some(path) => {
            file.path = path.to_owned();
            true
        }
        None => false,
    });
    files
}

#[test]
fn the_project_is_found() {
    let paths: Vec<String> = files().into_iter().map(|file| file.path).collect();
    for expected in ["Cargo.toml", "src/lib.rs", "tests/house/tree.rs"] {
        assert!(paths.iter().any(|path| path == expected), "{expected} is not among {paths:?}");
    }
    assert!(sources().iter().any(|file| file.path == "decode/mod.rs"));
}
