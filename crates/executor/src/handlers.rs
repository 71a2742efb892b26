//! The specialised handlers: one small function for each common form of instruction.
//!
//! A handler gets its op in registers, reads the operands' cells through one bounds check each, and
//! returns the next `pc`, `ap` and `fp`. Whatever is not the common case — an unset operand to
//! deduce, an address where a number is usual, a cell beyond the segment, a failed assertion — goes
//! to [`generic`], which executes the instruction as the reference would, so a handler never has to
//! be right about anything but its own case. Cells are written only when all of the instruction is
//! known to succeed.
//!
//! `ap` and `fp` travel as offsets into the execution segment, 32 bits each in one word.
#![allow(unsafe_code, reason = "cells of the execution segment are read behind own bounds checks")]

use cairo_zero_core::Relocatable;
use cairo_zero_memory::Cell;

use crate::machine::{Machine, Stop};
use crate::op::{kind, off0, off1, off2};

/// `pc` and the packed `ap` and `fp` behind an instruction.
pub(crate) type Next = (u64, u64);

/// Executes one instruction: machine, packed op, immediate, `pc`, packed `ap` and `fp`.
pub(crate) type Handler = fn(&mut Machine, u64, i64, u64, u64) -> Next;

/// The 32 bits of one register in a packed frame.
const NARROW: u64 = 1 << 32;

/// `ap` is below this whenever the loop is entered and behind every `ap += imm`. With at most
/// [`BATCH`] steps until the loop is entered anew and at most 2 cells a step, it stays in its bits.
pub(crate) const HIGHEST_AP: u64 = 1 << 31;

/// The number of steps the loop runs before it is entered anew.
pub(crate) const BATCH: u64 = 1 << 30;

#[inline]
pub(crate) const fn pack(ap: u64, fp: u64) -> u64 {
    ap | fp << 32
}

#[inline]
pub(crate) const fn ap_of(frame: u64) -> u64 {
    frame & (NARROW - 1)
}

#[inline]
pub(crate) const fn fp_of(frame: u64) -> u64 {
    frame >> 32
}

/// The offset of an operand from its base register.
#[inline]
const fn place<const FP: bool>(frame: u64, offset: i64) -> u64 {
    let base = if FP { fp_of(frame) } else { ap_of(frame) };
    base.wrapping_add_signed(offset)
}

/// A cell of the dense part of the execution segment, found by [`Machine::at`].
///
/// Words are read one by one: a cell that was just written word by word can't be forwarded to a
/// wider read, which costs more than the whole instruction.
#[derive(Clone, Copy)]
struct Slot(*mut Cell);

impl Slot {
    #[inline(always)]
    fn word(self, number: usize) -> u64 {
        // SAFETY: a slot points to a cell that `Machine::at` has found inside the segment, and no
        // handler keeps one over anything that can move the segment. Volatile only keeps the
        // compiler from joining the reads.
        unsafe { self.0.cast::<u64>().add(number).read_volatile() }
    }

    #[inline(always)]
    fn get(self) -> Cell {
        Cell::from_words([self.word(0), self.word(1), self.word(2), self.word(3)])
    }

    #[inline(always)]
    fn is_set(self) -> bool {
        self.word(3) != 0
    }

    /// Whether the slot's cell is `cell`, word by word: as one comparison it would go through the
    /// stack.
    #[inline(always)]
    fn holds(self, cell: Cell) -> bool {
        let [a, b, c, d] = cell.words();
        (self.word(0) ^ a) | (self.word(1) ^ b) | (self.word(2) ^ c) | (self.word(3) ^ d) == 0
    }

    #[inline(always)]
    fn put(self, cell: Cell) {
        for (number, word) in cell.words().into_iter().enumerate() {
            // SAFETY: as in `word`; `&mut Machine` in every handler makes this the only access.
            // Volatile keeps the words from going through the stack to be joined there.
            unsafe { self.0.cast::<u64>().add(number).write_volatile(word) }
        }
    }
}

impl Machine {
    /// The cell at an offset of the execution segment, or `None` beyond its dense part.
    #[inline(always)]
    fn at(&self, offset: u64) -> Option<Slot> {
        // `view` describes the dense part of the execution segment: `refresh` sets it from the
        // segment before the loop is entered and after everything in the loop that can move or grow
        // a segment.
        (offset < self.view.execution_len)
            .then(|| Slot(self.view.execution.wrapping_add(offset as usize)))
    }

