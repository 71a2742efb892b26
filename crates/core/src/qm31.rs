//! [`Qm31`]: the field that Stwo computes in, as felts hold its elements.

use std::ops::{Add, Mul, Sub};

use crate::Felt;

/// The prime of the field below all extensions.
const PRIME: u64 = (1 << 31) - 1;

/// Bits from one coordinate to the next in a felt.
const STRIDE: u32 = 36;

/// An element of the extension of degree four of the field of `2^31 - 1`: `a + bi + (c + di)u` with
/// `i^2 = -1` and `u^2 = 2 + i`, by its coordinates `a`, `b`, `c` and `d`, all of them below the
/// prime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Qm31([u32; 4]);

/// A complex number over the field of `2^31 - 1`.
type Complex = [u64; 2];

impl Qm31 {
    /// Zero.
    pub const ZERO: Self = Self([0; 4]);

    /// One.
    pub const ONE: Self = Self([1, 0, 0, 0]);

    /// The element of these coordinates, if all are below `2^31 - 1`.
    #[must_use]
    pub fn new(coordinates: [u32; 4]) -> Option<Self> {
        let below = coordinates.iter().all(|coordinate| u64::from(*coordinate) < PRIME);
        below.then_some(Self(coordinates))
    }

    /// The coordinates.
    #[must_use]
    pub const fn coordinates(self) -> [u32; 4] {
        self.0
    }

    /// The element that a felt holds, 36 bits for each coordinate from the lowest on; `None` when
    /// one is not below the prime or there is something above them.
    #[must_use]
    pub fn from_felt(felt: Felt) -> Option<Self> {
        let [low, high, top, beyond] = felt.limbs();
        if beyond != 0 || top >> (4 * STRIDE - 128) != 0 {
            return None;
        }
        let number = u128::from(high) << 64 | u128::from(low);
        let last = u64::try_from(number >> (3 * STRIDE)).ok()? | top << (128 - 3 * STRIDE);
        let mask = (1 << STRIDE) - 1;
        let at = |index: u32| (number >> (index * STRIDE)) as u64 & mask;
        let mut coordinates = [0; 4];
        for (to, from) in coordinates.iter_mut().zip([at(0), at(1), at(2), last]) {
            *to = u32::try_from(from).ok()?;
        }
        Self::new(coordinates)
    }

    /// The felt that holds the element.
    #[must_use]
    pub fn to_felt(self) -> Felt {
        let [a, b, c, d] = self.0.map(u128::from);
        let number = a | b << STRIDE | c << (2 * STRIDE) | d << (3 * STRIDE);
        let top = d >> (128 - 3 * STRIDE);
        Felt::from_reduced_limbs([number as u64, (number >> 64) as u64, top as u64, 0])
    }

    /// The quotient; `None` for a division by zero.
    #[must_use]
    pub fn checked_div(self, divisor: Self) -> Option<Self> {
        let [c, d] = divisor.halves();
        // (c + du)(c - du) has no u: its inverse is that of a complex number, found the same way.
        let norm = subtract(multiply(c, c), by_u_squared(multiply(d, d)));
        let of_norm = (norm[0] * norm[0] + norm[1] * norm[1]) % PRIME;
        if of_norm == 0 {
            return None;
        }
        let inverse = power(of_norm, PRIME - 2);
        let by = [norm[0] * inverse % PRIME, negative(norm[1]) * inverse % PRIME];
        let halves = [multiply(c, by), multiply(d.map(negative), by)];
        Some(self * Self::from_halves(halves))
    }

    fn halves(self) -> [Complex; 2] {
        let [a, b, c, d] = self.0.map(u64::from);
        [[a, b], [c, d]]
    }

    /// From coordinates below the prime.
    const fn from_halves([[a, b], [c, d]]: [Complex; 2]) -> Self {
        Self([a as u32, b as u32, c as u32, d as u32])
    }
}

impl Add for Qm31 {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let ([a, b], [c, d]) = (self.halves(), other.halves());
        Self::from_halves([sum(a, c), sum(b, d)])
    }
}

impl Sub for Qm31 {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        let ([a, b], [c, d]) = (self.halves(), other.halves());
        Self::from_halves([subtract(a, c), subtract(b, d)])
    }
}

impl Mul for Qm31 {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let ([a, b], [c, d]) = (self.halves(), other.halves());
        let without = sum(multiply(a, c), by_u_squared(multiply(b, d)));
        Self::from_halves([without, sum(multiply(a, d), multiply(b, c))])
    }
}

const fn negative(number: u64) -> u64 {
    (PRIME - number) % PRIME
}

const fn sum(a: Complex, b: Complex) -> Complex {
    [(a[0] + b[0]) % PRIME, (a[1] + b[1]) % PRIME]
}

const fn subtract(a: Complex, b: Complex) -> Complex {
    sum(a, [negative(b[0]), negative(b[1])])
}

const fn multiply(a: Complex, b: Complex) -> Complex {
    // Products are below 2^62.
    let real = a[0] * b[0] + negative(a[1]) * b[1];
    [real % PRIME, (a[0] * b[1] + a[1] * b[0]) % PRIME]
}

/// Times `u^2`.
const fn by_u_squared(a: Complex) -> Complex {
    multiply(a, [2, 1])
}

fn power(base: u64, exponent: u64) -> u64 {
    let (mut result, mut base, mut exponent) = (1, base, exponent);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}
