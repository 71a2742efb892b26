//! The STARK curve `y^2 = x^3 + x + BETA`, as far as the AIR of the builtins computes on it.
//!
//! The AIR adds points by the formula for different abscissas only, so a run in which two points
//! with one abscissa meet can't be proven, even where the sum exists. The functions here fail in
//! just those cases. Points are Jacobian inside, which needs no inversion per addition; as the group
//! has prime order and points with one abscissa are refused, the point at infinity never occurs.

use lambdaworks_math::elliptic_curve::short_weierstrass::curves::stark_curve::StarkCurve;
use lambdaworks_math::elliptic_curve::short_weierstrass::traits::IsShortWeierstrass;

use crate::field::Element;

/// A point that is not at infinity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Affine {
    pub(crate) x: Element,
    pub(crate) y: Element,
}

impl Affine {
    /// Whether the coordinates are those of a point on the curve.
    pub(crate) fn is_on_curve(&self) -> bool {
        self.y.square() == right_side(&self.x)
    }

    /// A point with this abscissa, if there is one. The other one is its negative.
    pub(crate) fn with_abscissa(x: Element) -> Option<Self> {
        let (y, _) = right_side(&x).sqrt()?;
        Some(Self { x, y })
    }

    pub(crate) fn negative(&self) -> Self {
        Self { x: self.x, y: -&self.y }
    }
}

/// `x^3 + x + BETA`
fn right_side(x: &Element) -> Element {
    (x.square() + StarkCurve::a()) * x + StarkCurve::b()
}

/// The point `(x / z^2, y / z^3)`, with `zz = z^2` beside it.
#[derive(Debug, Clone)]
pub(crate) struct Jacobian {
    x: Element,
    y: Element,
    z: Element,
    zz: Element,
}

impl From<&Affine> for Jacobian {
    fn from(point: &Affine) -> Self {
        Self { x: point.x, y: point.y, z: Element::one(), zz: Element::one() }
    }
}

/// Two points have one abscissa.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SameAbscissa;

impl Jacobian {
    pub(crate) fn to_affine(&self) -> Affine {
        // A point that is not at infinity has a `z` with an inverse.
        let inverse = self.z.inv().unwrap_or_else(|_| Element::zero());
        let square = inverse.square();
        Affine { x: self.x * square, y: self.y * square * inverse }
    }

    /// `2 * self`: "dbl-2007-bl" of the Explicit-Formulas Database, with `a = 1`.
    fn double(&self) -> Self {
        let xx = self.x.square();
        let yy = self.y.square();
        let yyyy = yy.square();
        let s = ((self.x + yy).square() - xx - yyyy).double();
        let m = xx.double() + xx + self.zz.square();
        let x = m.square() - s.double();
        let y = m * (s - x) - yyyy.double().double().double();
        let z = (self.y * self.z).double();
        Self { x, y, z, zz: z.square() }
    }

    /// `self + other`: "add-2007-bl" of the Explicit-Formulas Database.
    pub(crate) fn add(&self, other: &Self) -> Result<Self, SameAbscissa> {
        self.meet(other).map(|abscissas| self.add_at(other, abscissas))
    }

    /// Both abscissas over one denominator, which must differ.
    fn meet(&self, other: &Self) -> Result<[Element; 2], SameAbscissa> {
        let abscissas = [self.x * other.zz, other.x * self.zz];
        if abscissas[0] == abscissas[1] { Err(SameAbscissa) } else { Ok(abscissas) }
    }

    fn add_at(&self, other: &Self, [u1, u2]: [Element; 2]) -> Self {
        let s1 = self.y * other.z * other.zz;
        let s2 = other.y * self.z * self.zz;
        let h = u2 - u1;
        let i = h.double().square();
        let j = h * i;
        let r = (s2 - s1).double();
        let v = u1 * i;
        let x = r.square() - j - v.double();
        let y = r * (v - x) - (s1 * j).double();
        let z = (self.z * other.z * h).double();
        Self { x, y, z, zz: z.square() }
    }
}

/// `start + scalar * point`, by adding and doubling from the lowest bit on for `height` bits
/// (`ec_op_impl` in cairo-lang's `ec_op_builtin_runner.py`, `mimic_ec_mult_air` in its
/// `signature.py`). The scalar's limbs come lowest first.
///
/// # Errors
/// When at any bit, set or not, the sum so far and the doubled point have one abscissa.
pub(crate) fn multiply_add(
    start: Jacobian,
    scalar: [u64; 4],
    point: Jacobian,
    height: usize,
) -> Result<Jacobian, SameAbscissa> {
    let mut sum = start;
    let mut doubled = point;
    for bit in 0..height {
        let abscissas = sum.meet(&doubled)?;
        if scalar[bit / 64] >> (bit % 64) & 1 == 1 {
            sum = sum.add_at(&doubled, abscissas);
        }
        if bit + 1 < height {
            doubled = doubled.double();
        }
    }
    Ok(sum)
}
