//! Number theory on Python's integers: inverses, square roots, primes.

use malachite_bigint::{BigInt, Sign};
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::field::{Limbs, Modulus};

/// The limbs of a number in `0..2^256`.
pub(super) fn limbs_of(number: &BigInt) -> Option<Limbs> {
    if number.is_negative() || number.bits() > 256 {
        return None;
    }
    let mut limbs = [0; 4];
    for (limb, digit) in limbs.iter_mut().zip(number.magnitude().iter_u64_digits()) {
        *limb = digit;
    }
    Some(limbs)
}

/// The number with these limbs.
pub(super) fn int_of(limbs: &Limbs) -> BigInt {
    let mut digits = [0_u32; 8];
    for (pair, &limb) in digits.chunks_exact_mut(2).zip(limbs) {
        pair[0] = limb as u32;
        pair[1] = (limb >> 32) as u32;
    }
    BigInt::from_slice(Sign::Plus, &digits)
}

/// The number in `0..modulus` that `number` is modulo the positive `modulus`.
pub(super) fn reduced(number: &BigInt, modulus: &BigInt) -> BigInt {
    if !number.is_negative() && number < modulus {
        return number.clone();
    }
    let rest = number % modulus;
    if rest.is_negative() { rest + modulus } else { rest }
}

/// The number in `0..modulus` whose product with `number` is one modulo the positive `modulus`;
/// `None` when there is none.
pub(super) fn inverse(number: &BigInt, modulus: &BigInt) -> Option<BigInt> {
    if modulus.is_one() {
        return Some(BigInt::zero());
    }
    let number = reduced(number, modulus);
    if let Some(field) = limbs_of(modulus).and_then(Modulus::new) {
        return field.inverse(&limbs_of(&number)?).map(|found| int_of(&found));
    }
    let (mut above, mut below) = (modulus.clone(), number);
    let (mut x, mut y) = (BigInt::zero(), BigInt::one());
    while !below.is_zero() {
        let quotient = &above / &below;
        (above, below) = (below.clone(), above - &quotient * below);
        (x, y) = (y.clone(), x - quotient * y);
    }
    above.is_one().then(|| reduced(&x, modulus))
}

/// The Jacobi symbol of `a` over the odd positive `n`.
pub(super) fn jacobi(a: &BigInt, n: &BigInt) -> i32 {
    let (mut a, mut n) = (reduced(a, n), n.clone());
    let mut symbol = 1;
    while !a.is_zero() {
        let twos = a.trailing_zeros().unwrap_or(0);
        a >>= twos;
        let (low_a, low_n) = (low_bits(&a), low_bits(&n));
        if twos % 2 == 1 && (low_n % 8 == 3 || low_n % 8 == 5) {
            symbol = -symbol;
        }
        if low_a % 4 == 3 && low_n % 4 == 3 {
            symbol = -symbol;
        }
        (a, n) = (&n % &a, a);
    }
    if n.is_one() { symbol } else { 0 }
}

fn low_bits(number: &BigInt) -> u64 {
    number.magnitude().iter_u64_digits().next().unwrap_or(0)
}

const SMALL_PRIMES: [u32; 30] = [
    2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
    101, 103, 107, 109, 113,
];

/// Whether a number is prime: the test of Miller and Rabin with the thirty least primes, which is
/// right for all numbers below 2^81 and wrong for no other that anybody has found by chance.
pub(super) fn is_prime(number: &BigInt) -> bool {
    if let Some(small) = number.to_u32()
        && small <= SMALL_PRIMES[SMALL_PRIMES.len() - 1]
    {
        return SMALL_PRIMES.contains(&small);
    }
    if !number.is_positive() {
        return false;
    }
    if SMALL_PRIMES.iter().any(|&prime| (number % BigInt::from(prime)).is_zero()) {
        return false;
    }
    let one = BigInt::one();
    let less = number - &one;
    let twos = less.trailing_zeros().unwrap_or(0);
    let odd = &less >> twos;
    let ring = Ring::new(number);
    let (unit, minus) = (ring.enter(&one), ring.enter(&less));
    SMALL_PRIMES.iter().all(|&base| {
        let mut power = ring.power(&ring.enter(&BigInt::from(base)), &odd);
        if power == unit || power == minus {
            return true;
        }
        for _ in 1..twos {
            power = ring.multiply(&power, &power);
            if power == minus {
                return true;
            }
        }
        false
    })
}