    /// Asks for the cache line of a cell that is likely to be used soon.
    #[inline(always)]
    fn prefetch(&self, offset: u64) {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: prefetching reads nothing and faults nowhere, whatever the address.
        unsafe {
            use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
            _mm_prefetch::<_MM_HINT_T0>(
                self.view.execution.wrapping_add(offset as usize).cast_const().cast(),
            );
        }
        #[cfg(not(target_arch = "x86_64"))]
        let _ = offset;
    }

    /// The immediate of the instruction at `pc`, which its decoding has found to be a number.
    #[inline(always)]
    fn immediate_cell(&self, pc: u64) -> Cell {
        let at = pc as usize + 1;
        if at < self.view.code_len {
            // SAFETY: `view` describes the dense part of the program's segment likewise.
            unsafe { *self.view.code.add(at) }
        } else {
            Cell::UNSET
        }
    }
}

/// How many cells ahead of `ap` memory is fetched into the cache.
const AHEAD: u64 = 128;

/// Sets or checks `dst` to be `value`, and goes on `size` cells further.
#[inline(always)]
fn assign<const INC: bool>(
    machine: &mut Machine,
    dst: u64,
    value: Cell,
    size: u64,
    pc: u64,
    frame: u64,
) -> Next {
    if INC {
        machine.prefetch(dst.wrapping_add(AHEAD));
    }
    match machine.at(dst) {
        Some(slot) if !slot.is_set() => slot.put(value),
        Some(slot) if slot.holds(value) => {}
        _ => return generic(machine, 0, 0, pc, frame),
    }
    (pc + size, frame + INC as u64)
}

/// Executes any instruction by the generic step.
#[cold]
#[inline(never)]
pub(crate) fn generic(machine: &mut Machine, _: u64, _: i64, pc: u64, frame: u64) -> Next {
    machine.widen(pc, frame);
    match machine.execute() {
        Err(error) => machine.fail(error),
        Ok(()) => {
            machine.refresh();
            match machine.narrow() {
                Some(next) => next,
                None => Stop::Left.into(),
            }
        }
    }
}

/// Decodes an instruction that is reached for the first time and executes it.
#[cold]
#[inline(never)]
fn undecoded(machine: &mut Machine, _: u64, _: i64, pc: u64, frame: u64) -> Next {
    let op = machine.decode_at(pc);
    HANDLERS[op.kind()](machine, op.packed, op.immediate, pc, frame)
}

/// An instruction with hints: the loop is left for them.
fn hint(machine: &mut Machine, _: u64, number: i64, pc: u64, frame: u64) -> Next {
    machine.widen(pc, frame);
    machine.breakpoint = number as usize;
    Stop::Hint.into()
}

/// The instruction that was to be reached.
fn end(machine: &mut Machine, _: u64, _: i64, pc: u64, frame: u64) -> Next {
    machine.widen(pc, frame);
    Stop::End.into()
}

/// A jump to `target` in the program's segment.
#[inline(always)]
fn jump(machine: &mut Machine, target: u64, frame: u64) -> Next {
    if target < machine.view.ops_len as u64 {
        return (target, frame);
    }
    leave(machine, target, frame)
}

/// A jump behind the program or before it: the generic step will say what is there.
#[cold]
fn leave(machine: &mut Machine, target: u64, frame: u64) -> Next {
    machine.widen(target, frame);
    Stop::Left.into()
}

/// `call rel imm`
fn call_rel(machine: &mut Machine, packed: u64, immediate: i64, pc: u64, frame: u64) -> Next {
    match push_frame(machine, pc + 2, frame) {
        Some(frame) => jump(machine, pc.wrapping_add_signed(immediate), frame),
        None => generic(machine, packed, immediate, pc, frame),
    }
}

/// `call abs [base + off2]`
fn call_abs<const FP: bool>(
    machine: &mut Machine,
    packed: u64,
    immediate: i64,
    pc: u64,
    frame: u64,
) -> Next {
    let target = machine.at(place::<FP>(frame, off2(packed)));
    let target = target.and_then(|slot| slot.get().relocatable());
    let Some(target) = target.filter(|target| target.segment == machine.view.code_segment) else {
        return generic(machine, packed, immediate, pc, frame);
    };
    match push_frame(machine, pc + 1, frame) {
        Some(frame) => jump(machine, target.offset.cast_unsigned(), frame),
        None => generic(machine, packed, immediate, pc, frame),
    }
}

