//! The loop with its specialised handlers does exactly what the generic step does, and the replay
//! recovers what the registers were, on random programs in random worlds.

mod support;

use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_decoder::{ApUpdate, Instruction, Op1Addr, Opcode, PcUpdate, Register, Res};
use cairo_zero_executor::{Registers, Replay, Stopped};
use proptest::prelude::*;
use proptest::sample::select;
use support::{
    AP_ADD, Action, CALL_REL, Cells, EXECUTION, JMP_REL, JNZ, NOTHING, Outcome, PUSH_IMMEDIATE,
    RET, Ran, World, address, at, felt, word,
};

/// How many directed programs are run.
const DIRECTED: u64 = 3000;

/// A second segment with code.
const LIBRARY: i32 = 2;
const DATA: i32 = 3;
const OUTPUT: i32 = 4;
/// Segments of builtins that check and deduce.
const RANGE_CHECK: i32 = 5;
const BITWISE: i32 = 6;
/// An empty segment.
const EMPTY: i32 = 7;

fn felts() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => (-6..12_i64).prop_map(felt),
        1 => select(vec![
            Value::from(u64::MAX),
            Value::from(1 << 63),
            Felt::from_u128(1 << 64).into(),
            felt(i64::MIN),
            felt(i64::MAX),
            felt(1 << 40),
            felt(-(1 << 62)),
        ]),
        1 => any::<[u64; 3]>().prop_map(|[a, b, c]| {
            Felt::from_limbs([a, b, c, a >> 6]).map_or(felt(-1), Value::from)
        }),
    ]
}

fn addresses() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => (-1..14_i64).prop_map(|offset| address(EXECUTION, offset)),
        4 => (-1..30_i64).prop_map(|offset| address(0, offset)),
        3 => (0..12_i64).prop_map(|offset| address(LIBRARY, offset)),
        4 => (0..12_i64).prop_map(|offset| address(DATA, offset)),
        2 => (0..6_i64).prop_map(|offset| address(OUTPUT, offset)),
        2 => (RANGE_CHECK..=BITWISE, 0..7_i64).prop_map(|(at, offset)| address(at, offset)),
        3 => (-2..0_i32, 0..6_i64).prop_map(|(at, offset)| address(at, offset)),
        1 => (-3..9_i32, select(vec![0, -1, -5, 1 << 20, 1 << 31, 1 << 40, i64::MAX, i64::MIN]))
            .prop_map(|(at, offset)| address(at, offset)),
    ]
}

fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => felts(),
        4 => addresses(),
        1 => instructions().prop_map(|instruction| word(&instruction)),
    ]
}

fn registers() -> impl Strategy<Value = Register> {
    select(vec![Register::Ap, Register::Fp])
}

/// Where an operand is read: mostly cells that something is in.
fn sources() -> impl Strategy<Value = (Register, i16)> {
    prop_oneof![
        5 => (-6..0_i16).prop_map(|offset| (Register::Fp, offset)),
        3 => (-4..0_i16).prop_map(|offset| (Register::Ap, offset)),
        1 => (registers(), -6..6_i16),
    ]
}

/// Where a result goes, and what becomes of `ap`.
fn targets() -> impl Strategy<Value = ((Register, i16), ApUpdate)> {
    let updates = select(vec![ApUpdate::Regular, ApUpdate::Add1]);
    prop_oneof![
        6 => Just(((Register::Ap, 0), ApUpdate::Add1)),
        3 => ((registers(), -5..5_i16), updates),
    ]
}

/// What compilers write, and nearly all of it has a handler of its own.
fn common() -> impl Strategy<Value = Instruction> {
    let operand = |op1: Register| match op1 {
        Register::Ap => Op1Addr::Ap,
        Register::Fp => Op1Addr::Fp,
    };
    let binary = select(vec![Res::Add, Res::Mul]);
    let assertion = targets().prop_map(|((dst_register, off0), ap_update)| Instruction {
        off0,
        dst_register,
        ap_update,
        opcode: Opcode::AssertEq,
        ..NOTHING
    });
    let assertions = (assertion, sources(), sources(), binary, 0..6_usize).prop_map(
        move |(assertion, (op0_register, off1), (op1_register, off2), res, form)| match form {
            0 => Instruction { op1_addr: Op1Addr::Imm, off2: 1, ..assertion },
            1 => Instruction { op1_addr: operand(op1_register), off2, ..assertion },
            2 => Instruction { op0_register, off1, op1_addr: Op1Addr::Op0, off2, ..assertion },
            3 => Instruction {
                op0_register,
                off1,
                op1_addr: Op1Addr::Imm,
                off2: 1,
                res,
                ..assertion
            },
            _ => Instruction {
                op0_register,
                off1,
                op1_addr: operand(op1_register),
                off2,
                res,
                ..assertion
            },
        },
    );
    let jumps = (sources(), any::<bool>()).prop_map(|((dst_register, off0), increment)| {
        let ap_update = if increment { ApUpdate::Add1 } else { ApUpdate::Regular };
        [Instruction { off0, dst_register, ap_update, ..JNZ }, Instruction { ap_update, ..JMP_REL }]
    });
    let calls = sources().prop_map(move |(register, off2)| Instruction {
        op1_addr: operand(register),
        off2,
        pc_update: PcUpdate::Jump,
        ..CALL_REL
    });
    prop_oneof![
        3 => Just(PUSH_IMMEDIATE),
        12 => assertions,
        2 => (jumps, 0..2_usize).prop_map(|(jumps, which)| jumps[which]),
        1 => Just(CALL_REL),
        1 => calls,
        1 => Just(RET),
        1 => Just(AP_ADD),
    ]
}

