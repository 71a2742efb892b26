//! Square roots in the Cairo field, by a table of discrete logarithms.
//!
//! `P - 1` is an odd number times `2^192`, so that the usual method of Tonelli and Shanks takes some
//! ten thousand multiplications. Instead the logarithm of `x^odd` in the subgroup of order `2^192` is
//! worked out eight bits at a time (D. Bernstein, "Faster square roots in annoying finite fields",
//! 2001). The tables for that are made when they are first needed, in a fraction of a millisecond.

use std::sync::LazyLock;

use crate::{Element, Felt};

/// The exponent of 2 in `P - 1`.
const TWOS: u32 = 192;

/// Bits of a digit of a logarithm.
const WINDOW: u32 = 8;

/// Digits of a logarithm.
const DIGITS: usize = (TWOS / WINDOW) as usize;

/// Values of a digit.
const VALUES: usize = 1 << WINDOW;

/// A number without a square root, which generates the multiplicative
/// group (`FIELD_GEN` of
/// cairo-lang's `signature.py`).
const GENERATOR: Felt = Felt::from_u64(3);

/// `x^((odd - 1) / 2)` for the odd part `2^59 + 17` of `P - 1`.
fn half_odd_power(x: Element) -> Element {
    // (2^59 + 16) / 2 = 8 * (2^55 + 1)
    let eighth = x.squared_times(3);
    eighth.squared_times(55) * eighth
}

/// In row `r` at `d`: the root of unity of order `2^192`, to the power of `-d * 2^(8r)`.
static POWERS: LazyLock<[[Element; VALUES]; DIGITS]> = LazyLock::new(powers);

fn powers() -> [[Element; VALUES]; DIGITS] {
    let generator = Element::from_felt(GENERATOR);
    let root = half_odd_power(generator).square() * generator;
    let mut base = root.inverse();
    let mut table = [[Element::ONE; VALUES]; DIGITS];
    for row in &mut table {
        for value in 1..VALUES {
            row[value] = row[value - 1] * base;
        }
        base = row[VALUES - 1] * base;
    }
    table
}

/// The elements of order up to 256 by the lowest limb of their canonical form, in which they all
/// differ, with their logarithms.
static LOGARITHMS: LazyLock<[(u64, u8); VALUES]> = LazyLock::new(|| {
    let mut sorted = std::array::from_fn(|value| {
        // The table has the inverses.
        let power = POWERS[DIGITS - 1][(VALUES - value) % VALUES];
        (power.canonical()[0], value as u8)
    });
    sorted.sort_unstable();
    sorted
});

/// The logarithm of an element of order up to 256.
fn logarithm(element: Element) -> u8 {
    let key = element.canonical()[0];
    let found = LOGARITHMS.binary_search_by_key(&key, |(key, _)| *key);
    found.map_or(0, |at| LOGARITHMS[at].1)
}

impl Element {
    /// One of the two square roots, or `None` when there is none.
    #[must_use]
    pub fn square_root(self) -> Option<Self> {
        if self.is_zero() {
            return Some(self);
        }
        let half = half_odd_power(self);
        let nearly = half * self;
        // `nearly^2 / self`, whose root is what `nearly` is too large by.
        let error = half * nearly;
        let mut shifted = [error; DIGITS];
        for row in 1..DIGITS {
            shifted[row] = shifted[row - 1].squared_times(WINDOW);
        }
        let mut digits = [0_u8; DIGITS];
        for digit in 0..DIGITS {
            let row = DIGITS - 1 - digit;
            let rest = (0..digit).fold(shifted[row], |rest, known| {
                rest * POWERS[row + known][usize::from(digits[known])]
            });
            digits[digit] = logarithm(rest);
            if digit == 0 && digits[0] % 2 == 1 {
                return None;
            }
        }
        let mut root = nearly;
        for row in 0..DIGITS {
            let above = digits.get(row + 1).map_or(0, |above| above << (WINDOW - 1));
            root = root * POWERS[row][usize::from(digits[row] >> 1 | above)];
        }
        Some(root)
    }
}

impl Felt {
    /// Whether there is a square root.
    #[must_use]
    pub fn is_square(self) -> bool {
        let element = Element::from_felt(self);
        // By Euler's criterion, with (P - 1) / 2 = odd * 2^191.
        let odd = half_odd_power(element).square() * element;
        self.is_zero() || odd.squared_times(TWOS - 1) == Element::ONE
    }

    /// The smaller of the two square roots, or `None` when there is none.
    #[must_use]
    pub fn square_root(self) -> Option<Self> {
        let root = Element::from_felt(self).square_root()?.to_felt();
        Some(root.min(-root))
    }
}
