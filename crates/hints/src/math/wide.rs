//! Whole numbers of fixed width as limbs of 64 bits, least significant first.

use std::cmp::Ordering;

use cairo_zero_core::Felt;

/// A number below `2^256`.
pub type U256 = [u64; 4];

/// A number with its sign: `-2^512` and `2^512` are just too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wide {
    /// Whether it is below zero; never set for zero by the functions here.
    pub negative: bool,
    /// The magnitude.
    pub limbs: [u64; 8],
}

/// Which of two numbers is larger.
#[must_use]
pub fn compare<const N: usize>(a: &[u64; N], b: &[u64; N]) -> Ordering {
    a.iter().rev().cmp(b.iter().rev())
}

/// `a + b`, and whether it left the width.
#[must_use]
pub fn add<const N: usize>(a: &[u64; N], b: &[u64; N]) -> ([u64; N], bool) {
    let mut sum = [0; N];
    let mut carry = false;
    for (at, limb) in sum.iter_mut().enumerate() {
        let (partial, first) = a[at].overflowing_add(b[at]);
        let (whole, second) = partial.overflowing_add(u64::from(carry));
        *limb = whole;
        carry = first | second;
    }
    (sum, carry)
}

/// `a - b`, and whether it went below zero.
#[must_use]
pub fn sub<const N: usize>(a: &[u64; N], b: &[u64; N]) -> ([u64; N], bool) {
    let mut difference = [0; N];
    let mut borrow = false;
    for (at, limb) in difference.iter_mut().enumerate() {
        let (partial, first) = a[at].overflowing_sub(b[at]);
        let (whole, second) = partial.overflowing_sub(u64::from(borrow));
        *limb = whole;
        borrow = first | second;
    }
    (difference, borrow)
}

/// `a * b`.
#[must_use]
pub fn mul(a: &U256, b: &U256) -> [u64; 8] {
    let mut product = [0; 8];
    for (low, x) in a.iter().enumerate() {
        let mut carry = 0_u128;
        for (high, y) in b.iter().enumerate() {
            let at = &mut product[low + high];
            carry += u128::from(*x) * u128::from(*y) + u128::from(*at);
            *at = carry as u64;
            carry >>= 64;
        }
        product[low + 4] = carry as u64;
    }
    product
}

/// `a << bits` in 512 bits, for `bits` up to 256.
#[must_use]
pub fn shifted(a: &U256, bits: u32) -> [u64; 8] {
    let (limbs, bits) = ((bits / 64) as usize, bits % 64);
    let mut out = [0; 8];
    for (at, limb) in a.iter().enumerate() {
        let wide = u128::from(*limb) << bits;
        out[at + limbs] |= wide as u64;
        if let Some(next) = out.get_mut(at + limbs + 1) {
            *next |= (wide >> 64) as u64;
        }
    }
    out
}

/// How many limbs of a number are in use.
fn length(a: &[u64]) -> usize {
    a.iter().rposition(|limb| *limb != 0).map_or(0, |last| last + 1)
}

/// Quotient and remainder of `a / b`, for a dividend of at most eight limbs; `None` when `b` is zero.
#[must_use]
pub fn div_rem<const N: usize>(a: &[u64; N], b: &U256) -> Option<([u64; N], U256)> {
    const { assert!(N <= 8 && N >= 4, "the working space has nine limbs") };
    let (m, n) = (length(a), length(b));
    let mut quotient = [0; N];
    let mut remainder = [0; 4];
    if n == 0 {
        return None;
    }
    if m < n {
        remainder[..m].copy_from_slice(&a[..m]);
        return Some((quotient, remainder));
    }
    if n == 1 {
        let mut rest = 0_u128;
        for at in (0..m).rev() {
            let part = rest << 64 | u128::from(a[at]);
            quotient[at] = (part / u128::from(b[0])) as u64;
            rest = part % u128::from(b[0]);
        }
        remainder[0] = rest as u64;
        return Some((quotient, remainder));
    }
    let shift = b[n - 1].leading_zeros();
    let divisor = shift_left::<4>(b, n, shift);
    let mut rest = shift_left::<9>(a, m, shift);
    for at in (0..=m - n).rev() {
        quotient[at] = digit(&mut rest[at..=at + n], &divisor[..n]);
    }
    for at in 0..n {
        let above = if at + 1 < n { u128::from(rest[at + 1]) << 64 } else { 0 };
        remainder[at] = ((above | u128::from(rest[at])) >> shift) as u64;
    }
    Some((quotient, remainder))
}