/// Common instructions with one thing about them changed, to meet the limits of every handler.
fn bent() -> impl Strategy<Value = Instruction> {
    let offsets = prop_oneof![4 => -6..6_i16, 1 => any::<i16>()];
    (common(), offsets, registers(), 0..9_usize).prop_map(
        |(mut instruction, offset, register, what)| {
            match what {
                0 => instruction.off0 = offset,
                1 => instruction.off1 = offset,
                2 => instruction.off2 = offset,
                3 => instruction.dst_register = register,
                4 => instruction.op0_register = register,
                5 => instruction.op1_addr = Op1Addr::Op0,
                6 if instruction.opcode != Opcode::Call => instruction.ap_update = ApUpdate::Add,
                7 if instruction.opcode == Opcode::AssertEq => instruction.opcode = Opcode::Nop,
                8 if instruction.opcode == Opcode::Nop => instruction.opcode = Opcode::AssertEq,
                _ => instruction.op1_addr = Op1Addr::Imm,
            }
            instruction
        },
    )
}

/// Any instruction that has a word.
fn any_instruction() -> impl Strategy<Value = Instruction> {
    let op1 = select(vec![Op1Addr::Imm, Op1Addr::Ap, Op1Addr::Fp, Op1Addr::Op0]);
    let flow = prop_oneof![
        (
            select(vec![PcUpdate::Regular, PcUpdate::Jump, PcUpdate::JumpRel]),
            select(vec![Res::Op1, Res::Add, Res::Mul]),
        ),
        Just((PcUpdate::Jnz, Res::Unconstrained)),
    ];
    let opcode = prop_oneof![
        (
            select(vec![Opcode::Nop, Opcode::AssertEq, Opcode::Ret]),
            select(vec![ApUpdate::Regular, ApUpdate::Add, ApUpdate::Add1]),
        ),
        Just((Opcode::Call, ApUpdate::Add2)),
    ];
    (sources(), sources(), -4..5_i16, op1, flow, opcode).prop_map(
        |((dst_register, off0), (op0_register, off1), off2, op1_addr, flow, opcode)| Instruction {
            off0,
            off1,
            off2: if op1_addr == Op1Addr::Imm && off2 != 2 { 1 } else { off2 },
            dst_register,
            op0_register,
            op1_addr,
            res: flow.1,
            pc_update: flow.0,
            ap_update: opcode.1,
            opcode: opcode.0,
            extension: None,
        },
    )
}

fn instructions() -> impl Strategy<Value = Instruction> {
    prop_oneof![12 => common(), 2 => bent(), 1 => any_instruction()]
}

/// What is behind an instruction that has an immediate.
fn immediate(instruction: Instruction) -> BoxedStrategy<Option<Value>> {
    let odd = prop_oneof![8 => values().prop_map(Some), 1 => Just(None)];
    if instruction.pc_update != PcUpdate::Regular {
        let near = (-6..14_i64).prop_map(|by| Some(felt(by)));
        prop_oneof![12 => near, 1 => odd].boxed()
    } else if instruction.ap_update == ApUpdate::Add {
        let far = [20, 26, 31, 32, 40, 62].map(|bits| 1_i64 << bits);
        let far = far.into_iter().flat_map(|by| [by, -by, by - 9]).chain([i64::MAX, i64::MIN]);
        let far = select(far.collect::<Vec<_>>()).prop_map(|by| Some(felt(by)));
        let near = (-4..8_i64).prop_map(|by| Some(felt(by)));
        prop_oneof![8 => near, 3 => far, 1 => odd].boxed()
    } else {
        let number = felts().prop_map(Some);
        prop_oneof![12 => number, 1 => odd].boxed()
    }
}

