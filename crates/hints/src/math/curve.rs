//! Arithmetic modulo the primes and orders of the curves that library code knows, and the form in
//! which it splits their numbers over three cells.

use cairo_zero_core::Felt;

use super::wide::{U256, Wide, add, compare, div_rem, mul, shifted, sub};
use cairo_zero_core::inverse;

/// A curve `y^2 = x^3 + alpha * x + beta` over a prime field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Curve {
    /// The prime of the field.
    pub prime: U256,
    /// The factor of `x`.
    pub alpha: U256,
    /// The constant.
    pub beta: U256,
    /// The number of points.
    pub order: U256,
}

/// secp256k1 (SEC 2, section 2.4.1).
pub const SECP256K1: Curve = Curve {
    prime: [0xffff_fffe_ffff_fc2f, u64::MAX, u64::MAX, u64::MAX],
    alpha: [0; 4],
    beta: [7, 0, 0, 0],
    order: [0xbfd2_5e8c_d036_4141, 0xbaae_dce6_af48_a03b, 0xffff_ffff_ffff_fffe, u64::MAX],
};

/// secp256r1 (SEC 2, section 2.4.2).
pub const SECP256R1: Curve = Curve {
    prime: [u64::MAX, 0xffff_ffff, 0, 0xffff_ffff_0000_0001],
    alpha: [0xffff_ffff_ffff_fffc, 0xffff_ffff, 0, 0xffff_ffff_0000_0001],
    beta: [
        0x3bce_3c3e_27d2_604b,
        0x651d_06b0_cc53_b0f6,
        0xb3eb_bd55_7698_86bc,
        0x5ac6_35d8_aa3a_93e7,
    ],
    order: [0xf3b9_cac2_fc63_2551, 0xbce6_faad_a717_9e84, u64::MAX, 0xffff_ffff_0000_0000],
};

/// Bits of each of the three parts of a number (`BASE` of `secp_utils.py` is `2^86`).
pub const LIMB_BITS: u32 = 86;

/// `(a + b) % modulus`, both below the modulus.
#[must_use]
pub fn add_modulo(a: &U256, b: &U256, modulus: &U256) -> U256 {
    let (sum, over) = add(a, b);
    if over || compare(&sum, modulus).is_ge() { sub(&sum, modulus).0 } else { sum }
}

/// `(a - b) % modulus`, both below the modulus.
#[must_use]
pub fn sub_modulo(a: &U256, b: &U256, modulus: &U256) -> U256 {
    let (difference, under) = sub(a, b);
    if under { add(&difference, modulus).0 } else { difference }
}

/// `a * b % modulus`; the modulus is not zero.
#[must_use]
pub fn mul_modulo(a: &U256, b: &U256, modulus: &U256) -> U256 {
    div_rem(&mul(a, b), modulus).map_or([0; 4], |(_, rest)| rest)
}

/// `base ** exponent % modulus` for an odd modulus, by Montgomery's multiplication.
#[must_use]
pub fn power_modulo(base: &U256, exponent: &U256, modulus: &U256) -> U256 {
    let mut negated_inverse = 1_u64;
    for _ in 0..6 {
        let product = modulus[0].wrapping_mul(negated_inverse);
        negated_inverse = negated_inverse.wrapping_mul(2_u64.wrapping_sub(product));
    }
    let negated_inverse = negated_inverse.wrapping_neg();
    let times = |a: &U256, b: &U256| montgomery(a, b, modulus, negated_inverse);
    let enter = |number: &U256| {
        let high = [0, 0, 0, 0, number[0], number[1], number[2], number[3]];
        div_rem(&high, modulus).map_or([0; 4], |(_, rest)| rest)
    };
    let one = enter(&[1, 0, 0, 0]);
    let base = enter(base);
    // Four bits of the exponent at a time.
    let mut powers = [one; 16];
    for at in 1..16 {
        powers[at] = times(&powers[at - 1], &base);
    }
    let mut result = one;
    for limb in exponent.iter().rev() {
        for nibble in (0..16).rev() {
            for _ in 0..4 {
                result = times(&result, &result);
            }
            let digit = (limb >> (4 * nibble)) as usize & 0xf;
            if digit != 0 {
                result = times(&result, &powers[digit]);
            }
        }
    }
    times(&result, &[1, 0, 0, 0])
}

