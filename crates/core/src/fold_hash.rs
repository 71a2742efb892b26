//! [`FoldState`]: quick hashing for tables that are asked in the course of a run.
//!
//! Each word is mixed in by a product of 128 bits whose halves are put one over the other. The first
//! state is random for each process, so that nobody can prepare keys that all fall together.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::OnceLock;

/// Makes the hashers of a table.
#[derive(Debug, Clone, Copy)]
pub struct FoldState {
    seed: u64,
}

impl Default for FoldState {
    fn default() -> Self {
        static SEED: OnceLock<u64> = OnceLock::new();
        Self { seed: *SEED.get_or_init(|| RandomState::new().hash_one(0)) }
    }
}

impl BuildHasher for FoldState {
    type Hasher = FoldHasher;

    #[inline]
    fn build_hasher(&self) -> FoldHasher {
        FoldHasher { state: self.seed }
    }
}

/// Hashes one key.
#[derive(Debug, Clone, Copy)]
pub struct FoldHasher {
    state: u64,
}

/// An odd number without a pattern: the fraction of the golden ratio.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hasher for FoldHasher {
    #[inline]
    fn finish(&self) -> u64 {
        fold(self.state, FACTOR)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.write_u64(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            self.write_u64(u64::from_le_bytes(word));
        }
        self.write_u64(bytes.len() as u64);
    }

    #[inline]
    fn write_u8(&mut self, number: u8) {
        self.write_u64(number.into());
    }

    #[inline]
    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }

    #[inline]
    fn write_i32(&mut self, number: i32) {
        self.write_u64(number.cast_unsigned().into());
    }

    #[inline]
    fn write_u64(&mut self, number: u64) {
        self.state = fold(self.state ^ number, FACTOR).wrapping_add(number.rotate_left(32));
    }

    #[inline]
    fn write_i64(&mut self, number: i64) {
        self.write_u64(number.cast_unsigned());
    }

    #[inline]
    fn write_u128(&mut self, number: u128) {
        self.write_u64(number as u64);
        self.write_u64((number >> 64) as u64);
    }

    #[inline]
    fn write_i128(&mut self, number: i128) {
        self.write_u128(number.cast_unsigned());
    }

    #[inline]
    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    #[inline]
    fn write_isize(&mut self, number: isize) {
        self.write_u64(number.cast_unsigned() as u64);
    }
}

/// The halves of a product, one over the other.
#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let (low, high) = a.carrying_mul(b, 0);
    low ^ high
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::hash::BuildHasher;

    use super::FoldState;

    #[test]
    fn keys_spread() {
        let state = FoldState::default();
        // The highest bits and the lowest ones are what tables use.
        for shift in [0, 50] {
            let small: HashSet<_> =
                (0..1000_u64).map(|key| state.hash_one(key) >> shift & 0x3fff).collect();
            assert!(small.len() > 900, "{} of 1000", small.len());
            let pairs: HashSet<_> = (0..1000_u64)
                .map(|key| state.hash_one((key % 10, (key / 10) << 40)) >> shift & 0x3fff)
                .collect();
            assert!(pairs.len() > 900, "{} of 1000", pairs.len());
        }
        assert_ne!(state.hash_one("ab"), state.hash_one("ba"));
        assert_eq!(state.hash_one("a long key of bytes"), state.hash_one("a long key of bytes"));
    }
}
