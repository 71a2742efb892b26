//! Random programs that get somewhere: each instruction is chosen when a run first reaches its
//! place, to fit what the registers and cells are by then.

use std::collections::{BTreeMap, BTreeSet};

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_decoder::{ApUpdate, Instruction, Op1Addr, Opcode, PcUpdate, Register, Res};
use cairo_zero_executor::{HintHandler, Machine, Registers};

use super::{
    AP_ADD, Action, Actions, CALL_REL, Cells, EXECUTION, JMP_REL, JNZ, NOTHING, PROGRAM, RET,
    World, address, at, felt, word,
};

const LIBRARY: i32 = 2;
const DATA: i32 = 3;
const OUTPUT: i32 = 4;
const RANGE_CHECK: i32 = 5;
const BITWISE: i32 = 6;
const EMPTY: i32 = 7;

/// Cells of code in a segment at most.
const MOST: i64 = 60;

/// A stream of random numbers (splitmix64).
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ x >> 31
    }

    /// A number from `low` up to but not including `high`.
    fn range(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low) as u64) as i64
    }

    fn chance(&mut self, percent: i64) -> bool {
        self.range(0, 100) < percent
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        (!from.is_empty()).then(|| from[self.range(0, from.len() as i64) as usize])
    }

    fn register(&mut self) -> Register {
        if self.chance(50) { Register::Ap } else { Register::Fp }
    }

    fn felt(&mut self) -> Value {
        match self.range(0, 10) {
            0..7 => felt(self.range(-6, 12)),
            7 => Felt::from_limbs([self.next(), self.next(), self.next(), self.next() >> 6])
                .unwrap_or(Felt::MINUS_ONE)
                .into(),
            8 => Value::from(self.next()),
            _ => felt(self.next().cast_signed()),
        }
    }

    fn address(&mut self) -> Value {
        match self.range(0, 12) {
            0..3 => address(DATA, self.range(0, 12)),
            3 => address(OUTPUT, self.range(0, 4)),
            4 => address(-1, self.range(0, 4)),
            5 => address(-2, self.range(0, 4)),
            6 => address(PROGRAM, self.range(0, 20)),
            7 => address(LIBRARY, self.range(0, 20)),
            8 => address(RANGE_CHECK, self.range(0, 4)),
            9 => address(BITWISE, self.range(0, 7)),
            _ => address(EXECUTION, self.range(0, 8)),
        }
    }

    fn value(&mut self) -> Value {
        if self.chance(60) { self.felt() } else { self.address() }
    }

    fn cells(&mut self, most: i64) -> Cells {
        let count = self.range(0, most);
        let cells = (0..count).map(|_| (!self.chance(20)).then(|| self.value())).collect();
        Cells { start: 0, cells }
    }
}

/// Where an operand is, and what is there.
#[derive(Clone, Copy)]
struct Place {
    register: Register,
    offset: i16,
    value: Option<Value>,
}

/// A program's world for this seed.
pub fn world(seed: u64) -> World {
    let mut random = Random(seed);
    let shift = match random.range(0, 20) {
        0..15 => 0,
        15..18 => random.range(65_510, 65_536),
        18 => (1 << 31) - random.range(3, 40),
        _ => (1 << 32) - random.range(3, 40),
    };
    let mut execution: Vec<_> = (0..random.range(1, 6)).map(|_| Some(random.value())).collect();
    execution.push(Some(address(EXECUTION, random.range(1, 3))));
    execution.push(Some(address(EMPTY, 0)));
    for value in execution.iter_mut().flatten() {
        if let Value::Relocatable(at) = value
            && at.segment == EXECUTION
        {
            at.offset += shift;
        }
    }
    let ap = at(EXECUTION, execution.len() as i64 + shift);
    let mut rules = Vec::new();
    if random.chance(20) {
        rules.push((at(-random.range(1, 3) as i32, 0), at(DATA, random.range(0, 9))));
    }
    let mut world = World {
        segments: vec![
            Cells::default(),
            Cells { start: shift, cells: execution },
            Cells::default(),
            random.cells(12),
            random.cells(4),
            Cells::default(),
            vec![Some(felt(12)), Some(felt(10))].into(),
            Cells::default(),
        ],
        temporary: vec![random.cells(5), random.cells(5)],
        rules,
        builtins: vec![
            (BuiltinName::Output, OUTPUT),
            (BuiltinName::RangeCheck, RANGE_CHECK),
            (BuiltinName::Bitwise, BITWISE),
        ],
        hints: Vec::new(),
        registers: Registers { pc: address(PROGRAM, 0), ap, fp: ap.into() },
        end: at(EMPTY, 0),
        limit: random.range(20, 60) as u64,
        extended: false,
        pause: random.range(0, 40) as u64,
    };
    let (mut code, mut starts) = (BTreeMap::new(), BTreeSet::new());
    let mut machine = world.machine();
    for _ in 0..world.limit {
        if extend(&mut random, &mut world, &mut machine, (&mut code, &mut starts)).is_none() {
            break;
        }
    }
    for segment in [PROGRAM, LIBRARY] {
        let of_segment = || code.iter().filter(|(at, _): &(&Relocatable, _)| at.segment == segment);
        let last = of_segment().map(|(at, _)| at.offset).max();
        let mut cells = vec![None; last.map_or(0, |last| last as usize + 1)];
        for (at, value) in of_segment() {
            cells[at.offset as usize] = Some(*value);
        }
        world.segments[segment as usize] = cells.into();
    }
    if random.chance(15) {
        let places: Vec<_> = code.keys().copied().collect();
        world.end = random.pick(&places).unwrap_or(world.end);
    }
    world.limit += random.range(0, 9) as u64;
    world
}

