//! [`Felt`]: an element of the Cairo field in canonical form.
//!
//! Values are kept as plain little-endian limbs rather than in Montgomery form. A virtual machine
//! mostly adds, compares, copies and prints; those need no conversion this way, and the bits above
//! the prime stay free for the tags of memory cells. Multiplication uses the shape of the prime,
//! `2^251 + 17 * 2^192 + 1`, whose reduction is a few shifts and small products.

use std::cmp::Ordering;
use std::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub, SubAssign};

/// An element of the prime field of the Cairo machine, `P = 2^251 + 17 * 2^192 + 1`.
///
/// The value is always in `0..P`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Felt([u64; 4]);

impl Felt {
    /// The limbs of the field's prime, least significant first (Cairo whitepaper, section 2.1; the
    /// `DEFAULT_PRIME` of cairo-lang's `cairo_compile.py`).
    pub const PRIME: [u64; 4] = [1, 0, 0, 0x0800_0000_0000_0011];

    /// The neutral element of addition.
    pub const ZERO: Self = Self([0; 4]);

    /// The neutral element of multiplication.
    pub const ONE: Self = Self([1, 0, 0, 0]);

    /// `P - 1`, which is also `-1`.
    pub const MINUS_ONE: Self = Self([0, 0, 0, 0x0800_0000_0000_0011]);

    /// Makes a felt from four little-endian limbs, or `None` when they are not below the prime.
    #[inline]
    #[must_use]
    pub const fn from_limbs(limbs: [u64; 4]) -> Option<Self> {
        if is_reduced(&limbs) { Some(Self(limbs)) } else { None }
    }

    /// Makes a felt from limbs that are known to be below the prime, as those of a memory cell are.
    ///
    /// Nothing unsafe happens when they are not, but the felt breaks this type's invariant.
    #[inline]
    #[must_use]
    pub const fn from_reduced_limbs(limbs: [u64; 4]) -> Self {
        debug_assert!(is_reduced(&limbs), "limbs below the prime");
        Self(limbs)
    }

    /// Makes a felt from limbs that are below twice the prime, as the sum of two felts is.
    #[inline]
    #[must_use]
    pub fn from_sum(limbs: [u64; 4]) -> Self {
        const TOP: u64 = Felt::PRIME[3];
        if limbs[3] == TOP && !is_reduced(&limbs) {
            return Self(sub_limbs(&limbs, &Self::PRIME).0);
        }
        // Whether a sum of field elements passes the prime is a coin toss, so there is no branch.
        let mask = u64::from(limbs[3] > TOP).wrapping_neg();
        Self(sub_limbs(&limbs, &[mask & 1, 0, 0, mask & TOP]).0)
    }

    /// Makes a felt from the difference of two felts modulo `2^256` and whether that borrowed.
    #[inline]
    #[must_use]
    pub fn from_difference(limbs: [u64; 4], borrow: bool) -> Self {
        // The prime has only two limbs that are not zero.
        let mask = u64::from(borrow).wrapping_neg();
        Self(add_limbs(&limbs, &[mask & 1, 0, 0, mask & Self::PRIME[3]]))
    }

    /// The canonical value as four little-endian limbs; the top four bits are always zero.
    #[inline]
    #[must_use]
    pub const fn limbs(self) -> [u64; 4] {
        self.0
    }

    /// Makes a felt from an unsigned 64-bit number.
    #[inline]
    #[must_use]
    pub const fn from_u64(value: u64) -> Self {
        Self([value, 0, 0, 0])
    }

    /// Makes a felt from an unsigned 128-bit number.
    #[inline]
    #[must_use]
    pub const fn from_u128(value: u128) -> Self {
        Self([value as u64, (value >> 64) as u64, 0, 0])
    }

    /// Makes a felt from a signed number: `-1` becomes `P - 1`.
    #[inline]
    #[must_use]
    pub fn from_i64(value: i64) -> Self {
        if value >= 0 {
            Self::from_u64(value.unsigned_abs())
        } else {
            Self(sub_limbs(&Self::PRIME, &[value.unsigned_abs(), 0, 0, 0]).0)
        }
    }

