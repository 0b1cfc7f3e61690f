//! Damage of every kind to a small sound file: whatever it is, the reader answers.

/// Hands over the file cut at every byte, with every byte changed, left out and doubled, and with its
/// pieces in other orders.
pub fn damage(small: &[u8], separator: u8, mut read: impl FnMut(&[u8])) {
    for end in 0..small.len() {
        read(&small[..end]);
        read(&small[end..]);
    }
    let mut changed = small.to_vec();
    for at in 0..small.len() {
        for byte in [0, b'<', b'"', b'9', 0xff, small[at] ^ 1] {
            changed[at] = byte;
            read(&changed);
        }
        changed[at] = small[at];
        let (before, after) = small.split_at(at);
        read(&[before, &after[1..]].concat());
        read(&[before, &after[..1], after].concat());
    }
    shuffled(small, separator, &mut read);
}

fn shuffled(small: &[u8], separator: u8, read: &mut impl FnMut(&[u8])) {
    let pieces: Vec<&[u8]> = small.split_inclusive(|byte| *byte == separator).collect();
    let mut chance = fastrand::Rng::with_seed(7);
    for _ in 0..500 {
        let mut mixed = pieces.clone();
        for _ in 0..=chance.usize(..6) {
            let (from, to) = (chance.usize(..mixed.len()), chance.usize(..mixed.len()));
            match chance.usize(..3) {
                0 => mixed.swap(from, to),
                1 => mixed.insert(to, mixed[from]),
                _ if mixed.len() > 1 => drop(mixed.remove(from)),
                _ => {}
            }
        }
        read(&mixed.concat());
    }
}
