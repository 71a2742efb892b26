//! A machine described as data, so that a test can build the same one twice, and the two ways to
//! run it.
#![allow(dead_code, reason = "each test uses its own part of this")]

pub mod directed;

use cairo_zero_builtins::Builtins;
use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_decoder::{
    ApUpdate, Instruction, Op1Addr, Opcode, PcUpdate, Register, Res, decode, encode,
};
use cairo_zero_executor::{ExecutionError, HintHandler, HintOr, Machine, Registers, Stopped};
use cairo_zero_memory::Memory;

/// The number of the program's segment.
pub const PROGRAM: i32 = 0;
/// The number of the execution segment.
pub const EXECUTION: i32 = 1;

pub fn felt(number: i64) -> Value {
    Felt::from_i64(number).into()
}

pub fn at(segment: i32, offset: i64) -> Relocatable {
    Relocatable::new(segment, offset)
}

pub fn address(segment: i32, offset: i64) -> Value {
    at(segment, offset).into()
}

/// An instruction that does nothing but needs `[fp - 1]`: the start for others.
pub const NOTHING: Instruction = Instruction {
    off0: -1,
    off1: -1,
    off2: -1,
    dst_register: Register::Fp,
    op0_register: Register::Fp,
    op1_addr: Op1Addr::Fp,
    res: Res::Op1,
    pc_update: PcUpdate::Regular,
    ap_update: ApUpdate::Regular,
    opcode: Opcode::Nop,
    extension: None,
};

/// `[ap] = imm; ap++`
pub const PUSH_IMMEDIATE: Instruction = Instruction {
    off0: 0,
    off2: 1,
    dst_register: Register::Ap,
    op1_addr: Op1Addr::Imm,
    ap_update: ApUpdate::Add1,
    opcode: Opcode::AssertEq,
    ..NOTHING
};

/// `call rel imm`
pub const CALL_REL: Instruction = Instruction {
    off0: 0,
    off1: 1,
    off2: 1,
    dst_register: Register::Ap,
    op0_register: Register::Ap,
    op1_addr: Op1Addr::Imm,
    pc_update: PcUpdate::JumpRel,
    ap_update: ApUpdate::Add2,
    opcode: Opcode::Call,
    ..NOTHING
};

/// `ret`
pub const RET: Instruction =
    Instruction { off0: -2, pc_update: PcUpdate::Jump, opcode: Opcode::Ret, ..NOTHING };

/// `jmp rel imm`
pub const JMP_REL: Instruction =
    Instruction { off2: 1, op1_addr: Op1Addr::Imm, pc_update: PcUpdate::JumpRel, ..NOTHING };

/// `ap += imm`
pub const AP_ADD: Instruction =
    Instruction { off2: 1, op1_addr: Op1Addr::Imm, ap_update: ApUpdate::Add, ..NOTHING };

/// `jmp rel imm if [dst] != 0`
pub const JNZ: Instruction = Instruction {
    off2: 1,
    op1_addr: Op1Addr::Imm,
    pc_update: PcUpdate::Jnz,
    res: Res::Unconstrained,
    ..NOTHING
};

pub fn word(instruction: &Instruction) -> Value {
    Felt::from_u128(encode(instruction).unwrap()).into()
}

/// What a hint does.
#[derive(Debug, Clone)]
pub enum Action {
    Store(Value, Value),
    /// Stores a value this far from `ap`.
    StoreAhead(i64, Value),
    Rule(Relocatable, Relocatable),
    AddSegment,
    /// Has the hints of this group run at that address from now on.
    SetHints(Relocatable, u32),
    Fail,
}

/// Why a hint failed.
#[derive(Debug, Clone, PartialEq)]
pub struct HintFailure(pub String);

impl std::fmt::Display for HintFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Stopped(Stopped),
    Hint(HintFailure),
    Failed(ExecutionError),
}

