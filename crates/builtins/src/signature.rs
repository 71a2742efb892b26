//! Signatures on the STARK curve, verified as the AIR does it.
//!
//! This is StarkWare's variant of ECDSA (`signature.py` of cairo-lang): nothing is reduced modulo
//! the curve's order, the abscissas alone are compared, and a verification that adds two points with
//! one abscissa on its way fails.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use cairo_zero_core::Felt;
use num_bigint::{BigInt, Sign};
use num_traits::Signed;

use crate::curve::{Affine, Jacobian, SameAbscissa, multiply_add};
use crate::field::{Element, element, felt};
use crate::{BuiltinError, BuiltinErrorKind};

/// A signature as a hint gives it; the numbers are not checked before it is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The abscissa of the nonce's point.
    pub r: BigInt,
    /// The rest of the signature; its inverse modulo the curve's order is what is computed with.
    pub s: BigInt,
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({}, {})", self.r, self.s)
    }
}

/// Bits of the numbers that are multiplied with (`N_ELEMENT_BITS_ECDSA` in `signature.py`).
const BITS: usize = 251;

/// The points and the order of the curve (`pedersen_params.json` of cairo-lang: `EC_ORDER` and the
/// first two of `CONSTANT_POINTS`).
struct Parameters {
    order: BigInt,
    shift: Affine,
    generator: Affine,
}

static PARAMETERS: LazyLock<Parameters> = LazyLock::new(|| Parameters {
    order: BigInt::from_str(
        "3618502788666131213697322783095070105526743751716087489154079457884512865583",
    )
    .unwrap_or_default(),
    shift: Affine {
        x: Element::from_hex_unchecked(
            "49ee3eba8c1600700ee1b87eb599f16716b0b1022947733551fde4050ca6804",
        ),
        y: Element::from_hex_unchecked(
            "3ca0cfe4b3bc6ddf346d49d06ea0ed34e621062c0e056c1d0405d266e10268a",
        ),
    },
    generator: Affine {
        x: Element::from_hex_unchecked(
            "1ef15c18599971b7beced415a40f0c7deacfd9b0d1819e03d723d8bc943cfca",
        ),
        y: Element::from_hex_unchecked(
            "5668060aa49730b7be4801df46ec62de53ecd11abe43a32873000c36e8dc1f",
        ),
    },
});

/// The inverse of a signature's `s` modulo the curve's order, as the AIR private input has it; `None`
/// for a multiple of the order.
#[must_use]
pub fn inverse_of_s(signature: &Signature) -> Option<BigInt> {
    signature.s.modinv(&PARAMETERS.order)
}

/// Whether the signature is valid for a public key and the hash of a message.
///
/// # Errors
/// When a number is not in its range; the message is the reference's assertion.
pub fn verify_signature(
    public_key: Felt,
    message: Felt,
    signature: &Signature,
) -> Result<bool, BuiltinError> {
    let out_of_range = |name, number: &BigInt| {
        BuiltinError::from(BuiltinErrorKind::SignatureRange { name, number: number.clone() })
    };
    let Signature { r, s } = signature;
    if !s.is_positive() || *s >= PARAMETERS.order {
        return Err(out_of_range("s", s));
    }
    let w = inverse_of_s(signature).unwrap_or_default();
    let r_limbs = scalar(r).ok_or_else(|| out_of_range("r", r))?;
    let w_limbs = scalar(&w).ok_or_else(|| out_of_range("w", &w))?;
    if message.limbs()[3] >> (BITS - 192) != 0 {
        let message = BigInt::from_bytes_le(Sign::Plus, &message.to_le_bytes());
        return Err(out_of_range("msg_hash", &message));
    }
    let Some(key) = Affine::with_abscissa(element(public_key)) else { return Ok(false) };
    let abscissa = Felt::from_limbs(r_limbs);
    // Only the abscissa of the key is known, so both points that have it are tried.
    Ok([key.negative(), key].iter().any(|key| {
        let found = nonce_abscissa(message.limbs(), r_limbs, w_limbs, key);
        found.is_ok_and(|found| Some(found) == abscissa)
    }))
}

/// The limbs of a number in `1..2^251`.
fn scalar(number: &BigInt) -> Option<[u64; 4]> {
    if !number.is_positive() || number.bits() > BITS as u64 {
        return None;
    }
    let mut limbs = [0; 4];
    for (limb, digit) in limbs.iter_mut().zip(number.iter_u64_digits()) {
        *limb = digit;
    }
    Some(limbs)
}

/// The abscissa of `w * (message * G + r * key)`, shifted and unshifted as in the AIR.
fn nonce_abscissa(
    message: [u64; 4],
    r: [u64; 4],
    w: [u64; 4],
    key: &Affine,
) -> Result<Felt, SameAbscissa> {
    let Parameters { shift, generator, .. } = &*PARAMETERS;
    let unshift = Jacobian::from(&shift.negative());
    let shift = Jacobian::from(shift);
    if message == [0; 4] {
        // The AIR has no product with zero.
        return Err(SameAbscissa);
    }
    let of_message = multiply_add(unshift.clone(), message, Jacobian::from(generator), BITS)?;
    let of_key = multiply_add(shift.clone(), r, Jacobian::from(key), BITS)?;
    let of_nonce = multiply_add(shift, w, of_message.add(&of_key)?, BITS)?;
    Ok(felt(&of_nonce.add(&unshift)?.to_affine().x))
}
