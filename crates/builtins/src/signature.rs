//! Signatures on the STARK curve, verified as the AIR does it.
//!
//! This is StarkWare's variant of ECDSA (`signature.py` of cairo-lang): nothing is reduced modulo
//! the curve's order, the abscissas alone are compared, and a verification that adds two points with
//! one abscissa on its way fails.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use cairo_zero_core::{Element, Felt};
use num_bigint::{BigInt, Sign};
use num_traits::Signed;

use crate::curve::{Affine, Jacobian, SameAbscissa, multiply_add};
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
    shift: Affine::new(
        Felt::from_reduced_limbs([
            0x551f_de40_50ca_6804,
            0x716b_0b10_2294_7733,
            0x00ee_1b87_eb59_9f16,
            0x049e_e3eb_a8c1_6007,
        ]),
        Felt::from_reduced_limbs([
            0xd040_5d26_6e10_268a,
            0x4e62_1062_c0e0_56c1,
            0xf346_d49d_06ea_0ed3,
            0x03ca_0cfe_4b3b_c6dd,
        ]),
    ),
    generator: Affine::new(
        Felt::from_reduced_limbs([
            0x3d72_3d8b_c943_cfca,
            0xdeac_fd9b_0d18_19e0,
            0x7bec_ed41_5a40_f0c7,
            0x01ef_15c1_8599_971b,
        ]),
        Felt::from_reduced_limbs([
            0x2873_000c_36e8_dc1f,
            0xde53_ecd1_1abe_43a3,
            0xb7be_4801_df46_ec62,
            0x0056_6806_0aa4_9730,
        ]),
    ),
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
    let Some(key) = Affine::with_abscissa(Element::from_felt(public_key)) else { return Ok(false) };
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
    let of_message = multiply_add(unshift, message, Jacobian::from(generator), BITS)?;
    let of_key = multiply_add(shift, r, Jacobian::from(key), BITS)?;
    let of_nonce = multiply_add(shift, w, of_message.add(&of_key)?, BITS)?;
    Ok(of_nonce.add(&unshift)?.to_affine().x.to_felt())
}