impl From<Result<Stopped, HintOr<HintFailure>>> for Outcome {
    fn from(result: Result<Stopped, HintOr<HintFailure>>) -> Self {
        match result {
            Ok(stopped) => Self::Stopped(stopped),
            Err(HintOr::Hint(failure)) => Self::Hint(failure),
            Err(HintOr::Execution(error)) => Self::Failed(error),
        }
    }
}

/// One segment's first cells, from an offset on.
#[derive(Clone, Default)]
pub struct Cells {
    pub start: i64,
    pub cells: Vec<Option<Value>>,
}

impl std::fmt::Debug for Cells {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:", self.start)?;
        for cell in &self.cells {
            let instruction = cell.and_then(Value::felt).and_then(|word| decode(word).ok());
            match (cell, instruction) {
                (Some(value), Some(instruction)) => write!(f, " {value} ({instruction:?})")?,
                (Some(value), None) => write!(f, " {value}")?,
                (None, _) => write!(f, " _")?,
            }
        }
        Ok(())
    }
}

impl From<Vec<Option<Value>>> for Cells {
    fn from(cells: Vec<Option<Value>>) -> Self {
        Self { start: 0, cells }
    }
}

/// A machine before its first step, and what its run is to be.
#[derive(Debug, Clone)]
pub struct World {
    /// Real segments; the one with the number [`EXECUTION`] is the execution segment.
    pub segments: Vec<Cells>,
    pub temporary: Vec<Cells>,
    pub rules: Vec<(Relocatable, Relocatable)>,
    /// Builtins by the number of their segment; those that do not exist yet are left out.
    pub builtins: Vec<(BuiltinName, i32)>,
    /// Hints by address; a group's number is its place here.
    pub hints: Vec<(Relocatable, Vec<Action>)>,
    pub registers: Registers,
    pub end: Relocatable,
    pub limit: u64,
    /// Whether instructions may have opcode extensions.
    pub extended: bool,
    /// Where the run is interrupted once and taken up again.
    pub pause: u64,
}

impl World {
    /// A world with this program, the registers `0:0`, `1:2`, `1:2` and a frame below them.
    pub fn new(program: Vec<Value>) -> Self {
        let program = program.into_iter().map(Some).collect::<Vec<_>>();
        let frame = vec![Some(address(EXECUTION, 0)), Some(address(2, 0))];
        Self {
            segments: vec![program.into(), frame.into(), Cells::default()],
            temporary: Vec::new(),
            rules: Vec::new(),
            builtins: Vec::new(),
            hints: Vec::new(),
            registers: Registers {
                pc: address(PROGRAM, 0),
                ap: at(EXECUTION, 2),
                fp: address(EXECUTION, 2),
            },
            end: at(2, 0),
            limit: 1000,
            extended: false,
            pause: 0,
        }
    }

    pub fn machine(&self) -> Machine {
        let mut memory = Memory::new();
        for number in 0..self.segments.len() as i32 {
            if number == EXECUTION {
                memory.add_execution_segment().unwrap();
            } else {
                memory.add_segment().unwrap();
            }
        }
        for _ in &self.temporary {
            memory.add_temporary_segment().unwrap();
        }
        let real = (0..).zip(&self.segments);
        let temporary = (1..).map(|number: i32| -number).zip(&self.temporary);
        for (number, Cells { start, cells }) in real.chain(temporary) {
            for (offset, value) in (*start..).zip(cells) {
                if let Some(value) = value {
                    memory.insert(at(number, offset), *value).unwrap();
                }
            }
        }
        for (source, destination) in &self.rules {
            // Rules in a circle are refused, twice alike.
            let _ = memory.add_relocation_rule(*source, *destination);
        }
        let mut builtins = Builtins::default();
        for (name, segment) in &self.builtins {
            builtins.add(*name, at(*segment, 0), true);
        }
        let mut machine = Machine::new(memory, builtins, self.registers);
        if self.extended {
            machine.allow_extensions();
        }
        for (group, (pc, _)) in (0..).zip(&self.hints) {
            machine.set_hints(*pc, group);
        }
        machine
    }

