//! [`BigConst`]: a number of the source program, of any size and sign.
//!
//! Constants are not reduced modulo the prime: hints see `-3` as -3 and `2**251` as a positive
//! number, as they do in the reference.

use std::fmt;
use std::str::FromStr;

use cairo_zero_core::Felt;
use num_bigint::{BigInt, Sign};

/// The most decimal digits a number may have (CPython's default limit for reading integers).
const MAX_DIGITS: usize = 4300;

/// A whole number, unbounded but for the 4300 decimal digits that reading one allows.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct BigConst(Repr);

/// Numbers that fit the small form are always in it, so that equality is that of the parts.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Repr {
    Small(i128),
    Big(BigInt),
}

/// Why a text is no whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseBigConstError {
    /// The text is no decimal number, nor a hexadecimal one behind `0x`.
    #[error("not a whole number")]
    Invalid,
    /// The number has more than 4300 decimal digits, or an exponent beyond a double's range.
    #[error("number too large")]
    TooLarge,
}

impl BigConst {
    /// Reads a number as it stands in JSON.
    ///
    /// A number with a fraction or an exponent is a double to the reference, which cuts off its
    /// fraction: `1e27` is 1000000000000000013287555072 and `-1.9` is -1.
    ///
    /// # Errors
    /// When the text is no JSON number, has more than 4300 digits or is infinite as a double.
    pub fn from_json(text: &str) -> Result<Self, ParseBigConstError> {
        if !text.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
            return text.parse();
        }
        let plain = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
        if !text.bytes().all(plain) {
            return Err(ParseBigConstError::Invalid);
        }
        text.parse::<f64>()
            .map_err(|_| ParseBigConstError::Invalid)
            .and_then(|double| Self::from_f64(double).ok_or(ParseBigConstError::TooLarge))
    }

    /// The number without its fraction, or `None` for an infinity or no number.
    #[must_use]
    pub fn from_f64(double: f64) -> Option<Self> {
        if !double.is_finite() {
            return None;
        }
        // IEEE 754: 52 bits of mantissa below a hidden one, and an exponent biased by 1023.
        let bits = double.to_bits();
        let exponent = (bits >> 52 & 0x7ff) as i64 - 1023 - 52;
        let mantissa = bits & ((1 << 52) - 1) | 1 << 52;
        let size = match exponent {
            ..=-53 => BigInt::ZERO,
            -52..=0 => BigInt::from(mantissa >> -exponent),
            _ => BigInt::from(mantissa) << exponent,
        };
        Some(Self::from(if double < 0.0 { -size } else { size }))
    }

    /// The number as a 64-bit one, if it fits.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Small(small) => i64::try_from(*small).ok(),
            Repr::Big(_) => None,
        }
    }

    /// The number as a 128-bit one, if it fits.
    #[must_use]
    pub fn to_i128(&self) -> Option<i128> {
        match &self.0 {
            Repr::Small(small) => Some(*small),
            Repr::Big(_) => None,
        }
    }

    /// The number as a big integer.
    #[must_use]
    pub fn to_bigint(&self) -> BigInt {
        match &self.0 {
            Repr::Small(small) => BigInt::from(*small),
            Repr::Big(big) => big.clone(),
        }
    }

    /// The number reduced modulo the field's prime.
    #[must_use]
    pub fn to_felt(&self) -> Felt {
        let (negative, limbs) = match &self.0 {
            Repr::Small(small) => {
                let size = small.unsigned_abs();
                (*small < 0, vec![size as u64, (size >> 64) as u64])
            }
            Repr::Big(big) => (big.sign() == Sign::Minus, big.magnitude().to_u64_digits()),
        };
        let base = Felt::from_u128(1 << 64);
        let size =
            limbs.iter().rev().fold(Felt::ZERO, |sum, limb| sum * base + Felt::from_u64(*limb));
        if negative { -size } else { size }
    }

    /// Whether the number is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small(small) => *small < 0,
            Repr::Big(big) => big.sign() == Sign::Minus,
        }
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(&self) -> Self {
        match &self.0 {
            Repr::Small(small) if *small != i128::MIN => Self(Repr::Small(-small)),
            _ => Self::from(-self.to_bigint()),
        }
    }
}

impl FromStr for BigConst {
    type Err = ParseBigConstError;

    /// Reads a decimal number, or a hexadecimal one behind `0x`, either with a sign.
    fn from_str(text: &str) -> Result<Self, ParseBigConstError> {
        let (negative, digits) = match text.as_bytes() {
            [b'-', ..] => (true, &text[1..]),
            [b'+', ..] => (false, &text[1..]),
            _ => (false, text),
        };
        let (digits, radix) = match digits.strip_prefix("0x") {
            Some(hex) => (hex, 16),
            None => (digits, 10),
        };
        if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
            return Err(ParseBigConstError::Invalid);
        }
        if digits.len() > MAX_DIGITS {
            return Err(ParseBigConstError::TooLarge);
        }
        if let Ok(small) = i128::from_str_radix(digits, radix) {
            return Ok(Self(Repr::Small(if negative { -small } else { small })));
        }
        let size = BigInt::parse_bytes(digits.as_bytes(), radix);
        let size = size.ok_or(ParseBigConstError::Invalid)?;
        Ok(Self::from(if negative { -size } else { size }))
    }
}

impl fmt::Display for BigConst {
    /// Prints the number in decimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Small(small) => fmt::Display::fmt(small, f),
            Repr::Big(big) => fmt::Display::fmt(big, f),
        }
    }
}

impl From<BigInt> for BigConst {
    fn from(big: BigInt) -> Self {
        Self(match i128::try_from(&big) {
            Ok(small) => Repr::Small(small),
            Err(_) => Repr::Big(big),
        })
    }
}

impl From<i64> for BigConst {
    fn from(small: i64) -> Self {
        Self(Repr::Small(i128::from(small)))
    }
}
