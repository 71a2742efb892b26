//! The specialised handlers of sums, differences and products; see `handlers.rs`.

use cairo_zero_core::{Felt, Relocatable};
use cairo_zero_memory::Cell;

use crate::handlers::{FELT_TAG, Place, Slot, assign, is_address, onwards, otherwise, target};
use crate::machine::Machine;
use crate::op::Op;

/// `[dst] = [op0] + imm`
pub(crate) fn add_imm<const D: u8, const OP0: bool>(
    machine: &mut Machine,
    ip: *const Op,
    ap: u64,
    fp: u64,
    left: i64,
) {
    let at = Place::new(ip, ap, fp, left);
    let Some(op0) = machine.at(at.cell::<OP0>(at.op().op0)) else {
        return otherwise(machine, at);
    };
    let (number, top) = (op0.word(0), op0.word(3));
    let sum = number.wrapping_add_signed(at.op().immediate);
    // Both are below 2^63, so nothing has wrapped. The tag of a small number or an address is that
    // of the sum.
    let plain = (number | sum) >> 63 == 0 && op0.word(1) | op0.word(2) == 0;
    if plain && (top == FELT_TAG || is_address(top)) {
        return assign::<D>(machine, at, Cell::from_words([sum, 0, 0, top]), 2);
    }
    add_wide::<D, OP0>(machine, ip, ap, fp, left)
}

/// As [`add_imm`], for numbers beyond 64 bits.
pub(crate) fn add_wide<const D: u8, const OP0: bool>(
    machine: &mut Machine,
    ip: *const Op,
    ap: u64,
    fp: u64,
    left: i64,
) {
    let at = Place::new(ip, ap, fp, left);
    let op0 = machine.at(at.cell::<OP0>(at.op().op0)).and_then(|slot| slot.get().felt());
    let (Some(op0), Some(op1)) = (op0, machine.immediate_cell(at.op()).felt()) else {
        return otherwise(machine, at);
    };
    assign::<D>(machine, at, Cell::from_felt(op0 + op1), 2)
}

/// `[dst] = [op0] * imm`
pub(crate) fn mul_imm<const D: u8, const OP0: bool>(
    machine: &mut Machine,
    ip: *const Op,
    ap: u64,
    fp: u64,
    left: i64,
) {
    let at = Place::new(ip, ap, fp, left);
    let Some(op0) = machine.at(at.cell::<OP0>(at.op().op0)) else {
        return otherwise(machine, at);
    };
    if op0.is_short() {
        let factor = at.op().immediate.cast_unsigned();
        return assign::<D>(machine, at, product(op0.word(0), factor), 2);
    }
    mul_imm_wide::<D, OP0>(machine, ip, ap, fp, left)
}

/// As [`mul_imm`], for numbers beyond 64 bits.
pub(crate) fn mul_imm_wide<const D: u8, const OP0: bool>(
    machine: &mut Machine,
    ip: *const Op,
    ap: u64,
    fp: u64,
    left: i64,
) {
    let at = Place::new(ip, ap, fp, left);
    let op0 = machine.at(at.cell::<OP0>(at.op().op0)).and_then(|slot| slot.get().felt());
    let (Some(op0), Some(op1)) = (op0, machine.immediate_cell(at.op()).felt()) else {
        return otherwise(machine, at);
    };
    assign::<D>(machine, at, Cell::from_felt(op0 * op1), 2)
}

/// `[dst] = [op0] + [op1]`
pub(crate) fn add<const D: u8, const OP0: bool, const OP1: bool>(
    machine: &mut Machine,
    ip: *const Op,
    ap: u64,
    fp: u64,
    left: i64,
) {
    let at = Place::new(ip, ap, fp, left);
    let at0 = machine.at(at.cell::<OP0>(at.op().op0));
    let at1 = machine.at(at.cell::<OP1>(at.op().op1));
    let (Some(at0), Some(at1)) = (at0, at1) else {
        return otherwise(machine, at);
    };
    if let Some(sum) = at0.get().sum(at1.get()) {
        return assign::<D>(machine, at, sum, 1);
    }
    if at0.is_set() {
        add_otherwise::<D, OP0, OP1>(machine, ip, ap, fp, left)
    } else {
        subtract::<D, OP0, OP1>(machine, ip, ap, fp, left)
    }
}

/// As [`add`] with the first operand unset: compilers write `x = a - b` as `a = x + b`.
#[inline(never)]
fn subtract<const D: u8, const OP0: bool, const OP1: bool>(
    machine: &mut Machine,
    ip: *const Op,
    ap: u64,
    fp: u64,
    left: i64,
) {
    let at = Place::new(ip, ap, fp, left);
    let sum = machine.at(target::<D>(at));
    let at0 = machine.at(at.cell::<OP0>(at.op().op0));
    let at1 = machine.at(at.cell::<OP1>(at.op().op1));
    let (Some(sum), Some(at0), Some(at1)) = (sum, at0, at1) else {
        return otherwise(machine, at);
    };
    match difference(sum.get(), at1.get()) {
        Some(difference) => {
            at0.put(difference);
            onwards::<D>(machine, at, 1)
        }
        None => otherwise(machine, at),
    }
}

