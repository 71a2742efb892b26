//! Random numbers that hit boundaries.

use cairo_zero_core::Felt;
use num_bigint::BigInt;

/// A generator (splitmix64).
pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `bound`.
    pub const fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// True so many times in a hundred.
    pub const fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len() as u64) as usize].clone()
    }

    /// A felt of at most so many bits.
    pub fn bits(&mut self, bits: u32) -> Felt {
        let mut limbs: [u64; 4] = std::array::from_fn(|_| self.next());
        for (at, limb) in (0_u32..).zip(limbs.iter_mut()) {
            let kept = bits.saturating_sub(64 * at).min(64);
            *limb &= if kept == 64 { u64::MAX } else { (1 << kept) - 1 };
        }
        Felt::from_limbs(limbs).unwrap_or(Felt::MINUS_ONE)
    }

    /// A felt near a power of two, near the prime or near its half.
    pub fn boundary(&mut self) -> Felt {
        let power = self.pick(&[0, 32, 63, 64, 86, 123, 127, 128, 129, 165, 192, 249, 250, 251]);
        let mut limbs = [0; 4];
        limbs[power / 64] = 1 << (power % 64);
        let power = Felt::from_limbs(limbs).unwrap_or_default();
        let half = Felt::MINUS_ONE * Felt::from_u64(2).inverse().unwrap_or_default();
        let base = self.pick(&[Felt::ZERO, power, power, power, half]);
        base + Felt::from_i64(self.below(5) as i64 - 2)
    }

    /// A number of any sign for a variable.
    pub fn int(&mut self) -> BigInt {
        let mut number = BigInt::from(0);
        for _ in 0..self.pick(&[1, 1, 2, 4, 4, 4, 5]) {
            number = (number << 64) + self.next();
        }
        match self.below(8) {
            0 => -number,
            1 => BigInt::from(self.below(4)),
            2 => (BigInt::from(1) << self.pick(&[64, 128, 256, 258])) - self.below(2),
            _ => number >> self.below(12),
        }
    }
}