    /// The value as a 64-bit number, when it is below `2^64`.
    #[inline]
    #[must_use]
    pub const fn to_u64(self) -> Option<u64> {
        if self.0[1] | self.0[2] | self.0[3] == 0 { Some(self.0[0]) } else { None }
    }

    /// The value as a 128-bit number, when it is below `2^128`.
    #[inline]
    #[must_use]
    pub const fn to_u128(self) -> Option<u128> {
        if self.0[2] | self.0[3] == 0 {
            Some(self.0[0] as u128 | (self.0[1] as u128) << 64)
        } else {
            None
        }
    }

    /// The value as a signed 64-bit number when it, taken in `-P/2..=P/2`, fits one.
    ///
    /// `P - 5` gives `-5`.
    #[inline]
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        if let Some(small) = self.to_u64() {
            return if small <= i64::MAX as u64 { Some(small as i64) } else { None };
        }
        if self.0[3] < Self::PRIME[3] - 1 {
            return None;
        }
        match Self(sub_limbs(&Self::PRIME, &self.0).0).to_u64() {
            Some(size) if size <= 1 << 63 => Some((size as i64).wrapping_neg()),
            _ => None,
        }
    }

    /// Makes a felt from 32 little-endian bytes, or `None` when they are not below the prime.
    #[must_use]
    pub fn from_le_bytes(bytes: [u8; 32]) -> Option<Self> {
        let mut limbs = [0; 4];
        for (limb, chunk) in limbs.iter_mut().zip(bytes.chunks_exact(8)) {
            for (shift, byte) in chunk.iter().enumerate() {
                *limb |= u64::from(*byte) << (8 * shift);
            }
        }
        Self::from_limbs(limbs)
    }

    /// The canonical value as 32 little-endian bytes.
    #[must_use]
    pub fn to_le_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (chunk, limb) in bytes.chunks_exact_mut(8).zip(self.0) {
            chunk.copy_from_slice(&limb.to_le_bytes());
        }
        bytes
    }

    /// Whether this is zero.
    #[inline]
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0[0] | self.0[1] | self.0[2] | self.0[3] == 0
    }

    /// The multiplicative inverse, or `None` for zero.
    #[must_use]
    pub fn inverse(self) -> Option<Self> {
        crate::inverse(&self.0, &Self::PRIME).map(Self)
    }

    /// `self / divisor` in the field, or `None` when `divisor` is zero.
    #[must_use]
    pub fn checked_div(self, divisor: Self) -> Option<Self> {
        // A quotient without remainder is the quotient in any field that it fits, and these are
        // common: sizes by sizes.
        if let (Some(dividend), Some(divisor)) = (self.to_u64(), divisor.to_u64())
            && dividend.checked_rem(divisor) == Some(0)
        {
            return Some(Self::from_u64(dividend / divisor));
        }
        divisor.inverse().map(|inverse| self * inverse)
    }

    /// The square.
    #[inline]
    #[must_use]
    pub fn square(self) -> Self {
        self * self
    }
}

/// Whether `limbs` are below the prime.
#[inline]
const fn is_reduced(limbs: &[u64; 4]) -> bool {
    const TOP: u64 = Felt::PRIME[3];
    // The prime's two middle limbs are 0 and its lowest is 1: with the top limb equal, only an
    // all-zero rest is below it.
    limbs[3] < TOP || (limbs[3] == TOP && (limbs[2] | limbs[1] | limbs[0]) == 0)
}

/// `a + b`; both are below `2^255` wherever this is called, so nothing is lost at the top.
#[inline]
fn add_limbs(a: &[u64; 4], b: &[u64; 4]) -> [u64; 4] {
    let (r0, carry) = a[0].overflowing_add(b[0]);
    let (r1, carry) = a[1].carrying_add(b[1], carry);
    let (r2, carry) = a[2].carrying_add(b[2], carry);
    let (r3, _) = a[3].carrying_add(b[3], carry);
    [r0, r1, r2, r3]
}

