//! The specialised handlers: one small function for each common form of instruction.
//!
//! A handler reads its op and its operands' cells, through one bounds check each, and goes on with
//! the next instruction's handler. Whatever is not the common case — an unset operand to deduce, an
//! address where a number is usual, a cell beyond the segment, a failed assertion — goes to
//! [`generic`], which executes the instruction as the reference would, so a handler never has to be
//! right about anything but its own case. Cells are written only when all of the instruction is
//! known to succeed.
//!
//! Handlers call each other in tail position. Optimised builds make jumps of these calls, so that
//! the registers of the machine stay in registers of the processor from one instruction to the next.
//! Nothing relies on it: a chain ends after [`CHAIN`] instructions, which fit any stack as calls too.
//!
//! Inside a chain `pc` is a pointer into the table of ops, and `ap` and `fp` are bytes from the start
//! of the execution segment.
#![allow(unsafe_code, reason = "cells and ops are read behind own bounds checks")]

use cairo_zero_builtins::{Bitwise, Direct};
use cairo_zero_core::Relocatable;
use cairo_zero_memory::Cell;

use crate::ExecutionError;
use crate::arithmetic::{add, add_imm, add_wide, mul, mul_imm, mul_imm_wide};
use crate::machine::{Machine, Stop};
use crate::op::{CELL, Op, dst, kind};

/// Executes one instruction and those that follow: machine, op, `ap`, `fp`, and how many more
/// instructions the chain may have. Why the chain has ended is then in the view: without a result to
/// hand back, every last call can be a jump.
pub(crate) type Handler = fn(&mut Machine, *const Op, u64, u64, i64);

/// The most instructions executed in one chain.
pub(crate) const CHAIN: u64 = 512;

/// `ap` is below this, in cells, whenever the loop is entered and behind every `ap += imm`, so that
/// in bytes it is far from the end of 64 bits.
pub(crate) const HIGHEST_AP: u64 = 1 << 31;

/// Where a chain is: a handler's arguments but the machine.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// The instruction's op, in the table of the view.
    pub(crate) ip: *const Op,
    /// In bytes.
    pub(crate) ap: u64,
    /// In bytes.
    pub(crate) fp: u64,
    /// How many more instructions the chain may have.
    pub(crate) left: i64,
}

impl Place {
    #[inline(always)]
    pub(crate) const fn new(ip: *const Op, ap: u64, fp: u64, left: i64) -> Self {
        Self { ip, ap, fp, left }
    }

    /// The op of the instruction.
    #[inline(always)]
    pub(crate) const fn op<'a>(self) -> &'a Op {
        // SAFETY: a chain begins at an op of the view's table (`Machine::narrow`) and moves only by
        // an instruction's size, to ops that end the chain when they lie behind the last, or to
        // targets that are known to be in the table. Nothing changes or moves a table while a chain
        // runs but `decode_at`, whose callers read the op anew.
        unsafe { &*self.ip }
    }

    /// The bytes from the start of the execution segment to the cell at an offset from `fp` or `ap`.
    #[inline(always)]
    pub(crate) const fn cell<const FP: bool>(self, offset: i32) -> u64 {
        let base = if FP { self.fp } else { self.ap };
        base.wrapping_add_signed(offset as i64)
    }

    /// The place behind this instruction of `size` words.
    #[inline(always)]
    const fn behind(self, size: usize) -> Self {
        Self { ip: self.ip.wrapping_add(size), ..self }
    }

    /// The place that a jump by `by` bytes of ops leads to.
    #[inline(always)]
    const fn jumped(self, by: i64) -> Self {
        Self { ip: self.ip.wrapping_byte_offset(by as isize), ..self }
    }

    /// The place with `ap` moved on by one cell, or not.
    #[inline(always)]
    const fn moved<const INC: bool>(self) -> Self {
        if INC { Self { ap: self.ap + CELL, ..self } } else { self }
    }
}

