//! [`Stretch`]: instructions that follow one another whatever memory holds, replayed in one go.
//!
//! For those who count what a run has made: one count for all of a stretch, and nothing is read of
//! memory but where the way parts.

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_decoder::{Instruction, Op1Addr, Register, decode_extended};
use cairo_zero_memory::{Cell, Memory};

use crate::handlers::prefetch;

use super::{At, Quick, Replay, is_zero};

/// Instructions that follow one another whatever memory holds, jumps by constants among them. The
/// last may be a conditional jump, a call or a return.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stretch {
    /// The segment that it is in.
    segment: i32,
    /// Where it begins.
    from: i64,
    /// Where the last instruction is if the way parts there; else what is behind them all.
    to: i64,
    /// By how many cells `ap` moves on the way to that.
    up: i64,
    steps: u32,
    /// What the way parts at.
    last: Quick,
    leap: Leap,
}

/// What a [`Walk`] has to know of a stretch.
#[derive(Debug, Clone, Copy, Default)]
pub struct Leap {
    steps: u16,
    /// By how many cells `ap` moves.
    up: u16,
    /// The cell that its conditional jump asks, from where the register is at its start.
    cell: i16,
    end: End,
    flags: u8,
}

/// What a stretch ends with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum End {
    /// What no walk does.
    #[default]
    Other,
    /// Nothing but instructions behind which is always the same one.
    On,
    /// A conditional jump.
    Jump,
    /// A call by a constant distance.
    Call,
    /// The return that compilers write.
    Return,
}

/// The flag of a leap whose conditional jump asks a cell that is found from `fp`.
const FROM_FP: u8 = 1;

/// The flag of a leap that has an operand to which a pointer in memory leads.
const REACHES: u8 = 2;

const _: () = assert!(size_of::<Leap>() == 8, "whoever walks has many of these");

/// Longer stretches are taken for several.
const LONGEST: u32 = 512;

/// How a stretch went on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// To what is behind its last instruction, or where that always leads.
    On,
    /// To where its conditional jump leads.
    Jumped,
    /// Into the function that it calls.
    Called,
    /// Back to a caller.
    Returned,
}

/// The second operand of an instruction of a stretch, where a pointer in memory leads to it.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    register: Register,
    /// How far `ap` has moved since the start of the stretch.
    up: i64,
    /// Where the pointer is, from the register.
    pointer: i16,
    /// Where the operand is, from where the pointer leads.
    offset: i16,
}

impl Stretch {
    /// The number of its steps; 0 where the next instruction is none that can be in one.
    #[inline]
    #[must_use]
    pub const fn steps(&self) -> u32 {
        self.steps
    }

    /// What a walk has to know of it.
    #[inline]
    #[must_use]
    pub const fn leap(&self) -> Leap {
        self.leap
    }

    /// The same found out; `None` where it does not fit in there.
    fn found_leap(&self, reaches: bool) -> Option<Leap> {
        let (end, cell, more, from_fp) = match self.last {
            // Behind the last step there is another one, whatever that is.
            Quick::Unmet | Quick::Slow | Quick::Move { .. } => (End::On, 0, 0, false),
            Quick::Call { .. } => (End::Call, 0, 0, false),
            Quick::Return => (End::Return, 0, 0, false),
            Quick::Jnz { cell, register: Register::Fp, ap, .. } => {
                (End::Jump, cell.into(), ap, true)
            }
            Quick::Jnz { cell, register: Register::Ap, ap, .. } => {
                (End::Jump, self.up.checked_add(cell.into())?, ap, false)
            }
        };
        Some(Leap {
            steps: u16::try_from(self.steps).ok()?,
            up: u16::try_from(self.up.checked_add(more.into())?).ok()?,
            cell: i16::try_from(cell).ok()?,
            end: if self.steps == 0 { End::Other } else { end },
            flags: (FROM_FP * u8::from(from_fp)) | (REACHES * u8::from(reaches)),
        })
    }
}

impl Leap {
    /// Whether an instruction of the stretch has an operand to which a pointer in memory leads.
    #[inline]
    #[must_use]
    pub const fn reaches(self) -> bool {
        self.flags & REACHES != 0
    }

    /// What the stretch ends with.
    #[inline]
    #[must_use]
    pub const fn end(self) -> End {
        self.end
    }
}

