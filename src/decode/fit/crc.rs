//! The checksum of FIT: CRC-16 with the reflected polynomial 0x8005, sixteen bytes at a step.

const POLYNOMIAL: u16 = 0xA001;
/// Bytes at a step: more would push other things out of the nearest cache.
const STEP: usize = 16;

/// `TABLES[k][b]` is the checksum of the byte `b` followed by `k` zero bytes.
static TABLES: [[u16; 256]; STEP] = tables();

const fn tables() -> [[u16; 256]; STEP] {
    let mut tables = [[0; 256]; STEP];
    let mut index = 0;
    while index < STEP * 256 {
        let (zeros, byte) = (index / 256, index % 256);
        tables[zeros][byte] = if zeros == 0 {
            one_byte(byte as u16)
        } else {
            let shorter: u16 = tables[zeros - 1][byte];
            shorter >> 8 ^ tables[0][(shorter & 0xFF) as usize]
        };
        index += 1;
    }
    tables
}

const fn one_byte(mut crc: u16) -> u16 {
    let mut bit = 0;
    while bit < 8 {
        crc = if crc & 1 == 1 { crc >> 1 ^ POLYNOMIAL } else { crc >> 1 };
        bit += 1;
    }
    crc
}

/// The checksum of all these bytes.
pub(super) fn checksum(bytes: &[u8]) -> u16 {
    let (chunks, rest) = bytes.as_chunks::<STEP>();
    let crc = chunks.iter().fold(0, step);
    rest.iter().fold(crc, |crc, byte| crc >> 8 ^ TABLES[0][usize::from(crc as u8 ^ byte)])
}

fn step(crc: u16, chunk: &[u8; STEP]) -> u16 {
    let [low, high] = crc.to_le_bytes();
    // The two bytes that wait for the last step come in at the end; the others need not wait.
    let free = (2..STEP).fold(0, |sum, at| sum ^ TABLES[STEP - 1 - at][usize::from(chunk[at])]);
    free ^ (TABLES[STEP - 1][usize::from(chunk[0] ^ low)]
        ^ TABLES[STEP - 2][usize::from(chunk[1] ^ high)])
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
    fn eight_at_a_step_equals_bit_by_bit() {
        let bytes: Vec<u8> = (0..1000u32).map(|i| (i * i % 251) as u8).collect();
        for length in [0, 1, 7, 8, 9, 64, 999, 1000] {
            assert_eq!(checksum(&bytes[..length]), bit_by_bit(&bytes[..length]), "{length}");
        }
    }

    fn bit_by_bit(bytes: &[u8]) -> u16 {
        bytes.iter().fold(0, |crc, byte| {
            (0..8).fold(crc ^ u16::from(*byte), |crc, _| {
                if crc & 1 == 1 { crc >> 1 ^ POLYNOMIAL } else { crc >> 1 }
            })
        })
    }

    #[test]
    fn bytes_with_their_own_checksum_behind_them_give_zero() {
        let mut bytes = b"\x0e\x10\x43\x08\x78\x06\x09\x00.FIT".to_vec();
        bytes.extend(checksum(&bytes).to_le_bytes());
        assert_eq!(checksum(&bytes), 0);
    }
}
