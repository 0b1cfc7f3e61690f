//! A recording that keeps a part of itself in files beside it follows those too, not its own file alone.

use super::{Room, has, settle};
use crate::fixtures::account_writers::fitbit;
use crate::fixtures::exports::{ExportFile, zip_of};
use crate::fixtures::run::Track;
use crate::services::tracks::three_tracks;

fn write(room: &Room, files: &[ExportFile]) {
    for (name, bytes) in files {
        let path = room.runs().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        settle(&path);
    }
}

/// The same sessions, whose hearts beat faster.
fn faster(mut tracks: Vec<Track>) -> Vec<Track> {
    let samples = tracks.iter_mut().flat_map(|track| &mut track.samples);
    samples.for_each(|sample| sample.heart_rate = sample.heart_rate.map(|beats| beats + 9));
    tracks
}

#[test]
fn a_part_that_changes_beside_its_recording_is_seen() {
    let room = Room::empty();
    write(&room, &fitbit(&three_tracks()));
    room.night();
    let before = room.truth();
    // The file of the sessions stays as it is.
    write(&room, &fitbit(&faster(three_tracks()))[1..]);
    room.night();
    assert!(room.truth() != before, "other heart rates are another result");
}

#[test]
fn a_part_that_changes_within_an_archive_is_seen() {
    let room = Room::empty();
    let (mut files, other) = (fitbit(&three_tracks()), fitbit(&faster(three_tracks())));
    write(&room, &[("export.zip".to_owned(), zip_of(&files))]);
    room.night();
    has(&room.night(), "unchanged");
    files[1..].clone_from_slice(&other[1..]);
    write(&room, &[("export.zip".to_owned(), zip_of(&files))]);
    room.night();
}