impl<'a> Replay<'a> {
    /// The stretch that begins with the instruction at `from`, wherever the replay is. `take` is
    /// asked for each instruction, with its second operand if that can be anywhere, whether it may
    /// be in the stretch.
    ///
    /// What is looked at for this does not count for [`Replay::offset_limits`].
    pub fn stretch(
        &self,
        from: Relocatable,
        mut take: impl FnMut(Relocatable, Option<Reach>) -> bool,
    ) -> Stretch {
        let Relocatable { segment, offset: from } = from;
        let mut stretch = Stretch { segment, from, to: from, ..Stretch::default() };
        let mut reaches = false;
        while stretch.steps < LONGEST {
            let pc = Relocatable::new(segment, stretch.to);
            let word = self.memory.get(pc).and_then(Value::felt);
            let Some(instruction) = word.and_then(|word| decode_extended(word).ok()) else { break };
            let next = match self.quick_form(pc, &instruction) {
                Quick::Unmet | Quick::Slow => break,
                Quick::Move { pc: by, ap } => {
                    let to = stretch.to.checked_add(by).filter(|to| *to >= 0);
                    let Some(next) = to.zip(stretch.up.checked_add(ap.into())) else { break };
                    Ok(next)
                }
                last => Err(last),
            };
            let reach = reach(&instruction, stretch.up);
            if !take(pc, reach) {
                break;
            }
            reaches |= reach.is_some();
            stretch.steps += 1;
            match next {
                Ok((to, up)) => (stretch.to, stretch.up) = (to, up),
                Err(last) => {
                    stretch.last = last;
                    break;
                }
            }
        }
        stretch.leap = stretch.found_leap(reaches).unwrap_or_default();
        stretch
    }

    /// Makes the steps of a stretch; `None`, with nothing made, where that does not begin here, has
    /// more steps than are left, or does not go on by offsets.
    #[inline]
    pub fn make(&mut self, stretch: &Stretch) -> Option<Turn> {
        let At::Offsets { pc, ap, fp } = self.at else { return None };
        if pc != stretch.from || u64::from(stretch.steps) > self.left || self.at_rest {
            return None;
        }
        let ap = ap.checked_add(stretch.up)?;
        let (next, turn) = match stretch.last {
            Quick::Unmet | Quick::Slow | Quick::Move { .. } => {
                ((ap >= 0).then_some((stretch.to, ap, fp))?, Turn::On)
            }
            last => {
                let next = self.moved(last, stretch.to, ap, fp)?;
                let turn = match last {
                    Quick::Call { .. } => Turn::Called,
                    Quick::Return => Turn::Returned,
                    Quick::Jnz { size, .. } if next.0 == stretch.to + i64::from(size) => Turn::On,
                    _ => Turn::Jumped,
                };
                (next, turn)
            }
        };
        let (pc, ap, fp) = next;
        self.at = At::Offsets { pc, ap, fp };
        self.left -= u64::from(stretch.steps);
        Some(turn)
    }

    /// The walk from stretch to stretch that goes on from here, if it can go by offsets.
    #[must_use]
    pub const fn walk(&self) -> Option<Walk<'a>> {
        match self.at {
            At::Offsets { ap, fp, .. } if !self.at_rest && ap < FAR && self.left < LONG => {
                Some(Walk {
                    memory: self.memory,
                    execution: self.execution,
                    execution_segment: self.execution_segment,
                    ap,
                    fp,
                    left: self.left,
                })
            }
            _ => None,
        }
    }

    /// Goes on from where a walk that began here has come to, which is `at` the start of a stretch.
    #[inline]
    pub fn resume(&mut self, walk: Walk<'a>, at: &Stretch) {
        if at.segment != self.segment {
            self.enter(at.segment);
        }
        self.at = At::Offsets { pc: at.from, ap: walk.ap, fp: walk.fp };
        self.left = walk.left;
    }
}

/// A replay that goes from stretch to stretch. Who walks knows what stretch is next, so there is no
/// `pc`, and knows from the call what a return finds in memory.
#[derive(Clone, Copy)]
pub struct Walk<'a> {
    memory: &'a Memory,
    execution: &'a [Cell],
    execution_segment: i32,
    ap: i64,
    fp: i64,
    left: u64,
}

/// No walk begins where `ap` is here or further, or so many steps are to come: `ap` would have to
/// be looked after.
const FAR: i64 = 1 << 62;
const LONG: u64 = 1 << 45;

/// How many cells ahead of the one that is read memory is fetched into the cache: what is read later
/// is mostly further up, and too little of it for the processor to see that.
const AHEAD: i64 = 64;

