//! Felts as the field library has them, in Montgomery form, and back.

use cairo_zero_core::Felt;
use lambdaworks_math::field::element::FieldElement;
use lambdaworks_math::field::fields::fft_friendly::stark_252_prime_field::Stark252PrimeField;
use lambdaworks_math::unsigned_integer::element::UnsignedInteger;

/// A number of the Cairo field in the library's form.
pub(crate) type Element = FieldElement<Stark252PrimeField>;

pub(crate) fn element(felt: Felt) -> Element {
    let [a, b, c, d] = felt.limbs();
    // The library keeps the highest limb first.
    Element::new(UnsignedInteger::from_limbs([d, c, b, a]))
}

pub(crate) fn felt(element: &Element) -> Felt {
    let [d, c, b, a] = element.representative().limbs;
    Felt::from_reduced_limbs([a, b, c, d])
}