/// A cell of the dense part of a segment, found by [`Machine::at`] or [`Machine::behind`].
///
/// Words are read one by one: a cell that was just written word by word can't be forwarded to a
/// wider read, which costs more than the whole instruction.
#[derive(Clone, Copy)]
pub(crate) struct Slot(*mut Cell);

impl Slot {
    #[inline(always)]
    pub(crate) fn word(self, number: usize) -> u64 {
        // SAFETY: a slot points to a cell that was found inside its segment, and no
        // handler keeps one over anything that can move the segment. Volatile only keeps the
        // compiler from joining the reads.
        unsafe { self.0.cast::<u64>().add(number).read_volatile() }
    }

    #[inline(always)]
    pub(crate) fn get(self) -> Cell {
        Cell::from_words([self.word(0), self.word(1), self.word(2), self.word(3)])
    }

    #[inline(always)]
    pub(crate) fn is_set(self) -> bool {
        self.word(3) != 0
    }

    /// Whether the cell holds a number below `2^64`.
    #[inline(always)]
    pub(crate) fn is_short(self) -> bool {
        self.word(1) | self.word(2) == 0 && self.word(3) == FELT_TAG
    }

    #[inline(always)]
    fn is_number(self) -> bool {
        Cell::from_words([0, 0, 0, self.word(3)]).is_felt()
    }

    /// As [`Cell::is_settled`].
    #[inline(always)]
    fn is_settled(self) -> bool {
        Cell::from_words([0, 0, 0, self.word(3)]).is_settled()
    }

    /// Takes over another slot's cell, in as few registers as that needs.
    #[inline(always)]
    fn copy(self, other: Self) {
        for number in 0..4 {
            self.put_word(number, other.word(number));
        }
    }

    /// Whether the slot's cell is `cell`, word by word: as one comparison it would go through the
    /// stack.
    #[inline(always)]
    fn holds(self, cell: Cell) -> bool {
        let [a, b, c, d] = cell.words();
        self.word(0) == a && self.word(1) == b && self.word(2) == c && self.word(3) == d
    }

    #[inline(always)]
    pub(crate) fn put(self, cell: Cell) {
        for (number, word) in cell.words().into_iter().enumerate() {
            self.put_word(number, word);
        }
    }

    #[inline(always)]
    fn put_word(self, number: usize, word: u64) {
        // SAFETY: as in `word`; `&mut Machine` in every handler makes this the only access.
        // Volatile keeps the words from going through the stack to be joined there.
        unsafe { self.0.cast::<u64>().add(number).write_volatile(word) }
    }
}

impl Machine {
    /// The cell so many bytes into the execution segment, or `None` beyond its dense part.
    #[inline(always)]
    pub(crate) fn at(&self, offset: u64) -> Option<Slot> {
        // `view` describes the dense part of the execution segment: `refresh` sets it from the
        // segment before the loop is entered and after everything in the loop that can move or grow
        // a segment. Both numbers are whole cells, so a cell that begins inside ends inside.
        (offset < self.view.execution_bytes).then(|| self.within(offset))
    }

    /// The cell so many bytes into the execution segment, where that is known to be inside.
    #[inline(always)]
    fn within(&self, offset: u64) -> Slot {
        Slot(self.view.execution.wrapping_byte_add(offset as usize))
    }

    /// The cell so many bytes into the execution segment and the one behind it.
    #[inline(always)]
    fn pair(&self, offset: u64) -> Option<(Slot, Slot)> {
        (offset < self.view.execution_pairs)
            .then(|| (self.within(offset), self.within(offset + CELL)))
    }

    /// The cell `by` cells from where a slot's address points, in the dense part of a real segment.
    #[inline(always)]
    fn behind(&self, pointer: Slot, by: i64) -> Option<Slot> {
        // For what is no address in a real segment this is beyond all their numbers.
        let number = usize::try_from(pointer.word(3) ^ ADDRESS_TAG).ok()?;
        let (start, len) = self.memory.segments().get(number)?.dense();
        // What is below zero or beyond 63 bits is beyond every segment as a number without sign.
        let offset = pointer.word(0).wrapping_add_signed(by);
        (offset < len as u64).then(|| Slot(start.wrapping_add(offset as usize)))
    }