/// The cells of a program.
fn code(most: usize) -> impl Strategy<Value = Vec<Option<Value>>> {
    let instruction = instructions().prop_flat_map(|instruction| {
        let first = Just(Some(word(&instruction)));
        if instruction.op1_addr == Op1Addr::Imm {
            (first, immediate(instruction)).prop_map(|(a, b)| vec![a, b]).boxed()
        } else {
            first.prop_map(|a| vec![a]).boxed()
        }
    });
    let illegal = prop_oneof![
        any::<u64>().prop_map(|word| Some(word.into())),
        values().prop_map(Some),
        Just(None),
    ];
    let piece = prop_oneof![60 => instruction, 1 => illegal.prop_map(|cell| vec![cell])];
    prop::collection::vec(piece, 1..most).prop_map(|pieces| pieces.concat())
}

fn cells(most: usize) -> impl Strategy<Value = Vec<Option<Value>>> {
    let cell = prop_oneof![3 => values().prop_map(Some), 1 => Just(None)];
    prop::collection::vec(cell, 0..most)
}

/// The execution segment: a few cells of arguments, a frame, and perhaps something ahead of `ap`.
fn execution() -> impl Strategy<Value = (Vec<Option<Value>>, usize)> {
    let known = prop_oneof![20 => values().prop_map(Some), 1 => Just(None)];
    let return_fp = prop_oneof![3 => Just(address(EXECUTION, 2)), 1 => values()];
    let return_pc = prop_oneof![3 => Just(address(EMPTY, 0)), 2 => addresses(), 1 => values()];
    let frame = prop_oneof![
        20 => (return_fp, return_pc).prop_map(|(fp, pc)| vec![Some(fp), Some(pc)]),
        1 => cells(3),
    ];
    let ahead = prop_oneof![3 => Just(Vec::new()), 1 => cells(5)];
    (prop::collection::vec(known, 2..7), frame, ahead).prop_map(|(arguments, frame, ahead)| {
        let ap = arguments.len() + frame.len();
        ([arguments, frame, ahead].concat(), ap)
    })
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
    let temporary = (-3..0_i32).prop_map(|segment| at(segment, 0));
    let destination = addresses().prop_map(|at| at.relocatable().unwrap_or_default());
    let code = places();
    let action = prop_oneof![
        6 => ((-1..4_i64), values()).prop_map(|(by, value)| Action::StoreAhead(by, value)),
        4 => (addresses(), values()).prop_map(|(at, value)| Action::Store(at, value)),
        2 => (temporary, destination).prop_map(|(from, to)| Action::Rule(from, to)),
        1 => Just(Action::AddSegment),
        1 => (code, 0..2_u32).prop_map(|(pc, group)| Action::SetHints(pc, group)),
        1 => Just(Action::Fail),
    ];
    prop::collection::vec(action, 0..3)
}

/// Addresses where instructions may be.
fn places() -> impl Strategy<Value = Relocatable> {
    prop_oneof![
        8 => (0..40_i64).prop_map(|offset| at(0, offset)),
        4 => (0..10_i64).prop_map(|offset| at(LIBRARY, offset)),
        1 => (0..10_i64).prop_map(|offset| at(EXECUTION, offset)),
        2 => (-1..8_i32, -1..40_i64).prop_map(|(segment, offset)| at(segment, offset)),
    ]
}

/// How far the execution segment's cells are from its start: near the end of the dense part, which
/// grows by huge pages of 65536 cells, and where registers no longer fit the loop.
fn shifts() -> impl Strategy<Value = i64> {
    prop_oneof![
        12 => Just(0_i64),
        2 => 65_520..65_536_i64,
        1 => select(vec![(1 << 31) - 12, (1 << 32) - 12, 1 << 40]),
    ]
}

