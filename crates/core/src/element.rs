//! [`Element`]: a felt in Montgomery form, for long chains of multiplications.
//!
//! An element stands for `x` by `x * 2^256` modulo the prime. What makes it fast is the prime's shape,
//! `2^251 + 17 * 2^192 + 1`: its lowest limb is 1 and its two middle ones are 0, so that a limb of a
//! product is cleared by one small multiplication; and it is so far below `2^256` that sums need not
//! be brought below it at all before they are multiplied.

use std::ops::{Add, Mul, Neg, Sub};

use crate::Felt;

type Limbs = [u64; 4];

/// The top limb of the prime.
const TOP: u64 = Felt::PRIME[3];

/// A number of the Cairo field in Montgomery form.
#[derive(Debug, Clone, Copy, Default)]
pub struct Element(
    /// Below twice the prime.
    Limbs,
);

/// A sum of elements that nobody has reduced, for multiplying once.
///
/// It counts how many elements' worth it may hold: a product of two sums must have
/// at most [`Sum::MOST`] pairs of elements in it, which debug builds check.
#[derive(Debug, Clone, Copy)]
pub struct Sum {
    limbs: Limbs,
    #[cfg(debug_assertions)]
    terms: u32,
}

impl Element {
    /// 0.
    pub const ZERO: Self = Self([0; 4]);

    /// 1.
    pub const ONE: Self = Self([
        0xffff_ffff_ffff_ffe1,
        0xffff_ffff_ffff_ffff,
        0xffff_ffff_ffff_ffff,
        0x07ff_ffff_ffff_fdf0,
    ]);

    /// The element that stands for a felt.
    #[inline(always)]
    #[must_use]
    pub fn from_felt(felt: Felt) -> Self {
        Self(product(&felt.limbs(), &SQUARE_OF_RADIX))
    }

    /// The felt that it stands for.
    #[inline(always)]
    #[must_use]
    pub fn to_felt(self) -> Felt {
        Felt::from_reduced_limbs(reduced(&product(&self.0, &[1, 0, 0, 0])))
    }

    /// `2 * self`
    #[inline(always)]
    #[must_use]
    pub fn double(self) -> Self {
        self + self
    }

    /// `self * self`
    #[inline(always)]
    #[must_use]
    pub fn square(self) -> Self {
        Self(square(&self.0))
    }

    /// The square of the square, and so on: `self` to the power of `2^times`.
    #[inline(always)]
    #[must_use]
    pub fn squared_times(self, times: u32) -> Self {
        (0..times).fold(self, |power, _| power.square())
    }

    /// The inverse; 0 for 0.
    #[must_use]
    pub fn inverse(self) -> Self {
        self.to_felt().inverse().map_or(Self::ZERO, Self::from_felt)
    }

    /// Whether this is 0.
    #[inline(always)]
    #[must_use]
    pub const fn is_zero(self) -> bool {
        let [a, b, c, d] = self.0;
        (a | b | c | d == 0) || (a == 1 && b | c == 0 && d == TOP)
    }

    /// The limbs of the Montgomery form, below the prime: equal elements have equal ones.
    #[inline(always)]
    #[must_use]
    pub fn canonical(self) -> [u64; 4] {
        reduced(&self.0)
    }

    /// As a sum, to add more to it.
    #[inline(always)]
    #[must_use]
    pub const fn sum(self) -> Sum {
        Sum::new(self.0, 1)
    }
}

impl Add for Element {
    type Output = Self;

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(weakly_reduced(&add(&self.0, &other.0)))
    }
}

impl Sub for Element {
    type Output = Self;

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(weakly_reduced(&sub(&add(&self.0, &TWO_PRIMES), &other.0)))
    }
}

impl Neg for Element {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        Self::ZERO - self
    }
}

impl Mul for Element {
    type Output = Self;

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(product(&self.0, &other.0))
    }
}

impl PartialEq for Element {
    fn eq(&self, other: &Self) -> bool {
        self.canonical() == other.canonical()
    }
}

impl Eq for Element {}

impl Sum {
    /// The most pairs of elements in a product. An element is below `2P`, so so many pairs are below
    /// `28 P^2`, and reducing that by `2^256`, nearly `32 P`, leaves less than `2P`.
    pub const MOST: u32 = 7;

