//! Python's operators on whole numbers: floor division, the sign of remainders, shifts and bits of
//! negative numbers. What is undefined in Python is `None` here.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _, Zero as _};

use crate::Int;

/// Numbers of more bits than this are left to the interpreter.
pub(crate) const MAX_BITS: u64 = 1 << 20;

/// `a + b`
pub(crate) fn add(a: &Int, b: &Int) -> Int {
    if let (Some(x), Some(y)) = (a.to_i128(), b.to_i128())
        && let Some(sum) = x.checked_add(y)
    {
        return Int::from(sum);
    }
    Int::from(&*a.as_big() + &*b.as_big())
}

/// `a - b`
pub(crate) fn sub(a: &Int, b: &Int) -> Int {
    if let (Some(x), Some(y)) = (a.to_i128(), b.to_i128())
        && let Some(difference) = x.checked_sub(y)
    {
        return Int::from(difference);
    }
    Int::from(&*a.as_big() - &*b.as_big())
}

/// `a * b`
pub(crate) fn mul(a: &Int, b: &Int) -> Int {
    if let (Some(x), Some(y)) = (a.to_i128(), b.to_i128())
        && let Some(product) = x.checked_mul(y)
    {
        return Int::from(product);
    }
    Int::from(&*a.as_big() * &*b.as_big())
}

/// `-a`
pub(crate) fn neg(a: &Int) -> Int {
    match a.to_i128().and_then(i128::checked_neg) {
        Some(negated) => Int::from(negated),
        None => Int::from(-&*a.as_big()),
    }
}

/// `abs(a)`
pub(crate) fn abs(a: &Int) -> Int {
    if a.is_negative() { neg(a) } else { a.clone() }
}

/// `~a`
pub(crate) fn invert(a: &Int) -> Int {
    match a.to_i128() {
        Some(small) => Int::from(!small),
        None => Int::from(-&*a.as_big() - BigInt::one()),
    }
}

/// `divmod(a, b)`; `None` for a division by zero.
pub(crate) fn div_rem(a: &Int, b: &Int) -> Option<(Int, Int)> {
    if b.is_zero() {
        return None;
    }
    if let (Some(x), Some(y)) = (a.to_i128(), b.to_i128())
        && let (Some(quotient), Some(rest)) = (x.checked_div(y), x.checked_rem(y))
    {
        return Some(if rest != 0 && (rest < 0) != (y < 0) {
            (Int::from(quotient - 1), Int::from(rest + y))
        } else {
            (Int::from(quotient), Int::from(rest))
        });
    }
    if !a.is_negative() && !b.is_negative() && compare(a, b) == Ordering::Less {
        return Some((Int::from(0_i64), a.clone()));
    }
    let (quotient, rest) = a.as_big().div_mod_floor(&b.as_big());
    Some((Int::from(quotient), Int::from(rest)))
}

/// `a // b`; `None` for a division by zero.
pub(crate) fn floor_div(a: &Int, b: &Int) -> Option<Int> {
    div_rem(a, b).map(|(quotient, _)| quotient)
}

/// `a % b`; `None` for a division by zero.
pub(crate) fn modulo(a: &Int, b: &Int) -> Option<Int> {
    if a.to_i128().is_some() && b.to_i128().is_some() {
        return div_rem(a, b).map(|(_, rest)| rest);
    }
    if b.is_zero() {
        return None;
    }
    if !a.is_negative() && !b.is_negative() && compare(a, b) == Ordering::Less {
        return Some(a.clone());
    }
    Some(Int::from(a.as_big().mod_floor(&b.as_big())))
}

/// The order of two numbers.
pub(crate) fn compare(a: &Int, b: &Int) -> Ordering {
    match (a.to_i128(), b.to_i128()) {
        (Some(x), Some(y)) => x.cmp(&y),
        _ => a.as_big().cmp(&b.as_big()),
    }
}

/// `a & b`
pub(crate) fn and(a: &Int, b: &Int) -> Int {
    match (a.to_i128(), b.to_i128()) {
        (Some(x), Some(y)) => Int::from(x & y),
        _ => Int::from(&*a.as_big() & &*b.as_big()),
    }
}

/// `a | b`
pub(crate) fn or(a: &Int, b: &Int) -> Int {
    match (a.to_i128(), b.to_i128()) {
        (Some(x), Some(y)) => Int::from(x | y),
        _ => Int::from(&*a.as_big() | &*b.as_big()),
    }
}

/// `a ^ b`
pub(crate) fn xor(a: &Int, b: &Int) -> Int {
    match (a.to_i128(), b.to_i128()) {
        (Some(x), Some(y)) => Int::from(x ^ y),
        _ => Int::from(&*a.as_big() ^ &*b.as_big()),
    }
}

/// `a << b`; `None` for a negative `b` and results that are too large.
pub(crate) fn shift_left(a: &Int, b: &Int) -> Option<Int> {
    if b.is_negative() {
        return None;
    }
    if a.is_zero() {
        return Some(a.clone());
    }
    let by = u32::try_from(b.to_i64()?).ok()?;
    if a.bits() + u64::from(by) > MAX_BITS {
        return None;
    }
    match a.to_i128() {
        Some(small) if a.bits() + u64::from(by) < 127 => Some(Int::from(small << by)),
        _ => Some(Int::from(&*a.as_big() << by)),
    }
}

/// `a >> b`; `None` for a negative `b`.
pub(crate) fn shift_right(a: &Int, b: &Int) -> Option<Int> {
    if b.is_negative() {
        return None;
    }
    let by = b.to_i64().and_then(|by| u32::try_from(by).ok()).unwrap_or(u32::MAX);
    Some(match a.to_i128() {
        Some(small) => Int::from(small >> by.min(127)),
        None => Int::from(&*a.as_big() >> by),
    })
}