fn worlds() -> impl Strategy<Value = World> {
    let memory = (
        (code(24), code(8), execution()),
        (cells(8), cells(3), cells(3), cells(3), cells(4), cells(4)),
    );
    let rule = (-2..0_i32, addresses());
    let hints = prop_oneof![
        2 => Just(Vec::new()),
        1 => prop::collection::vec((places(), actions()), 2..5),
    ];
    let fp = prop_oneof![20 => Just(None), 1 => values().prop_map(Some)];
    let pc = prop_oneof![20 => Just(at(0, 0)), 1 => places()];
    let end = prop_oneof![4 => Just(at(EMPTY, 0)), 1 => places()];
    let options = (prop::collection::vec(rule, 0..2), hints, fp, pc, end, shifts());
    (memory, options, 0..80_u64, 0..20_u64).prop_map(|(memory, options, limit, pause)| {
        let ((program, library, (execution, ap)), (data, output, range, bits, first, second)) =
            memory;
        let (rules, hints, fp, pc, end, shift) = options;
        let ap = at(EXECUTION, ap as i64 + shift);
        let execution = Cells { start: shift, cells: execution };
        let mut world = World {
            segments: vec![
                program.into(),
                execution,
                library.into(),
                data.into(),
                output.into(),
                range.into(),
                bits.into(),
                Cells::default(),
            ],
            temporary: vec![first.into(), second.into()],
            rules: rules
                .into_iter()
                .filter_map(|(from, to)| Some((at(from, 0), to.relocatable()?)))
                .collect(),
            builtins: vec![
                (BuiltinName::Output, OUTPUT),
                (BuiltinName::RangeCheck, RANGE_CHECK),
                (BuiltinName::Bitwise, BITWISE),
            ],
            hints,
            registers: Registers { pc: pc.into(), ap, fp: fp.unwrap_or(ap.into()) },
            end,
            limit: limit.saturating_sub(10),
            extended: false,
            pause,
        };
        // Addresses into the execution segment mean the cells that were set.
        for value in world.segments.iter_mut().flat_map(|cells| cells.cells.iter_mut().flatten()) {
            if let Value::Relocatable(at) = value
                && at.segment == EXECUTION
            {
                at.offset = at.offset.saturating_add(shift);
            }
        }
        world
    })
}

fn check(world: &World) -> Ran {
    let (ran, stepped) = (world.run(), world.step());
    assert_eq!(ran.outcome, stepped.outcome);
    assert_eq!(ran.machine.registers(), stepped.machine.registers());
    assert_eq!(ran.machine.noncanonical(), stepped.machine.noncanonical());
    assert_eq!(ran.machine.steps(), stepped.machine.steps());
    assert_eq!(ran.hints, stepped.hints);
    let count =
        |ran: &Ran| (ran.machine.memory.segment_count(), ran.machine.memory.temporary_count());
    assert_eq!(count(&ran), count(&stepped));
    if !ran.machine.memory.iter().eq(stepped.machine.memory.iter()) {
        assert_eq!(ran.cells(), stepped.cells());
    }
    let stray = |ran: &Ran| ran.machine.memory.first_stray_address();
    assert_eq!(stray(&ran), stray(&stepped));
    ran
}

/// A temporary segment's addresses are moved at the end of a run; so are the registers held to.
fn check_replay(world: &World) {
    let mut ran = world.step();
    let moved = |machine: &cairo_zero_executor::Machine, value: Value| match value {
        Value::Relocatable(at) => machine.memory.moved(at),
        felt @ Value::Felt(_) => felt,
    };
    let trace: Vec<_> = ran
        .trace
        .iter()
        .map(|Registers { pc, ap, fp }| Registers {
            pc: moved(&ran.machine, *pc),
            ap: ran.machine.memory.moved(*ap).relocatable().expect("no rule leads to a number"),
            fp: moved(&ran.machine, *fp),
        })
        .collect();
    let start = trace.first().copied().unwrap_or(world.registers);
    if ran.machine.memory.apply_relocation_rules().is_err() {
        return;
    }
    let replayed: Vec<_> = Replay::new(&ran.machine.memory, start, ran.machine.steps()).collect();
    assert_eq!(replayed, trace);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 3000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_loop_equals_the_generic_step(world in worlds()) {
        check(&world);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_replay_recovers_every_step(world in worlds()) {
        check_replay(&world);
    }
}

/// Programs that get somewhere, for the handlers' own cases.
#[test]
fn directed_programs_run_alike_and_replay() {
    let (mut steps, mut ends) = (0, [0; 3]);
    for seed in 0..DIRECTED {
        let world = support::directed::world(seed);
        let ran = std::panic::catch_unwind(|| {
            check_replay(&world);
            check(&world)
        });
        let Ok(ran) = ran else { panic!("seed {seed}: {world:#?}") };
        steps += ran.machine.steps();
        ends[match ran.outcome {
            Outcome::Stopped(Stopped::End) => 0,
            Outcome::Stopped(Stopped::StepLimit) => 1,
            Outcome::Failed(_) | Outcome::Hint(_) => 2,
        }] += 1;
    }
    // The programs have to be worth the name.
    assert!(steps > 10 * DIRECTED, "{steps} steps");
    assert!(ends.iter().all(|count| *count > DIRECTED / 30), "{ends:?}");
}
