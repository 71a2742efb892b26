//! The table of builtins: one row each.

use cairo_zero_core::BuiltinName;

use crate::{
    Bitwise, Builtin, EcOp, Ecdsa, Keccak, Modulo, Operation, Output, Pedersen, Poseidon,
    RangeCheck, bitwise, ec_op, ecdsa, keccak, modulo, pedersen, poseidon,
};

/// What is fixed about one builtin (`*_instance_def.py` and the builtin runners of cairo-lang).
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Which builtin this is.
    pub name: BuiltinName,
    /// The number of cells of one instance.
    pub cells_per_instance: u64,
    /// How many of them, the first ones, are inputs; the others are deduced.
    pub input_cells: u64,
    /// Whether it gives values to unset cells.
    pub deduces: bool,
    /// Whether it checks what is written to its segment.
    pub validates: bool,
    /// How many instances one component of the AIR handles.
    pub instances_per_component: u64,
    /// Memory units of the AIR that an instance takes besides its cells.
    pub additional_memory_units: u64,
    /// What the inputs are called in the AIR private input; none for a builtin that has no such
    /// input, or one of another form.
    pub input_names: &'static [&'static str],
}

impl Row {
    /// A row whose instances are components of their own and stay in their segment.
    const fn new(name: BuiltinName, cells_per_instance: u64, input_cells: u64) -> Self {
        Self {
            name,
            cells_per_instance,
            input_cells,
            deduces: input_cells < cells_per_instance,
            validates: false,
            instances_per_component: 1,
            additional_memory_units: 0,
            input_names: &[],
        }
    }

    const fn named(self, input_names: &'static [&'static str]) -> Self {
        Self { input_names, ..self }
    }

    const fn validating(self) -> Self {
        Self { validates: true, ..self }
    }

    /// Whether the cell at `offset` is an input.
    pub(crate) const fn is_input(&self, offset: u64) -> bool {
        offset % self.cells_per_instance < self.input_cells
    }

    /// Whether a secure run checks its instances. Output has nothing to prove.
    pub(crate) fn is_checked(&self) -> bool {
        self.name != BuiltinName::Output
    }
}

/// The names of a permutation's inputs.
static STATE_NAMES: [&str; keccak::STATE] = [
    "input_s0", "input_s1", "input_s2", "input_s3", "input_s4", "input_s5", "input_s6", "input_s7",
];

static OUTPUT: Row = Row::new(BuiltinName::Output, 1, 1);
static PEDERSEN: Row = Row::new(BuiltinName::Pedersen, pedersen::CELLS, 2).named(&["x", "y"]);
static RANGE_CHECK: Row = Row::new(BuiltinName::RangeCheck, 1, 1).validating().named(&["value"]);
static ECDSA: Row = Row::new(BuiltinName::Ecdsa, ecdsa::CELLS, ecdsa::CELLS).validating();
static BITWISE: Row = Row::new(BuiltinName::Bitwise, bitwise::CELLS, 2).named(&["x", "y"]);
static EC_OP: Row =
    Row::new(BuiltinName::EcOp, ec_op::CELLS, ec_op::INPUTS as u64).named(&ec_op::NAMES);
static KECCAK: Row = Row {
    instances_per_component: keccak::INSTANCES_PER_COMPONENT,
    ..Row::new(BuiltinName::Keccak, keccak::CELLS, keccak::STATE as u64).named(&STATE_NAMES)
};
static POSEIDON: Row = Row::new(BuiltinName::Poseidon, poseidon::CELLS, poseidon::STATE as u64)
    .named(STATE_NAMES.split_at(poseidon::STATE).0);
static RANGE_CHECK96: Row =
    Row::new(BuiltinName::RangeCheck96, 1, 1).validating().named(&["value"]);
static ADD_MOD: Row = modulo(BuiltinName::AddMod);
static MUL_MOD: Row = modulo(BuiltinName::MulMod);

const fn modulo(name: BuiltinName) -> Row {
    Row {
        additional_memory_units: modulo::ADDITIONAL_MEMORY_UNITS,
        ..Row::new(name, modulo::CELLS, modulo::CELLS).named(&modulo::NAMES)
    }
}

/// The row of a builtin. There is none for the segment arena, which the reference knows by name in
/// its library only: no layout has it, and no runner either.
#[must_use]
pub const fn row(name: BuiltinName) -> Option<&'static Row> {
    match name {
        BuiltinName::Output => Some(&OUTPUT),
        BuiltinName::Pedersen => Some(&PEDERSEN),
        BuiltinName::RangeCheck => Some(&RANGE_CHECK),
        BuiltinName::Ecdsa => Some(&ECDSA),
        BuiltinName::Bitwise => Some(&BITWISE),
        BuiltinName::EcOp => Some(&EC_OP),
        BuiltinName::Keccak => Some(&KECCAK),
        BuiltinName::Poseidon => Some(&POSEIDON),
        BuiltinName::RangeCheck96 => Some(&RANGE_CHECK96),
        BuiltinName::AddMod => Some(&ADD_MOD),
        BuiltinName::MulMod => Some(&MUL_MOD),
        BuiltinName::SegmentArena => None,
    }
}

/// A builtin with nothing seen yet, or `None` for the one that has no [`row`].
#[must_use]
pub fn make(name: BuiltinName) -> Option<Box<dyn Builtin>> {
    match name {
        BuiltinName::Output => Some(Box::new(Output::default())),
        BuiltinName::Pedersen => Some(Box::new(Pedersen::default())),
        BuiltinName::RangeCheck => Some(Box::new(RangeCheck::new(8))),
        BuiltinName::Ecdsa => Some(Box::new(Ecdsa::default())),
        BuiltinName::Bitwise => Some(Box::new(Bitwise)),
        BuiltinName::EcOp => Some(Box::new(EcOp::default())),
        BuiltinName::Keccak => Some(Box::new(Keccak::default())),
        BuiltinName::Poseidon => Some(Box::new(Poseidon::default())),
        BuiltinName::RangeCheck96 => Some(Box::new(RangeCheck::new(6))),
        BuiltinName::AddMod => Some(Box::new(Modulo::new(Operation::Add, 1))),
        BuiltinName::MulMod => Some(Box::new(Modulo::new(Operation::Mul, 1))),
        BuiltinName::SegmentArena => None,
    }
}
