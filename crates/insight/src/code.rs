//! [`Code`]: the instructions that a run had, numbered, and what is known about each.

use std::collections::HashMap;
use std::sync::Arc;

use cairo_zero_core::{Felt, Relocatable, Value};
use cairo_zero_decoder::{ApUpdate, Instruction, Op1Addr, Opcode, Res, decode};
use cairo_zero_program::{DebugInfo, InstructionLocation, Program};
use cairo_zero_runner::Past;

use crate::InsightError;
use crate::names::Places;

/// The number of an instruction, or of whatever else a `pc` was.
pub(crate) type Number = u32;

/// The words of a run's programs, numbered: those of the first program by their places, the others'
/// behind them, and behind all of them what is in no program, as it is met.
pub(crate) struct Code {
    parts: Vec<Part>,
    /// The number of words of all programs.
    words: Number,
    strays: Strays,
}

/// What is in no program, numbered behind the words as it is met.
#[derive(Default)]
pub(crate) struct Strays {
    numbers: HashMap<Value, Number>,
    /// By number.
    met: Vec<Value>,
}

/// A program of the run.
struct Part {
    base: Relocatable,
    /// The number of its first word.
    first: Number,
    program: Arc<Program>,
    debug_info: DebugInfo,
    /// The functions by their places, without debug information.
    functions: Vec<(usize, String)>,
}

impl Code {
    pub(crate) fn of(past: &Past<'_>) -> Result<Self, InsightError> {
        let mut parts = Vec::new();
        let mut words: Number = 0;
        for (program, base) in past.programs() {
            let functions = Places::new(program);
            let functions = functions.functions().map(|(pc, name)| (pc, name.to_owned()));
            parts.push(Part {
                base,
                first: words,
                program: Arc::clone(program),
                debug_info: program.debug_info()?.unwrap_or_default(),
                functions: functions.collect(),
            });
            let len = Number::try_from(program.data().len()).unwrap_or(Number::MAX);
            words = words.saturating_add(len);
        }
        Ok(Self { parts, words, strays: Strays::default() })
    }

    /// How many words the programs have, the numbers of which come first.
    pub(crate) const fn words(&self) -> Number {
        self.words
    }

    /// The number of `pc`, which `strays` gets where it is in no program.
    #[inline]
    pub(crate) fn number(&self, pc: Value, strays: &mut Strays) -> Number {
        if let (Value::Relocatable(pc), Some(part)) = (pc, self.parts.first())
            && pc.segment == part.base.segment
            && (0..part.program.data().len() as i64).contains(&pc.offset)
        {
            return pc.offset as Number;
        }
        self.slow_number(pc, strays)
    }

    #[cold]
    fn slow_number(&self, pc: Value, strays: &mut Strays) -> Number {
        if let Value::Relocatable(pc) = pc {
            for part in self.parts.iter().rev() {
                let offset = pc.offset.wrapping_sub(part.base.offset);
                let inside = (0..part.program.data().len() as i64).contains(&offset);
                if pc.segment == part.base.segment && inside {
                    return part.first + offset as Number;
                }
            }
        }
        let next = self.words.saturating_add(strays.met.len() as Number);
        let number = *strays.numbers.entry(pc).or_insert(next);
        if number == next {
            strays.met.push(pc);
        }
        number
    }

    /// Takes `strays` for what its numbers behind the words mean.
    pub(crate) fn keep(&mut self, strays: Strays) {
        self.strays = strays;
    }

    /// The number that `ours` has for what `theirs` calls `number`.
    pub(crate) fn renumber(&self, number: Number, theirs: &Strays, ours: &mut Strays) -> Number {
        match number.checked_sub(self.words).and_then(|stray| theirs.met.get(stray as usize)) {
            Some(pc) => self.slow_number(*pc, ours),
            None => number,
        }
    }

    /// Whether an address is in one of the programs' segments.
    pub(crate) fn is_segment(&self, segment: i32) -> bool {
        self.parts.iter().any(|part| part.base.segment == segment)
    }