/// `a ** b`; `None` for a negative `b`, whose result is no whole number, and too large results.
pub(crate) fn power(a: &Int, b: &Int) -> Option<Int> {
    if b.is_negative() {
        return None;
    }
    if b.is_zero() {
        return Some(Int::from(1_i64));
    }
    if a.bits() <= 1 {
        // 0, 1 and -1
        let odd = b.as_big().is_odd();
        return Some(if odd { a.clone() } else { mul(a, a) });
    }
    let exponent = u32::try_from(b.to_i64()?).ok()?;
    if a.bits().checked_mul(u64::from(exponent))? > MAX_BITS {
        return None;
    }
    if let Some(small) = a.to_i128().and_then(|small| small.checked_pow(exponent)) {
        return Some(Int::from(small));
    }
    Some(Int::from(a.as_big().pow(exponent)))
}

/// `pow(a, b, modulus)`; `None` where Python raises.
pub(crate) fn power_mod(a: &Int, b: &Int, modulus: &Int) -> Option<Int> {
    if modulus.is_zero() {
        return None;
    }
    let modulus = modulus.as_big();
    if b.is_negative() {
        let inverse = inverse(a, &Int::from(modulus.abs()))?;
        let result = inverse.as_big().modpow(&-&*b.as_big(), &modulus);
        return Some(Int::from(result));
    }
    Some(Int::from(a.as_big().modpow(&b.as_big(), &modulus)))
}

/// The number below `modulus`, which is positive, that makes 1 when multiplied with `a`.
pub(crate) fn inverse(a: &Int, modulus: &Int) -> Option<Int> {
    let modulus = modulus.as_big();
    if !modulus.is_positive() {
        return None;
    }
    if modulus.is_one() {
        return Some(Int::from(0_i64));
    }
    let a = a.as_big().mod_floor(&modulus);
    if modulus.is_odd()
        && let (Some(a), Some(modulus)) = (limbs(&a), limbs(&modulus))
    {
        return cairo_zero_core::inverse(&a, &modulus).map(|inverse| of_limbs(&inverse));
    }
    a.modinv(&modulus).map(Int::from)
}

/// A number that is not negative in four limbs, if they hold it.
fn limbs(number: &BigInt) -> Option<[u64; 4]> {
    let mut limbs = [0; 4];
    if number.is_negative() || number.bits() > 256 {
        return None;
    }
    for (limb, digit) in limbs.iter_mut().zip(number.iter_u64_digits()) {
        *limb = digit;
    }
    Some(limbs)
}

fn of_limbs(limbs: &[u64; 4]) -> Int {
    let digits: Vec<u32> =
        limbs.iter().flat_map(|limb| [*limb as u32, (*limb >> 32) as u32]).collect();
    Int::from(BigInt::from_slice(num_bigint::Sign::Plus, &digits))
}

/// The floor of the square root of a number that is not negative.
pub(crate) fn isqrt(a: &Int) -> Option<Int> {
    if a.is_negative() {
        return None;
    }
    Some(match a.to_i128() {
        Some(small) => Int::from(small.isqrt()),
        None => Int::from(a.as_big().sqrt()),
    })
}

/// The number as an index or a count.
pub(crate) fn to_usize(a: &Int) -> Option<usize> {
    a.to_i64().and_then(|small| usize::try_from(small).ok())
}

/// `a.to_bytes(length, order, signed)`; `None` where Python raises.
pub(crate) fn to_bytes(a: &Int, length: usize, little: bool, signed: bool) -> Option<Vec<u8>> {
    let (negative, bits) = (a.is_negative(), a.bits());
    let room = (length as u64).checked_mul(8)?;
    if length > MAX_BITS as usize || (negative && !signed) {
        return None;
    }
    let mut bytes = if negative {
        if bits > room || (bits == room && a.as_big().magnitude().count_ones() != 1) {
            return None;
        }
        a.as_big().to_signed_bytes_le()
    } else {
        if bits > room || (signed && bits == room && room > 0) {
            return None;
        }
        a.as_big().magnitude().to_bytes_le()
    };
    bytes.resize(length, if negative { 0xff } else { 0 });
    if !little {
        bytes.reverse();
    }
    Some(bytes)
}

/// `int.from_bytes(bytes, order, signed)`
pub(crate) fn from_bytes(bytes: &[u8], little: bool, signed: bool) -> Int {
    use num_bigint::Sign;
    Int::from(match (little, signed) {
        (true, false) => BigInt::from_bytes_le(Sign::Plus, bytes),
        (false, false) => BigInt::from_bytes_be(Sign::Plus, bytes),
        (true, true) => BigInt::from_signed_bytes_le(bytes),
        (false, true) => BigInt::from_signed_bytes_be(bytes),
    })
}

/// The low 64 bits of a number that is not negative and fits them.
pub(crate) fn to_u64(a: &Int) -> Option<u64> {
    a.to_i128().and_then(|small| u64::try_from(small).ok())
}

/// The prime of the field.
pub(crate) fn prime() -> Int {
    let mut number = BigInt::zero();
    for limb in cairo_zero_core::Felt::PRIME.iter().rev() {
        number = (number << 64_u32) + BigInt::from(*limb);
    }
    Int::from(number)
}

/// A number written in hexadecimal digits.
pub(crate) fn hexadecimal(digits: &str) -> Int {
    Int::from(BigInt::parse_bytes(digits.as_bytes(), 16).unwrap_or_default())
}