/// `a * b / 2^256` modulo the modulus, for `a` and `b` below it.
fn montgomery(a: &U256, b: &U256, modulus: &U256, negated_inverse: u64) -> U256 {
    let mut sum = [0_u64; 6];
    for x in a {
        let mut carry = 0_u128;
        for (at, y) in b.iter().enumerate() {
            carry += u128::from(*x) * u128::from(*y) + u128::from(sum[at]);
            sum[at] = carry as u64;
            carry >>= 64;
        }
        carry += u128::from(sum[4]);
        sum[4] = carry as u64;
        sum[5] = (carry >> 64) as u64;
        let factor = u128::from(sum[0].wrapping_mul(negated_inverse));
        let mut carry = (factor * u128::from(modulus[0]) + u128::from(sum[0])) >> 64;
        for at in 1..4 {
            carry += factor * u128::from(modulus[at]) + u128::from(sum[at]);
            sum[at - 1] = carry as u64;
            carry >>= 64;
        }
        carry += u128::from(sum[4]);
        sum[3] = carry as u64;
        sum[4] = sum[5] + (carry >> 64) as u64;
    }
    let low = [sum[0], sum[1], sum[2], sum[3]];
    if sum[4] != 0 || compare(&low, modulus).is_ge() { sub(&low, modulus).0 } else { low }
}

/// The `x` in `0..modulus` with `m * x % modulus == n % modulus`; `None` when `m` has no inverse.
/// The modulus is odd and above 1.
#[must_use]
pub fn div_modulo(n: &Wide, m: &Wide, modulus: &U256) -> Option<U256> {
    let inverse = inverse(&m.modulo(modulus)?, modulus)?;
    Some(mul_modulo(&n.modulo(modulus)?, &inverse, modulus))
}

/// A square root modulo a prime that leaves 3 when divided by 4, if the number is a square:
/// `number ** ((prime + 1) / 4) % prime`.
#[must_use]
pub fn root_modulo(number: &U256, prime: &U256) -> U256 {
    // (p + 1) / 4 is (p >> 2) + 1, since the lowest bits of p are both set.
    let mut exponent: U256 = std::array::from_fn(|at| {
        let above = prime.get(at + 1).copied().unwrap_or(0);
        prime[at] >> 2 | above << 62
    });
    exponent = add(&exponent, &[1, 0, 0, 0]).0;
    power_modulo(number, &exponent, prime)
}

/// Half the field's prime, rounded down: from there on, felts count as negative.
const HALF: U256 = [0, 0, 1 << 63, 0x0400_0000_0000_0008];

/// A felt as a number between minus and plus half the prime (`as_int` of `math_utils.py`).
#[must_use]
pub fn as_int(felt: Felt) -> Wide {
    let limbs = felt.limbs();
    if compare(&limbs, &HALF).is_lt() {
        return Wide::positive(&limbs);
    }
    let magnitude = sub(&Felt::PRIME, &limbs).0;
    Wide { negative: true, ..Wide::positive(&magnitude) }
}

/// The number that three felts stand for: `d0 + d1 * 2^86 + d2 * 2^172`, with negative felts counted
/// as such (`pack` of `secp_utils.py`).
#[must_use]
pub fn pack(limbs: [Felt; 3]) -> Wide {
    let mut sum = Wide::ZERO;
    for (at, limb) in (0_u32..).zip(limbs) {
        let signed = as_int(limb);
        let [a, b, c, d, ..] = signed.limbs;
        let limbs = shifted(&[a, b, c, d], at * LIMB_BITS);
        sum = sum.plus(&Wide { negative: signed.negative, limbs });
    }
    sum
}

/// The three parts of a number below `2^258` (`split` of `secp_utils.py`).
#[must_use]
pub fn split(number: &U256) -> [u128; 3] {
    let (low, high) = super::wide::halves(number);
    let mask = (1 << LIMB_BITS) - 1;
    [
        low & mask,
        (low >> LIMB_BITS | high << (128 - LIMB_BITS)) & mask,
        high >> (2 * LIMB_BITS - 128),
    ]
}
