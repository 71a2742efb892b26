//! The one table of an instruction's bits.
//!
//! An instruction word has three biased 16-bit offsets and above them 15 flags (Cairo whitepaper,
//! section 4.4; `compiler/encode.py` of cairo-lang). To add a flag: put its bit and value into the
//! row of its field. To add a field: write a row and name it in `decode` and `encode`; a test then
//! insists that every bit belongs to exactly one row. Above the flags is the number of an opcode
//! extension (`vm/decoding/decoder.rs` of the `cairo-vm` crate 3.2.0); [`EXTENSIONS`] has them.

use crate::error::Field;
use crate::instruction::{ApUpdate, Extension, Op1Addr, Opcode, PcUpdate, Register, Res};

/// The bits of one offset.
pub(crate) const OFFSET_BITS: u32 = 16;

/// Where the flags begin in the word, in bits.
pub(crate) const FLAGS_SHIFT: u32 = 3 * OFFSET_BITS;

/// How many flags there are.
pub(crate) const FLAG_COUNT: u32 = 15;

/// Where the number of the opcode extension begins in the word, in bits.
pub(crate) const EXTENSION_SHIFT: u32 = FLAGS_SHIFT + FLAG_COUNT;

/// The numbers of the extensions; 0 is none.
pub(crate) const EXTENSIONS: &[(u8, Extension)] =
    &[(1, Extension::Blake2s), (2, Extension::Blake2sFinalize), (3, Extension::Qm31)];

/// One field: which flag stands for which value.
pub(crate) struct Row<T: 'static> {
    /// The name.
    pub(crate) field: Field,
    /// The value when no flag is set.
    pub(crate) none: T,
    /// Each flag's bit, counted from the first flag, and its value.
    pub(crate) flags: &'static [(u32, T)],
}

pub(crate) const DST_REGISTER: Row<Register> =
    Row { field: Field::DstRegister, none: Register::Ap, flags: &[(0, Register::Fp)] };

pub(crate) const OP0_REGISTER: Row<Register> =
    Row { field: Field::Op0Register, none: Register::Ap, flags: &[(1, Register::Fp)] };

pub(crate) const OP1_ADDR: Row<Op1Addr> = Row {
    field: Field::Op1Addr,
    none: Op1Addr::Op0,
    flags: &[(2, Op1Addr::Imm), (3, Op1Addr::Fp), (4, Op1Addr::Ap)],
};

/// Without a flag, a conditional jump leaves the result unconstrained.
pub(crate) const RES: Row<Res> =
    Row { field: Field::Res, none: Res::Op1, flags: &[(5, Res::Add), (6, Res::Mul)] };

pub(crate) const PC_UPDATE: Row<PcUpdate> = Row {
    field: Field::PcUpdate,
    none: PcUpdate::Regular,
    flags: &[(7, PcUpdate::Jump), (8, PcUpdate::JumpRel), (9, PcUpdate::Jnz)],
};

/// Without a flag, a call moves `ap` by two.
pub(crate) const AP_UPDATE: Row<ApUpdate> = Row {
    field: Field::ApUpdate,
    none: ApUpdate::Regular,
    flags: &[(10, ApUpdate::Add), (11, ApUpdate::Add1)],
};

pub(crate) const OPCODE: Row<Opcode> = Row {
    field: Field::Opcode,
    none: Opcode::Nop,
    flags: &[(12, Opcode::Call), (13, Opcode::Ret), (14, Opcode::AssertEq)],
};

impl<T: Copy + PartialEq> Row<T> {
    /// The field's value in `flags`, or `None` when more than one of its flags is set.
    #[inline]
    pub(crate) fn read(&self, flags: u64) -> Option<T> {
        let mut found = None;
        for &(bit, value) in self.flags {
            if flags >> bit & 1 == 1 {
                if found.is_some() {
                    return None;
                }
                found = Some(value);
            }
        }
        Some(found.unwrap_or(self.none))
    }

    /// The flags of `value`; none for a value that has no flag.
    #[inline]
    pub(crate) fn write(&self, value: T) -> u64 {
        self.flags.iter().filter(|(_, of)| *of == value).fold(0, |flags, (bit, _)| flags | 1 << bit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_belongs_to_one_field() {
        fn bits<T>(row: &Row<T>) -> impl Iterator<Item = u32> {
            row.flags.iter().map(|(bit, _)| *bit)
        }
        let mut all: Vec<u32> = bits(&DST_REGISTER)
            .chain(bits(&OP0_REGISTER))
            .chain(bits(&OP1_ADDR))
            .chain(bits(&RES))
            .chain(bits(&PC_UPDATE))
            .chain(bits(&AP_UPDATE))
            .chain(bits(&OPCODE))
            .collect();
        all.sort_unstable();
        assert_eq!(all, (0..FLAG_COUNT).collect::<Vec<_>>());
    }
}
