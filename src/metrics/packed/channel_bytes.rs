//! One channel as bytes of which most are small, and few kinds occur.
//!
//! A channel is the divisor of its values (two bytes, 0 where it has none and nothing follows); how many seconds in
//! turn have a value and have none; then the difference of each second from the one before, of the values divided by
//! the divisor, with its sign in the lowest bit; a second without a value repeats the last one. A difference is a
//! byte, or 255 and two bytes.

use crate::metrics::channel::quotient;
use crate::metrics::series::Channel;
use crate::metrics::stored_channels::DamagedChannels;

/// What stands before a difference of two bytes.
const WIDE: u8 = u8::MAX;
/// Differences that are written together.
const BLOCK: usize = 32;
/// The most bytes that one second takes: a wide difference, and a turn of its own; longer turns take fewer for each.
pub(super) const MOST_BYTES: usize = 4;

/// Appends a channel.
pub(super) fn write(channel: &Channel, bytes: &mut Vec<u8>) {
    let divisor = channel.divisor();
    bytes.extend(divisor.to_le_bytes());
    if divisor == 0 {
        return;
    }
    // A list of numbers always has a byte form.
    bytes.extend(postcard::to_stdvec(&presence(channel)).unwrap_or_default());
    // Wide differences are few: most blocks are copied as they are.
    for block in differences(channel, divisor).chunks(BLOCK) {
        if block.iter().fold(true, |all, difference| all & (*difference < u16::from(WIDE))) {
            bytes.extend(block.iter().map(|difference| *difference as u8));
        } else {
            block.iter().for_each(|difference| write_difference(*difference, bytes));
        }
    }
}

/// The difference of each second from the one before, its sign in the lowest bit.
fn differences(channel: &Channel, divisor: u16) -> Vec<u16> {
    // Step by step, so that several seconds take each at once.
    let mut quotients = channel.held_from(0);
    quotients.iter_mut().for_each(|value| *value = quotient(*value, divisor));
    let mut differences = quotients.clone();
    if let Some((first, rest)) = differences.split_first_mut() {
        *first = signed_low(*first as i16);
        for (now, before) in rest.iter_mut().zip(&quotients) {
            *now = signed_low(now.wrapping_sub(*before) as i16);
        }
    }
    differences
}

fn write_difference(difference: u16, bytes: &mut Vec<u8>) {
    match u8::try_from(difference) {
        Ok(byte) if byte < WIDE => bytes.push(byte),
        _ => {
            let [low, high] = difference.to_le_bytes();
            bytes.extend([WIDE, low, high]);
        }
    }
}

/// How many seconds in turn have a value and have none; the first may be 0.
fn presence(channel: &Channel) -> Vec<u32> {
    if channel.is_whole() {
        return vec![channel.len() as u32];
    }
    let mut turns = Vec::new();
    let (mut is_present, mut length) = (true, 0);
    for value in channel.iter() {
        if value.is_some() != is_present {
            turns.push(length);
            (is_present, length) = (!is_present, 0);
        }
        length += 1;
    }
    turns.push(length);
    turns
}

/// Takes the next channel of so many seconds from the front.
pub(super) fn read(bytes: &mut &[u8], seconds: usize) -> Result<Channel, DamagedChannels> {
    let divisor = u16::from_le_bytes([take(bytes)?, take(bytes)?]);
    if divisor == 0 {
        return Ok(Channel::blank(seconds));
    }
    let (turns, rest) =
        postcard::take_from_bytes::<Vec<u32>>(bytes).map_err(DamagedChannels::because)?;
    *bytes = rest;
    if turns.iter().map(|turn| u64::from(*turn)).sum::<u64>() != seconds as u64 {
        return Err(DamagedChannels::because("they cover another time"));
    }
    let mut channel = Channel::with_capacity(seconds);
    let mut value = 0_u16;
    for (index, turn) in turns.iter().enumerate() {
        for _ in 0..*turn {
            value = value.wrapping_add(with_sign(difference(bytes)?) as u16);
            channel.push((index % 2 == 0).then(|| value.wrapping_mul(divisor)));
        }
    }
    Ok(channel)
}

fn difference(bytes: &mut &[u8]) -> Result<u16, DamagedChannels> {
    match take(bytes)? {
        WIDE => Ok(u16::from_le_bytes([take(bytes)?, take(bytes)?])),
        narrow => Ok(u16::from(narrow)),
    }
}

fn take(bytes: &mut &[u8]) -> Result<u8, DamagedChannels> {
    let (first, rest) =
        bytes.split_first().ok_or_else(|| DamagedChannels::because("they end early"))?;
    *bytes = rest;
    Ok(*first)
}

/// The sign in the lowest bit, so that small differences either way are small numbers.
fn signed_low(difference: i16) -> u16 {
    ((difference << 1) ^ (difference >> 15)) as u16
}

fn with_sign(number: u16) -> i16 {
    ((number >> 1) as i16) ^ -((number & 1) as i16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(channel: &Channel) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(channel, &mut bytes);
        bytes
    }

    #[test]
    fn every_difference_comes_back() {
        for difference in [0, 1, -1, 2, 127, -128, i16::MAX, i16::MIN] {
            assert_eq!(with_sign(signed_low(difference)), difference);
        }
        assert_eq!([0, -1, 1, -2, 2].map(signed_low), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_channel_is_its_divisor_its_turns_and_its_differences() {
        let channel = Channel::of([Some(131), Some(130), None, Some(132)]);
        // Three turns, of 2, 1 and 1 seconds; 131 from nothing is 262 with its sign, and wide.
        assert_eq!(written(&channel), [1, 0, 3, 2, 1, 1, WIDE, 6, 1, 1, 0, 4]);
        let fifths = Channel::of([Some(10), Some(15)]);
        assert_eq!(written(&fifths), [5, 0, 1, 2, 4, 2]);
        assert_eq!(written(&Channel::blank(9)), [0, 0]);
    }

    #[test]
    fn nothing_is_lost() {
        let late = [None, Some(65_534), None, Some(0), Some(40_000), Some(1)];
        for channel in [Channel::of(late), Channel::of([Some(0); 3]), Channel::blank(3)] {
            let bytes = written(&channel);
            assert_eq!(read(&mut bytes.as_slice(), channel.len()).unwrap(), channel);
            assert!(bytes.len() <= 2 + 1 + MOST_BYTES * channel.len());
        }
    }

    #[test]
    fn any_cut_is_damage() {
        let bytes = written(&Channel::of((0..40).map(|k| Some(k * 7 % 31))));
        for cut in 0..bytes.len() {
            assert!(read(&mut &bytes[..cut], 40).is_err(), "{cut}");
        }
        assert!(read(&mut bytes.as_slice(), 41).is_err(), "another length");
    }
}
