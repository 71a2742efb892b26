//! `starkware.python.math_utils` and its like. `None` wherever the original raises, or where it
//! would do something else than its name says.

use std::sync::LazyLock;

use cairo_zero_core::Felt;
use sha2::{Digest as _, Sha256};

use super::number::{
    add, compare, floor_div, from_bytes, hexadecimal, inverse, modulo, mul, neg, power_mod, sub,
};
use crate::Int;

/// An elliptic curve `y^2 = x^3 + alpha * x + beta` over a prime field.
pub(crate) struct Curve {
    pub(crate) prime: &'static str,
    pub(crate) alpha: &'static str,
    pub(crate) beta: &'static str,
    pub(crate) order: &'static str,
}

/// secp256k1 (SEC 2, section 2.4.1), in hexadecimal.
pub(crate) const SECP256K1: Curve = Curve {
    prime: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
    alpha: "0",
    beta: "7",
    order: "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
};

/// secp256r1 (SEC 2, section 2.4.2), in hexadecimal.
pub(crate) const SECP256R1: Curve = Curve {
    prime: "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
    alpha: "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc",
    beta: "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
    order: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
};

/// The STARK curve's beta; its alpha is 1 and its field the program's.
pub(crate) const STARK_BETA: &str =
    "6f21413efbe40de150e596d72f7a8c5609ad26c15c915c1f4cdfcb99cee9e89";

/// The primes that are known to be ones.
struct Primes(Vec<num_bigint::BigInt>);

static PRIMES: LazyLock<Primes> = LazyLock::new(|| {
    let known = [SECP256K1.prime, SECP256R1.prime, SECP256K1.order, SECP256R1.order];
    let mut primes: Vec<_> = known.iter().map(|prime| hexadecimal(prime).to_big()).collect();
    primes.push(super::number::prime().to_big());
    // Curve25519's field.
    primes.push((num_bigint::BigInt::from(1) << 255_u32) - 19);
    Primes(primes)
});

fn is_known_prime(p: &Int) -> bool {
    let p = p.as_big();
    PRIMES.0.contains(&p)
}

fn small(number: i64) -> Int {
    Int::from(number)
}

/// `div_mod(n, m, p)`
pub(crate) fn div_mod(n: &Int, m: &Int, p: &Int) -> Option<Int> {
    modulo(&mul(n, &inverse(m, p)?), p)
}

/// `safe_div(x, y)`
pub(crate) fn safe_div(x: &Int, y: &Int) -> Option<Int> {
    let (quotient, rest) = super::number::div_rem(x, y)?;
    rest.is_zero().then_some(quotient)
}

/// `div_ceil(x, y)`
pub(crate) fn div_ceil(x: &Int, y: &Int) -> Option<Int> {
    floor_div(&neg(x), y).map(|quotient| neg(&quotient))
}

/// `log2_ceil(x)`
pub(crate) fn log2_ceil(x: &Int) -> Option<Int> {
    if x.is_negative() || x.is_zero() {
        return None;
    }
    i64::try_from(sub(x, &small(1)).bits()).ok().map(Int::from)
}

/// `as_int(val, prime)`
pub(crate) fn as_int(val: &Int, prime: &Int) -> Option<Int> {
    let half = floor_div(prime, &small(2))?;
    Some(if compare(val, &half).is_lt() { val.clone() } else { sub(val, prime) })
}

/// `line_slope(point1, point2, p)`
pub(crate) fn line_slope(a: &[Int; 2], b: &[Int; 2], p: &Int) -> Option<Int> {
    let [ax, ay] = a;
    let [bx, by] = b;
    div_mod(&sub(ay, by), &sub(ax, bx), p)
}

/// `ec_double_slope(point, alpha, p)`
pub(crate) fn ec_double_slope(point: &[Int; 2], alpha: &Int, p: &Int) -> Option<Int> {
    let [x, y] = point;
    let above = add(&mul(&small(3), &mul(x, x)), alpha);
    div_mod(&above, &mul(&small(2), y), p)
}

/// `n` modulo `p` where `p` is the prime of the machine's own field.
fn of_field(n: &Int, p: &Int) -> Option<Felt> {
    (p.to_limbs()? == Felt::PRIME).then(|| n.to_felt())
}

/// `is_quad_residue(n, p)`, for the primes that hints use.
pub(crate) fn is_quad_residue(n: &Int, p: &Int) -> Option<bool> {
    if let Some(number) = of_field(n, p) {
        return Some(number.is_square());
    }
    if !is_known_prime(p) {
        return None;
    }
    let n = modulo(n, p)?;
    if n.bits() < 2 {
        return Some(true);
    }
    let exponent = floor_div(p, &small(2))?;
    Some(power_mod(&n, &exponent, p)? == small(1))
}