/// The smaller square root of `number` modulo the odd prime `prime`; `None` when there is none.
///
/// For a modulus that is no prime the answer means nothing, but there is one.
pub(super) fn square_root(number: &BigInt, prime: &BigInt) -> Option<BigInt> {
    let number = reduced(number, prime);
    if number.is_zero() {
        return Some(number);
    }
    if jacobi(&number, prime) != 1 {
        return None;
    }
    let ring = Ring::new(prime);
    let root = ring.leave(&tonelli_shanks(&ring, &number, prime)?);
    let other = prime - &root;
    Some(root.min(other))
}

/// A square root in the ring's form.
fn tonelli_shanks(ring: &Ring, number: &BigInt, prime: &BigInt) -> Option<Element> {
    let less = prime - BigInt::one();
    let twos = less.trailing_zeros()?;
    let odd: BigInt = &less >> twos;
    let unit = ring.enter(&BigInt::one());
    let form = ring.enter(number);
    // number^((odd - 1) / 2), from which both the root and its error follow.
    let half = ring.power(&form, &(&odd >> 1));
    let mut root = ring.multiply(&half, &form);
    let mut error = ring.multiply(&root, &half);
    if error == unit {
        return Some(root);
    }
    let mut residue = BigInt::from(2);
    while jacobi(&residue, prime) != -1 {
        residue += 1;
        if residue > BigInt::from(100_000) {
            return None;
        }
    }
    let mut generator = ring.power(&ring.enter(&residue), &odd);
    let mut order = twos;
    while error != unit {
        let mut exponent = 0;
        let mut power = error.clone();
        while power != unit {
            power = ring.multiply(&power, &power);
            exponent += 1;
            if exponent == order {
                return None;
            }
        }
        for _ in exponent + 1..order {
            generator = ring.multiply(&generator, &generator);
        }
        root = ring.multiply(&root, &generator);
        generator = ring.multiply(&generator, &generator);
        error = ring.multiply(&error, &generator);
        order = exponent;
    }
    Some(root)
}

/// Numbers modulo an odd number of any size.
enum Ring {
    Small(Modulus),
    Large(BigInt),
}

/// An element of a [`Ring`]; elements of one ring are all of one kind.
#[derive(Clone, PartialEq, Eq)]
enum Element {
    Small(Limbs),
    Large(BigInt),
}

impl Ring {
    fn new(modulus: &BigInt) -> Self {
        match limbs_of(modulus).and_then(Modulus::new) {
            Some(field) => Self::Small(field),
            None => Self::Large(modulus.clone()),
        }
    }

    fn enter(&self, number: &BigInt) -> Element {
        match self {
            Self::Small(field) => {
                let number = reduced(number, &int_of(field.value()));
                Element::Small(field.enter(&limbs_of(&number).unwrap_or_default()))
            }
            Self::Large(modulus) => Element::Large(reduced(number, modulus)),
        }
    }

    fn leave(&self, element: &Element) -> BigInt {
        match (self, element) {
            (Self::Small(field), Element::Small(form)) => int_of(&field.leave(form)),
            (_, Element::Large(number)) => number.clone(),
            (Self::Large(_), Element::Small(form)) => int_of(form),
        }
    }

    fn multiply(&self, a: &Element, b: &Element) -> Element {
        match (self, a, b) {
            (Self::Small(field), Element::Small(a), Element::Small(b)) => {
                Element::Small(field.multiply(a, b))
            }
            _ => {
                let (a, b) = (self.leave(a), self.leave(b));
                self.enter(&(a * b))
            }
        }
    }

    fn power(&self, base: &Element, exponent: &BigInt) -> Element {
        if let (Self::Large(modulus), Element::Large(base)) = (self, base) {
            return Element::Large(base.modpow(exponent, modulus));
        }
        let mut power = self.enter(&BigInt::one());
        for place in (0..exponent.bits()).rev() {
            power = self.multiply(&power, &power);
            if exponent.bit(place) {
                power = self.multiply(&power, base);
            }
        }
        power
    }
}
