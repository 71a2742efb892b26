//! [`State`]: what there is to see of one position.

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_decoder::{disassemble, looks_like_call};
use serde::Serialize;

use crate::Tracing;
use crate::access::Operands;
use crate::code::{Parent, Place, parents};

/// The most frames that are told of.
const MOST_FRAMES: usize = 200;

/// The most frames that are counted.
const DEEPEST: u64 = 100_000;

/// What hints at an instruction printed at earlier and later steps: so many of the nearest.
const NEAR_PRINTS: usize = 20;

/// What there is to see of one position. Addresses are texts of the form `segment:offset`, numbers
/// are hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct State {
    /// The position.
    pub step: u64,
    /// The registers.
    pub pc: String,
    /// The registers.
    pub ap: String,
    /// The registers.
    pub fp: String,
    /// The instruction; `None` where there is none.
    pub text: Option<String>,
    /// The row of the listing.
    pub row: Option<usize>,
    /// The cells that the instruction gets at, and what they hold.
    pub operands: Option<[Operand; 3]>,
    pub(crate) place: Option<Place>,
    /// Where else the instruction comes from, such as the use of a reference that is defined at its
    /// place, innermost first.
    pub(crate) parents: Vec<Parent>,
    /// The function or scope.
    pub scope: Option<String>,
    /// The frames, this one first.
    pub stack: Vec<Frame>,
    /// How many frames there are, the first one not counted.
    pub depth: u64,
    /// The hints before the instruction.
    pub hints: Vec<String>,
    /// What they printed at this step.
    pub printed: Option<String>,
    /// What they printed at the nearest other steps.
    pub prints: Vec<(u64, String)>,
    /// Whether this is the last position, behind all steps.
    pub last: bool,
}

/// A cell that an instruction gets at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Operand {
    /// Which: `dst`, `op0` or `op1`.
    pub name: &'static str,
    /// Its address.
    pub at: Option<String>,
    /// What it holds.
    pub value: Option<String>,
}

/// A frame of the call stack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// Its `fp`.
    pub fp: String,
    /// The instruction that is being executed there: but in the innermost frame the call.
    pub pc: String,
    /// The function.
    pub function: Option<String>,
    pub(crate) place: Option<Place>,
}

/// A value as pages get it.
pub(crate) fn value_text(value: Value) -> String {
    match value {
        Value::Felt(felt) => format!("{felt:#x}"),
        Value::Relocatable(Relocatable { segment, offset }) => format!("{segment}:{offset}"),
    }
}

/// An address as pages get it.
pub(crate) fn address_text(address: Relocatable) -> String {
    value_text(address.into())
}

/// An address as pages give it.
pub(crate) fn parse_address(text: &str) -> Option<Relocatable> {
    let (segment, offset) = text.split_once(':')?;
    Some(Relocatable::new(segment.trim().parse().ok()?, offset.trim().parse().ok()?))
}

impl Tracing<'_> {
    /// What there is to see of a position; of the last one for one beyond.
    #[must_use]
    pub fn state(&self, position: u64) -> State {
        let step = position.min(self.steps);
        let registers = self.registers(step);
        let pc = registers.pc;
        let (stack, depth) = self.stack(pc, registers.fp);
        // At the last position only an instruction that failed is about to be executed.
        let last = step == self.steps;
        let operands = self.operands(&registers).filter(|_| !last || self.failed);
        let (printed, prints) = self.prints_near(step, pc);
        State {
            step,
            pc: value_text(pc),
            ap: address_text(registers.ap),
            fp: value_text(registers.fp),
            text: self.text(pc),
            row: self.code.row_at(pc),
            operands: operands.map(|operands| self.operand_values(&operands)),
            place: self.code.place(pc),
            parents: self.code.known(pc).map(|known| parents(&known.inst)).unwrap_or_default(),
            scope: self.code.scope(pc).map(str::to_owned),
            stack,
            depth,
            hints: self.code.hints(pc).into_iter().map(str::to_owned).collect(),
            printed,
            prints,
            last,
        }
    }

    /// The file and line of the instruction at `pc`: the file's number, and the line from 1.
    #[must_use]
    pub fn line_of(&self, pc: Value) -> Option<(u32, u32)> {
        self.code.place(pc).map(|place| (place.file, place.line))
    }

    fn text(&self, pc: Value) -> Option<String> {
        let pc = pc.relocatable()?;
        let word = self.memory.get(pc)?;
        let next = pc.checked_add(1).and_then(|next| self.memory.get(next));
        Some(disassemble(word, next).0)
    }

    fn operand_values(&self, operands: &Operands) -> [Operand; 3] {
        let Operands { dst, op0, op1, .. } = *operands;
        [("dst", dst), ("op0", op0), ("op1", op1)].map(|(name, at)| Operand {
            name,
            at: at.map(address_text),
            value: at.and_then(|at| self.memory.get(at)).map(value_text),
        })
    }

    /// The frames, innermost first, and how many there are beyond the first one.
    fn stack(&self, pc: Value, fp: Value) -> (Vec<Frame>, u64) {
        let frame = |pc: Value, fp: Value| Frame {
            fp: value_text(fp),
            pc: value_text(pc),
            function: self.code.scope(pc).map(str::to_owned),
            place: self.code.place(pc),
        };
        let mut frames = vec![frame(pc, fp)];
        let (mut at, mut depth) = (fp, 0);
        while depth < DEEPEST {
            let Some((caller, back)) = self.caller(at) else { break };
            if frames.len() < MOST_FRAMES {
                frames.push(frame(self.call_before(back), caller));
            }
            at = caller;
            depth += 1;
        }
        (frames, depth)
    }

    /// The call that returns to `back`.
    fn call_before(&self, back: Value) -> Value {
        let before = |cells: i64| back.relocatable()?.checked_add(-cells);
        let is_call = |at: Relocatable, long: bool| {
            let word = self.memory.get(at).and_then(Value::felt);
            word.is_some_and(|word| looks_like_call(word, long))
        };
        match (before(1), before(2)) {
            (Some(short), _) if is_call(short, false) => short.into(),
            (_, Some(long)) if is_call(long, true) => long.into(),
            _ => back,
        }
    }

    /// What the hints at `pc` printed at this step, and at others near it.
    fn prints_near(&self, step: u64, pc: Value) -> (Option<String>, Vec<(u64, String)>) {
        let prints = &self.setting.prints;
        let of_pc = |print: &&crate::Print| print.pc == pc;
        let here = prints.partition_point(|print| print.step < step);
        let behind = prints.partition_point(|print| print.step <= step);
        let now: String =
            (prints[here..behind].iter().filter(of_pc)).map(|print| print.text.as_str()).collect();
        let before = prints[..here].iter().rev().filter(of_pc).take(NEAR_PRINTS);
        let after = prints[behind..].iter().filter(of_pc).take(NEAR_PRINTS);
        let mut near: Vec<_> = before.map(|print| (print.step, print.text.clone())).collect();
        near.reverse();
        near.extend(after.map(|print| (print.step, print.text.clone())));
        ((!now.is_empty()).then_some(now), near)
    }
}