    /// Runs the loop, with one interruption.
    pub fn run(&self) -> Ran {
        let mut machine = self.machine();
        let mut hints = Actions::of(self);
        let mut outcome = Outcome::Stopped(Stopped::StepLimit);
        for limit in [self.pause.min(self.limit), self.limit] {
            if outcome == Outcome::Stopped(Stopped::StepLimit) {
                outcome = machine.run(self.end, limit, &mut hints).into();
            }
        }
        Ran { machine, outcome, hints: hints.log, trace: Vec::new() }
    }

    /// Runs step by step through the generic step.
    pub fn step(&self) -> Ran {
        let mut machine = self.machine();
        let mut hints = Actions::of(self);
        let mut groups: std::collections::HashMap<_, _> =
            (0..).zip(&self.hints).map(|(group, (pc, _))| (*pc, group)).collect();
        let mut trace = Vec::new();
        let outcome = loop {
            let before = machine.registers();
            if before.pc == self.end.into() {
                break Outcome::Stopped(Stopped::End);
            }
            if machine.steps() >= self.limit {
                break Outcome::Stopped(Stopped::StepLimit);
            }
            if let Some(group) = before.pc.relocatable().and_then(|pc| groups.get(&pc)) {
                if let Err(failure) = hints.run_hints(&mut machine, *group) {
                    break Outcome::Hint(failure);
                }
                groups.extend(hints.set.drain(..));
            }
            if let Err(error) = machine.step() {
                break Outcome::Failed(error);
            }
            trace.push(before);
        };
        Ran { machine, outcome, hints: hints.log, trace }
    }
}

/// A run that has ended.
pub struct Ran {
    pub machine: Machine,
    pub outcome: Outcome,
    /// The hints that ran: the step, the address, the group.
    pub hints: Vec<(u64, Value, u32)>,
    /// The registers before each step that succeeded; of stepped runs only.
    pub trace: Vec<Registers>,
}

impl Ran {
    pub fn cells(&self) -> Vec<(Relocatable, Value)> {
        self.machine.memory.iter().collect()
    }

    /// The error of a run that failed.
    pub fn error(&self) -> &ExecutionError {
        match &self.outcome {
            Outcome::Failed(error) => error,
            outcome => panic!("did not fail: {outcome:?}"),
        }
    }
}

/// Runs the hints of a world.
pub struct Actions<'a> {
    world: &'a World,
    pub log: Vec<(u64, Value, u32)>,
    set: Vec<(Relocatable, u32)>,
}

impl<'a> Actions<'a> {
    pub fn of(world: &'a World) -> Self {
        Self { world, log: Vec::new(), set: Vec::new() }
    }
}

impl HintHandler for Actions<'_> {
    type Error = HintFailure;

    fn run_hints(&mut self, machine: &mut Machine, group: u32) -> Result<(), HintFailure> {
        let registers = machine.registers();
        self.log.push((machine.steps(), registers.pc, group));
        for action in &self.world.hints[group as usize].1 {
            let done = match action {
                Action::Store(address, value) => machine.store(*address, *value),
                Action::StoreAhead(by, value) => match registers.ap.checked_add(*by) {
                    Some(address) => machine.store(address.into(), *value),
                    None => Ok(()),
                },
                Action::Rule(source, destination) => {
                    let rule = machine.memory.add_relocation_rule(*source, *destination);
                    rule.map_err(ExecutionError::from)
                }
                Action::AddSegment => {
                    machine.memory.add_segment().map(|_| ()).map_err(ExecutionError::from)
                }
                Action::SetHints(pc, group) => {
                    machine.set_hints(*pc, *group);
                    self.set.push((*pc, *group));
                    Ok(())
                }
                Action::Fail => return Err(HintFailure("raised".to_owned())),
            };
            done.map_err(|error| HintFailure(error.to_string()))?;
        }
        Ok(())
    }
}