/// `a - b` modulo `2^256`, and whether it borrowed.
#[inline]
fn sub_limbs(a: &[u64; 4], b: &[u64; 4]) -> ([u64; 4], bool) {
    let (r0, borrow) = a[0].overflowing_sub(b[0]);
    let (r1, borrow) = a[1].borrowing_sub(b[1], borrow);
    let (r2, borrow) = a[2].borrowing_sub(b[2], borrow);
    let (r3, borrow) = a[3].borrowing_sub(b[3], borrow);
    ([r0, r1, r2, r3], borrow)
}

/// The bits of the top limb below `2^251`.
const LOW_59: u64 = (1 << 59) - 1;

/// `7 * P`, which keeps the difference in [`reduce_wide`] positive.
const SEVEN_P: [u64; 4] = [7, 0, 0, 7 * Felt::PRIME[3]];

/// Reduces a number below `12 * 2^251`.
#[inline]
fn reduce_small(value: [u64; 4]) -> Felt {
    let low = [value[0], value[1], value[2], value[3] & LOW_59];
    reduce_split(low, value[3] >> 59)
}

/// Reduces `low + high * 2^251`, where `low` is below `2^251` and `high` below `2^54`.
#[inline]
fn reduce_split(low: [u64; 4], high: u64) -> Felt {
    // `high * 2^251` is `-high * (17 * 2^192 + 1)`, which is above `-2^251`.
    let (difference, borrow) = sub_limbs(&low, &[high, 0, 0, 17 * high]);
    // One prime is added back where that went below zero; `low` is below `2^251`, so the result is
    // below the prime either way.
    let mask = u64::from(borrow).wrapping_neg();
    Felt(add_limbs(&difference, &[mask & 1, 0, 0, mask & Felt::PRIME[3]]))
}

/// Reduces the 512-bit product of two felts.
///
/// With `2^251 = -(17 * 2^192 + 1)` modulo the prime, a high part `h * 2^251` turns into `-h` and
/// `-17h * 2^192`, whose own high part is 53 bits shorter and is treated the same way until it
/// vanishes. What is left is a handful of numbers to add and to subtract.
#[inline]
fn reduce_wide(x: &[u64; 8]) -> Felt {
    let l = [x[0], x[1], x[2], x[3] & LOW_59];
    let h = [
        x[3] >> 59 | x[4] << 5,
        x[4] >> 59 | x[5] << 5,
        x[5] >> 59 | x[6] << 5,
        x[6] >> 59 | x[7] << 5,
    ];
    // t = 17h = tq * 2^59 + tr, with tq below 2^199.
    let (t0, c) = h[0].carrying_mul(17, 0);
    let (t1, c) = h[1].carrying_mul(17, c);
    let (t2, c) = h[2].carrying_mul(17, c);
    let (t3, t4) = h[3].carrying_mul(17, c);
    let tr = t0 & LOW_59;
    let tq = [t0 >> 59 | t1 << 5, t1 >> 59 | t2 << 5, t2 >> 59 | t3 << 5, t3 >> 59 | t4 << 5];
    // u = 17 * tq = uq * 2^59 + ur, with uq below 2^145.
    let (u0, c) = tq[0].carrying_mul(17, 0);
    let (u1, c) = tq[1].carrying_mul(17, c);
    let (u2, c) = tq[2].carrying_mul(17, c);
    let u3 = tq[3] * 17 + c;
    let ur = u0 & LOW_59;
    let uq = [u0 >> 59 | u1 << 5, u1 >> 59 | u2 << 5, u2 >> 59 | u3 << 5];
    // v = 17 * uq = vq * 2^59 + vr, with vq below 2^91.
    let (v0, c) = uq[0].carrying_mul(17, 0);
    let (v1, c) = uq[1].carrying_mul(17, c);
    let v2 = uq[2] * 17 + c;
    let vr = v0 & LOW_59;
    let vq = [v0 >> 59 | v1 << 5, v1 >> 59 | v2 << 5];
    // w = 17 * vq = wq * 2^59 + wr, with wq below 2^37.
    let (w0, c) = vq[0].carrying_mul(17, 0);
    let w1 = vq[1] * 17 + c;
    let wr = w0 & LOW_59;
    let wq = w0 >> 59 | w1 << 5;

    let plus = add_limbs(&add_limbs(&l, &tq), &[vq[0], vq[1], 0, ur + wr]);
    let minus = add_limbs(&add_limbs(&h, &[uq[0], uq[1], uq[2], tr + vr]), &[wq, 0, 0, 17 * wq]);
    let (difference, _) = sub_limbs(&add_limbs(&plus, &SEVEN_P), &minus);
    reduce_small(difference)
}