    #[inline(always)]
    const fn new(limbs: Limbs, terms: u32) -> Self {
        #[cfg(debug_assertions)]
        {
            assert!(terms <= 15, "fifteen elements fit 256 bits");
            Self { limbs, terms }
        }
        #[cfg(not(debug_assertions))]
        {
            let _ = terms;
            Self { limbs }
        }
    }

    #[inline(always)]
    const fn terms(&self) -> u32 {
        #[cfg(debug_assertions)]
        {
            self.terms
        }
        #[cfg(not(debug_assertions))]
        {
            1
        }
    }

    /// `self + element`
    #[inline(always)]
    #[must_use]
    pub fn plus(self, element: Element) -> Self {
        Self::new(add(&self.limbs, &element.0), self.terms() + 1)
    }

    /// `self - element`
    #[inline(always)]
    #[must_use]
    pub fn minus(self, element: Element) -> Self {
        Self::new(sub(&add(&self.limbs, &TWO_PRIMES), &element.0), self.terms() + 1)
    }

    /// The element that it is.
    #[inline(always)]
    #[must_use]
    pub fn reduce(self) -> Element {
        Element(weakly_reduced(&self.limbs))
    }

    /// `self * other`
    #[inline(always)]
    #[must_use]
    pub fn times(self, other: Self) -> Element {
        debug_assert!(self.terms() * other.terms() <= Self::MOST, "a product of small sums");
        Element(product(&self.limbs, &other.limbs))
    }

    /// `self * self`
    #[inline(always)]
    #[must_use]
    pub fn square(self) -> Element {
        debug_assert!(self.terms() * self.terms() <= Self::MOST, "a product of small sums");
        Element(square(&self.limbs))
    }
}

/// `2P`
const TWO_PRIMES: Limbs = [2, 0, 0, 2 * TOP];

/// `2^512` modulo the prime.
const SQUARE_OF_RADIX: Limbs =
    [0xffff_fd73_7e00_0401, 0x0000_0001_330f_ffff, 0xffff_ffff_ff6f_8000, 0x07ff_d4ab_5e00_8810];

/// `a + b`, which has to be below `2^256`.
#[inline(always)]
fn add(a: &Limbs, b: &Limbs) -> Limbs {
    let (r0, carry) = a[0].overflowing_add(b[0]);
    let (r1, carry) = a[1].carrying_add(b[1], carry);
    let (r2, carry) = a[2].carrying_add(b[2], carry);
    let (r3, _) = a[3].carrying_add(b[3], carry);
    [r0, r1, r2, r3]
}

/// `a - b`, which must not be below zero.
#[inline(always)]
fn sub(a: &Limbs, b: &Limbs) -> Limbs {
    let (r0, borrow) = a[0].overflowing_sub(b[0]);
    let (r1, borrow) = a[1].borrowing_sub(b[1], borrow);
    let (r2, borrow) = a[2].borrowing_sub(b[2], borrow);
    let (r3, _) = a[3].borrowing_sub(b[3], borrow);
    [r0, r1, r2, r3]
}

/// Brings any number of 256 bits below twice the prime.
#[inline(always)]
fn weakly_reduced(a: &Limbs) -> Limbs {
    // With `q` times `2^251` in it, what is left after subtracting `q - 1` primes is above zero, as
    // `q` is far below the prime's part above `2^251`, and below two primes.
    let q = a[3] >> 59;
    sub(&add(a, &Felt::PRIME), &[q, 0, 0, q * TOP])
}

/// Brings a number below twice the prime below the prime.
#[inline(always)]
fn reduced(a: &Limbs) -> Limbs {
    let below = a[3] < TOP || (a[3] == TOP && a[0] | a[1] | a[2] == 0);
    if below { *a } else { sub(a, &Felt::PRIME) }
}

