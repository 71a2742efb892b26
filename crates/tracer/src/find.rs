//! Where to go from a position: the next line, the end of a call, a breakpoint, an access.

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_executor::Registers;

use crate::Tracing;
use crate::engine::{At, TooLong};

/// Whether to look behind or before a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// At later positions.
    Forward,
    /// At earlier positions.
    Back,
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// The first step of a line: of several steps of one line in one frame, one after the other.
    Line,
    /// The same frame, or one that called it; or a breakpoint.
    Over,
    /// A frame that called this one; or a breakpoint.
    Out,
    /// A breakpoint.
    Break,
    /// An instruction that has a cell for its destination or one of its operands.
    Access(Relocatable),
}

/// The breakpoints.
#[derive(Debug, Clone, Default)]
pub struct Stops {
    /// Instructions.
    pub pcs: Vec<Relocatable>,
    /// Cells, to be stopped at when an instruction gets at them.
    pub cells: Vec<Relocatable>,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A position.
    At(u64),
    /// Nothing up to the end, or the start.
    Nothing,
    /// It would take too long; the position that was looked at last.
    TooLong(u64),
}

impl From<Result<Option<u64>, TooLong>> for Found {
    fn from(found: Result<Option<u64>, TooLong>) -> Self {
        match found {
            Ok(Some(position)) => Self::At(position),
            Ok(None) => Self::Nothing,
            Err(TooLong(position)) => Self::TooLong(position),
        }
    }
}

impl Tracing<'_> {
    /// The nearest position of a kind, seen from `position`.
    #[must_use]
    pub fn find(&self, position: u64, direction: Direction, until: Until, stops: &Stops) -> Found {
        let here = self.registers(position);
        let test = |at: At<'_>| self.is_goal(&here, &at, until, stops);
        match direction {
            Direction::Forward => self.first(position.saturating_add(1), test).into(),
            Direction::Back => self.last(position, test).into(),
        }
    }

    /// Whether a position is what is looked for from `here`.
    fn is_goal(&self, here: &Registers, at: &At<'_>, until: Until, stops: &Stops) -> bool {
        match until {
            Until::Line => self.begins_line(at),
            Until::Over => {
                is_frame_of(at.registers.fp, here.fp, true) || self.is_stop(at.registers, stops)
            }
            Until::Out => {
                is_frame_of(at.registers.fp, here.fp, false) || self.is_stop(at.registers, stops)
            }
            Until::Break => self.is_stop(at.registers, stops),
            Until::Access(cell) => self.gets_at(at.registers, cell),
        }
    }

    fn begins_line(&self, at: &At<'_>) -> bool {
        let Some(before) = at.before else { return true };
        before.fp != at.registers.fp || self.code.line(before.pc) != self.code.line(at.registers.pc)
    }

    fn is_stop(&self, registers: &Registers, stops: &Stops) -> bool {
        let at_pc = !stops.pcs.is_empty()
            && registers.pc.relocatable().is_some_and(|pc| stops.pcs.contains(&pc));
        at_pc || stops.cells.iter().any(|cell| self.gets_at(registers, *cell))
    }
}

/// Whether the frame at `fp` is one that has called, if through others, the one at `inner`; or that
/// itself, if `same`.
fn is_frame_of(fp: Value, inner: Value, same: bool) -> bool {
    if fp == inner {
        return same;
    }
    match (fp.relocatable(), inner.relocatable()) {
        (Some(fp), Some(inner)) => fp.segment == inner.segment && fp.offset < inner.offset,
        // A frame at a number has no place among the others.
        _ => false,
    }
}
