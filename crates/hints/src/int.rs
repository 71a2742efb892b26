//! [`Int`]: Python's whole numbers, with those that fit 128 bits kept without an allocation.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use cairo_zero_core::Felt;
use num_bigint::{BigInt, Sign};

use crate::Integer;
use crate::math::wide::Wide;

/// A whole number of any size.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Int(Repr);

/// A number that fits the small form is always in it, so that equality is that of the parts.
#[derive(Clone, Eq)]
enum Repr {
    Small(i128),
    Big(Rc<BigInt>),
}

impl PartialEq for Repr {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Small(a), Self::Small(b)) => a == b,
            (Self::Big(a), Self::Big(b)) => a == b,
            _ => false,
        }
    }
}

impl Hash for Repr {
    /// Most numbers that are hashed have but one word.
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Small(small) => {
                state.write_u64(*small as u64);
                let high = (*small >> 64) as u64;
                if high != 0 {
                    state.write_u64(high);
                }
            }
            Self::Big(big) => big.hash(state),
        }
    }
}

impl Int {
    /// The number as a machine integer, if it fits.
    #[must_use]
    pub fn to_i128(&self) -> Option<i128> {
        match &self.0 {
            Repr::Small(small) => Some(*small),
            Repr::Big(_) => None,
        }
    }

    /// The number as a signed 64-bit integer, if it fits.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        self.to_i128().and_then(|small| i64::try_from(small).ok())
    }

    /// The number in the form for arithmetic that does not fit.
    #[must_use]
    pub fn to_big(&self) -> BigInt {
        match &self.0 {
            Repr::Small(small) => BigInt::from(*small),
            Repr::Big(big) => BigInt::clone(big),
        }
    }

    /// The number of this sign and magnitude.
    #[must_use]
    pub fn from_wide(wide: &Wide) -> Self {
        let [low, high, rest @ ..] = wide.limbs;
        let magnitude = u128::from(low) | u128::from(high) << 64;
        if rest == [0; 6]
            && let Ok(small) = i128::try_from(magnitude)
        {
            return Self(Repr::Small(if wide.negative { -small } else { small }));
        }
        let digits: Vec<u32> =
            wide.limbs.iter().flat_map(|limb| [*limb as u32, (*limb >> 32) as u32]).collect();
        let sign = if wide.negative { Sign::Minus } else { Sign::Plus };
        Self::from(BigInt::from_slice(sign, &digits))
    }

    /// The number's sign and magnitude, if 512 bits hold the magnitude.
    #[must_use]
    pub fn to_wide(&self) -> Option<Wide> {
        let mut limbs = [0; 8];
        match &self.0 {
            Repr::Small(small) => {
                let magnitude = small.unsigned_abs();
                limbs[0] = magnitude as u64;
                limbs[1] = (magnitude >> 64) as u64;
            }
            Repr::Big(big) if big.magnitude().bits() <= 512 => {
                for (limb, digit) in limbs.iter_mut().zip(big.iter_u64_digits()) {
                    *limb = digit;
                }
            }
            Repr::Big(_) => return None,
        }
        Some(Wide { negative: self.is_negative(), limbs })
    }

    /// The number in limbs, least significant first, if it is in `0..2^256`.
    #[must_use]
    pub fn to_limbs(&self) -> Option<[u64; 4]> {
        match &self.0 {
            Repr::Small(small) => {
                let small = u128::try_from(*small).ok()?;
                Some([small as u64, (small >> 64) as u64, 0, 0])
            }
            Repr::Big(big) if big.sign() == Sign::Plus => limbs_of(big),
            Repr::Big(_) => None,
        }
    }

    /// As [`Int::to_big`], without a copy where there is one.
    pub(crate) fn as_big(&self) -> Cow<'_, BigInt> {
        match &self.0 {
            Repr::Small(small) => Cow::Owned(BigInt::from(*small)),
            Repr::Big(big) => Cow::Borrowed(big),
        }
    }

    /// The number of bits of the magnitude.
    pub(crate) fn bits(&self) -> u64 {
        match &self.0 {
            Repr::Small(small) => u64::from(128 - small.unsigned_abs().leading_zeros()),
            Repr::Big(big) => big.bits(),
        }
    }

    /// The number modulo the prime.
    #[inline]
    #[must_use]
    pub fn to_felt(&self) -> Felt {
        match &self.0 {
            Repr::Small(small) => {
                let magnitude = Felt::from_u128(small.unsigned_abs());
                if *small < 0 { -magnitude } else { magnitude }
            }
            Repr::Big(big) => felt_of(big),
        }
    }

    /// The number itself as a felt, if it is one: in `0..P`.
    #[inline]
    #[must_use]
    pub fn as_felt(&self) -> Option<Felt> {
        match &self.0 {
            Repr::Small(small) => u128::try_from(*small).ok().map(Felt::from_u128),
            Repr::Big(big) => big_as_felt(big),
        }
    }

    /// Whether the number is negative.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small(small) => *small < 0,
            Repr::Big(big) => big.sign() == Sign::Minus,
        }
    }

    /// Whether the number is zero.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small(0))
    }
}