/// Executes the instruction at `pc`, made up if there is none; `None` when the run can't go on.
fn extend(
    random: &mut Random,
    world: &mut World,
    machine: &mut Machine,
    (code, starts): (&mut BTreeMap<Relocatable, Value>, &mut BTreeSet<Relocatable>),
) -> Option<()> {
    let pc = machine.registers().pc.relocatable()?;
    if pc == world.end || pc.offset < 0 || pc.offset >= MOST {
        return None;
    }
    let mut group = world.hints.iter().position(|(at, _)| *at == pc);
    if group.is_none() && random.chance(6) {
        group = Some(world.hints.len());
        world.hints.push((pc, actions(random)));
    }
    if let Some(group) = group {
        Actions::of(world).run_hints(machine, group as u32).ok()?;
    }
    if [PROGRAM, LIBRARY].contains(&pc.segment) && machine.memory.get(pc).is_none() {
        let (instruction, immediate) = choose(random, machine, pc, starts);
        starts.insert(pc);
        let mut put = |at: Relocatable, value: Value| {
            if machine.memory.insert(at, value) == Ok(true) {
                code.insert(at, value);
            }
        };
        put(pc, word(&instruction));
        if instruction.op1_addr == Op1Addr::Imm {
            put(at(pc.segment, pc.offset + 1), immediate);
        }
    }
    machine.step().ok()
}

fn actions(random: &mut Random) -> Vec<Action> {
    let count = random.range(0, 3);
    (0..count)
        .map(|_| match random.range(0, 12) {
            0..7 => Action::StoreAhead(random.range(0, 3), random.value()),
            7..9 => Action::Store(random.address(), random.value()),
            9 => Action::AddSegment,
            10 => Action::Rule(at(-random.range(1, 3) as i32, 0), at(DATA, random.range(0, 9))),
            _ => Action::SetHints(at(PROGRAM, random.range(0, 30)), 0),
        })
        .collect()
}

/// An instruction that is likely to succeed, and its immediate if it has one.
fn choose(
    random: &mut Random,
    machine: &Machine,
    pc: Relocatable,
    starts: &BTreeSet<Relocatable>,
) -> (Instruction, Value) {
    if random.chance(3) {
        return (wild(random), felt(random.range(-9, 20)));
    }
    let places = places(machine);
    let ap = machine.registers().ap;
    let room = machine.memory.get(at(pc.segment, pc.offset + 1)).is_none();
    for _ in 0..40 {
        let Some((instruction, immediate)) = attempt(random, machine, &places) else {
            continue;
        };
        let far = random.chance(3);
        // A jump goes to where code begins or could begin.
        let target =
            at(pc.segment, pc.offset + immediate.felt().and_then(Felt::to_i64).unwrap_or(0));
        let lands = starts.contains(&target)
            || target.offset > pc.offset + 1 && machine.memory.get(target).is_none();
        let jumps =
            instruction.op1_addr == Op1Addr::Imm && instruction.pc_update != PcUpdate::Regular;
        let ahead = |by| machine.memory.get(at(ap.segment, ap.offset.saturating_add(by)));
        let blocked = instruction.opcode == Opcode::Call && ahead(0).or(ahead(1)).is_some();
        let fits = room || instruction.op1_addr != Op1Addr::Imm;
        if far || (fits && !blocked && (lands || !jumps)) {
            return (instruction, immediate);
        }
    }
    (RET, felt(0))
}

