//! Finding the parts of a JSON object without reading them.
//!
//! Debug information is often nine tenths of a program's file and hardly ever needed, so getting
//! past it decides how long loading takes. Containers are skipped in blocks of 64 bytes: one bit
//! per byte says where quotes, openers and closers are, and a running exclusive-or over the quotes
//! says which of them lie inside texts. Nothing here checks that a skipped value is well-formed:
//! whoever reads it does.

use std::ops::Range;

/// One member of a JSON object: where its key (with quotes) and its value are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Section {
    pub(crate) key: Range<usize>,
    pub(crate) value: Range<usize>,
}

/// Splits a text that is one JSON object into its members, or gives `None` when it is something
/// else or broken at this level.
pub(crate) fn sections(json: &[u8]) -> Option<Vec<Section>> {
    let mut found = Vec::new();
    let mut at = expect(json, 0, b'{')?;
    if let Some(end) = expect(json, at, b'}') {
        return (space(json, end) == json.len()).then_some(found);
    }
    loop {
        let start = space(json, at);
        let key = start..string_end(json, start)?;
        let start = space(json, expect(json, key.end, b':')?);
        let value = start..value_end(json, start)?;
        at = value.end;
        found.push(Section { key, value });
        if let Some(end) = expect(json, at, b'}') {
            return (space(json, end) == json.len()).then_some(found);
        }
        at = expect(json, at, b',')?;
    }
}

/// Where the white space at `at` ends.
fn space(json: &[u8], at: usize) -> usize {
    let rest = json.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count()
}

/// Where `byte`, with white space before it, ends.
fn expect(json: &[u8], at: usize, byte: u8) -> Option<usize> {
    let at = space(json, at);
    (json.get(at) == Some(&byte)).then_some(at + 1)
}

/// Where the text beginning with the quote at `at` ends.
fn string_end(json: &[u8], at: usize) -> Option<usize> {
    if json.get(at) != Some(&b'"') {
        return None;
    }
    let mut escaped = false;
    for (index, byte) in json.iter().enumerate().skip(at + 1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(index + 1),
            _ => {}
        }
    }
    None
}

/// Where the value beginning at `at` ends.
fn value_end(json: &[u8], at: usize) -> Option<usize> {
    match json.get(at)? {
        b'"' => string_end(json, at),
        b'{' | b'[' => container_end(json, at),
        _ => {
            let rest = &json[at..];
            let stops =
                |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r');
            let length = rest.iter().position(stops).unwrap_or(rest.len());
            (length > 0).then_some(at + length)
        }
    }
}

/// Where a block of 64 bytes has which characters.
///
/// The masks are transposed: bit `8 * i + j` is for byte `8 * j + i`, which is the order that
/// comes out of comparing 16 bytes at a time. [`transposed`] changes it to that of the bytes.
struct Masks {
    quotes: u64,
    backslashes: u64,
    openers: u64,
    closers: u64,
}

/// The masks of a block. Written so that the compiler turns it into vector comparisons.
#[inline]
fn masks(block: &[u8; 64]) -> Masks {
    let mut quotes = [0_u8; 16];
    let mut backslashes = [0_u8; 16];
    let mut openers = [0_u8; 16];
    let mut closers = [0_u8; 16];
    for (row, bytes) in block.as_chunks::<16>().0.iter().enumerate() {
        for at in 0..16 {
            let byte = bytes[at];
            // `[` and `{` differ in one bit, and so do `]` and `}`; nothing else is mapped on them.
            let folded = byte | 0x20;
            let bit = 1_u8 << (2 * row + at / 8);
            quotes[at] |= if byte == b'"' { bit } else { 0 };
            backslashes[at] |= if byte == b'\\' { bit } else { 0 };
            openers[at] |= if folded == b'{' { bit } else { 0 };
            closers[at] |= if folded == b'}' { bit } else { 0 };
        }
    }
    let fold = |halves: [u8; 16]| {
        let both = u128::from_le_bytes(halves);
        both as u64 | (both >> 64) as u64
    };
    Masks {
        quotes: fold(quotes),
        backslashes: fold(backslashes),
        openers: fold(openers),
        closers: fold(closers),
    }
}

/// Exchanges bits `8 * i + j` and `8 * j + i` (the 8x8 bit matrix of Hacker's Delight, 7-3).
#[inline]
const fn transposed(mut bits: u64) -> u64 {
    let swap = (bits ^ bits >> 7) & 0x00aa_00aa_00aa_00aa;
    bits ^= swap ^ swap << 7;
    let swap = (bits ^ bits >> 14) & 0x0000_cccc_0000_cccc;
    bits ^= swap ^ swap << 14;
    let swap = (bits ^ bits >> 28) & 0x0000_0000_f0f0_f0f0;
    bits ^ swap ^ swap << 28
}

