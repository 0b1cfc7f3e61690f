//! A long list of files in batches, each small enough that all its rows are held at once.

use super::found::FoundFile;

/// Files of a batch.
const MOST_FILES: usize = 256;
/// Bytes of a batch of more than one file: archives are counted packed.
const MOST_BYTES: u64 = 64 << 20;

/// The files in their order, none left out.
pub fn batches(files: &[FoundFile]) -> impl Iterator<Item = &[FoundFile]> {
    let mut rest = files;
    std::iter::from_fn(move || {
        let (batch, later) = rest.split_at(batch(rest));
        rest = later;
        (!batch.is_empty()).then_some(batch)
    })
}

/// How many of the first files make a batch.
fn batch(files: &[FoundFile]) -> usize {
    let mut bytes = 0_u64;
    let fits = |file: &&FoundFile| {
        let length = std::fs::metadata(&file.path).map_or(0, |metadata| metadata.len());
        bytes = bytes.saturating_add(length);
        bytes <= MOST_BYTES
    };
    let count = files.iter().take(MOST_FILES).take_while(fits).count();
    count.max(usize::from(!files.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large");
        std::fs::File::create(&path).unwrap().set_len(MOST_BYTES + 1).unwrap();
        let small = |n: usize| FoundFile {
            name: n.to_string(),
            path: folder.path().join("none"),
            stamp: None,
            is_link: false,
        };
        let mut files: Vec<FoundFile> = (0..600).map(small).collect();
        files[300].path = path;
        let counts: Vec<usize> = batches(&files).map(<[_]>::len).collect();
        assert_eq!(counts, [256, 44, 1, 256, 43]);
        assert_eq!(batches(&files).flatten().cloned().collect::<Vec<_>>(), files);
        assert_eq!(batches(&[]).count(), 0);
    }
}