/// `a * b / 2^256` modulo the prime and below twice the prime; `a * b` is below `31 P^2`.
#[inline(always)]
fn product(a: &Limbs, b: &Limbs) -> Limbs {
    let (t0, c) = a[0].carrying_mul(b[0], 0);
    let (t1, c) = a[0].carrying_mul(b[1], c);
    let (t2, c) = a[0].carrying_mul(b[2], c);
    let (t3, t4) = a[0].carrying_mul(b[3], c);
    let (t1, c) = a[1].carrying_mul_add(b[0], t1, 0);
    let (t2, c) = a[1].carrying_mul_add(b[1], t2, c);
    let (t3, c) = a[1].carrying_mul_add(b[2], t3, c);
    let (t4, t5) = a[1].carrying_mul_add(b[3], t4, c);
    let (t2, c) = a[2].carrying_mul_add(b[0], t2, 0);
    let (t3, c) = a[2].carrying_mul_add(b[1], t3, c);
    let (t4, c) = a[2].carrying_mul_add(b[2], t4, c);
    let (t5, t6) = a[2].carrying_mul_add(b[3], t5, c);
    let (t3, c) = a[3].carrying_mul_add(b[0], t3, 0);
    let (t4, c) = a[3].carrying_mul_add(b[1], t4, c);
    let (t5, c) = a[3].carrying_mul_add(b[2], t5, c);
    let (t6, t7) = a[3].carrying_mul_add(b[3], t6, c);
    divided([t0, t1, t2, t3], [t4, t5, t6, t7])
}

/// [`product`] of a number with itself.
#[inline(always)]
fn square(a: &Limbs) -> Limbs {
    // The products of different limbs, which count twice.
    let (t1, c) = a[0].carrying_mul(a[1], 0);
    let (t2, c) = a[0].carrying_mul(a[2], c);
    let (t3, t4) = a[0].carrying_mul(a[3], c);
    let (t3, c) = a[1].carrying_mul_add(a[2], t3, 0);
    let (t4, t5) = a[1].carrying_mul_add(a[3], t4, c);
    let (t5, t6) = a[2].carrying_mul_add(a[3], t5, 0);
    let t7 = t6 >> 63;
    let t6 = t6 << 1 | t5 >> 63;
    let t5 = t5 << 1 | t4 >> 63;
    let t4 = t4 << 1 | t3 >> 63;
    let t3 = t3 << 1 | t2 >> 63;
    let t2 = t2 << 1 | t1 >> 63;
    let t1 = t1 << 1;
    let (t0, s1) = a[0].carrying_mul(a[0], 0);
    let (s2, s3) = a[1].carrying_mul(a[1], 0);
    let (s4, s5) = a[2].carrying_mul(a[2], 0);
    let (s6, s7) = a[3].carrying_mul(a[3], 0);
    let (t1, carry) = t1.overflowing_add(s1);
    let (t2, carry) = t2.carrying_add(s2, carry);
    let (t3, carry) = t3.carrying_add(s3, carry);
    let (t4, carry) = t4.carrying_add(s4, carry);
    let (t5, carry) = t5.carrying_add(s5, carry);
    let (t6, carry) = t6.carrying_add(s6, carry);
    let (t7, _) = t7.carrying_add(s7, carry);
    divided([t0, t1, t2, t3], [t4, t5, t6, t7])
}

/// `(low + high * 2^256) / 2^256` modulo the prime.
///
/// As the prime's lowest limb is 1, subtracting a limb times the prime clears that limb and changes
/// nothing below the limb three further up. What is subtracted in all is below `2^256` primes, so the
/// quotient is above minus one prime, and one is added.
#[inline(always)]
fn divided(low: Limbs, high: Limbs) -> Limbs {
    let (l0, h0) = low[0].carrying_mul(TOP, 0);
    let (third, borrow) = low[3].overflowing_sub(l0);
    let (l1, h1) = low[1].carrying_mul(TOP, 0);
    let (l2, h2) = low[2].carrying_mul(TOP, 0);
    let (l3, h3) = third.carrying_mul(TOP, 0);
    let (u0, carry) = h0.carrying_add(l1, borrow);
    let (u1, carry) = h1.carrying_add(l2, carry);
    let (u2, carry) = h2.carrying_add(l3, carry);
    let (u3, _) = h3.carrying_add(0, carry);
    sub(&add(&high, &Felt::PRIME), &[u0, u1, u2, u3])
}