    /// Asks for the cache line of a cell that is likely to be used soon.
    #[inline(always)]
    fn prefetch(&self, offset: u64) {
        prefetch(self.view.execution.wrapping_byte_add(offset as usize));
    }

    /// The value that a builtin gives for an unset cell, which is set to it. Nobody else's rules are
    /// asked.
    #[inline(always)]
    fn deduce_by_builtin(&mut self, address: Relocatable) -> Result<Option<Cell>, ExecutionError> {
        let Some(value) = self.builtins.deduce(&self.memory, address)? else {
            return Ok(None);
        };
        let cell = Cell::from(value);
        if !self.memory.fill(address, cell) {
            self.memory.insert(address, value)?;
            self.refresh();
        }
        self.builtins.validate(&self.memory, address)?;
        Ok(Some(cell))
    }

    /// As [`Memory::reach`](cairo_zero_memory::Memory::reach), so many bytes into the execution
    /// segment.
    fn reach(&mut self, offset: u64) -> bool {
        let cell = (offset / CELL).cast_signed();
        self.memory.reach(Relocatable::new(self.view.execution_segment, cell))
    }

    /// The segment and the offset of the cell that an instruction's first operand leads to, which is
    /// known to be in the dense part of a real segment.
    #[inline(always)]
    fn followed<const OP0: bool>(&self, at: Place) -> (i32, u64) {
        let pointer = self.within(at.cell::<OP0>(at.op().op0));
        (pointer.word(3) as i32, pointer.word(0).wrapping_add_signed(at.op().cells_behind()))
    }

    /// The cell of the program's segment that an immediate is in.
    #[inline(always)]
    pub(crate) fn immediate_cell(&self, op: &Op) -> Cell {
        let at = op.op1 as usize;
        if at < self.view.code_len {
            // SAFETY: `view` describes the dense part of the program's segment likewise.
            unsafe { *self.view.code.add(at) }
        } else {
            Cell::UNSET
        }
    }
}

/// Asks for the cache line at an address that is likely to be used soon, wherever that is.
#[inline(always)]
pub(crate) fn prefetch<T>(address: *const T) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: prefetching reads nothing and faults nowhere, whatever the address.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(address.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = address;
}

/// How many bytes ahead of `ap` memory is fetched into the cache.
const AHEAD: u64 = 128 * CELL;

/// Goes on with the instruction at a place.
#[inline(always)]
fn go(machine: &mut Machine, at: Place) {
    let left = at.left - 1;
    if left < 0 {
        return pause(machine, at.ip, at.ap, at.fp, left);
    }
    HANDLERS[at.op().kind as usize](machine, at.ip, at.ap, at.fp, left)
}

/// Ends a chain that has become long.
#[inline(never)]
fn pause(machine: &mut Machine, ip: *const Op, ap: u64, fp: u64, _: i64) {
    machine.view.stopped = (Stop::Pause, Place::new(ip, ap, fp, 0));
}

/// Ends a chain at a place.
fn stop(machine: &mut Machine, at: Place, why: Stop) {
    machine.widen(machine.pc_of(at.ip), at.ap, at.fp);
    machine.view.stopped = (why, at);
}

/// Executes any instruction by the generic step.
#[cold]
#[inline(never)]
fn generic(machine: &mut Machine, ip: *const Op, ap: u64, fp: u64, left: i64) {
    machine.widen(machine.pc_of(ip), ap, fp);
    if let Err(error) = machine.execute() {
        machine.error = Some(error);
        machine.view.stopped = (Stop::Failed, Place::new(ip, ap, fp, left));
        return;
    }
    machine.refresh();
    match machine.narrow() {
        Some(next) => go(machine, Place { left, ..next }),
        None => machine.view.stopped = (Stop::Left, Place::new(ip, ap, fp, left)),
    }
}