/// The first `length` limbs of `a`, moved up by fewer than 64 bits.
fn shift_left<const M: usize>(a: &[u64], length: usize, shift: u32) -> [u64; M] {
    let mut out = [0; M];
    let mut carry = 0;
    for at in 0..length {
        let wide = u128::from(a[at]) << shift;
        out[at] = wide as u64 | carry;
        carry = (wide >> 64) as u64;
    }
    if let Some(top) = out.get_mut(length) {
        *top = carry;
    }
    out
}

/// One digit of a long division (Knuth, The Art of Computer Programming 4.3.1, algorithm D): divides
/// `rest`, one limb longer than the divisor, and leaves the remainder there. The divisor has two
/// limbs or more and its top bit set.
fn digit(rest: &mut [u64], divisor: &[u64]) -> u64 {
    let n = divisor.len();
    let top = u128::from(rest[n]) << 64 | u128::from(rest[n - 1]);
    let first = u128::from(divisor[n - 1]);
    let (mut guess, mut left) = if rest[n] >= divisor[n - 1] {
        let guess = u128::from(u64::MAX);
        (guess, top - guess * first)
    } else {
        (top / first, top % first)
    };
    while left >> 64 == 0
        && guess * u128::from(divisor[n - 2]) > (left << 64 | u128::from(rest[n - 2]))
    {
        guess -= 1;
        left += first;
    }
    let (mut carry, mut borrow) = (0_u128, false);
    for at in 0..n {
        carry += guess * u128::from(divisor[at]);
        let (partial, low) = rest[at].overflowing_sub(carry as u64);
        let (whole, high) = partial.overflowing_sub(u64::from(borrow));
        rest[at] = whole;
        borrow = low | high;
        carry >>= 64;
    }
    let (partial, low) = rest[n].overflowing_sub(carry as u64);
    let (whole, high) = partial.overflowing_sub(u64::from(borrow));
    rest[n] = whole;
    if low | high {
        guess -= 1;
        let mut carry = false;
        for at in 0..n {
            let (partial, low) = rest[at].overflowing_add(divisor[at]);
            let (whole, high) = partial.overflowing_add(u64::from(carry));
            rest[at] = whole;
            carry = low | high;
        }
        rest[n] = rest[n].wrapping_add(u64::from(carry));
    }
    guess as u64
}

/// A number of 128 bits.
#[must_use]
pub const fn from_u128(number: u128) -> U256 {
    [number as u64, (number >> 64) as u64, 0, 0]
}

/// The number as 128 bits, if they hold it.
#[must_use]
pub const fn to_u128(number: &U256) -> Option<u128> {
    match number {
        [low, high, 0, 0] => Some(*low as u128 | (*high as u128) << 64),
        _ => None,
    }
}

/// `high << 128 | low`.
#[must_use]
pub const fn from_halves(low: u128, high: u128) -> U256 {
    [low as u64, (low >> 64) as u64, high as u64, (high >> 64) as u64]
}

/// The lower and the upper 128 bits.
#[must_use]
pub const fn halves(number: &U256) -> (u128, u128) {
    let [a, b, c, d] = *number;
    (a as u128 | (b as u128) << 64, c as u128 | (d as u128) << 64)
}

/// The number modulo the prime.
#[must_use]
pub fn to_felt(number: &U256) -> Felt {
    match Felt::from_limbs(*number) {
        Some(felt) => felt,
        // The prime is no zero and a rest is below it.
        None => div_rem(number, &Felt::PRIME)
            .and_then(|(_, rest)| Felt::from_limbs(rest))
            .unwrap_or_default(),
    }
}

impl Wide {
    /// Zero.
    pub const ZERO: Self = Self { negative: false, limbs: [0; 8] };

    /// The number that is not negative.
    #[must_use]
    pub const fn positive(number: &U256) -> Self {
        let [a, b, c, d] = *number;
        Self { negative: false, limbs: [a, b, c, d, 0, 0, 0, 0] }
    }

