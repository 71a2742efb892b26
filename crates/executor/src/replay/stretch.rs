//! [`Stretch`]: instructions that follow one another whatever memory holds, replayed in one go.
//!
//! For those who count what a run has made: one count for all of a stretch, and nothing is read of
//! memory but where the way parts.

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_decoder::{Instruction, Op1Addr, Register, decode_extended};

use super::{At, Quick, Replay};

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
}

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

    /// Whether it ends with a return as compilers write it.
    #[inline]
    #[must_use]
    pub const fn returns(&self) -> bool {
        matches!(self.last, Quick::Return)
    }
}

impl Replay<'_> {
    /// The stretch that begins with the next step, `None` where no stretch can be made from.
    /// `take` is asked for each instruction, with its second operand if that can be anywhere,
    /// whether it may be in the stretch.
    ///
    /// What is looked at for this does not count for [`Replay::offset_limits`].
    pub fn stretch(
        &self,
        mut take: impl FnMut(Relocatable, Option<Reach>) -> bool,
    ) -> Option<Stretch> {
        let At::Offsets { pc: from, .. } = self.at else { return None };
        let segment = self.segment;
        let mut stretch = Stretch { segment, from, to: from, ..Stretch::default() };
        while stretch.steps < LONGEST {
            let pc = Relocatable::new(self.segment, stretch.to);
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
            if !take(pc, reach(&instruction, stretch.up)) {
                break;
            }
            stretch.steps += 1;
            match next {
                Ok((to, up)) => (stretch.to, stretch.up) = (to, up),
                Err(last) => {
                    stretch.last = last;
                    break;
                }
            }
        }
        Some(stretch)
    }

    /// Whether a stretch begins with the next step.
    #[inline]
    #[must_use]
    pub const fn is_at(&self, stretch: &Stretch) -> bool {
        self.segment == stretch.segment
            && matches!(self.at, At::Offsets { pc, .. } if pc == stretch.from)
    }

    /// As [`Replay::make`] for a stretch that ends with a return, to `back` with the frame `depth`
    /// cells below; the caller has seen the call that says so, whose words in memory are not read.
    /// Where `back` is the stretch itself, it is made up to `times` times. Gives how often.
    #[inline]
    pub fn make_return(
        &mut self,
        stretch: &Stretch,
        back: &Stretch,
        depth: u32,
        times: u32,
    ) -> Option<u32> {
        let At::Offsets { pc, ap, fp } = self.at else { return None };
        let fits = pc == stretch.from
            && self.segment == back.segment
            && matches!(stretch.last, Quick::Return)
            && u64::from(stretch.steps) <= self.left
            && !self.at_rest;
        let times = match stretch.from == back.from && stretch.steps == 1 {
            true => times.min(u32::try_from(self.left).unwrap_or(u32::MAX)).max(1),
            false => 1,
        };
        let below = i64::from(depth) * i64::from(times);
        let (ap, fp) = (ap.checked_add(stretch.up)?, fp.checked_sub(below)?);
        if !fits || (ap | fp) < 0 {
            return None;
        }
        self.at = At::Offsets { pc: back.from, ap, fp };
        self.left -= u64::from(stretch.steps) * u64::from(times);
        Some(times)
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

    /// The cell that the operand of an instruction is in, in the stretch that begins with the next
    /// step; `None` where there is no pointer to it.
    #[inline]
    #[must_use]
    pub fn reached(&self, reach: &Reach) -> Option<Relocatable> {
        let At::Offsets { ap, fp, .. } = self.at else { return None };
        let base = match reach.register {
            Register::Ap => ap.checked_add(reach.up)?,
            Register::Fp => fp,
        };
        let at = base.checked_add(reach.pointer.into())?;
        let near = usize::try_from(at).ok().and_then(|at| self.execution.get(at)?.relocatable());
        let pointer = match near {
            Some(pointer) if !pointer.is_temporary() => pointer,
            // Far off, moved by a rule, or none.
            _ => self.memory.get(Relocatable::new(self.execution_segment, at))?.relocatable()?,
        };
        pointer.checked_add(reach.offset.into())
    }
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