/// The product of a felt and a number below `2^64`.
#[inline]
fn mul_by_limb(a: &[u64; 4], b: u64) -> Felt {
    let (x0, c) = a[0].carrying_mul(b, 0);
    let (x1, c) = a[1].carrying_mul(b, c);
    let (x2, c) = a[2].carrying_mul(b, c);
    let (x3, x4) = a[3].carrying_mul(b, c);
    if b >> 48 == 0 {
        // The product is below 2^300, and its part above 2^251 below 2^49.
        return reduce_split([x0, x1, x2, x3 & LOW_59], x3 >> 59 | x4 << 5);
    }
    // As in `reduce_wide`, with a high part of only 65 bits.
    let h = [x3 >> 59 | x4 << 5, x4 >> 59];
    let (t0, c) = h[0].carrying_mul(17, 0);
    let t1 = h[1] * 17 + c;
    let tq = t0 >> 59 | t1 << 5;
    let plus = [x0, x1, x2, (x3 & LOW_59) + 17 * tq];
    let plus = add_limbs(&add_limbs(&plus, &[tq, 0, 0, 0]), &SEVEN_P);
    let (difference, _) = sub_limbs(&plus, &[h[0], h[1], 0, t0 & LOW_59]);
    reduce_small(difference)
}

/// The full product of two felts.
#[inline]
fn mul_limbs(a: &[u64; 4], b: &[u64; 4]) -> [u64; 8] {
    let mut product = [0; 8];
    for i in 0..4 {
        let mut carry = 0;
        for j in 0..4 {
            (product[i + j], carry) = a[i].carrying_mul_add(b[j], product[i + j], carry);
        }
        product[i + 4] = carry;
    }
    product
}

impl Add for Felt {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        Self::from_sum(add_limbs(&self.0, &other.0))
    }
}

impl Sub for Felt {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        let (difference, borrow) = sub_limbs(&self.0, &other.0);
        Self::from_difference(difference, borrow)
    }
}

impl Mul for Felt {
    type Output = Self;

    #[inline]
    fn mul(self, other: Self) -> Self {
        match (self.to_u64(), other.to_u64()) {
            (Some(a), Some(b)) => Self::from_u128(u128::from(a) * u128::from(b)),
            (Some(a), None) => mul_by_limb(&other.0, a),
            (None, Some(b)) => mul_by_limb(&self.0, b),
            (None, None) => reduce_wide(&mul_limbs(&self.0, &other.0)),
        }
    }
}

impl Neg for Felt {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self::ZERO - self
    }
}

impl AddAssign for Felt {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Felt {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl MulAssign for Felt {
    fn mul_assign(&mut self, other: Self) {
        *self = *self * other;
    }
}

impl Ord for Felt {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.iter().rev().cmp(other.0.iter().rev())
    }
}

impl PartialOrd for Felt {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<u64> for Felt {
    fn from(value: u64) -> Self {
        Self::from_u64(value)
    }
}

impl From<u128> for Felt {
    fn from(value: u128) -> Self {
        Self::from_u128(value)
    }
}

impl From<i64> for Felt {
    fn from(value: i64) -> Self {
        Self::from_i64(value)
    }
}

impl From<starknet_types_core::felt::Felt> for Felt {
    fn from(value: starknet_types_core::felt::Felt) -> Self {
        Self(value.to_le_digits())
    }
}

impl From<Felt> for starknet_types_core::felt::Felt {
    fn from(value: Felt) -> Self {
        Self::from_bytes_le(&value.to_le_bytes())
    }
}
