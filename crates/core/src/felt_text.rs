//! Reading and printing felts: decimal and hexadecimal, unsigned and signed.

use std::fmt;
use std::str::FromStr;

use crate::Felt;

/// Why a text is no felt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseFeltError {
    /// The text has no digits.
    #[error("no digits")]
    Empty,
    /// A character is not a digit of the number's base.
    #[error("invalid digit {0:?}")]
    InvalidDigit(char),
    /// The number is not below the field's prime.
    #[error("the number is not below the prime 2^251 + 17 * 2^192 + 1")]
    TooLarge,
}

impl FromStr for Felt {
    type Err = ParseFeltError;

    /// Reads a decimal number, or a hexadecimal one behind `0x`; a leading `-` negates in the field.
    fn from_str(text: &str) -> Result<Self, ParseFeltError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let size = match digits.strip_prefix("0x") {
            Some(hex) => parse_digits(hex, 16)?,
            None => parse_digits(digits, 10)?,
        };
        Ok(if negative { -size } else { size })
    }
}

fn parse_digits(digits: &str, base: u32) -> Result<Felt, ParseFeltError> {
    if digits.is_empty() {
        return Err(ParseFeltError::Empty);
    }
    let mut limbs = [0_u64; 4];
    for digit in digits.chars() {
        let mut carry = u64::from(digit.to_digit(base).ok_or(ParseFeltError::InvalidDigit(digit))?);
        for limb in &mut limbs {
            (*limb, carry) = limb.carrying_mul(u64::from(base), carry);
        }
        // Five bits are free above the prime, so a number that has grown past it is seen before a
        // digit could be lost.
        if carry != 0 || Felt::from_limbs(limbs).is_none() {
            // Remaining characters may still be no digits at all, which is the better message.
            return match digits.chars().find(|c| !c.is_digit(base)) {
                Some(stray) => Err(ParseFeltError::InvalidDigit(stray)),
                None => Err(ParseFeltError::TooLarge),
            };
        }
    }
    Felt::from_limbs(limbs).ok_or(ParseFeltError::TooLarge)
}

/// The largest power of ten in a `u64`, and its exponent.
const CHUNK: u64 = 10_000_000_000_000_000_000;
const CHUNK_DIGITS: usize = 19;

impl fmt::Display for Felt {
    /// Prints the canonical value in decimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(small) = self.to_u64() {
            return fmt::Display::fmt(&small, f);
        }
        let (buffer, start) = decimal(*self);
        f.pad_integral(true, "", std::str::from_utf8(&buffer[start..]).unwrap_or_default())
    }
}

/// The decimal digits at the end of a buffer, and where they begin.
fn decimal(felt: Felt) -> ([u8; 78], usize) {
    let mut limbs = felt.limbs();
    let mut buffer = [b'0'; 78];
    let mut end = buffer.len();
    loop {
        let mut rest = 0_u64;
        for limb in limbs.iter_mut().rev() {
            let part = u128::from(rest) << 64 | u128::from(*limb);
            *limb = (part / u128::from(CHUNK)) as u64;
            rest = (part % u128::from(CHUNK)) as u64;
        }
        let last = limbs == [0; 4];
        let mut at = end;
        while rest != 0 {
            at -= 1;
            buffer[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        if last {
            return (buffer, at.min(buffer.len() - 1));
        }
        end -= CHUNK_DIGITS;
    }
}

impl fmt::Debug for Felt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.signed(), f)
    }
}

impl fmt::LowerHex for Felt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = self.limbs();
        let digits = format_args!("{d:016x}{c:016x}{b:016x}{a:016x}").to_string();
        let digits = digits.trim_start_matches('0');
        f.pad_integral(true, "0x", if digits.is_empty() { "0" } else { digits })
    }
}

/// A felt printed as the number of least size it stands for, in `-P/2..=P/2`.
///
/// This is how cairo-lang prints numbers (`to_field_element` in its `expression_simplifier.py`).
#[derive(Clone, Copy)]
pub struct Signed(Felt);

/// `(P - 1) / 2`, the largest felt that is printed without a sign.
const HALF: [u64; 4] = [0, 0, 0x8000_0000_0000_0000, 0x0400_0000_0000_0008];

impl Felt {
    /// This felt, to be printed as a number in `-P/2..=P/2`.
    #[must_use]
    pub const fn signed(self) -> Signed {
        Signed(self)
    }

    /// Whether the number of least size this stands for is negative.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.limbs().iter().rev().gt(HALF.iter().rev())
    }
}

impl fmt::Display for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.is_negative() {
            return fmt::Display::fmt(&self.0, f);
        }
        let (buffer, start) = decimal(-self.0);
        f.pad_integral(false, "", std::str::from_utf8(&buffer[start..]).unwrap_or_default())
    }
}
