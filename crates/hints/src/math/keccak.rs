//! Keccak: the permutation on lanes, and the hash that Ethereum uses.

/// Lanes of 64 bits in a state.
pub const LANES: usize = 25;

/// Bytes of input that each permutation takes in, for a hash of 256 bits.
const RATE: usize = 136;

/// Keccak-f on 1600 bits.
pub fn permute(lanes: &mut [u64; LANES]) {
    keccak::f1600(lanes);
}

/// Keccak-256 with the padding from before SHA-3.
#[must_use]
pub fn keccak_256(input: &[u8]) -> [u8; 32] {
    let mut lanes = [0; LANES];
    let mut absorb = |block: &[u8; RATE]| {
        for (lane, bytes) in lanes.iter_mut().zip(block.as_chunks().0) {
            *lane ^= u64::from_le_bytes(*bytes);
        }
        permute(&mut lanes);
    };
    let (blocks, rest) = input.as_chunks::<RATE>();
    blocks.iter().for_each(&mut absorb);
    let mut last = [0; RATE];
    last[..rest.len()].copy_from_slice(rest);
    last[rest.len()] ^= 0x01;
    last[RATE - 1] ^= 0x80;
    absorb(&last);
    let mut digest = [0; 32];
    for (bytes, lane) in digest.as_chunks_mut().0.iter_mut().zip(lanes) {
        *bytes = lane.to_le_bytes();
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::keccak_256;

    #[test]
    fn known_digests() {
        let start = |input: &[u8]| keccak_256(input)[..4].to_vec();
        assert_eq!(start(b""), [0xc5, 0xd2, 0x46, 0x01]);
        assert_eq!(start(b"abc"), [0x4e, 0x03, 0x65, 0x7a]);
        // One block exactly, and one byte less: the padding takes a block of its own or one byte.
        assert_ne!(start(&[0; 136]), start(&[0; 135]));
    }
}