/// `sqrt(n, p)`: the smaller root, for the primes that hints use.
pub(crate) fn sqrt(n: &Int, p: &Int) -> Option<Int> {
    if let Some(number) = of_field(n, p) {
        return number.square_root().map(Int::from);
    }
    if !is_quad_residue(n, p)? {
        return None;
    }
    let n = modulo(n, p)?;
    if n.is_zero() {
        return Some(n);
    }
    let root = if modulo(p, &small(4))? == small(3) {
        power_mod(&n, &floor_div(&add(p, &small(1)), &small(4))?, p)?
    } else {
        cipolla(&n, p)?
    };
    let other = sub(p, &root);
    Some(if compare(&root, &other).is_lt() { root } else { other })
}

/// A square root of the quadratic residue `n` by Cipolla's algorithm: `(a + w)^((p + 1) / 2)` with
/// `w^2 = a^2 - n` no residue.
fn cipolla(n: &Int, p: &Int) -> Option<Int> {
    let mut a = small(0);
    let square = loop {
        a = add(&a, &small(1));
        let candidate = modulo(&sub(&mul(&a, &a), n), p)?;
        if !is_quad_residue(&candidate, p)? {
            break candidate;
        }
    };
    let product = |(x0, x1): &(Int, Int), (y0, y1): &(Int, Int)| {
        let real = add(&mul(x0, y0), &mul(&modulo(&mul(x1, y1), p)?, &square));
        let other = add(&mul(x0, y1), &mul(x1, y0));
        Some((modulo(&real, p)?, modulo(&other, p)?))
    };
    let exponent = floor_div(&add(p, &small(1)), &small(2))?.to_big();
    let mut result = (small(1), small(0));
    let base = (a, small(1));
    for bit in (0..exponent.bits()).rev() {
        result = product(&result, &result)?;
        if exponent.bit(bit) {
            result = product(&result, &base)?;
        }
    }
    Some(result.0)
}

/// `y_squared_from_x(x, alpha, beta, field_prime)`
pub(crate) fn y_squared_from_x(x: &Int, alpha: &Int, beta: &Int, p: &Int) -> Option<Int> {
    let cube = power_mod(x, &small(3), p)?;
    modulo(&add(&add(&cube, &mul(alpha, x)), beta), p)
}

/// `recover_y(x, alpha, beta, field_prime)`
pub(crate) fn recover_y(x: &Int, alpha: &Int, beta: &Int, p: &Int) -> Option<Int> {
    sqrt(&y_squared_from_x(x, alpha, beta, p)?, p)
}

/// `random_ec_point(field_prime, alpha, beta, seed)`
pub(crate) fn random_ec_point(p: &Int, alpha: &Int, beta: &Int, seed: &[u8]) -> Option<[Int; 2]> {
    if p.bits() > 256 || !is_known_prime(p) {
        return None;
    }
    let seed = Sha256::digest(seed);
    for attempt in 0..100_u128 {
        let mut hash = Sha256::new();
        hash.update(&seed[1..]);
        hash.update(&attempt.to_le_bytes()[..10]);
        let x = from_bytes(&hash.finalize(), false, false);
        if let Some(y) = recover_y(&x, alpha, beta, p) {
            let y = if seed[0] & 1 == 1 { neg(&y) } else { y };
            return Some([x, modulo(&y, p)?]);
        }
    }
    None
}

/// The bits of a limb of the secp hints' numbers.
const LIMB: i64 = 86;

/// `split(num)`: three limbs of 86 bits.
pub(crate) fn split(number: &Int) -> Option<[Int; 3]> {
    let base = super::number::shift_left(&small(1), &small(LIMB))?;
    let (rest, d0) = super::number::div_rem(number, &base)?;
    let (rest, d1) = super::number::div_rem(&rest, &base)?;
    let (rest, d2) = super::number::div_rem(&rest, &base)?;
    rest.is_zero().then_some([d0, d1, d2])
}

/// `pack(z, prime)` with the limbs of `z`.
pub(crate) fn pack(limbs: &[Int; 3], prime: &Int) -> Option<Int> {
    let mut sum = small(0);
    for limb in limbs.iter().rev() {
        sum = super::number::shift_left(&sum, &small(LIMB))?;
        sum = add(&sum, &as_int(limb, prime)?);
    }
    Some(sum)
}
