//! One channel in as few bits as its differences need.
//!
//! A channel is the divisor of its values (two bytes, 0 where it has none and nothing follows), then for every 32
//! seconds the number of bits that the largest difference among them needs, and the differences in that many bits
//! each. Differences are of stored values divided by the divisor, with their sign in the lowest bit.

use bitpacking::{BitPacker as _, BitPacker1x};

use crate::metrics::series::Channel;
use crate::metrics::stored_channels::DamagedChannels;

/// Seconds that share a number of bits.
const BLOCK: usize = BitPacker1x::BLOCK_LEN;
/// A difference takes no more bits.
const MOST_BITS: u8 = 16;
/// The most bytes that a second takes: those of a block of 16 bits and its number.
const MOST_BYTES: usize = BLOCK * 2 + 1;

/// Appends a channel.
pub(super) fn pack(channel: &Channel, packed: &mut Vec<u8>) {
    let divisor = channel.divisor();
    packed.extend(divisor.to_le_bytes());
    if divisor == 0 {
        return;
    }
    packed.reserve(channel.len().div_ceil(BLOCK) * MOST_BYTES);
    let packer = BitPacker1x::new();
    let (mut block, mut bytes) = ([0_u32; BLOCK], [0_u8; 4 * BLOCK]);
    let mut differences = channel.differences(divisor);
    for _ in 0..channel.len().div_ceil(BLOCK) {
        block.fill_with(|| differences.next().map_or(0, signed_low));
        let bits = packer.num_bits(&block);
        let length = packer.compress(&block, &mut bytes, bits);
        packed.push(bits);
        packed.extend_from_slice(&bytes[..length]);
    }
}

/// Takes the next channel of so many seconds from the front.
pub(super) fn unpack(packed: &mut &[u8], seconds: usize) -> Result<Channel, DamagedChannels> {
    let divisor = u16::from_le_bytes([take(packed, 1)?[0], take(packed, 1)?[0]]);
    if divisor == 0 {
        return Ok(Channel::blank(seconds));
    }
    let packer = BitPacker1x::new();
    let mut block = [0_u32; BLOCK];
    let mut differences = Vec::with_capacity(seconds + BLOCK);
    for _ in 0..seconds.div_ceil(BLOCK) {
        let bits = take(packed, 1)?[0];
        if bits > MOST_BITS {
            return Err(DamagedChannels::because(format!("they claim differences of {bits} bits")));
        }
        let bytes = take(packed, usize::from(bits) * BLOCK / 8)?;
        packer.decompress(bytes, &mut block, bits);
        differences.extend(block.iter().map(|difference| with_sign(*difference)));
    }
    differences.truncate(seconds);
    Ok(Channel::from_differences(&differences, divisor))
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
        // 131 and 130 have no divisor; 131 is stored as 132, from nothing by 132 and a sign in 9 bits, then 2 for
        // a fall by 1 in the last block.
        let channel = Channel::of((0..96).map(|k| Some(if k < 64 { 131 } else { 130 })));
        let bytes = packed(&channel);
        assert_eq!(bytes.len(), 2 + (1 + 4 * 9) + 1 + (1 + 4));
        assert_eq!(unpack(&mut bytes.as_slice(), 96).unwrap(), channel);
    }

    #[test]
    fn any_cut_is_damage() {
        let bytes = packed(&Channel::of((0..40).map(|k| Some(k * 7 % 31))));
        for cut in 0..bytes.len() {
            assert!(unpack(&mut &bytes[..cut], 40).is_err(), "{cut}");
        }
        assert!(unpack(&mut [1, 0, 17].as_slice(), 1).is_err());
    }
}