    fn part(&self, number: Number) -> Option<(&Part, usize)> {
        if number >= self.words {
            return None;
        }
        let part = self.parts.iter().rev().find(|part| part.first <= number)?;
        Some((part, (number - part.first) as usize))
    }

    /// The address of an instruction.
    pub(crate) fn pc(&self, number: Number) -> Value {
        match self.part(number) {
            Some((part, offset)) => {
                Relocatable::new(part.base.segment, part.base.offset + offset as i64).into()
            }
            None => {
                let stray = number.saturating_sub(self.words) as usize;
                self.strays.met.get(stray).copied().unwrap_or(Value::Felt(Felt::ZERO))
            }
        }
    }

    /// What the debug information says about an instruction.
    pub(crate) fn location(&self, number: Number) -> Option<&InstructionLocation> {
        let (part, offset) = self.part(number)?;
        part.debug_info.instruction_locations.get(&offset)
    }

    /// Every instruction that the debug information of a program knows.
    pub(crate) fn locations(&self) -> impl Iterator<Item = (Number, &InstructionLocation)> {
        self.parts.iter().flat_map(|part| {
            let inside = part.debug_info.instruction_locations.range(..part.program.data().len());
            inside.map(|(offset, known)| (part.first + *offset as Number, known))
        })
    }

    /// The full name of the function, or else of the scope, that an instruction is in.
    pub(crate) fn scope(&self, number: Number) -> &str {
        if let Some(scope) = self.location(number).and_then(|known| known.accessible_scopes.last())
        {
            return scope;
        }
        let around = self.part(number).and_then(|(part, offset)| {
            let behind = part.functions.partition_point(|(pc, _)| *pc <= offset);
            part.functions.get(behind.checked_sub(1)?)
        });
        around.map_or("<unknown>", |(_, name)| name)
    }

    /// Every function with the number of its first instruction.
    pub(crate) fn functions(&self) -> impl Iterator<Item = (Number, &str)> {
        self.parts.iter().flat_map(|part| {
            let inside = part.functions.iter().filter(|(pc, _)| *pc < part.program.data().len());
            inside.map(|(pc, name)| (part.first + *pc as Number, name.as_str()))
        })
    }

    /// Whether the compiler made this file up: it is on no disk.
    pub(crate) fn is_made_up(&self, file: &str) -> bool {
        self.parts.iter().any(|part| part.debug_info.file_contents.contains_key(file))
    }

    pub(crate) fn instruction(&self, number: Number) -> Option<(Instruction, Option<Felt>)> {
        let (part, offset) = self.part(number)?;
        let data = part.program.data();
        Some((decode(*data.get(offset)?).ok()?, data.get(offset + 1).copied()))
    }

    /// The call by a constant that returns to an instruction, which is right behind it.
    pub(crate) fn call_before(&self, back: Number) -> Option<Number> {
        let call = back.checked_sub(2)?;
        let (instruction, _) = self.instruction(call)?;
        let is_call = instruction.opcode == Opcode::Call && instruction.op1_addr == Op1Addr::Imm;
        is_call.then_some(call)
    }

    /// What an instruction does to memory.
    pub(crate) fn effect(&self, number: Number) -> Effect {
        let Some((instruction, immediate)) = self.instruction(number) else {
            return Effect { up: None, reaches: true };
        };
        let up = match instruction.ap_update {
            ApUpdate::Regular => Some(0),
            ApUpdate::Add1 => Some(1),
            ApUpdate::Add2 => Some(2),
            ApUpdate::Add => {
                let constant = instruction.op1_addr == Op1Addr::Imm
                    && instruction.off2 == 1
                    && instruction.res == Res::Op1;
                immediate.filter(|_| constant).and_then(Felt::to_u64)
            }
        };
        Effect { up, reaches: instruction.op1_addr == Op1Addr::Op0 }
    }
}

/// What an instruction does to memory.
#[derive(Clone, Copy, Default)]
pub(crate) struct Effect {
    /// By how many cells it moves `ap`, if that is always the same.
    pub(crate) up: Option<u64>,
    /// Whether it can get at cells outside the execution segment.
    pub(crate) reaches: bool,
}
