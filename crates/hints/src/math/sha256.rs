//! The compression function of SHA-256 (FIPS 180-4), whole and in its two steps.

/// The initial values.
pub const IV: [u32; 8] = super::blake2s::IV;

/// The round constants of SHA-256 (FIPS 180-4, section 4.2.2).
#[rustfmt::skip]
pub const ROUNDS: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

/// The message schedule of a block of sixteen words (section 6.2.2, step 1).
#[must_use]
pub fn schedule(message: &[u32; 16]) -> [u32; 64] {
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

/// The state after a block with that message schedule (section 6.2.2, steps 2 to 4).
#[must_use]
pub fn compress_schedule(state: &[u32; 8], schedule: &[u32; 64]) -> [u32; 8] {
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for (round, word) in ROUNDS.iter().zip(schedule) {
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

/// The state after a block of sixteen words.
#[must_use]
pub fn compress(state: &[u32; 8], block: &[u32; 16]) -> [u32; 8] {
    let mut bytes = [0; 64];
    for (chunk, word) in bytes.as_chunks_mut().0.iter_mut().zip(block) {
        *chunk = word.to_be_bytes();
    }
    let mut state = *state;
    sha2::compress256(&mut state, &[bytes.into()]);
    state
}

#[cfg(test)]
mod tests {
    use super::{IV, compress, compress_schedule, schedule};

    #[test]
    fn the_digest_of_nothing() {
        let mut block = [0; 16];
        block[0] = 0x8000_0000;
        let digest = compress(&IV, &block);
        assert_eq!(digest[0], 0xe3b0_c442);
        assert_eq!(digest[7], 0x7852_b855);
        assert_eq!(compress_schedule(&IV, &schedule(&block)), digest);
    }
}