/// Ends a chain at an instruction that has failed.
#[cold]
#[inline(never)]
fn fail(machine: &mut Machine, at: Place, error: ExecutionError) {
    machine.widen(machine.pc_of(at.ip), at.ap, at.fp);
    machine.error = Some(error);
    machine.view.stopped = (Stop::Failed, at);
}

#[inline(always)]
pub(crate) fn otherwise(machine: &mut Machine, at: Place) {
    generic(machine, at.ip, at.ap, at.fp, at.left)
}

/// Decodes an instruction that is reached for the first time and executes it.
#[cold]
#[inline(never)]
fn undecoded(machine: &mut Machine, ip: *const Op, ap: u64, fp: u64, left: i64) {
    let kind = machine.decode_at(machine.pc_of(ip));
    HANDLERS[kind as usize](machine, ip, ap, fp, left)
}

/// An instruction with hints: the loop is left for them.
fn hint(machine: &mut Machine, ip: *const Op, ap: u64, fp: u64, left: i64) {
    stop(machine, Place::new(ip, ap, fp, left), Stop::Hint)
}

/// The instruction that was to be reached.
fn end(machine: &mut Machine, ip: *const Op, ap: u64, fp: u64, left: i64) {
    stop(machine, Place::new(ip, ap, fp, left), Stop::End)
}

/// Behind the last instruction of the table.
fn outside(machine: &mut Machine, ip: *const Op, ap: u64, fp: u64, left: i64) {
    stop(machine, Place::new(ip, ap, fp, left), Stop::Outside)
}

/// A jump to offset `target` of the program's segment.
#[inline(always)]
fn jump(machine: &mut Machine, target: u64, at: Place) {
    if target >= machine.view.ops_len {
        return leave(machine, target, at.ap, at.fp, at.left);
    }
    let ip = machine.view.ops.cast_const().cast::<Op>().wrapping_add(target as usize);
    go(machine, Place { ip, ..at })
}

/// A jump behind the program or before it: the generic step will say what is there.
#[cold]
#[inline(never)]
fn leave(machine: &mut Machine, target: u64, ap: u64, fp: u64, left: i64) {
    machine.widen(target, ap, fp);
    machine.view.stopped = (Stop::Left, Place::new(machine.view.ops.cast(), ap, fp, left));
}

/// `call rel imm`
fn call_rel(machine: &mut Machine, ip: *const Op, ap: u64, fp: u64, left: i64) {
    let at = Place::new(ip, ap, fp, left);
    match push_frame(machine, at) {
        Some(next) => go(machine, next.jumped(at.op().immediate)),
        None => otherwise(machine, at),
    }
}

/// `call abs [base + off2]`
fn call_abs<const FP: bool>(machine: &mut Machine, ip: *const Op, ap: u64, fp: u64, left: i64) {
    let at = Place::new(ip, ap, fp, left);
    let Some(target) = machine.at(at.cell::<FP>(at.op().op1)) else {
        return otherwise(machine, at);
    };
    let (target, top) = (target.word(0), target.word(3));
    if top != machine.view.code_tag {
        return otherwise(machine, at);
    }
    match push_frame(machine, at) {
        Some(next) => jump(machine, target, next),
        None => otherwise(machine, at),
    }
}

/// Writes the return frame and address, or `None` when their cells are not free.
#[inline(always)]
fn push_frame(machine: &mut Machine, at: Place) -> Option<Place> {
    let (first, second) = machine.pair(at.ap)?;
    if first.is_set() || second.is_set() {
        return None;
    }
    first.put(Cell::from_words([at.fp / CELL, 0, 0, machine.view.execution_tag]));
    second.put(Cell::from_words([at.op().op0 as u64, 0, 0, machine.view.code_tag]));
    let frame = at.ap + 2 * CELL;
    Some(Place { ap: frame, fp: frame, ..at })
}

