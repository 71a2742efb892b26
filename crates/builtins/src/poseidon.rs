//! The Poseidon builtin: the Hades permutation of three numbers.
//!
//! An instance is three inputs and their three outputs.

use std::sync::LazyLock;

use cairo_zero_core::{BuiltinName, Element, Felt, Relocatable, Value};
use cairo_zero_memory::Memory;
use lambdaworks_crypto::hash::poseidon::parameters::PermutationParameters as _;
use lambdaworks_crypto::hash::poseidon::starknet::PoseidonCairoStark252;

use crate::builtin::as_any;
use crate::cells::{Place, integers};
use crate::memo::Memo;
use crate::wide_multiply::with_wide_multiply;
use crate::{Builtin, BuiltinError, Direct};

/// Numbers in a state (`POSEIDON_M` in cairo-lang's `poseidon/instance_def.py`).
pub(crate) const STATE: usize = 3;

/// Cells of an instance.
pub(crate) const CELLS: u64 = 2 * STATE as u64;

/// The Poseidon builtin.
#[derive(Debug, Clone, Default)]
pub struct Poseidon {
    memo: Memo<STATE>,
}

/// Rounds that cube all numbers, half of them before and half behind the others (`poseidon_utils.py`
/// of cairo-lang, as all that follows).
const FULL_ROUNDS: usize = 8;

/// Rounds that cube the last number only.
const PARTIAL_ROUNDS: usize = 83;

/// What the rounds add: to every number in a full round, to the last one in a partial round. What
/// the reference adds to the others there has been moved on to the rounds behind.
struct Constants {
    before: [[Element; STATE]; FULL_ROUNDS / 2],
    partial: [Element; PARTIAL_ROUNDS],
    behind: [[Element; STATE]; FULL_ROUNDS / 2],
}

static CONSTANTS: LazyLock<Constants> = LazyLock::new(|| {
    let mut all = PoseidonCairoStark252::ROUND_CONSTANTS.iter().map(|constant| {
        let [d, c, b, a] = constant.representative().limbs;
        Element::from_felt(Felt::from_reduced_limbs([a, b, c, d]))
    });
    // There are as many as the rounds need, which a test on known answers would notice.
    let mut next = || all.next().unwrap_or_default();
    Constants {
        before: std::array::from_fn(|_| std::array::from_fn(|_| next())),
        partial: std::array::from_fn(|_| next()),
        behind: std::array::from_fn(|_| std::array::from_fn(|_| next())),
    }
});

/// The Hades permutation with the parameters of Poseidon on the Cairo field.
#[must_use]
pub fn poseidon_permutation(state: [Felt; STATE]) -> [Felt; STATE] {
    let constants = &*CONSTANTS;
    let state = state.map(Element::from_felt);
    with_wide_multiply(
        #[inline(always)]
        || permuted(state, constants),
    )
    .map(Element::to_felt)
}

#[inline(always)]
fn permuted(mut state: [Element; STATE], constants: &Constants) -> [Element; STATE] {
    for constants in &constants.before {
        state = full_round(state, constants);
    }
    for constant in &constants.partial {
        let [a, b, c] = state;
        state = mixed([a, b, cubed(c, *constant)]);
    }
    for constants in &constants.behind {
        state = full_round(state, constants);
    }
    state
}

#[inline(always)]
fn full_round([a, b, c]: [Element; STATE], constants: &[Element; STATE]) -> [Element; STATE] {
    mixed([cubed(a, constants[0]), cubed(b, constants[1]), cubed(c, constants[2])])
}

/// `(number + constant)^3`
#[inline(always)]
fn cubed(number: Element, constant: Element) -> Element {
    let sum = number.sum().plus(constant);
    sum.square().sum().times(sum)
}

/// The state multiplied by the matrix with 3, -1 and -2 in its diagonal and 1 elsewhere.
#[inline(always)]
fn mixed([a, b, c]: [Element; STATE]) -> [Element; STATE] {
    // The cube comes last in time: the sums without it are ready when it is.
    let ab = a.sum().plus(b);
    [
        ab.plus(a).plus(a).plus(c).reduce(),
        a.sum().minus(b).plus(c).reduce(),
        ab.minus(c).minus(c).reduce(),
    ]
}

impl Builtin for Poseidon {
    fn deduce(
        &mut self,
        memory: &Memory,
        address: Relocatable,
    ) -> Result<Option<Value>, BuiltinError> {
        let place = Place::of(address, CELLS);
        if place.index < STATE {
            return Ok(None);
        }
        self.memo.deduce(memory, place, CELLS, || {
            let inputs = integers(BuiltinName::Poseidon, memory, place.first)?;
            Ok(inputs.map(poseidon_permutation))
        })
    }

    fn direct(&self) -> Direct {
        Direct::Inputs
    }

    fn is_deduced(&self, offset: u64) -> bool {
        self.memo.is_deduced(offset)
    }

    fn rehearse(&mut self, memory: &Memory, address: Relocatable) -> Result<(), BuiltinError> {
        let place = Place::of(address, CELLS);
        // Any three numbers can be permuted, so it need not be done.
        integers::<STATE>(BuiltinName::Poseidon, memory, place.first).map(drop)
    }

    as_any!();
}