/// As [`add`], for a first operand that is set and operands that are not both numbers.
#[inline(never)]
fn add_otherwise<const D: u8, const OP0: bool, const OP1: bool>(
    machine: &mut Machine,
    ip: *const Op,
    ap: u64,
    fp: u64,
    left: i64,
) {
    let at = Place::new(ip, ap, fp, left);
    let at0 = machine.at(at.cell::<OP0>(at.op().op0));
    let at1 = machine.at(at.cell::<OP1>(at.op().op1));
    let (Some(at0), Some(at1)) = (at0, at1) else {
        return otherwise(machine, at);
    };
    if at1.is_set() {
        return match sum_with_address(at0.get(), at1.get()) {
            Some(sum) => assign::<D>(machine, at, sum, 1),
            None => otherwise(machine, at),
        };
    }
    let sum = machine.at(target::<D>(at)).map(Slot::get);
    match sum.and_then(|sum| difference(sum, at0.get())) {
        Some(difference) => {
            at1.put(difference);
            onwards::<D>(machine, at, 1)
        }
        None => otherwise(machine, at),
    }
}

/// `[dst] = [op0] * [op1]`
pub(crate) fn mul<const D: u8, const OP0: bool, const OP1: bool>(
    machine: &mut Machine,
    ip: *const Op,
    ap: u64,
    fp: u64,
    left: i64,
) {
    let at = Place::new(ip, ap, fp, left);
    let at0 = machine.at(at.cell::<OP0>(at.op().op0));
    let at1 = machine.at(at.cell::<OP1>(at.op().op1));
    let (Some(at0), Some(at1)) = (at0, at1) else {
        return otherwise(machine, at);
    };
    if at0.is_short() && at1.is_short() {
        return assign::<D>(machine, at, product(at0.word(0), at1.word(0)), 1);
    }
    mul_wide::<D, OP0, OP1>(machine, ip, ap, fp, left)
}

/// As [`mul`], for numbers beyond 64 bits.
#[inline(never)]
fn mul_wide<const D: u8, const OP0: bool, const OP1: bool>(
    machine: &mut Machine,
    ip: *const Op,
    ap: u64,
    fp: u64,
    left: i64,
) {
    let at = Place::new(ip, ap, fp, left);
    let at0 = machine.at(at.cell::<OP0>(at.op().op0));
    let at1 = machine.at(at.cell::<OP1>(at.op().op1));
    let (Some(at0), Some(at1)) = (at0, at1) else {
        return otherwise(machine, at);
    };
    match (at0.get().felt(), at1.get().felt()) {
        (Some(op0), Some(op1)) => assign::<D>(machine, at, Cell::from_felt(op0 * op1), 1),
        (None, Some(divisor)) if !at0.is_set() => divide::<D>(machine, at, at0, divisor),
        (Some(divisor), None) if !at1.is_set() => divide::<D>(machine, at, at1, divisor),
        _ => otherwise(machine, at),
    }
}

/// As [`mul`] with one operand unset: compilers write `x = a / b` as `a = x * b`.
fn divide<const D: u8>(machine: &mut Machine, at: Place, unset: Slot, divisor: Felt) {
    let product = machine.at(target::<D>(at)).and_then(|slot| slot.get().felt());
    match product.and_then(|product| product.checked_div(divisor)) {
        Some(quotient) => {
            unset.put(Cell::from_felt(quotient));
            onwards::<D>(machine, at, 1)
        }
        None => otherwise(machine, at),
    }
}

/// The product of two numbers of a word: the prime is far beyond it.
#[inline(always)]
fn product(a: u64, b: u64) -> Cell {
    let product = u128::from(a) * u128::from(b);
    Cell::from_words([product as u64, (product >> 64) as u64, 0, FELT_TAG])
}

/// What is to be added to `b` for a sum of `a`; `None` where that is not simple.
#[inline(always)]
fn difference(a: Cell, b: Cell) -> Option<Cell> {
    a.difference(b).or_else(|| difference_with_address(a, b))
}

/// As [`difference`], with at least one address.
fn difference_with_address(a: Cell, b: Cell) -> Option<Cell> {
    let a = a.relocatable()?;
    if let Some(b) = b.relocatable() {
        let same = a.segment == b.segment && is_plain(a) && is_plain(b);
        return same.then(|| Cell::from_felt(Felt::from_i64(a.offset - b.offset)));
    }
    let by = b.felt()?.to_i64()?.checked_neg()?;
    let difference = a.checked_add(by)?;
    (is_plain(a) && is_plain(difference)).then(|| Cell::from_relocatable(difference))
}

/// The sum of an address and a number; `None` where that is not simple.
fn sum_with_address(a: Cell, b: Cell) -> Option<Cell> {
    let (address, by) = match (a.relocatable(), b.relocatable()) {
        (Some(address), None) => (address, b.felt()?),
        (None, Some(address)) => (address, a.felt()?),
        _ => return None,
    };
    let sum = address.checked_add(by.to_i64()?)?;
    is_plain(sum).then(|| Cell::from_relocatable(sum))
}

/// Whether an address needs none of the care that [`cairo_zero_memory::Memory::insert`] takes:
/// temporary segments have relocation rules, and negative offsets are noted.
#[inline]
const fn is_plain(address: Relocatable) -> bool {
    address.segment >= 0 && address.offset >= 0
}