/// `ret`
fn ret(machine: &mut Machine, ip: *const Op, ap: u64, fp: u64, left: i64) {
    let at = Place::new(ip, ap, fp, left);
    machine.prefetch(fp.wrapping_sub(AHEAD));
    machine.prefetch(fp.wrapping_sub(AHEAD + 2 * CELL));
    machine.prefetch(fp.wrapping_sub(AHEAD + 4 * CELL));
    let Some((old_fp, back)) = machine.pair(fp.wrapping_sub(2 * CELL)) else {
        return otherwise(machine, at);
    };
    if old_fp.word(3) != machine.view.execution_tag || back.word(3) != machine.view.code_tag {
        return otherwise(machine, at);
    }
    // The frame gone back to has to be one whose `[fp - 1]` is known, as the other handlers rely on.
    let old = old_fp.word(0).wrapping_sub(1);
    if old >= machine.view.execution_cells || !machine.within(old * CELL).is_set() {
        return otherwise(machine, at);
    }
    jump(machine, back.word(0), Place { fp: (old + 1) * CELL, ..at })
}

/// `ap += imm`
fn ap_add(machine: &mut Machine, ip: *const Op, ap: u64, fp: u64, left: i64) {
    let at = Place::new(ip, ap, fp, left);
    match ap.checked_add_signed(at.op().immediate) {
        Some(ap) if ap < HIGHEST_AP * CELL => go(machine, Place { ap, ..at }.behind(2)),
        _ => otherwise(machine, at),
    }
}

/// `jmp rel imm`
fn jmp_rel<const INC: bool>(machine: &mut Machine, ip: *const Op, ap: u64, fp: u64, left: i64) {
    let at = Place::new(ip, ap, fp, left);
    go(machine, at.jumped(at.op().immediate).moved::<INC>())
}

/// `jmp rel imm if [dst] != 0`
fn jnz<const INC: bool, const DST: bool>(
    machine: &mut Machine,
    ip: *const Op,
    ap: u64,
    fp: u64,
    left: i64,
) {
    let at = Place::new(ip, ap, fp, left);
    let Some(dst) = machine.at(at.cell::<DST>(at.op().dst)).filter(|dst| dst.is_set()) else {
        return otherwise(machine, at);
    };
    // Nearly every cell that is not zero differs in the lowest word.
    if dst.word(0) == 0 && dst.holds(ZERO) {
        go(machine, at.behind(2).moved::<INC>())
    } else {
        go(machine, at.jumped(at.op().immediate).moved::<INC>())
    }
}

const ZERO: Cell = Cell::from_u64(0);

/// The top word of a number below `2^192`.
pub(crate) const FELT_TAG: u64 = ZERO.words()[3];

/// Whether a top word is that of an address in a real segment.
#[inline(always)]
pub(crate) const fn is_address(top: u64) -> bool {
    (top ^ ADDRESS_TAG) >> 31 == 0
}

/// The top word of an address in the first real segment. In others, the segment's number is added.
const ADDRESS_TAG: u64 = Cell::from_relocatable(Relocatable::new(0, 0)).words()[3];

/// Sets or checks the cell of an assertion to be `value`, and goes on `size` words further.
#[inline(always)]
pub(crate) fn assign<const D: u8>(machine: &mut Machine, at: Place, value: Cell, size: usize) {
    if dst::moves(D) {
        machine.prefetch(at.ap.wrapping_add(AHEAD));
    }
    match machine.at(target::<D>(at)) {
        Some(slot) if !slot.is_set() => slot.put(value),
        Some(slot) if slot.holds(value) => {}
        _ => return otherwise(machine, at),
    }
    onwards::<D>(machine, at, size)
}

/// Sets or checks the cell of an assertion to be as `source`, and goes on behind its one word.
#[inline(always)]
fn copy<const D: u8>(machine: &mut Machine, at: Place, source: Slot) {
    if dst::moves(D) {
        machine.prefetch(at.ap.wrapping_add(AHEAD));
    }
    match machine.at(target::<D>(at)) {
        Some(slot) if !slot.is_set() => slot.copy(source),
        Some(slot) if slot.holds(source.get()) => {}
        _ => return otherwise(machine, at),
    }
    onwards::<D>(machine, at, 1)
}

