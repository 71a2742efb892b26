//! The table of builtins: one row each.

use cairo_zero_core::BuiltinName;

use crate::{Builtin, Output};

/// What is fixed about one builtin.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Which builtin this is.
    pub name: BuiltinName,
    /// The number of cells of one instance (`*_instance_def.py` of cairo-lang).
    pub cells_per_instance: u64,
}

static OUTPUT: Row = Row { name: BuiltinName::Output, cells_per_instance: 1 };

/// The row of a builtin, or `None` for one that this version does not run.
#[must_use]
pub const fn row(name: BuiltinName) -> Option<&'static Row> {
    match name {
        BuiltinName::Output => Some(&OUTPUT),
        BuiltinName::Pedersen
        | BuiltinName::RangeCheck
        | BuiltinName::Ecdsa
        | BuiltinName::Bitwise
        | BuiltinName::EcOp
        | BuiltinName::Keccak
        | BuiltinName::Poseidon
        | BuiltinName::RangeCheck96
        | BuiltinName::AddMod
        | BuiltinName::MulMod
        | BuiltinName::SegmentArena => None,
    }
}

/// A builtin with nothing seen yet, or `None` for one that this version does not run.
#[must_use]
pub fn make(name: BuiltinName) -> Option<Box<dyn Builtin>> {
    match name {
        BuiltinName::Output => Some(Box::new(Output::default())),
        _ => None,
    }
}
