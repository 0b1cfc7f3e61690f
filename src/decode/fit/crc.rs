//! The checksum of FIT, which catalogues of checksums call CRC-16/ARC.

/// The checksum of all these bytes.
#[cfg(not(target_family = "wasm"))]
pub(super) fn checksum(bytes: &[u8]) -> u16 {
    crc_fast::checksum(crc_fast::CrcAlgorithm::Crc16Arc, bytes) as u16
}

/// The checksum of all these bytes, sixteen at a step. The page would carry the tables of all other checksums, and
/// has no instructions that make them quicker.
#[cfg(target_family = "wasm")]
pub(super) fn checksum(bytes: &[u8]) -> u16 {
    use crc::{CRC_16_ARC, Crc, Table};
    static FIT: Crc<u16, Table<16>> = Crc::<u16, Table<16>>::new(&CRC_16_ARC);
    FIT.checksum(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_value_of_the_catalogue() {
        assert_eq!(checksum(b"123456789"), 0xBB3D);
        assert_eq!(checksum(b""), 0);
    }

    #[test]
    fn bytes_with_their_own_checksum_behind_them_give_zero() {
        let mut bytes = b"\x0e\x10\x43\x08\x78\x06\x09\x00.FIT".to_vec();
        bytes.extend(checksum(&bytes).to_le_bytes());
        assert_eq!(checksum(&bytes), 0);
    }
}
