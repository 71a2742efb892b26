//! The STARK curve `y^2 = x^3 + x + BETA`, as far as the AIR of the builtins computes on it.
//!
//! The AIR adds points by the formula for different abscissas only, so a run in which two points
//! with one abscissa meet can't be proven, even where the sum exists. The functions here fail in
//! just those cases. Points are Jacobian inside, which needs no inversion per addition; as the group
//! has prime order and points with one abscissa are refused, the point at infinity never occurs.

use cairo_zero_core::{Element, Felt, Sum};

/// The constant term of the curve's equation (`BETA` of cairo-lang's `signature.py`).
const BETA: Felt = Felt::from_reduced_limbs([
    0xf4cd_fcb9_9cee_9e89,
    0x609a_d26c_15c9_15c1,
    0x150e_596d_72f7_a8c5,
    0x06f2_1413_efbe_40de,
]);

/// A point that is not at infinity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Affine {
    pub(crate) x: Element,
    pub(crate) y: Element,
}

impl Affine {
    /// The point with these coordinates, on the curve or not.
    pub(crate) fn new(x: Felt, y: Felt) -> Self {
        Self { x: Element::from_felt(x), y: Element::from_felt(y) }
    }

    /// Whether the coordinates are those of a point on the curve.
    pub(crate) fn is_on_curve(&self) -> bool {
        self.y.square() == right_side(self.x)
    }

    /// A point with this abscissa, if there is one. The other one is its negative.
    pub(crate) fn with_abscissa(x: Element) -> Option<Self> {
        let y = right_side(x).square_root()?;
        Some(Self { x, y })
    }

    /// `self + other`, given one over what the slope of the line through them is divided by: the
    /// difference of the abscissas `other.x - self.x`, or `2 * y` when they are one point.
    pub(crate) fn along(&self, other: &Self, inverse: Element) -> Self {
        let rise = if self == other {
            let square = self.x.square();
            square.double() + square + Element::ONE
        } else {
            other.y - self.y
        };
        let slope = rise * inverse;
        let x = slope.square() - self.x - other.x;
        Self { x, y: slope * (self.x - x) - self.y }
    }

    pub(crate) fn negative(&self) -> Self {
        Self { x: self.x, y: -self.y }
    }
}

/// `x^3 + x + BETA`
fn right_side(x: Element) -> Element {
    (x.square() + Element::ONE) * x + Element::from_felt(BETA)
}

/// The point `(x / z^2, y / z^3)`, with `zz = z^2` beside it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Jacobian {
    x: Element,
    y: Element,
    z: Element,
    zz: Element,
}

impl From<&Affine> for Jacobian {
    fn from(point: &Affine) -> Self {
        Self { x: point.x, y: point.y, z: Element::ONE, zz: Element::ONE }
    }
}

/// Two points have one abscissa.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SameAbscissa;

impl Jacobian {
    pub(crate) fn to_affine(self) -> Affine {
        // A point that is not at infinity has a `z` with an inverse.
        let inverse = self.z.inverse();
        let square = inverse.square();
        self.over(inverse, square)
    }

    /// The affine point, given `1 / z` and its square.
    fn over(&self, inverse: Element, square: Element) -> Affine {
        Affine { x: self.x * square, y: self.y * square * inverse }
    }

