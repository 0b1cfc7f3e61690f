//! The names that mean something in GPX, however a program writes their capitals.

/// Every name that means something here; those of readings in extensions stand where points are read.
const NAMES: [&str; 16] = [
    "trkpt", "time", "ele", "trkseg", "trk", "gpx", "metadata", "name", "desc", "cmt", "type",
    "rte", "wpt", "lat", "lon", "creator",
];

/// The name as the format writes it, which knows no capitals.
pub(super) fn in_small_letters(name: &str) -> &str {
    if !name.bytes().any(|letter| letter.is_ascii_uppercase()) {
        return name;
    }
    NAMES.iter().copied().find(|known| known.eq_ignore_ascii_case(name)).unwrap_or(name)
}
