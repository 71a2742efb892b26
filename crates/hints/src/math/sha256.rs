//! The compression function of SHA-256 (FIPS 180-4).

/// The initial values.
pub const IV: [u32; 8] = super::blake2s::IV;

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
    use super::{IV, compress};

    #[test]
    fn the_digest_of_nothing() {
        let mut block = [0; 16];
        block[0] = 0x8000_0000;
        let digest = compress(&IV, &block);
        assert_eq!(digest[0], 0xe3b0_c442);
        assert_eq!(digest[7], 0x7852_b855);
    }
}
