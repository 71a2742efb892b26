//! The EC operation builtin: `P + m * Q` on the STARK curve.
//!
//! An instance is `p_x, p_y, q_x, q_y, m, r_x, r_y`.

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_memory::Memory;

use crate::builtin::as_any;
use crate::cells::{Place, integers};
use crate::curve::{Affine, Jacobian, multiply_add};
use crate::field::{element, felt};
use crate::memo::Memo;
use crate::{Builtin, BuiltinError, BuiltinErrorKind};

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
}

/// `P + m * Q` with `P`, `Q` and `m` in the order of the builtin's inputs.
///
/// # Errors
/// When a point is not on the curve, or the AIR would have to add points with one abscissa.
pub fn ec_op(inputs: [Felt; INPUTS]) -> Result<[Felt; 2], BuiltinError> {
    let [p_x, p_y, q_x, q_y, m] = inputs;
    let p = point(p_x, p_y)?;
    let q = point(q_x, q_y)?;
    let sum = multiply_add(Jacobian::from(&p), m.limbs(), Jacobian::from(&q), HEIGHT)
        .map_err(|_| BuiltinErrorKind::SameAbscissa { p: [p_x, p_y], m, q: [q_x, q_y] })?;
    let Affine { x, y } = sum.to_affine();
    Ok([felt(&x), felt(&y)])
}

fn point(x: Felt, y: Felt) -> Result<Affine, BuiltinError> {
    let point = Affine { x: element(x), y: element(y) };
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
        self.memo.deduce(memory, place, CELLS, || {
            let inputs = integers(BuiltinName::EcOp, memory, place.first)?;
            inputs.map(ec_op).transpose()
        })
    }

    fn is_deduced(&self, offset: u64) -> bool {
        self.memo.is_deduced(offset)
    }

    as_any!();
}