/// Writes the return frame and address, or `None` when their cells are not free.
#[inline(always)]
fn push_frame(machine: &mut Machine, return_pc: u64, frame: u64) -> Option<u64> {
    let ap = ap_of(frame);
    let (first, second) = (machine.at(ap)?, machine.at(ap + 1)?);
    if first.is_set() || second.is_set() {
        return None;
    }
    let segment = machine.view.execution_segment;
    let old_fp = Relocatable::new(segment, fp_of(frame).cast_signed());
    let back = Relocatable::new(machine.view.code_segment, return_pc.cast_signed());
    first.put(Cell::from_relocatable(old_fp));
    second.put(Cell::from_relocatable(back));
    Some(pack(ap + 2, ap + 2))
}

/// `ret`
fn ret(machine: &mut Machine, packed: u64, immediate: i64, pc: u64, frame: u64) -> Next {
    let fp = fp_of(frame);
    machine.prefetch(fp.wrapping_sub(AHEAD));
    machine.prefetch(fp.wrapping_sub(AHEAD + 2));
    machine.prefetch(fp.wrapping_sub(AHEAD + 4));
    let old_fp = machine.at(fp.wrapping_sub(2)).and_then(|slot| slot.get().relocatable());
    let back = machine.at(fp.wrapping_sub(1)).and_then(|slot| slot.get().relocatable());
    let (Some(old_fp), Some(back)) = (old_fp, back) else {
        return generic(machine, packed, immediate, pc, frame);
    };
    let old = old_fp.offset.cast_unsigned();
    // The frame gone back to has to be one whose `[fp - 1]` is known, as the other handlers rely on.
    let framed = machine.at(old.wrapping_sub(1)).is_some_and(Slot::is_set);
    if old_fp.segment != machine.view.execution_segment
        || back.segment != machine.view.code_segment
        || !framed
    {
        return generic(machine, packed, immediate, pc, frame);
    }
    jump(machine, back.offset.cast_unsigned(), pack(ap_of(frame), old))
}

/// `ap += imm`
fn ap_add(machine: &mut Machine, packed: u64, immediate: i64, pc: u64, frame: u64) -> Next {
    match ap_of(frame).checked_add_signed(immediate) {
        Some(ap) if ap < HIGHEST_AP => (pc + 2, pack(ap, fp_of(frame))),
        _ => generic(machine, packed, immediate, pc, frame),
    }
}

/// `jmp rel imm`
fn jmp_rel<const INC: bool>(
    machine: &mut Machine,
    _: u64,
    immediate: i64,
    pc: u64,
    frame: u64,
) -> Next {
    jump(machine, pc.wrapping_add_signed(immediate), frame + INC as u64)
}

/// `jmp rel imm if [dst] != 0`
fn jnz<const INC: bool, const DST: bool>(
    machine: &mut Machine,
    packed: u64,
    immediate: i64,
    pc: u64,
    frame: u64,
) -> Next {
    let dst = machine.at(place::<DST>(frame, off0(packed)));
    let Some(dst) = dst.filter(|dst| dst.is_set()) else {
        return generic(machine, packed, immediate, pc, frame);
    };
    let dst = dst.get();
    let frame = frame + INC as u64;
    if dst == ZERO {
        (pc + 2, frame)
    } else {
        jump(machine, pc.wrapping_add_signed(immediate), frame)
    }
}

const ZERO: Cell = Cell::from_felt(cairo_zero_core::Felt::ZERO);

/// `[dst] = imm`
fn assert_imm<const INC: bool, const DST: bool>(
    machine: &mut Machine,
    packed: u64,
    _: i64,
    pc: u64,
    frame: u64,
) -> Next {
    let value = machine.immediate_cell(pc);
    assign::<INC>(machine, place::<DST>(frame, off0(packed)), value, 2, pc, frame)
}

/// `[dst] = [op1]`
fn assert_op1<const INC: bool, const DST: bool, const OP1: bool>(
    machine: &mut Machine,
    packed: u64,
    immediate: i64,
    pc: u64,
    frame: u64,
) -> Next {
    match machine.at(place::<OP1>(frame, off2(packed))).map(Slot::get) {
        Some(value) if value.is_settled() => {
            assign::<INC>(machine, place::<DST>(frame, off0(packed)), value, 1, pc, frame)
        }
        _ => generic(machine, packed, immediate, pc, frame),
    }
}

