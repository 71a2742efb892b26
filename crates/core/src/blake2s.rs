//! The compression function of BLAKE2s (RFC 7693).

/// The initial values; those of SHA-256.
pub const IV: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// Which words of the message each round takes (RFC 7693, section 2.7).
pub const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// Compresses a block: the state, the block, the bytes counted so far (two words) and the flags of
/// the last block (two words).
#[must_use]
pub fn compress(
    state: &[u32; 8],
    block: &[u32; 16],
    counter: [u32; 2],
    last: [u32; 2],
) -> [u32; 8] {
    let mut v = [0; 16];
    v[..8].copy_from_slice(state);
    v[8..].copy_from_slice(&IV);
    v[12] ^= counter[0];
    v[13] ^= counter[1];
    v[14] ^= last[0];
    v[15] ^= last[1];
    for sigma in &SIGMA {
        let word = |at: usize| block[sigma[at]];
        for column in 0..4 {
            let places = [column, column + 4, column + 8, column + 12];
            mix(&mut v, places, word(2 * column), word(2 * column + 1));
        }
        for diagonal in 0..4 {
            let row = |by: usize| 4 * by + (diagonal + by) % 4;
            mix(
                &mut v,
                [row(0), row(1), row(2), row(3)],
                word(8 + 2 * diagonal),
                word(9 + 2 * diagonal),
            );
        }
    }
    std::array::from_fn(|at| state[at] ^ v[at] ^ v[at + 8])
}

fn mix(v: &mut [u32; 16], [a, b, c, d]: [usize; 4], x: u32, y: u32) {
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(x);
    v[d] = (v[d] ^ v[a]).rotate_right(16);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(12);
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(y);
    v[d] = (v[d] ^ v[a]).rotate_right(8);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(7);
}

#[cfg(test)]
mod tests {
    use super::{IV, compress};

    /// RFC 7693, appendix B.
    #[test]
    fn the_digest_of_abc() {
        let mut state = IV;
        state[0] ^= 0x0101_0020;
        let mut block = [0; 16];
        block[0] = u32::from_le_bytes(*b"abc\0");
        let digest = compress(&state, &block, [3, 0], [u32::MAX, 0]);
        assert_eq!(digest[0], 0x8c5e_8c50);
        let bytes: Vec<u8> = digest.iter().flat_map(|word| word.to_le_bytes()).collect();
        assert_eq!(bytes[..8], [0x50, 0x8c, 0x5e, 0x8c, 0x32, 0x7c, 0x14, 0xe2]);
        assert_eq!(bytes[28..], [0x86, 0x67, 0x59, 0x82][..]);
    }
}