/// Where the cell of an assertion is.
#[inline(always)]
pub(crate) const fn target<const D: u8>(at: Place) -> u64 {
    match D {
        dst::PUSH => at.ap,
        dst::FP | dst::FP_INC => at.cell::<true>(at.op().dst),
        _ => at.cell::<false>(at.op().dst),
    }
}

/// Goes on behind an assertion of `size` words.
#[inline(always)]
pub(crate) fn onwards<const D: u8>(machine: &mut Machine, at: Place, size: usize) {
    let at = at.behind(size);
    if dst::moves(D) { go(machine, at.moved::<true>()) } else { go(machine, at) }
}

/// `[dst] = imm`
fn assert_imm<const D: u8>(machine: &mut Machine, ip: *const Op, ap: u64, fp: u64, left: i64) {
    let at = Place::new(ip, ap, fp, left);
    assign::<D>(machine, at, Cell::from_u64(at.op().immediate.cast_unsigned()), 2)
}

/// As [`assert_imm`], for an immediate that is negative or beyond 63 bits.
fn assert_wide<const D: u8>(machine: &mut Machine, ip: *const Op, ap: u64, fp: u64, left: i64) {
    let at = Place::new(ip, ap, fp, left);
    let value = machine.immediate_cell(at.op());
    if !value.is_felt() {
        return otherwise(machine, at);
    }
    assign::<D>(machine, at, value, 2)
}

/// `[dst] = [op1]`
fn assert_op1<const D: u8, const OP1: bool>(
    machine: &mut Machine,
    ip: *const Op,
    ap: u64,
    fp: u64,
    left: i64,
) {
    let at = Place::new(ip, ap, fp, left);
    match machine.at(at.cell::<OP1>(at.op().op1)) {
        Some(source) if source.is_settled() => copy::<D>(machine, at, source),
        _ => otherwise(machine, at),
    }
}

/// `[dst] = [[op0] + off2]`
fn assert_deref<const D: u8, const OP0: bool>(
    machine: &mut Machine,
    ip: *const Op,
    ap: u64,
    fp: u64,
    left: i64,
) {
    let at = Place::new(ip, ap, fp, left);
    let by = at.op().cells_behind();
    let pointer = machine.at(at.cell::<OP0>(at.op().op0));
    match pointer.and_then(|pointer| machine.behind(pointer, by)) {
        Some(source) if source.is_settled() => copy::<D>(machine, at, source),
        Some(unset) if !unset.is_set() => {
            assert_unset::<D, OP0>(machine, ip, ap, fp, left, unset);
        }
        _ => assert_deref_otherwise::<D, OP0>(machine, ip, ap, fp, left),
    }
}

/// As [`assert_deref`], where the cell is there and holds nothing: stores through pointers, builtins'
/// inputs and the outputs of the bitwise builtin look like this.
#[inline(never)]
fn assert_unset<const D: u8, const OP0: bool>(
    machine: &mut Machine,
    ip: *const Op,
    ap: u64,
    fp: u64,
    left: i64,
    unset: Slot,
) {
    let at = Place::new(ip, ap, fp, left);
    let Some(slot) = machine.at(target::<D>(at)) else {
        return assert_deref_otherwise::<D, OP0>(machine, ip, ap, fp, left);
    };
    if !slot.is_number() {
        return assert_output::<D, OP0>(machine, ip, ap, fp, left, unset);
    }
    let (segment, offset) = machine.followed::<OP0>(at);
    if machine.builtins.admits(segment, offset, slot.get()) {
        unset.copy(slot);
        return onwards::<D>(machine, at, 1);
    }
    assert_output::<D, OP0>(machine, ip, ap, fp, left, unset)
}

