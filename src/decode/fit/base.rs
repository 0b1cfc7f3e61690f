//! The base types of FIT that this decoder reads: how the bytes of a field are to be taken.
//!
//! Only the low five bits of the declared byte tell types apart; the highest says that there is a
//! byte order, which the type says as well.

/// One of a list of named values.
pub(super) const ENUM: u8 = 0;
/// One signed byte.
pub(super) const SINT8: u8 = 1;
/// One byte.
pub(super) const UINT8: u8 = 2;
/// Two signed bytes.
pub(super) const SINT16: u8 = 3;
/// Two bytes.
pub(super) const UINT16: u8 = 4;
/// Four signed bytes.
pub(super) const SINT32: u8 = 5;
/// Four bytes.
pub(super) const UINT32: u8 = 6;
/// Text in UTF-8, ended by a NUL.
pub(super) const STRING: u8 = 7;
/// One byte, 0 when not known.
pub(super) const UINT8Z: u8 = 10;
/// Two bytes, 0 when not known.
pub(super) const UINT16Z: u8 = 11;
/// Four bytes, 0 when not known.
pub(super) const UINT32Z: u8 = 12;
/// One byte without meaning of its own.
pub(super) const BYTE: u8 = 13;

const TYPE_BITS: u8 = 0x1F;
const ORDER_FLAG: u8 = 0x80;

/// The base type in a declared byte.
pub(super) fn of(declared: u8) -> u8 {
    declared & TYPE_BITS
}

/// The byte that declares this type.
pub(super) fn with_order_flag(base: u8) -> u8 {
    if width(base).is_some_and(|width| width > 1) { base | ORDER_FLAG } else { base }
}

/// Bytes of one number; `None` for what is no whole number of at most 32 bits.
pub(super) fn width(base: u8) -> Option<usize> {
    match base {
        ENUM | SINT8 | UINT8 | UINT8Z | BYTE => Some(1),
        SINT16 | UINT16 | UINT16Z => Some(2),
        SINT32 | UINT32 | UINT32Z => Some(4),
        _ => None,
    }
}
