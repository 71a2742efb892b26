//! The EC operation builtin: `P + m * Q` on the STARK curve.
//!
//! An instance is `p_x, p_y, q_x, q_y, m, r_x, r_y`.

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_memory::Memory;

use crate::builtin::as_any;
use crate::cells::{Place, integers};
use crate::curve::{Affine, Doubles, Extended, Jacobian, multiply_add};
use crate::memo::Memo;
use crate::wide_multiply::with_wide_multiply;
use crate::{Builtin, BuiltinError, BuiltinErrorKind, Direct};

/// Cells of an instance (`CELLS_PER_EC_OP` in cairo-lang's `ec/instance_def.py`).
pub(crate) const CELLS: u64 = 7;

/// Input cells of an instance (`INPUT_CELLS_PER_EC_OP` there).
pub(crate) const INPUTS: usize = 5;

/// What they are called (`INPUT_NAMES` in cairo-lang's `ec/ec_op_builtin_runner.py`).
pub(crate) const NAMES: [&str; INPUTS] = ["p_x", "p_y", "q_x", "q_y", "m"];

/// How many bits of the scalar are gone through (`scalar_height` of every layout in cairo-lang's
/// `instances.py`).
const HEIGHT: usize = 256;

/// The EC operation builtin.
#[derive(Debug, Clone, Default)]
pub struct EcOp {
    memo: Memo<2>,
    last: LastPoint,
}

/// The point that was multiplied last: programs often multiply one several times.
#[derive(Debug, Clone, Default)]
struct LastPoint {
    point: Option<[Felt; 2]>,
    /// Its doubles, made when it comes a second time.
    doubles: Option<Doubles>,
}

impl LastPoint {
    /// The doubles of `q`, whose coordinates are `point`, if it was the last one before.
    fn doubles(&mut self, point: [Felt; 2], q: &Affine) -> Option<&Doubles> {
        if self.point != Some(point) {
            *self = Self { point: Some(point), doubles: None };
            return None;
        }
        Some(self.doubles.get_or_insert_with(|| Doubles::new(q, HEIGHT)))
    }
}

/// `P + m * Q` with `P`, `Q` and `m` in the order of the builtin's inputs.
///
/// # Errors
/// When a point is not on the curve, or the AIR would have to add points with one abscissa.
pub fn ec_op(inputs: [Felt; INPUTS]) -> Result<[Felt; 2], BuiltinError> {
    ec_op_after(&mut LastPoint::default(), inputs)
}

fn ec_op_after(last: &mut LastPoint, inputs: [Felt; INPUTS]) -> Result<[Felt; 2], BuiltinError> {
    let [p_x, p_y, q_x, q_y, m] = inputs;
    let p = point(p_x, p_y)?;
    let q = point(q_x, q_y)?;
    let sum = match last.doubles([q_x, q_y], &q) {
        Some(doubles) => with_wide_multiply(
            #[inline(always)]
            || doubles.multiply_add(&p, m.limbs()),
        )
        .map(Extended::to_affine),
        None => {
            let (p, q) = (Jacobian::from(&p), Jacobian::from(&q));
            let sum = with_wide_multiply(
                #[inline(always)]
                || multiply_add(p, m.limbs(), q, HEIGHT),
            );
            sum.map(Jacobian::to_affine)
        }
    };
    let Affine { x, y } =
        sum.map_err(|_| BuiltinErrorKind::SameAbscissa { p: [p_x, p_y], m, q: [q_x, q_y] })?;
    Ok([x.to_felt(), y.to_felt()])
}

fn point(x: Felt, y: Felt) -> Result<Affine, BuiltinError> {
    let point = Affine::new(x, y);
    if point.is_on_curve() { Ok(point) } else { Err(BuiltinErrorKind::NotOnCurve { x, y }.into()) }
}

impl Builtin for EcOp {
    fn deduce(
        &mut self,
        memory: &Memory,
        address: Relocatable,
    ) -> Result<Option<Value>, BuiltinError> {
        let place = Place::of(address, CELLS);
        if place.index < INPUTS {
            return Ok(None);
        }
        let Self { memo, last } = self;
        memo.deduce(memory, place, CELLS, || {
            let inputs = integers(BuiltinName::EcOp, memory, place.first)?;
            inputs.map(|inputs| ec_op_after(last, inputs)).transpose()
        })
    }

    fn direct(&self) -> Direct {
        Direct::Inputs
    }

    fn is_deduced(&self, offset: u64) -> bool {
        self.memo.is_deduced(offset)
    }

    as_any!();
}
