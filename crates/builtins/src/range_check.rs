//! The range check builtins: every cell of the segment holds a number below a power of two.
//!
//! `range_check` and `range_check96` differ in nothing but the power. A number that is refused stays
//! in its cell, so that a hint which catches the error finds it there, as in the reference.

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_memory::{Cell, Memory};

use crate::builtin::as_any;
use crate::{Builtin, BuiltinError, BuiltinErrorKind, Direct};

/// Bits of one range check unit (`inner_rc_bound` in cairo-lang's `cairo_runner.py` is `2^16`).
const BITS_PER_PART: u32 = 16;

/// A range check builtin.
#[derive(Debug, Clone, Copy)]
pub struct RangeCheck {
    parts: u32,
}

impl RangeCheck {
    /// The builtin for numbers of `parts` times 16 bits, at most 128.
    pub(crate) const fn new(parts: u32) -> Self {
        Self { parts }
    }

    /// How many units of 16 bits a number is proven with.
    #[must_use]
    pub const fn parts(&self) -> u32 {
        self.parts
    }

    /// How many bits a number may have.
    #[must_use]
    pub const fn bits(&self) -> u32 {
        self.parts * BITS_PER_PART
    }

    fn allows(&self, number: u128) -> bool {
        number.checked_shr(self.bits()).is_none_or(|beyond| beyond == 0)
    }

    #[cold]
    fn refuse(
        &self,
        base: Relocatable,
        address: Relocatable,
        found: Option<Value>,
    ) -> BuiltinError {
        match found {
            Some(Value::Felt(value)) => {
                let index = address.offset.wrapping_sub(base.offset);
                BuiltinErrorKind::OutOfRange { value, index, bits: self.bits() }.into()
            }
            Some(found) => BuiltinErrorKind::RangeCheckedAddress { address, found }.into(),
            None => cairo_zero_memory::MemoryErrorKind::Unknown(address.into()).into(),
        }
    }
}

impl Builtin for RangeCheck {
    fn validate(
        &mut self,
        memory: &Memory,
        base: Relocatable,
        address: Relocatable,
    ) -> Result<(), BuiltinError> {
        let felt = memory.cell(address).felt();
        match felt.and_then(|felt| felt.to_u128()) {
            Some(number) if self.allows(number) => Ok(()),
            _ => Err(self.refuse(base, address, memory.get(address))),
        }
    }

    fn direct(&self) -> Direct {
        match self.bits().checked_sub(u64::BITS) {
            Some(bits) => Direct::Below(u64::MAX.checked_shl(bits).unwrap_or(0)),
            None => Direct::Nothing,
        }
    }

    /// Every number once more: some ways for hints to write, and for temporary segments to come here,
    /// go past the check. The reference does not look again.
    fn check_security(
        &self,
        memory: &Memory,
        base: Relocatable,
        _cells: u64,
    ) -> Result<(), BuiltinError> {
        let Some(segment) = memory.segment(base.segment) else { return Ok(()) };
        let allowed = |cell: Cell| {
            cell.felt().and_then(|felt| felt.to_u128()).is_some_and(|number| self.allows(number))
        };
        for (first, cells) in segment.runs() {
            let refused = |cell: &Cell| cell.is_set() && !allowed(*cell);
            if let Some(at) = cells.iter().position(refused) {
                let offset = first.saturating_add(at as u64).cast_signed();
                let address = Relocatable::new(base.segment, offset);
                return Err(self.refuse(base, address, memory.get(address)));
            }
        }
        Ok(())
    }

    as_any!();
}
