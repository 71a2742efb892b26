//! Points of curves `y^2 = x^3 + alpha * x + beta` modulo an odd number of at most 256 bits.
//!
//! Points are Jacobian, `(x / z^2, y / z^3)`. The formulas for sums and doubles do not look whether
//! they apply: where they do not, z becomes zero and stays so, and the result has no affine form.
//! This is what Python's step by step computation does, which fails in the step itself.

use malachite_bigint::BigInt;
use num_traits::Signed;

use super::field::{Limbs, Modulus, ZERO};
use super::integers::{int_of, limbs_of, reduced};

/// The part of a curve's equation that its arithmetic needs.
pub(super) struct Curve {
    field: Modulus,
    prime: BigInt,
    alpha: Limbs,
}

/// Longer multipliers are for Python, which has a limit of its own for them.
const MOST_BITS: u64 = 600;

/// A point in Jacobian coordinates.
#[derive(Debug, Clone)]
pub(super) struct Point {
    x: Limbs,
    y: Limbs,
    z: Limbs,
}

impl Curve {
    /// The curve, if its field is one that fits.
    pub(super) fn new(alpha: &BigInt, prime: &BigInt) -> Option<Self> {
        let field = Modulus::new(limbs_of(prime)?)?;
        let alpha = field.enter(&limbs_of(&reduced(alpha, prime))?);
        Some(Self { field, prime: prime.clone(), alpha })
    }

    fn coordinate(&self, number: &BigInt) -> Option<Limbs> {
        Some(self.field.enter(&limbs_of(&reduced(number, &self.prime))?))
    }

    /// The point with these affine coordinates.
    pub(super) fn point(&self, x: &BigInt, y: &BigInt) -> Option<Point> {
        let (x, y) = (self.coordinate(x)?, self.coordinate(y)?);
        Some(Point { x, y, z: *self.field.one() })
    }

    /// The affine coordinates; `None` when z has no inverse.
    pub(super) fn affine(&self, point: &Point) -> Option<[BigInt; 2]> {
        let field = &self.field;
        let inverse = field.enter(&field.inverse(&field.leave(&point.z))?);
        let square = field.square(&inverse);
        let x = field.multiply(&point.x, &square);
        let y = field.multiply(&point.y, &field.multiply(&square, &inverse));
        Some([int_of(&field.leave(&x)), int_of(&field.leave(&y))])
    }

    pub(super) fn double(&self, point: &Point) -> Point {
        let field = &self.field;
        let Point { x, y, z } = point;
        let y_square = field.square(y);
        let twice = |a: &Limbs| field.add(a, a);
        let product = twice(&twice(&field.multiply(x, &y_square)));
        let x_square = field.square(x);
        let slope = field.add(&twice(&x_square), &x_square);
        let slope =
            field.add(&slope, &field.multiply(&self.alpha, &field.square(&field.square(z))));
        let new_x = field.subtract(&field.square(&slope), &twice(&product));
        let eighth = twice(&twice(&twice(&field.square(&y_square))));
        let fall = field.multiply(&slope, &field.subtract(&product, &new_x));
        let new_z = twice(&field.multiply(y, z));
        Point { x: new_x, y: field.subtract(&fall, &eighth), z: new_z }
    }

    /// The differences of the abscissas and of the ordinates on a common scale, and the first
    /// point's coordinates on it.
    fn differences(&self, a: &Point, b: &Point) -> [Limbs; 4] {
        let field = &self.field;
        let (a_square, b_square) = (field.square(&a.z), field.square(&b.z));
        let a_x = field.multiply(&a.x, &b_square);
        let b_x = field.multiply(&b.x, &a_square);
        let a_y = field.multiply(&a.y, &field.multiply(&b.z, &b_square));
        let b_y = field.multiply(&b.y, &field.multiply(&a.z, &a_square));
        [field.subtract(&b_x, &a_x), field.subtract(&b_y, &a_y), a_x, a_y]
    }

    fn join(&self, a: &Point, b: &Point, differences: &[Limbs; 4]) -> Point {
        let field = &self.field;
        let [run, rise, a_x, a_y] = differences;
        let run_square = field.square(run);
        let run_cube = field.multiply(&run_square, run);
        let base = field.multiply(a_x, &run_square);
        let new_x = field.subtract(&field.square(rise), &run_cube);
        let new_x = field.subtract(&new_x, &field.add(&base, &base));
        let fall = field.multiply(rise, &field.subtract(&base, &new_x));
        let new_y = field.subtract(&fall, &field.multiply(a_y, &run_cube));
        let new_z = field.multiply(&field.multiply(&a.z, &b.z), run);
        Point { x: new_x, y: new_y, z: new_z }
    }

    /// The sum of two points with different abscissas.
    pub(super) fn add(&self, a: &Point, b: &Point) -> Point {
        self.join(a, b, &self.differences(a, b))
    }

    /// The sum of any two points; `None` is the point at infinity.
    fn add_any(&self, a: Option<Point>, b: Option<Point>) -> Option<Point> {
        let (a, b) = match (a, b) {
            (Some(a), Some(b)) => (a, b),
            (a, b) => return a.or(b),
        };
        let differences = self.differences(&a, &b);
        if differences[0] != ZERO {
            return Some(self.join(&a, &b, &differences));
        }
        let opposite = differences[1] != ZERO || a.y == ZERO;
        (!opposite).then(|| self.double(&a))
    }

    /// `times * point` for a positive number, by sums of different points only: the point's doubles
    /// for the bits of `times`, from the highest one down, as `ec_mult` of cairo-lang has it.
    pub(super) fn multiply(&self, times: &BigInt, point: &Point) -> Option<Point> {
        if !times.is_positive() || times.bits() > MOST_BITS {
            return None;
        }
        let mut doubles = vec![point.clone()];
        for _ in 1..times.bits() {
            let next = doubles.last().map(|last| self.double(last))?;
            doubles.push(next);
        }
        let mut total = doubles.pop()?;
        for (place, double) in doubles.iter().enumerate().rev() {
            if times.bit(place as u64) {
                total = self.add(&total, double);
            }
        }
        Some(total)
    }

    /// `times * point` in the group; `None` is the point at infinity.
    pub(super) fn multiply_any(&self, times: &BigInt, point: &Point) -> Option<Point> {
        let mut total = None;
        for place in (0..times.bits()).rev() {
            total = self.add_any(total.clone(), total);
            if times.bit(place) {
                total = self.add_any(total, Some(point.clone()));
            }
        }
        total
    }

    /// `start + times * point` in `height` steps, each of which needs different abscissas of the sum
    /// and the double, as in the AIR.
    pub(super) fn multiply_add(
        &self,
        start: &Point,
        times: &BigInt,
        point: &Point,
        height: u64,
    ) -> Option<Point> {
        let mut total = start.clone();
        let mut double = point.clone();
        for place in 0..height {
            let differences = self.differences(&total, &double);
            if differences[0] == ZERO || double.y == ZERO {
                return None;
            }
            if times.bit(place) {
                total = self.join(&total, &double, &differences);
            }
            double = self.double(&double);
        }
        Some(total)
    }
}