    /// `2 * self`: "dbl-2007-bl" of the Explicit-Formulas Database, with `a = 1`.
    #[inline(always)]
    pub(crate) fn double(&self) -> Self {
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
    #[inline(always)]
    fn meet(&self, other: &Self) -> Result<[Element; 2], SameAbscissa> {
        let abscissas = [self.x * other.zz, other.x * self.zz];
        if abscissas[0] == abscissas[1] { Err(SameAbscissa) } else { Ok(abscissas) }
    }

    #[inline(always)]
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

/// A point and its doubles, one for each bit of a scalar, as affine points: what [`multiply_add`]
/// adds, for a point that is multiplied more than once.
#[derive(Debug, Clone)]
pub(crate) struct Doubles(Vec<Affine>);

impl Doubles {
    /// Of `point`, for scalars of `height` bits.
    pub(crate) fn new(point: &Affine, height: usize) -> Self {
        let first = Jacobian::from(point);
        let doubles: Vec<_> =
            std::iter::successors(Some(first), |last| Some(last.double())).take(height).collect();
        Self(normalised(&doubles))
    }

    /// [`multiply_add`] of the point.
    #[inline(always)]
    pub(crate) fn multiply_add(
        &self,
        start: &Affine,
        scalar: [u64; 4],
    ) -> Result<Extended, SameAbscissa> {
        let mut sum = Extended::from(start);
        for (bit, doubled) in self.0.iter().enumerate() {
            let difference = doubled.x * sum.zz - sum.x;
            if difference.is_zero() {
                return Err(SameAbscissa);
            }
            if scalar[bit / 64] >> (bit % 64) & 1 == 1 {
                sum = sum.add_at(doubled, difference.sum());
            }
        }
        Ok(sum)
    }
}

/// The points as affine ones, for the price of one inversion.
pub(crate) fn normalised(points: &[Jacobian]) -> Vec<Affine> {
    let mut inverses: Vec<_> = points.iter().map(|point| point.z).collect();
    invert_all(&mut inverses);
    let points = points.iter().zip(inverses);
    points.map(|(point, inverse)| point.over(inverse, inverse.square())).collect()
}

/// Inverts numbers, none of them 0, for the price of one inversion.
pub(crate) fn invert_all(numbers: &mut [Element]) {
    let mut product = Element::ONE;
    let mut before = Vec::with_capacity(numbers.len());
    for number in &*numbers {
        before.push(product);
        product = product * *number;
    }
    let mut inverse = product.inverse();
    for (number, before) in numbers.iter_mut().zip(before).rev() {
        (*number, inverse) = (inverse * before, inverse * *number);
    }
}

/// The point `(x / zz, y / zzz)`, where `zz^3 = zzz^2`: the form in which adding affine points is
/// cheapest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extended {
    x: Element,
    y: Element,
    zz: Element,
    zzz: Element,
}

impl From<&Affine> for Extended {
    fn from(point: &Affine) -> Self {
        Self { x: point.x, y: point.y, zz: Element::ONE, zzz: Element::ONE }
    }
}

impl Extended {
    /// `self + other`, which must have another abscissa: else `zz` of this sum and of all that are
    /// made from it is 0.
    #[inline(always)]
    pub(crate) fn add(&self, other: &Affine) -> Self {
        self.add_at(other, (other.x * self.zz).sum().minus(self.x))
    }

    /// As [`Extended::add`], with the difference of the abscissas over the denominator: "madd-2008-s"
    /// of the Explicit-Formulas Database.
    #[inline(always)]
    fn add_at(&self, other: &Affine, difference: Sum) -> Self {
        let r = (other.y * self.zzz).sum().minus(self.y);
        let pp = difference.square();
        let ppp = difference.times(pp.sum());
        let q = self.x * pp;
        let x = r.square().sum().minus(ppp).minus(q).minus(q).reduce();
        let y = (r.times(q.sum().minus(x))).sum().minus(self.y * ppp).reduce();
        Self { x, y, zz: self.zz * pp, zzz: self.zzz * ppp }
    }

    /// The point as an affine one; `(0, 0)`, which is not on the curve, when `zz` is 0.
    pub(crate) fn to_affine(self) -> Affine {
        // 1 / zzz = 1 / z^3 and zz / zzz = 1 / z
        let inverse = self.zzz.inverse();
        let root = self.zz * inverse;
        Affine { x: self.x * root.square(), y: self.y * inverse }
    }
}

/// `start + scalar * point`, by adding and doubling from the lowest bit on for `height` bits
/// (`ec_op_impl` in cairo-lang's `ec_op_builtin_runner.py`, `mimic_ec_mult_air` in its
/// `signature.py`). The scalar's limbs come lowest first.
///
/// # Errors
/// When at any bit, set or not, the sum so far and the doubled point have one abscissa.
#[inline(always)]
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