/// Cells of a line of the cache.
const CELLS_OF_LINE: i64 = 2;

impl Walk<'_> {
    /// Whether the stretch that is next can be made, and a step is left behind it.
    #[inline(always)]
    #[must_use]
    pub fn goes_on(&self, leap: Leap) -> bool {
        self.left > leap.steps.into()
    }

    /// Whether the conditional jump at the end of the stretch that is next jumps; `None` where that
    /// can't be told.
    #[inline(always)]
    #[must_use]
    pub fn jumps(&self, leap: Leap) -> Option<bool> {
        let base = if leap.flags & FROM_FP == 0 { self.ap } else { self.fp };
        let ahead = base.wrapping_add(leap.cell.into()).wrapping_add(AHEAD);
        self.fetch(ahead);
        self.fetch(ahead.wrapping_add(CELLS_OF_LINE));
        is_zero(self.execution, leap.cell, base).map(|zero| !zero)
    }

    /// Asks for the cache line of a cell that is likely to be read soon, if there is one.
    #[inline(always)]
    fn fetch(&self, at: i64) {
        prefetch(self.execution.as_ptr().wrapping_offset(at as isize));
    }

    /// Makes the steps of the stretch that is next, which goes on in the same frame.
    #[inline(always)]
    pub fn pass(&mut self, leap: Leap) {
        self.ap += i64::from(leap.up);
        self.left -= u64::from(leap.steps);
    }

    /// The same for one that ends with a call. Gives how far the frame is above that of the caller;
    /// `None`, with nothing made, where [`depth_of`] gives that.
    #[inline(always)]
    pub fn enter(&mut self, leap: Leap, first: i64) -> Option<u32> {
        let frame = self.ap + i64::from(leap.up) + 2;
        let depth = depth_of(self.fp, frame, first)?;
        (self.ap, self.fp) = (frame, frame);
        self.left -= u64::from(leap.steps);
        Some(depth)
    }

    /// The same for one that ends with a return, to a frame that is `depth` cells below; the caller
    /// has seen the call that says so, whose words in memory are not read. It is made up to `times`
    /// times, one behind the other, as long as a step is left behind. Gives how often; not at all
    /// where there is no such frame.
    #[inline(always)]
    pub fn leave(&mut self, leap: Leap, depth: u32, times: u32) -> u32 {
        let steps = u64::from(leap.steps);
        let times = match times {
            // Mostly it is once, and no division is made for that.
            1 => 1,
            _ => {
                let most = (self.left - 1) / steps.max(1);
                times.min(u32::try_from(most).unwrap_or(u32::MAX))
            }
        };
        let fp = self.fp - i64::from(depth) * i64::from(times);
        if fp < 0 {
            return 0;
        }
        self.fp = fp;
        self.ap += i64::from(leap.up) * i64::from(times);
        self.left -= steps * u64::from(times);
        times
    }

    /// The cell that the operand of an instruction is in, in the stretch that is next; `None` where
    /// there is no pointer to it.
    #[inline]
    #[must_use]
    pub fn reached(&self, reach: &Reach) -> Option<Relocatable> {
        let base = match reach.register {
            Register::Ap => self.ap.checked_add(reach.up)?,
            Register::Fp => self.fp,
        };
        let at = base.checked_add(reach.pointer.into())?;
        self.fetch(at.wrapping_add(AHEAD));
        let near = usize::try_from(at).ok().and_then(|at| self.execution.get(at)?.relocatable());
        let pointer = match near {
            Some(pointer) if !pointer.is_temporary() => pointer,
            // Far off, moved by a rule, or none.
            _ => self.memory.get(Relocatable::new(self.execution_segment, at))?.relocatable()?,
        };
        pointer.checked_add(reach.offset.into())
    }
}

/// How far the frame at `fp` is above the one at `last`, if that is not below `first`, and `fp` is
/// above it by no more than a call can have it.
#[inline(always)]
#[must_use]
pub const fn depth_of(last: i64, fp: i64, first: i64) -> Option<u32> {
    let depth = fp.wrapping_sub(last);
    if last >= first && depth > 0 && depth <= u32::MAX as i64 { Some(depth as u32) } else { None }
}

/// The second operand of an instruction before which `ap` has moved by `up`.
fn reach(instruction: &Instruction, up: i64) -> Option<Reach> {
    (instruction.op1_addr == Op1Addr::Op0).then_some(Reach {
        register: instruction.op0_register,
        up,
        pointer: instruction.off1,
        offset: instruction.off2,
    })
}
