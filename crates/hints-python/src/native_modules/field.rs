//! Arithmetic modulo an odd number of at most 256 bits, in Montgomery's form.
//!
//! Nothing here is secret, so nothing takes constant time.

use std::cmp::Ordering;

/// A number below 2^256, least significant limb first.
pub(super) type Limbs = [u64; 4];

pub(super) const ZERO: Limbs = [0; 4];
const ONE: Limbs = [1, 0, 0, 0];

/// An odd modulus greater than one.
#[derive(Debug, Clone)]
pub(super) struct Modulus {
    n: Limbs,
    /// `-1 / n` modulo 2^64.
    negated_inverse: u64,
    /// `2^256` modulo n: one in Montgomery's form.
    one: Limbs,
    /// `2^512` modulo n.
    square: Limbs,
}

fn compare(a: &Limbs, b: &Limbs) -> Ordering {
    (a[3], a[2], a[1], a[0]).cmp(&(b[3], b[2], b[1], b[0]))
}

fn is_less(a: &Limbs, b: &Limbs) -> bool {
    compare(a, b) == Ordering::Less
}

/// `a + b` and the carry.
fn sum(a: &Limbs, b: &Limbs) -> (Limbs, bool) {
    let mut out = ZERO;
    let mut carry = false;
    for (place, limb) in out.iter_mut().enumerate() {
        let (partial, first) = a[place].overflowing_add(b[place]);
        let (whole, second) = partial.overflowing_add(u64::from(carry));
        *limb = whole;
        carry = first | second;
    }
    (out, carry)
}

/// `a - b` modulo 2^256 and the borrow.
fn difference(a: &Limbs, b: &Limbs) -> (Limbs, bool) {
    let mut out = ZERO;
    let mut borrow = false;
    for (place, limb) in out.iter_mut().enumerate() {
        let (partial, first) = a[place].overflowing_sub(b[place]);
        let (whole, second) = partial.overflowing_sub(u64::from(borrow));
        *limb = whole;
        borrow = first | second;
    }
    (out, borrow)
}

/// Half of the number whose bit 256 is `top`.
fn halved(a: &Limbs, top: bool) -> Limbs {
    [
        (a[0] >> 1) | (a[1] << 63),
        (a[1] >> 1) | (a[2] << 63),
        (a[2] >> 1) | (a[3] << 63),
        (a[3] >> 1) | (u64::from(top) << 63),
    ]
}

/// `a + b * c + carry` as its low limb and what goes on.
fn multiply_add(a: u64, b: u64, c: u64, carry: u64) -> (u64, u64) {
    let wide = u128::from(b) * u128::from(c) + u128::from(a) + u128::from(carry);
    (wide as u64, (wide >> 64) as u64)
}

impl Modulus {
    /// The modulus `n`, if it is odd and greater than one.
    pub(super) fn new(n: Limbs) -> Option<Self> {
        if n[0] & 1 == 0 || n == ONE {
            return None;
        }
        // Newton's iteration doubles the number of right bits; n is its own inverse modulo 8.
        let mut inverse = n[0];
        for _ in 0..5 {
            inverse = inverse.wrapping_mul(2_u64.wrapping_sub(n[0].wrapping_mul(inverse)));
        }
        let negated_inverse = inverse.wrapping_neg();
        let mut modulus = Self { n, negated_inverse, one: ONE, square: ZERO };
        let mut power = ONE;
        for step in 0..512 {
            if step == 256 {
                modulus.one = power;
            }
            power = modulus.add(&power, &power);
        }
        modulus.square = power;
        Some(modulus)
    }

    /// The modulus itself.
    pub(super) const fn value(&self) -> &Limbs {
        &self.n
    }

    /// One, in Montgomery's form.
    pub(super) const fn one(&self) -> &Limbs {
        &self.one
    }

    pub(super) fn add(&self, a: &Limbs, b: &Limbs) -> Limbs {
        let (total, carry) = sum(a, b);
        if carry || !is_less(&total, &self.n) { difference(&total, &self.n).0 } else { total }
    }

    pub(super) fn subtract(&self, a: &Limbs, b: &Limbs) -> Limbs {
        let (rest, borrow) = difference(a, b);
        if borrow { sum(&rest, &self.n).0 } else { rest }
    }

    pub(super) fn multiply(&self, a: &Limbs, b: &Limbs) -> Limbs {
        // One limb of b at a time, and after each a multiple of n that clears the lowest limb.
        let mut total = [0_u64; 6];
        for &factor in b {
            let mut carry = 0;
            for place in 0..4 {
                (total[place], carry) = multiply_add(total[place], a[place], factor, carry);
            }
            let (high, over) = total[4].overflowing_add(carry);
            total[4] = high;
            total[5] = u64::from(over);

            let multiple = total[0].wrapping_mul(self.negated_inverse);
            let (_, mut carry) = multiply_add(total[0], multiple, self.n[0], 0);
            for place in 1..4 {
                (total[place - 1], carry) =
                    multiply_add(total[place], multiple, self.n[place], carry);
            }
            let (high, over) = total[4].overflowing_add(carry);
            total[3] = high;
            total[4] = total[5] + u64::from(over);
        }
        let out = [total[0], total[1], total[2], total[3]];
        if total[4] != 0 || !is_less(&out, &self.n) { difference(&out, &self.n).0 } else { out }
    }

    pub(super) fn square(&self, a: &Limbs) -> Limbs {
        self.multiply(a, a)
    }

    /// Montgomery's form of a number below the modulus.
    pub(super) fn enter(&self, plain: &Limbs) -> Limbs {
        self.multiply(plain, &self.square)
    }

    /// The number whose form this is.
    pub(super) fn leave(&self, form: &Limbs) -> Limbs {
        self.multiply(form, &ONE)
    }

    /// `1 / a` for a number below the modulus, neither in Montgomery's form; `None` when they have a
    /// common divisor.
    pub(super) fn inverse(&self, a: &Limbs) -> Option<Limbs> {
        if *a == ZERO {
            return None;
        }
        // Throughout, u = x * a and v = y * a modulo n.
        let (mut u, mut v) = (*a, self.n);
        let (mut x, mut y) = (ONE, ZERO);
        loop {
            self.strip(&mut u, &mut x);
            self.strip(&mut v, &mut y);
            match compare(&u, &v) {
                Ordering::Equal => break,
                Ordering::Greater => {
                    u = difference(&u, &v).0;
                    x = self.subtract(&x, &y);
                }
                Ordering::Less => {
                    v = difference(&v, &u).0;
                    y = self.subtract(&y, &x);
                }
            }
        }
        (u == ONE).then_some(x)
    }

    /// Halves `u` until it is odd, and `x` modulo n as often.
    fn strip(&self, u: &mut Limbs, x: &mut Limbs) {
        while u[0] & 1 == 0 {
            *u = halved(u, false);
            let (even, carry) = if x[0] & 1 == 0 { (*x, false) } else { sum(x, &self.n) };
            *x = halved(&even, carry);
        }
    }
}
