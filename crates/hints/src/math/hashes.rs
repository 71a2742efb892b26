//! The compression functions that hints call: Keccak, SHA-256 and BLAKE2s, on words of their size.

/// The first words of the state of SHA-256 and BLAKE2s (FIPS 180-4, section 5.3.3; RFC 7693,
/// section 2.6).
pub(crate) const IV: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// The round constants of SHA-256 (FIPS 180-4, section 4.2.2).
#[rustfmt::skip]
const SHA_256_ROUNDS: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

/// The order of message words in the rounds of BLAKE2s (RFC 7693, section 2.7).
const BLAKE_ORDER: [[usize; 16]; 10] = [
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

/// The cells of the state that each of a round's eight mixing steps works on (RFC 7693,
/// section 3.2).
const BLAKE_STEPS: [[usize; 4]; 8] = [
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
];

/// The BLAKE2s compression function with the counter `t` and the flags `f`.
pub(crate) fn blake2s_compress(
    h: [u32; 8],
    message: &[u32; 16],
    t: [u32; 2],
    f: [u32; 2],
) -> [u32; 8] {
    let mut v = [0; 16];
    v[..8].copy_from_slice(&h);
    v[8..].copy_from_slice(&IV);
    for (cell, by) in v[12..].iter_mut().zip([t[0], t[1], f[0], f[1]]) {
        *cell ^= by;
    }
    for order in &BLAKE_ORDER {
        for (step, words) in BLAKE_STEPS.iter().zip(order.as_chunks::<2>().0) {
            let [a, b, c, d] = *step;
            v[a] = v[a].wrapping_add(v[b]).wrapping_add(message[words[0]]);
            v[d] = (v[d] ^ v[a]).rotate_right(16);
            v[c] = v[c].wrapping_add(v[d]);
            v[b] = (v[b] ^ v[c]).rotate_right(12);
            v[a] = v[a].wrapping_add(v[b]).wrapping_add(message[words[1]]);
            v[d] = (v[d] ^ v[a]).rotate_right(8);
            v[c] = v[c].wrapping_add(v[d]);
            v[b] = (v[b] ^ v[c]).rotate_right(7);
        }
    }
    std::array::from_fn(|at| h[at] ^ v[at] ^ v[at + 8])
}

/// The message schedule of SHA-256.
pub(crate) fn sha256_schedule(message: &[u32; 16]) -> [u32; 64] {
    let mut w = [0; 64];
    w[..16].copy_from_slice(message);
    for at in 16..64 {
        let (x, y) = (w[at - 15], w[at - 2]);
        let s0 = x.rotate_right(7) ^ x.rotate_right(18) ^ (x >> 3);
        let s1 = y.rotate_right(17) ^ y.rotate_right(19) ^ (y >> 10);
        w[at] = w[at - 16].wrapping_add(s0).wrapping_add(w[at - 7]).wrapping_add(s1);
    }
    w
}

/// The compression function of SHA-256 on a message schedule.
pub(crate) fn sha256_compress(state: [u32; 8], schedule: &[u32; 64]) -> [u32; 8] {
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
    for (round, word) in SHA_256_ROUNDS.iter().zip(schedule) {
        let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let choice = (e & f) ^ (!e & g);
        let first =
            h.wrapping_add(s1).wrapping_add(choice).wrapping_add(*round).wrapping_add(*word);
        let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let majority = (a & b) ^ (a & c) ^ (b & c);
        (h, g, f, e) = (g, f, e, d.wrapping_add(first));
        (d, c, b, a) = (c, b, a, first.wrapping_add(s0.wrapping_add(majority)));
    }
    let end = [a, b, c, d, e, f, g, h];
    std::array::from_fn(|at| state[at].wrapping_add(end[at]))
}

/// The permutation of Keccak on 25 lanes.
pub(crate) fn keccak_permutation(lanes: &mut [u64; 25]) {
    keccak::f1600(lanes);
}

/// Keccak-256 as Ethereum has it: padding 0x01, not SHA-3's.
pub(crate) fn keccak_256(data: &[u8]) -> [u8; 32] {
    /// Bytes taken in between two permutations.
    const RATE: usize = 136;
    let mut padded = data.to_vec();
    padded.push(1);
    padded.resize(padded.len().next_multiple_of(RATE), 0);
    if let Some(last) = padded.last_mut() {
        *last |= 0x80;
    }
    let mut lanes = [0_u64; 25];
    for block in padded.as_chunks::<RATE>().0 {
        for (lane, bytes) in lanes.iter_mut().zip(block.as_chunks().0) {
            *lane ^= u64::from_le_bytes(*bytes);
        }
        keccak_permutation(&mut lanes);
    }
    let mut hash = [0; 32];
    for (bytes, lane) in hash.as_chunks_mut::<8>().0.iter_mut().zip(lanes) {
        *bytes = lane.to_le_bytes();
    }
    hash
}