/// The cells near the registers.
fn places(machine: &Machine) -> Vec<Place> {
    let Registers { ap, fp, .. } = machine.registers();
    let near = |register, base: Value| {
        (-7..4_i16).filter_map(move |offset| {
            let at = base.relocatable()?.checked_add(offset.into())?;
            let value = machine.memory.get(at);
            (at.offset >= 0).then_some(Place { register, offset, value })
        })
    };
    near(Register::Ap, ap.into()).chain(near(Register::Fp, fp)).collect()
}

fn attempt(
    random: &mut Random,
    machine: &Machine,
    places: &[Place],
) -> Option<(Instruction, Value)> {
    let known: Vec<_> = places.iter().filter(|place| place.value.is_some()).copied().collect();
    let unset: Vec<_> = places.iter().filter(|place| place.value.is_none()).copied().collect();
    let is_felt = |place: &&Place| matches!(place.value, Some(Value::Felt(_)));
    let felts: Vec<_> = known.iter().filter(is_felt).copied().collect();
    let is_address = |place: &&Place| matches!(place.value, Some(Value::Relocatable(_)));
    let addresses: Vec<_> = known.iter().filter(is_address).copied().collect();
    let push = Place { register: Register::Ap, offset: 0, value: None };

    let free = unset.iter().any(|place| (place.register, place.offset) == (Register::Ap, 0));
    let increment = if random.chance(30) { ApUpdate::Regular } else { ApUpdate::Add1 };
    let (dst, ap_update) = if free && random.chance(75) {
        (push, ApUpdate::Add1)
    } else {
        (random.pick(&unset).unwrap_or(push), increment)
    };
    let assertion = |dst: Place| Instruction {
        off0: dst.offset,
        dst_register: dst.register,
        ap_update,
        opcode: Opcode::AssertEq,
        ..NOTHING
    };
    let assert = assertion(dst);
    let with_op0 = |instruction: Instruction, op0: Place| Instruction {
        op0_register: op0.register,
        off1: op0.offset,
        ..instruction
    };
    let with_op1 = |instruction: Instruction, op1: Place| Instruction {
        op1_addr: match op1.register {
            Register::Ap => Op1Addr::Ap,
            Register::Fp => Op1Addr::Fp,
        },
        off2: op1.offset,
        ..instruction
    };
    let with_immediate =
        |instruction| Instruction { op1_addr: Op1Addr::Imm, off2: 1, ..instruction };
    let nothing = felt(0);
    let operator = random.pick(&[Res::Add, Res::Mul])?;
    let small = felt(random.range(-3, 5));

    let chosen = match random.range(0, 36) {
        0..3 => (with_immediate(assert), random.felt()),
        3..6 => (with_op1(assert, random.pick(&known)?), nothing),
        6..8 => {
            let instruction = with_immediate(Instruction { res: operator, ..assert });
            (with_op0(instruction, random.pick(&felts)?), random.felt())
        }
        8 => {
            let instruction = with_immediate(Instruction { res: Res::Add, ..assert });
            (with_op0(instruction, random.pick(&addresses)?), small)
        }
        9..12 => {
            let instruction = Instruction { res: operator, ..assert };
            let instruction = with_op0(instruction, random.pick(&felts)?);
            (with_op1(instruction, random.pick(&felts)?), nothing)
        }
        12 => {
            let instruction = Instruction { res: Res::Add, ..assert };
            let (mut a, mut b) = (random.pick(&addresses)?, random.pick(&felts)?);
            let steps = b.value?.felt()?.to_i64().is_some_and(|by| by.unsigned_abs() < 20);
            if !steps && random.chance(90) {
                return None;
            }
            if random.chance(50) {
                (a, b) = (b, a);
            }
            (with_op1(with_op0(instruction, a), b), nothing)
        }
        13..16 => {
            // A load: [dst] = [[op0] + off2].
            let op0 = random.pick(&addresses)?;
            let off2 = random.range(-3, 4) as i16;
            let from = op0.value?.relocatable()?.checked_add(off2.into())?;
            machine.memory.get(from).or((from.segment == BITWISE).then_some(nothing))?;
            let instruction = Instruction { op1_addr: Op1Addr::Op0, off2, ..assert };
            (with_op0(instruction, op0), nothing)
        }
        16..18 => {
            // A store: the same with a known [dst] and nothing in the other cell.
            let op0 = random.pick(&addresses)?;
            let off2 = random.range(-3, 4) as i16;
            let to = op0.value?.relocatable()?.checked_add(off2.into())?;
            if to.offset < 0 || machine.memory.get(to).is_some() {
                return None;
            }
            let instruction = assertion(random.pick(&known)?);
            let instruction = Instruction { op1_addr: Op1Addr::Op0, off2, ..instruction };
            (with_op0(instruction, op0), nothing)
        }
        18..20 => {
            // An operand from the result.
            let instruction = Instruction { res: operator, ..assertion(random.pick(&felts)?) };
            let (mut a, mut b) = (random.pick(&unset)?, random.pick(&felts)?);
            if random.chance(50) {
                (a, b) = (b, a);
            }
            (with_op1(with_op0(instruction, a), b), nothing)
        }
        20 => {
            // The same with addresses.
            let dst = random.pick(&addresses)?;
            let instruction = Instruction { res: Res::Add, ..assertion(dst) };
            let other = random.pick(&known)?;
            let segment = |of: Place| of.value?.relocatable().map(|at| at.segment);
            if segment(other).is_some_and(|other| Some(other) != segment(dst)) {
                return None;
            }
            (with_op1(with_op0(instruction, random.pick(&unset)?), other), nothing)
        }
        21 => {
            // A copy that is one already, or goes the other way.
            let dst = random.pick(&known)?;
            let same = |place: &&Place| place.value.is_none() || place.value == dst.value;
            let others: Vec<_> = places.iter().filter(same).copied().collect();
            (with_op1(assertion(dst), random.pick(&others)?), nothing)
        }
        22 => {
            let instruction = Instruction { res: operator, ..assertion(random.pick(&felts)?) };
            (with_op0(with_immediate(instruction), random.pick(&unset)?), small)
        }
        23 | 24 => (CALL_REL, felt(random.range(-8, 20))),
        25 => {
            let is_code = |place: &&Place| {
                let at = place.value.and_then(Value::relocatable);
                at.is_some_and(|at| [PROGRAM, LIBRARY].contains(&at.segment))
            };
            let targets: Vec<_> = known.iter().filter(is_code).copied().collect();
            let call = Instruction { pc_update: PcUpdate::Jump, ..CALL_REL };
            (with_op1(call, random.pick(&targets)?), nothing)
        }
        26 => {
            // Mostly not from the first frame, where nothing would follow.
            let back = machine.registers().fp.relocatable()?.checked_add(-1)?;
            let ends = machine.memory.get(back) == Some(address(EMPTY, 0));
            (!ends || random.chance(10)).then_some((RET, nothing))?
        }
        28 => (Instruction { ap_update: increment, ..JMP_REL }, felt(random.range(-6, 12))),
        29 | 30 => {
            let dst = random.pick(&known)?;
            let jump = Instruction {
                off0: dst.offset,
                dst_register: dst.register,
                ap_update: increment,
                ..JNZ
            };
            (jump, felt(random.range(-6, 12)))
        }
        27 | 31 => (AP_ADD, felt(random.range(0, 5))),
        32 if random.chance(20) => {
            let bits = random.range(15, 63);
            let by = (1 << bits) + random.range(-3, 3);
            (AP_ADD, felt(if random.chance(30) { -by } else { by }))
        }
        32 => (AP_ADD, felt(random.range(-3, 3))),
        _ => (with_immediate(assert), random.felt()),
    };
    Some(chosen)
}

