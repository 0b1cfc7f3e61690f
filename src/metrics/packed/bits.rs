//! One channel in as few bits as its differences need.
//!
//! A channel is the divisor of its values (two bytes, 0 where it has none and nothing follows); how many seconds in
//! turn have a value and have none; then for every 32 seconds the number of bits that the largest difference among
//! them needs, and the differences in that many bits each. Differences are of the values divided by the divisor, with
//! their sign in the lowest bit; a second without a value repeats the last one.

use bitpacking::{BitPacker as _, BitPacker1x};

use crate::metrics::series::Channel;
use crate::metrics::stored_channels::DamagedChannels;

/// Seconds that share a number of bits.
const BLOCK: usize = BitPacker1x::BLOCK_LEN;
/// A difference takes no more bits.
const MOST_BITS: u8 = 16;

/// Appends a channel.
pub(super) fn pack(channel: &Channel, packed: &mut Vec<u8>) {
    let divisor = channel.divisor();
    packed.extend(divisor.to_le_bytes());
    if divisor == 0 {
        return;
    }
    if let Ok(presence) = postcard::to_stdvec(&presence(channel)) {
        packed.extend(presence);
    }
    let packer = BitPacker1x::new();
    let (mut block, mut bytes) = ([0_u32; BLOCK], [0_u8; 4 * BLOCK]);
    let mut before = 0_u16;
    for values in channel.blocks(BLOCK) {
        block.fill(0);
        for (difference, value) in block.iter_mut().zip(values) {
            let now =
                value.map_or(before, |value| if divisor == 1 { value } else { value / divisor });
            *difference = signed_low(now.wrapping_sub(before) as i16);
            before = now;
        }
        let bits = packer.num_bits(&block);
        let length = packer.compress(&block, &mut bytes, bits);
        packed.push(bits);
        packed.extend_from_slice(&bytes[..length]);
    }
}

/// How many seconds in turn have a value and have none; the first may be 0.
fn presence(channel: &Channel) -> Vec<u32> {
    let mut turns = vec![0];
    let mut is_present = true;
    for value in channel.iter() {
        if value.is_some() != is_present {
            is_present = !is_present;
            turns.push(0);
        }
        if let Some(turn) = turns.last_mut() {
            *turn += 1;
        }
    }
    turns
}

/// Takes the next channel of so many seconds from the front.
pub(super) fn unpack(packed: &mut &[u8], seconds: usize) -> Result<Channel, DamagedChannels> {
    let divisor = u16::from_le_bytes([take(packed, 1)?[0], take(packed, 1)?[0]]);
    if divisor == 0 {
        return Ok(Channel::blank(seconds));
    }
    let (turns, rest) =
        postcard::take_from_bytes::<Vec<u32>>(packed).map_err(DamagedChannels::because)?;
    *packed = rest;
    if turns.iter().map(|turn| u64::from(*turn)).sum::<u64>() != seconds as u64 {
        return Err(DamagedChannels::because("they cover another time"));
    }
    let values = unpack_values(packed, seconds)?;
    let present = turns.iter().enumerate();
    let present = present.flat_map(|(k, turn)| std::iter::repeat_n(k % 2 == 0, *turn as usize));
    let value = |(present, value): (bool, u16)| present.then(|| value.wrapping_mul(divisor));
    Ok(Channel::of(present.zip(values).map(value)))
}

/// The values as they were divided, gaps filled.
fn unpack_values(packed: &mut &[u8], seconds: usize) -> Result<Vec<u16>, DamagedChannels> {
    let packer = BitPacker1x::new();
    let mut block = [0_u32; BLOCK];
    let mut values = Vec::with_capacity(seconds + BLOCK);
    let mut before = 0_u16;
    for _ in 0..seconds.div_ceil(BLOCK) {
        let bits = take(packed, 1)?[0];
        if bits > MOST_BITS {
            return Err(DamagedChannels::because(format!("they claim differences of {bits} bits")));
        }
        let bytes = take(packed, usize::from(bits) * BLOCK / 8)?;
        packer.decompress(bytes, &mut block, bits);
        values.extend(block.iter().map(|difference| {
            before = before.wrapping_add(with_sign(*difference) as u16);
            before
        }));
    }
    Ok(values)
}

fn take<'p>(packed: &mut &'p [u8], count: usize) -> Result<&'p [u8], DamagedChannels> {
    let (taken, rest) =
        packed.split_at_checked(count).ok_or_else(|| DamagedChannels::because("they end early"))?;
    *packed = rest;
    Ok(taken)
}

/// The sign in the lowest bit, so that small differences either way need few bits.
fn signed_low(difference: i16) -> u32 {
    u32::from(((difference << 1) ^ (difference >> 15)) as u16)
}

fn with_sign(number: u32) -> i16 {
    ((number >> 1) as i16) ^ -((number & 1) as i16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(channel: &Channel) -> Vec<u8> {
        let mut bytes = Vec::new();
        pack(channel, &mut bytes);
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
    fn a_still_heart_takes_a_byte_for_32_seconds() {
        // 131 and 130 have no divisor; one turn of 96 seconds; from nothing to 131 and a sign in 9 bits, then a fall
        // by 1 in the last block.
        let channel = Channel::of((0..96).map(|k| Some(if k < 64 { 131 } else { 130 })));
        let bytes = packed(&channel);
        assert_eq!(bytes.len(), 2 + 2 + (1 + 4 * 9) + 1 + (1 + 4));
        assert_eq!(unpack(&mut bytes.as_slice(), 96).unwrap(), channel);
    }

    #[test]
    fn a_gap_costs_two_turns_and_no_leap() {
        let gaps = |k: usize| (k % 8 != 7).then_some(130 + (k % 2) as u16);
        let channel = Channel::of((0..64).map(gaps));
        let bytes = packed(&channel);
        assert_eq!(presence(&channel), [7, 1].repeat(8));
        // 130 from nothing in 9 bits; then up and down by 1 in 2 bits.
        assert_eq!(bytes.len(), 2 + 1 + 16 + (1 + 4 * 9) + (1 + 4 * 2));
        assert_eq!(unpack(&mut bytes.as_slice(), 64).unwrap(), channel);
        let late = Channel::of([None, Some(65_534), None, Some(0)]);
        assert_eq!(unpack(&mut packed(&late).as_slice(), 4).unwrap(), late);
    }

    #[test]
    fn any_cut_is_damage() {
        let bytes = packed(&Channel::of((0..40).map(|k| Some(k * 7 % 31))));
        for cut in 0..bytes.len() {
            assert!(unpack(&mut &bytes[..cut], 40).is_err(), "{cut}");
        }
        assert!(unpack(&mut [1, 0, 1, 1, 17].as_slice(), 1).is_err());
        assert!(unpack(&mut bytes.as_slice(), 41).is_err(), "another length");
    }
}