/// The magnitude in limbs, least significant first, if four of 64 bits hold it.
fn limbs_of(big: &BigInt) -> Option<[u64; 4]> {
    let mut limbs = [0; 4];
    if big.magnitude().bits() > 256 {
        return None;
    }
    for (limb, digit) in limbs.iter_mut().zip(big.iter_u64_digits()) {
        *limb = digit;
    }
    Some(limbs)
}

#[inline(never)]
fn big_as_felt(big: &BigInt) -> Option<Felt> {
    let limbs = limbs_of(big)?;
    (big.sign() == Sign::Plus).then(|| Felt::from_limbs(limbs)).flatten()
}

#[inline(never)]
fn felt_of(big: &BigInt) -> Felt {
    let magnitude = match limbs_of(big).and_then(Felt::from_limbs) {
        Some(felt) => felt,
        None => {
            let prime = big_of_limbs(Felt::PRIME);
            let rest = BigInt::from(big.magnitude().clone()) % prime;
            limbs_of(&rest).and_then(Felt::from_limbs).unwrap_or_default()
        }
    };
    if big.sign() == Sign::Minus { -magnitude } else { magnitude }
}

fn big_of_limbs(limbs: [u64; 4]) -> BigInt {
    let digits: Vec<u32> =
        limbs.iter().flat_map(|limb| [*limb as u32, (*limb >> 32) as u32]).collect();
    BigInt::from_slice(Sign::Plus, &digits)
}

impl From<Felt> for Int {
    #[inline]
    fn from(felt: Felt) -> Self {
        match felt.to_u128().map(i128::try_from) {
            Some(Ok(small)) => Self(Repr::Small(small)),
            _ => Self(Repr::Big(rc_of_limbs(felt.limbs()))),
        }
    }
}

#[inline(never)]
fn rc_of_limbs(limbs: [u64; 4]) -> Rc<BigInt> {
    Rc::new(big_of_limbs(limbs))
}

impl From<[u64; 4]> for Int {
    /// The number with these limbs, least significant first.
    fn from(limbs: [u64; 4]) -> Self {
        let [low, high, 0, 0] = limbs else {
            return Self::from(big_of_limbs(limbs));
        };
        Self::from(u128::from(low) | u128::from(high) << 64)
    }
}

impl From<u128> for Int {
    fn from(number: u128) -> Self {
        match i128::try_from(number) {
            Ok(small) => Self(Repr::Small(small)),
            Err(_) => Self(Repr::Big(Rc::new(BigInt::from(number)))),
        }
    }
}

impl From<i128> for Int {
    fn from(small: i128) -> Self {
        Self(Repr::Small(small))
    }
}

impl From<i64> for Int {
    fn from(small: i64) -> Self {
        Self(Repr::Small(i128::from(small)))
    }
}

impl From<u64> for Int {
    fn from(small: u64) -> Self {
        Self(Repr::Small(i128::from(small)))
    }
}

impl From<BigInt> for Int {
    fn from(big: BigInt) -> Self {
        match i128::try_from(&big) {
            Ok(small) => Self(Repr::Small(small)),
            Err(_) => Self(Repr::Big(Rc::new(big))),
        }
    }
}

impl From<&Integer> for Int {
    fn from(constant: &Integer) -> Self {
        match constant.to_i64() {
            Some(small) => Self::from(small),
            None => Self::from(constant.to_bigint()),
        }
    }
}

impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Small(small) => fmt::Display::fmt(small, f),
            Repr::Big(big) => fmt::Display::fmt(big, f),
        }
    }
}

impl fmt::Debug for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