/// Any instruction that has a word.
fn wild(random: &mut Random) -> Instruction {
    let ops = [Op1Addr::Imm, Op1Addr::Ap, Op1Addr::Fp, Op1Addr::Op0];
    let flows =
        [PcUpdate::Regular, PcUpdate::Regular, PcUpdate::Jump, PcUpdate::JumpRel, PcUpdate::Jnz];
    let opcodes = [Opcode::Nop, Opcode::AssertEq, Opcode::AssertEq, Opcode::Call, Opcode::Ret];
    let pc_update = random.pick(&flows).unwrap_or(PcUpdate::Regular);
    let opcode = random.pick(&opcodes).unwrap_or(Opcode::Nop);
    let results = [Res::Op1, Res::Add, Res::Mul];
    let updates = [ApUpdate::Regular, ApUpdate::Add, ApUpdate::Add1];
    Instruction {
        off0: random.range(-5, 3) as i16,
        off1: random.range(-5, 3) as i16,
        off2: if random.chance(50) { 1 } else { random.range(-5, 3) as i16 },
        dst_register: random.register(),
        op0_register: random.register(),
        op1_addr: random.pick(&ops).unwrap_or(Op1Addr::Ap),
        res: match pc_update {
            PcUpdate::Jnz => Res::Unconstrained,
            _ => random.pick(&results).unwrap_or(Res::Op1),
        },
        pc_update,
        ap_update: match opcode {
            Opcode::Call => ApUpdate::Add2,
            _ => random.pick(&updates).unwrap_or(ApUpdate::Regular),
        },
        opcode,
        extension: None,
    }
}