/// As [`assert_unset`], for what is no store of a number that a builtin's segment admits.
#[inline(never)]
fn assert_output<const D: u8, const OP0: bool>(
    machine: &mut Machine,
    ip: *const Op,
    ap: u64,
    fp: u64,
    left: i64,
    unset: Slot,
) {
    let at = Place::new(ip, ap, fp, left);
    let (segment, offset) = machine.followed::<OP0>(at);
    let index = offset % Bitwise::CELLS;
    let is_output = index >= 2 && machine.builtins.direct(segment) == Direct::Operands;
    match machine.at(target::<D>(at)) {
        Some(slot) if is_output && combine(unset, index, slot) => onwards::<D>(machine, at, 1),
        _ => assert_deref_otherwise::<D, OP0>(machine, ip, ap, fp, left),
    }
}

/// Sets an output of the bitwise builtin, at place `index` of its instance, and `slot` to it; or only
/// the output, where `slot` holds that. False, and nothing is done, when it holds something else, or
/// an operand is missing.
#[inline(always)]
fn combine(unset: Slot, index: u64, slot: Slot) -> bool {
    // The instance's cells before this one are in the same stretch, as its offset is no less.
    let x = Slot(unset.0.wrapping_sub(index as usize));
    let operands = (x, Slot(x.0.wrapping_add(1)));
    if !Bitwise::are_operands(x.word(3), operands.1.word(3)) {
        return false;
    }
    match index {
        2 => combine_as::<2>(operands, unset, slot),
        3 => combine_as::<3>(operands, unset, slot),
        _ => combine_as::<4>(operands, unset, slot),
    }
}

#[inline(always)]
fn combine_as<const INDEX: usize>((x, y): (Slot, Slot), unset: Slot, slot: Slot) -> bool {
    let word = |number| Bitwise::output_word(INDEX, number, x.word(number), y.word(number));
    if slot.is_set() {
        let holds = slot.word(0) == word(0)
            && slot.word(1) == word(1)
            && slot.word(2) == word(2)
            && slot.word(3) == word(3);
        if holds {
            unset.copy(slot);
        }
        return holds;
    }
    for number in 0..4 {
        let word = word(number);
        unset.put_word(number, word);
        slot.put_word(number, word);
    }
    true
}

/// As [`assert_deref`], for anything but a value in the dense part of a real segment.
#[inline(never)]
fn assert_deref_otherwise<const D: u8, const OP0: bool>(
    machine: &mut Machine,
    ip: *const Op,
    ap: u64,
    fp: u64,
    left: i64,
) {
    let at = Place::new(ip, ap, fp, left);
    let pointer = machine.at(at.cell::<OP0>(at.op().op0));
    let by = at.op().cells_behind();
    let pointer = match pointer.and_then(|slot| slot.get().relocatable()) {
        // A relocation rule may have a say in where that leads.
        Some(pointer) if pointer.is_temporary() => machine.memory.moved(pointer).relocatable(),
        pointer => pointer,
    };
    let Some(address) = pointer.and_then(|pointer| pointer.checked_add(by)) else {
        return otherwise(machine, at);
    };
    let value = machine.memory.cell(address);
    if value.is_settled() {
        return assign::<D>(machine, at, value, 1);
    }
    if value.is_set() || address.is_temporary() || machine.has_rules() {
        return otherwise(machine, at);
    }
    // What the step loop writes itself into such a segment needs no look at the end of the run.
    if machine.builtins.direct(address.segment).is_checked()
        && (machine.memory.reach(address) || machine.reach(target::<D>(at)))
    {
        machine.refresh();
        return assert_deref::<D, OP0>(machine, ip, ap, fp, left);
    }
    store::<D>(machine, at, address)
}