/// `[dst] = [[op0] + off2]`
fn assert_deref<const INC: bool, const DST: bool, const OP0: bool>(
    machine: &mut Machine,
    packed: u64,
    immediate: i64,
    pc: u64,
    frame: u64,
) -> Next {
    let pointer = machine.at(place::<OP0>(frame, off1(packed)));
    let pointer = match pointer.and_then(|slot| slot.get().relocatable()) {
        // A relocation rule may have a say in where that leads.
        Some(pointer) if pointer.is_temporary() => Some(machine.memory.moved(pointer)),
        pointer => pointer,
    };
    let Some(address) = pointer.and_then(|pointer| pointer.checked_add(off2(packed))) else {
        return generic(machine, packed, immediate, pc, frame);
    };
    let value = machine.memory.cell(address);
    let dst = place::<DST>(frame, off0(packed));
    if value.is_settled() {
        return assign::<INC>(machine, dst, value, 1, pc, frame);
    }
    // A value given to an unset cell that nothing watches: stores through pointers look like this.
    if value.is_set() || address.is_temporary() || machine.builtins.watches(address.segment) {
        return generic(machine, packed, immediate, pc, frame);
    }
    let value = machine.at(dst).map(Slot::get);
    let value = value.filter(|value| value.is_settled()).and_then(Cell::value);
    let Some(value) = value else {
        return generic(machine, packed, immediate, pc, frame);
    };
    match machine.memory.insert(address, value) {
        Ok(_) => {
            machine.refresh();
            (pc + 1, frame + INC as u64)
        }
        Err(_) => generic(machine, packed, immediate, pc, frame),
    }
}

/// `[dst] = [op0] + imm`
fn add_imm<const INC: bool, const DST: bool, const OP0: bool>(
    machine: &mut Machine,
    packed: u64,
    immediate: i64,
    pc: u64,
    frame: u64,
) -> Next {
    let Some(op0) = machine.at(place::<OP0>(frame, off1(packed))).map(Slot::get) else {
        return generic(machine, packed, immediate, pc, frame);
    };
    let dst = place::<DST>(frame, off0(packed));
    if let Some(sum) = op0.small().and_then(|op0| op0.checked_add_signed(immediate)) {
        return assign::<INC>(machine, dst, Cell::from_u64(sum), 2, pc, frame);
    }
    if let Some(sum) = op0.relocatable().and_then(|address| address.checked_add(immediate))
        && is_plain(sum)
    {
        return assign::<INC>(machine, dst, Cell::from_relocatable(sum), 2, pc, frame);
    }
    add_wide::<INC, DST, OP0>(machine, packed, immediate, pc, frame)
}

/// As [`add_imm`], for an immediate beyond 64 bits.
fn add_wide<const INC: bool, const DST: bool, const OP0: bool>(
    machine: &mut Machine,
    packed: u64,
    immediate: i64,
    pc: u64,
    frame: u64,
) -> Next {
    let op0 = machine.at(place::<OP0>(frame, off1(packed))).and_then(|slot| slot.get().felt());
    let (Some(op0), Some(op1)) = (op0, machine.immediate_cell(pc).felt()) else {
        return generic(machine, packed, immediate, pc, frame);
    };
    let sum = Cell::from_felt(op0 + op1);
    assign::<INC>(machine, place::<DST>(frame, off0(packed)), sum, 2, pc, frame)
}

/// `[dst] = [op0] * imm`
fn mul_imm<const INC: bool, const DST: bool, const OP0: bool>(
    machine: &mut Machine,
    packed: u64,
    immediate: i64,
    pc: u64,
    frame: u64,
) -> Next {
    let op0 = machine.at(place::<OP0>(frame, off1(packed))).and_then(|slot| slot.get().felt());
    let (Some(op0), Some(op1)) = (op0, machine.immediate_cell(pc).felt()) else {
        return generic(machine, packed, immediate, pc, frame);
    };
    let product = Cell::from_felt(op0 * op1);
    assign::<INC>(machine, place::<DST>(frame, off0(packed)), product, 2, pc, frame)
}

/// `[dst] = [op0] + [op1]`
fn add<const INC: bool, const DST: bool, const OP0: bool, const OP1: bool>(
    machine: &mut Machine,
    packed: u64,
    immediate: i64,
    pc: u64,
    frame: u64,
) -> Next {
    let at0 = machine.at(place::<OP0>(frame, off1(packed)));
    let at1 = machine.at(place::<OP1>(frame, off2(packed)));
    let (Some(at0), Some(at1)) = (at0, at1) else {
        return generic(machine, packed, immediate, pc, frame);
    };
    let (op0, op1) = (at0.get(), at1.get());
    let dst = place::<DST>(frame, off0(packed));
    if let (Some(op0), Some(op1)) = (op0.felt(), op1.felt()) {
        let sum = Cell::from_felt(op0 + op1);
        return assign::<INC>(machine, dst, sum, 1, pc, frame);
    }
    // A difference: compilers write `x = a - b` as `a = x + b` with x unset.
    let (target, other) = match (op0.is_set(), op1.is_set()) {
        (false, true) => (at0, op1),
        (true, false) => (at1, op0),
        (true, true) => return add_address::<INC>(machine, dst, (op0, op1), pc, frame),
        (false, false) => return generic(machine, packed, immediate, pc, frame),
    };
    match (machine.at(dst).and_then(|slot| slot.get().felt()), other.felt()) {
        (Some(sum), Some(other)) => {
            target.put(Cell::from_felt(sum - other));
            (pc + 1, frame + INC as u64)
        }
        _ => generic(machine, packed, immediate, pc, frame),
    }
}