/// Each bit becomes the exclusive-or of itself and all below it.
#[inline]
const fn running_xor(mut bits: u64) -> u64 {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ bits << 32
}

/// The bytes behind an active backslash; `carry` is one in the block before, and becomes this
/// block's.
fn escaped(mut backslashes: u64, carry: &mut bool) -> u64 {
    let mut escaped = u64::from(*carry);
    *carry = false;
    backslashes &= !escaped;
    while backslashes != 0 {
        let next = backslashes.trailing_zeros() + 1;
        if next == 64 {
            *carry = true;
            return escaped;
        }
        escaped |= 1 << next;
        backslashes &= u64::MAX << next & !(1 << next);
    }
    escaped
}

/// Where the container beginning at `at` ends. Openers and closers are not matched by kind.
fn container_end(json: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut in_text = 0_u64;
    let mut carry = false;
    for (index, chunk) in json[at..].chunks(64).enumerate() {
        let mut padded = [b' '; 64];
        let block = match chunk.as_array::<64>() {
            Some(block) => block,
            None => {
                padded[..chunk.len()].copy_from_slice(chunk);
                &padded
            }
        };
        let masks = masks(block);
        let mut quotes = transposed(masks.quotes);
        if masks.backslashes != 0 || carry {
            quotes &= !escaped(transposed(masks.backslashes), &mut carry);
        }
        let inside = running_xor(quotes) ^ in_text;
        in_text = (inside.cast_signed() >> 63).cast_unsigned();
        let outside = transposed(!inside);
        let openers = masks.openers & outside;
        let closers = masks.closers & outside;
        if depth <= closers.count_ones() as usize {
            let openers = transposed(openers);
            let mut both = openers | transposed(closers);
            while both != 0 {
                let bit = both & both.wrapping_neg();
                depth = if openers & bit != 0 { depth + 1 } else { depth.checked_sub(1)? };
                if depth == 0 {
                    return Some(at + 64 * index + bit.trailing_zeros() as usize + 1);
                }
                both ^= bit;
            }
        } else {
            depth = depth + openers.count_ones() as usize - closers.count_ones() as usize;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_find_every_byte() {
        for byte in 0..=u8::MAX {
            for at in [0, 7, 8, 63] {
                let mut block = [b' '; 64];
                block[at] = byte;
                let masks = masks(&block);
                let mask = |hit: bool| if hit { transposed(1 << at) } else { 0 };
                assert_eq!(masks.quotes, mask(byte == b'"'));
                assert_eq!(masks.backslashes, mask(byte == b'\\'));
                assert_eq!(masks.openers, mask(b"[{".contains(&byte)), "{byte}");
                assert_eq!(masks.closers, mask(b"]}".contains(&byte)), "{byte}");
            }
        }
    }

    #[test]
    fn texts_hide_brackets_wherever_blocks_end() {
        for pad in 0..140 {
            let pad = " ".repeat(pad);
            let value = format!("{{{pad}\"}}\\\"]\\\\\": [[], \"\\\\\\\\\", {{\"{{\": 1}}]{pad}}}");
            let json = format!("{{\"a\": {value}, \"b\":1.5 }} ");
            let found = sections(json.as_bytes()).unwrap();
            assert_eq!(found.len(), 2);
            assert_eq!(&json[found[0].value.clone()], value);
            assert_eq!(&json[found[1].value.clone()], "1.5");
            assert_eq!(&json[found[1].key.clone()], "\"b\"");
        }
    }

    #[test]
    fn broken_objects_have_no_sections() {
        assert_eq!(sections(b" { } "), Some(Vec::new()));
        for json in [
            "",
            " ",
            "[]",
            "{",
            "{\"",
            "{\"a",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,}",
            "{\"a\":[1}",
            "{\"a\" 1}",
            "{a:1}",
            "{\"a\":}",
            "{}x",
            "{\"a\":\"",
            "{\"a\":[",
            "{\"a\":[\"]",
            "{\"a\":[\\",
            "{\"a\":1}{",
        ] {
            // The mismatched bracket is the one thing that is left to the value's reader.
            if json != "{\"a\":[1}" {
                assert_eq!(sections(json.as_bytes()), None, "{json}");
            }
        }
    }
}