    /// `self + other`; bits beyond the width are lost.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        if self.negative == other.negative {
            return Self { negative: self.negative, limbs: add(&self.limbs, &other.limbs).0 };
        }
        match compare(&self.limbs, &other.limbs) {
            Ordering::Equal => Self::ZERO,
            Ordering::Greater => {
                Self { negative: self.negative, limbs: sub(&self.limbs, &other.limbs).0 }
            }
            Ordering::Less => {
                Self { negative: other.negative, limbs: sub(&other.limbs, &self.limbs).0 }
            }
        }
    }

    /// The remainder in `0..modulus`, as Python's `%` gives it; `None` for a modulus of zero.
    #[must_use]
    pub fn modulo(&self, modulus: &U256) -> Option<U256> {
        let (_, rest) = div_rem(&self.limbs, modulus)?;
        Some(if self.negative && rest != [0; 4] { sub(modulus, &rest).0 } else { rest })
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::{BigInt, BigUint, Sign};

    use super::{U256, Wide, div_rem, mul, shifted};

    fn big(limbs: &[u64]) -> BigUint {
        let digits: Vec<u32> =
            limbs.iter().flat_map(|limb| [*limb as u32, (*limb >> 32) as u32]).collect();
        BigUint::new(digits)
    }

    /// Limbs that make long division take all its turns.
    fn samples() -> Vec<[u64; 8]> {
        let limbs = [0, 1, u64::MAX, 1 << 63, (1 << 63) - 1, 0x0123_4567_89ab_cdef, u64::MAX - 1];
        let mut state = 7_usize;
        let mut next = || {
            state = (state * 1_103_515_245 + 12345) % (1 << 31);
            limbs[(state >> 16) % limbs.len()]
        };
        (0..400).map(|_| std::array::from_fn(|_| next())).collect()
    }

    #[test]
    fn products_quotients_and_shifts_are_those_of_a_big_number_library() {
        for [a, b, c, d, e, f, g, h] in samples() {
            let (x, y): (U256, U256) = ([a, b, c, d], [e, f, g, h]);
            assert_eq!(big(&mul(&x, &y)), big(&x) * big(&y));
            for bits in [0, 1, 63, 64, 86, 172, 256] {
                assert_eq!(big(&shifted(&x, bits)), big(&x) << bits);
            }
            for used in 1..=4 {
                let mut divisor = y;
                divisor[used..].fill(0);
                if divisor == [0; 4] {
                    assert_eq!(div_rem(&x, &divisor), None);
                    continue;
                }
                let whole = [a, b, c, d, e, f, g, h];
                let (quotient, rest) = div_rem(&whole, &divisor).expect("no zero");
                assert_eq!(big(&quotient), big(&whole) / big(&divisor));
                assert_eq!(big(&rest), big(&whole) % big(&divisor));
                let (quotient, rest) = div_rem(&x, &divisor).expect("no zero");
                assert_eq!(big(&quotient), big(&x) / big(&divisor));
                assert_eq!(big(&rest), big(&x) % big(&divisor));
            }
        }
    }

    #[test]
    fn sums_with_signs() {
        let signed = |wide: &Wide| {
            let sign = if wide.negative { Sign::Minus } else { Sign::Plus };
            BigInt::from_biguint(sign, big(&wide.limbs))
        };
        for [a, b, c, d, e, f, g, h] in samples() {
            for (p, q) in [(false, false), (false, true), (true, false), (true, true)] {
                let x = Wide { negative: p, limbs: [a, b, c, 0, 0, 0, 0, 0] };
                let y = Wide { negative: q, limbs: [d, e, f, 0, 0, 0, 0, 0] };
                let sum = x.plus(&y);
                assert_eq!(signed(&sum), signed(&x) + signed(&y));
                let modulus = [g | 1, h, 5, 0];
                let rest = big(&sum.modulo(&modulus).expect("no zero"));
                let whole = BigInt::from(big(&modulus));
                let expected = ((signed(&sum) % &whole) + &whole) % &whole;
                assert_eq!(BigInt::from(rest), expected);
            }
        }
    }
}