/// `[dst] = a + b` where one is an address.
#[inline(never)]
fn add_address<const INC: bool>(
    machine: &mut Machine,
    dst: u64,
    (a, b): (Cell, Cell),
    pc: u64,
    frame: u64,
) -> Next {
    match sum_with_address(a, b) {
        Some(sum) => assign::<INC>(machine, dst, sum, 1, pc, frame),
        None => generic(machine, 0, 0, pc, frame),
    }
}

/// `[dst] = [op0] * [op1]`
fn mul<const INC: bool, const DST: bool, const OP0: bool, const OP1: bool>(
    machine: &mut Machine,
    packed: u64,
    immediate: i64,
    pc: u64,
    frame: u64,
) -> Next {
    let op0 = machine.at(place::<OP0>(frame, off1(packed))).and_then(|slot| slot.get().felt());
    let op1 = machine.at(place::<OP1>(frame, off2(packed))).and_then(|slot| slot.get().felt());
    let (Some(op0), Some(op1)) = (op0, op1) else {
        return generic(machine, packed, immediate, pc, frame);
    };
    let product = Cell::from_felt(op0 * op1);
    assign::<INC>(machine, place::<DST>(frame, off0(packed)), product, 1, pc, frame)
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

/// Puts all variants of a handler into the table: bit 0 of the place is `ap++`, bit 1 `dst` on `fp`,
/// the bits above are the operands on `fp`.
macro_rules! fill {
    ($table:ident, $base:expr, $handler:ident, [INC DST]) => {
        $table[$base] = $handler::<false, false>;
        $table[$base + 1] = $handler::<true, false>;
        $table[$base + 2] = $handler::<false, true>;
        $table[$base + 3] = $handler::<true, true>;
    };
    ($table:ident, $base:expr, $handler:ident, [INC DST A]) => {
        fill!(@four $table, $base, $handler, false);
        fill!(@four $table, $base + 4, $handler, true);
    };
    ($table:ident, $base:expr, $handler:ident, [INC DST A B]) => {
        fill!(@four $table, $base, $handler, false, false);
        fill!(@four $table, $base + 4, $handler, true, false);
        fill!(@four $table, $base + 8, $handler, false, true);
        fill!(@four $table, $base + 12, $handler, true, true);
    };
    (@four $table:ident, $base:expr, $handler:ident, $($operand:literal),+) => {
        $table[$base] = $handler::<false, false, $($operand),+>;
        $table[$base + 1] = $handler::<true, false, $($operand),+>;
        $table[$base + 2] = $handler::<false, true, $($operand),+>;
        $table[$base + 3] = $handler::<true, true, $($operand),+>;
    };
}

/// The handlers by number.
pub(crate) static HANDLERS: [Handler; kind::COUNT] = table();

const fn table() -> [Handler; kind::COUNT] {
    let mut table: [Handler; kind::COUNT] = [generic; kind::COUNT];
    table[kind::UNDECODED] = undecoded;
    table[kind::HINT] = hint;
    table[kind::END] = end;
    table[kind::CALL_REL] = call_rel;
    table[kind::RET] = ret;
    table[kind::AP_ADD] = ap_add;
    table[kind::CALL_ABS] = call_abs::<false>;
    table[kind::CALL_ABS + 1] = call_abs::<true>;
    table[kind::JMP_REL] = jmp_rel::<false>;
    table[kind::JMP_REL + 1] = jmp_rel::<true>;
    fill!(table, kind::JNZ, jnz, [INC DST]);
    fill!(table, kind::ASSERT_IMM, assert_imm, [INC DST]);
    fill!(table, kind::ASSERT_OP1, assert_op1, [INC DST A]);
    fill!(table, kind::ASSERT_DEREF, assert_deref, [INC DST A]);
    fill!(table, kind::ADD_IMM, add_imm, [INC DST A]);
    fill!(table, kind::ADD_WIDE, add_wide, [INC DST A]);
    fill!(table, kind::MUL_IMM, mul_imm, [INC DST A]);
    fill!(table, kind::ADD, add, [INC DST A B]);
    fill!(table, kind::MUL, mul, [INC DST A B]);
    table
}