/// Has a builtin give a value to an unset cell, or stores the assertion's own there.
#[inline(always)]
fn store<const D: u8>(machine: &mut Machine, at: Place, address: Relocatable) {
    // A builtin's output: what the generic step does first with an operand that is not known.
    if machine.builtins.deduces(address.segment) {
        match machine.deduce_by_builtin(address) {
            Ok(Some(value)) => return assign::<D>(machine, at, value, 1),
            Ok(None) => {}
            Err(error) => return fail(machine, at, error),
        }
    }
    // A value given to an unset cell: stores through pointers and builtins' inputs look like this.
    let value = machine.at(target::<D>(at)).map(Slot::get).filter(|value| value.is_settled());
    let Some(value) = value else {
        return otherwise(machine, at);
    };
    if !machine.memory.fill(address, value) {
        match value.value().map(|value| machine.memory.insert(address, value)) {
            Some(Ok(_)) => machine.refresh(),
            _ => return otherwise(machine, at),
        }
    }
    match machine.builtins.validate(&machine.memory, address) {
        Ok(()) => onwards::<D>(machine, at, 1),
        Err(error) => fail(machine, at, error.into()),
    }
}

/// Puts all variants of a handler into the table, numbered as [`kind`] says.
macro_rules! fill {
    (@bools $table:ident, $base:expr, $handler:ident) => {
        $table[$base] = $handler::<false, false>;
        $table[$base + 1] = $handler::<true, false>;
        $table[$base + 2] = $handler::<false, true>;
        $table[$base + 3] = $handler::<true, true>;
    };
    ($table:ident, $base:expr, $handler:ident, [DST]) => {
        fill!(@dst $table, $base, $handler);
    };
    ($table:ident, $base:expr, $handler:ident, [DST A]) => {
        fill!(@dst $table, $base, $handler, false);
        fill!(@dst $table, $base + dst::ROOM, $handler, true);
    };
    ($table:ident, $base:expr, $handler:ident, [DST A B]) => {
        fill!(@dst $table, $base, $handler, false, false);
        fill!(@dst $table, $base + dst::ROOM, $handler, true, false);
        fill!(@dst $table, $base + 2 * dst::ROOM, $handler, false, true);
        fill!(@dst $table, $base + 3 * dst::ROOM, $handler, true, true);
    };
    (@dst $table:ident, $base:expr, $handler:ident $(, $operand:literal)*) => {
        $table[$base] = $handler::<{ dst::AP } $(, $operand)*>;
        $table[$base + 1] = $handler::<{ dst::AP_INC } $(, $operand)*>;
        $table[$base + 2] = $handler::<{ dst::FP } $(, $operand)*>;
        $table[$base + 3] = $handler::<{ dst::PUSH } $(, $operand)*>;
        $table[$base + 4] = $handler::<{ dst::FP_INC } $(, $operand)*>;
    };
}

/// The handlers by number.
pub(crate) static HANDLERS: [Handler; kind::COUNT] = table();

const fn table() -> [Handler; kind::COUNT] {
    let mut table: [Handler; kind::COUNT] = [generic; kind::COUNT];
    table[kind::UNDECODED] = undecoded;
    table[kind::HINT] = hint;
    table[kind::END] = end;
    table[kind::OUTSIDE] = outside;
    table[kind::CALL_REL] = call_rel;
    table[kind::RET] = ret;
    table[kind::AP_ADD] = ap_add;
    table[kind::CALL_ABS] = call_abs::<false>;
    table[kind::CALL_ABS + 1] = call_abs::<true>;
    table[kind::JMP_REL] = jmp_rel::<false>;
    table[kind::JMP_REL + 1] = jmp_rel::<true>;
    fill!(@bools table, kind::JNZ, jnz);
    fill!(table, kind::ASSERT_IMM, assert_imm, [DST]);
    fill!(table, kind::ASSERT_WIDE, assert_wide, [DST]);
    fill!(table, kind::ASSERT_OP1, assert_op1, [DST A]);
    fill!(table, kind::ASSERT_DEREF, assert_deref, [DST A]);
    fill!(table, kind::ADD_IMM, add_imm, [DST A]);
    fill!(table, kind::ADD_WIDE, add_wide, [DST A]);
    fill!(table, kind::MUL_IMM, mul_imm, [DST A]);
    fill!(table, kind::MUL_WIDE, mul_imm_wide, [DST A]);
    fill!(table, kind::ADD, add, [DST A B]);
    fill!(table, kind::MUL, mul, [DST A B]);
    table
}
