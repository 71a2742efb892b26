//! The machine by name: each error with its text, why runs stop, when hints run, and what was wrong
//! once.

mod support;

use cairo_zero_core::{BuiltinName, Felt, Value};
use cairo_zero_decoder::{ApUpdate, Instruction, Op1Addr, Opcode, PcUpdate, Register, Res};
use cairo_zero_executor::{ExecutionError, HintOr, NoHints, Registers, Replay, Stopped};
use cairo_zero_memory::Cell;
use support::{
    AP_ADD, Action, Actions, CALL_REL, Cells, EXECUTION, HintFailure, JMP_REL, JNZ, NOTHING,
    Outcome, PROGRAM, PUSH_IMMEDIATE, RET, World, address, at, felt, word,
};

const DATA: i32 = 3;

/// A world whose frame at `1:2` is followed by these cells, `ap` behind the first `known` of them.
fn world(program: Vec<Value>, known: i64, cells: &[Option<Value>]) -> World {
    let mut world = World::new(program);
    world.segments[1].cells.extend(cells);
    world.segments.push(Cells::default());
    world.registers.ap = at(EXECUTION, 2 + known);
    world
}

/// The error of this world's program, found by the loop and by the generic step.
fn error(world: &World) -> ExecutionError {
    let (ran, stepped) = (world.run(), world.step());
    assert_eq!(ran.outcome, stepped.outcome);
    assert_eq!(ran.machine.registers(), stepped.machine.registers());
    assert_eq!(ran.cells(), stepped.cells());
    ran.error().clone()
}

/// The registers after a run that the loop and the generic step agree on.
fn registers(world: &World) -> Registers {
    let (ran, stepped) = (world.run(), world.step());
    assert_eq!(ran.outcome, stepped.outcome);
    assert_eq!(ran.machine.registers(), stepped.machine.registers());
    ran.machine.registers()
}

/// `[fp] = …`
const ASSERT: Instruction = Instruction { off0: 0, opcode: Opcode::AssertEq, ..NOTHING };

/// `[fp] = [fp + 1] … [fp + 2]`
const fn binary(res: Res) -> Instruction {
    Instruction { off1: 1, off2: 2, op0_register: Register::Fp, res, ..ASSERT }
}

fn fails(instruction: &Instruction, cells: &[Option<Value>]) -> String {
    error(&world(vec![word(instruction)], 0, cells)).to_string()
}

#[test]
fn sizes_the_speed_rests_on() {
    // Those of `Op` and `Stop` are asserted where they are defined.
    assert_eq!(size_of::<Cell>(), 32);
}

#[test]
fn a_cell_that_is_not_known() {
    let copy = Instruction { off2: 1, ..ASSERT };
    assert_eq!(fails(&copy, &[]), "Unknown value for memory cell at address 1:3.");
    // A pointer to somewhere below its segment, with the offset modulo the prime.
    let load = Instruction { off1: 0, off2: -1, op1_addr: Op1Addr::Op0, off0: 1, ..ASSERT };
    assert_eq!(
        fails(&load, &[Some(address(DATA, 0))]),
        "Unknown value for memory cell at address 3:\
         3618502788666131213697322783095070105623107215331596699973092056135872020480."
    );
    // A pointer that is a number.
    assert_eq!(fails(&load, &[Some(felt(8))]), "Unknown value for memory cell at address 7.");
    // No instruction at all.
    let nothing = error(&World::new(Vec::new()));
    assert_eq!(nothing.to_string(), "Unknown value for memory cell at address 0:0.");
    let mut number = World::new(Vec::new());
    number.registers.pc = felt(-2);
    assert_eq!(
        error(&number).to_string(),
        "Unknown value for memory cell at address \
         3618502788666131213697322783095070105623107215331596699973092056135872020479."
    );
}

#[test]
fn cells_that_hold_something_else() {
    // A call whose two cells are one.
    let call = Instruction { off1: 0, ..CALL_REL };
    let failed = error(&World::new(vec![word(&call), felt(2)]));
    assert_eq!(failed.to_string(), "Inconsistent memory assignment at address 1:2. 1:2 != 0:2.");
    let numbers = [Some(felt(1)), Some(felt(-1))];
    let copy = Instruction { off2: 1, ..ASSERT };
    assert_eq!(
        fails(&copy, &numbers),
        "An ASSERT_EQ instruction failed: 1 != \
         3618502788666131213697322783095070105623107215331596699973092056135872020480."
    );
    assert_eq!(
        fails(&copy, &[Some(address(DATA, 2)), Some(felt(5))]),
        "An ASSERT_EQ instruction failed: 3:2 != 5."
    );
}

#[test]
fn calls_that_find_their_cells_taken() {
    let call = vec![word(&CALL_REL), felt(2)];
    assert_eq!(
        error(&world(call.clone(), 0, &[None, Some(felt(7))])).to_string(),
        "Call failed to write return-pc (inconsistent op0): 7 != 0:2. \
         Did you forget to increment ap?"
    );
    assert_eq!(
        error(&world(call, 0, &[Some(address(EXECUTION, 1))])).to_string(),
        "Call failed to write return-fp (inconsistent dst): 1:1 != 1:2. \
         Did you forget to increment ap?"
    );
}

#[test]
fn values_that_can_not_be_combined() {
    let (pointer, other) = (Some(address(DATA, 1)), Some(address(EXECUTION, 4)));
    assert_eq!(
        fails(&binary(Res::Add), &[None, pointer, other]),
        "Cannot add two relocatable values: 3:1 + 1:4."
    );
    assert_eq!(
        fails(&binary(Res::Add), &[other, pointer, None]),
        "Can only subtract two relocatable values of the same segment (1 != 3)."
    );
    assert_eq!(
        fails(&binary(Res::Add), &[Some(felt(1)), pointer, None]),
        "unsupported operand type(s) for -: 'int' and 'RelocatableValue'"
    );
    assert_eq!(
        fails(&binary(Res::Mul), &[None, pointer, Some(felt(2))]),
        "Could not complete computation * of non pure values: \
         (RelocatableValue(segment_index=3, offset=1), 2)."
    );
    assert_eq!(
        fails(&binary(Res::Add), &[None, pointer, Some(felt(i64::MAX))]),
        "The offset of 3:1 moved by 9223372036854775807 is out of range."
    );
}

#[test]
fn factors_that_can_not_be_found() {
    let (zero, five) = (Some(felt(0)), Some(felt(5)));
    assert_eq!(
        fails(&binary(Res::Mul), &[five, None, zero]),
        "Cannot deduce operand in '0 = ? * 5' (possibly due to division by 0)."
    );
    // The second factor is not looked for then.
    assert_eq!(
        fails(&binary(Res::Mul), &[five, zero, None]),
        "Unknown value for memory cell at address 1:4."
    );
}

#[test]
fn a_pointer_that_is_not_known() {
    let load = Instruction { off1: 1, op1_addr: Op1Addr::Op0, ..ASSERT };
    assert_eq!(fails(&load, &[]), "op0 must be known in double dereference.");
}

#[test]
fn words_that_are_no_instructions() {
    let text = |word| error(&World::new(vec![word])).to_string();
    assert_eq!(text(Value::from(1 << 63)), "Unsupported instruction: 0x8000000000000000.");
    assert_eq!(text(address(DATA, 2)), "Instruction should be an int. Found: 3:2");
    assert!(matches!(error(&World::new(vec![felt(-1)])), ExecutionError::Decode(_)));
}

#[test]
fn immediates_that_are_missing() {
    // Each form that has a handler of its own, with no number behind the word.
    let forms = [
        PUSH_IMMEDIATE,
        Instruction { res: Res::Add, ..PUSH_IMMEDIATE },
        Instruction { res: Res::Mul, ..PUSH_IMMEDIATE },
        CALL_REL,
        JMP_REL,
        JNZ,
        AP_ADD,
    ];
    for form in forms {
        for behind in [None, Some(address(DATA, 0))] {
            let mut world = World::new(vec![word(&form)]);
            world.segments[0].cells.push(behind);
            let failed = error(&world);
            assert_eq!(failed, ExecutionError::NoImmediate, "{form:?}");
            assert_eq!(failed.to_string(), "op1_addr is Op1Addr.IMM, but no immediate given");
        }
        let elsewhere = Instruction { off2: 2, ..form };
        assert_eq!(
            error(&World::new(vec![word(&elsewhere), felt(1), felt(1)])).to_string(),
            "In immediate mode, off2 should be 1."
        );
    }
}

#[test]
fn jumps_by_an_address() {
    let jump = Instruction { off2: 0, op1_addr: Op1Addr::Fp, ..JMP_REL };
    assert_eq!(
        fails(&jump, &[Some(address(DATA, 4))]),
        "Could not complete computation jmp rel of non pure value: 3:4."
    );
    let conditional = Instruction { off2: 0, op1_addr: Op1Addr::Fp, ..JNZ };
    assert_eq!(
        fails(&conditional, &[Some(address(DATA, 4))]),
        "Cannot add two relocatable values: 0:0 + 3:4."
    );
}

#[test]
fn a_failed_jump_has_moved_the_frame() {
    // The reference moves fp and ap before pc, and its traceback begins with that fp: the call that
    // failed is in it.
    let call = Instruction { off2: 0, op1_addr: Op1Addr::Fp, ..CALL_REL };
    let world = world(vec![word(&call)], 1, &[Some(address(DATA, 4))]);
    assert_eq!(
        error(&world).to_string(),
        "Could not complete computation jmp rel of non pure value: 3:4."
    );
    assert_eq!(
        world.run().machine.registers(),
        Registers { pc: address(0, 0), ap: at(EXECUTION, 5), fp: address(EXECUTION, 5) }
    );
}

#[test]
fn results_that_are_not_there() {
    let add = Instruction { ap_update: ApUpdate::Add, ..JNZ };
    let failed = error(&World::new(vec![word(&add), felt(2)]));
    assert_eq!(failed.to_string(), "Res.UNCONSTRAINED cannot be used with ApUpdate.ADD");
    let assert = Instruction { opcode: Opcode::AssertEq, ..JNZ };
    let failed = error(&World::new(vec![word(&assert), felt(2)]));
    assert_eq!(failed.to_string(), "Res.UNCONSTRAINED cannot be used with Opcode.ASSERT_EQ");
}

#[test]
fn a_refused_value_stays_in_memory() {
    // `[[fp]] = [fp + 1]` into the segment of the range checks.
    let store = Instruction { off0: 1, off1: 0, off2: 0, op1_addr: Op1Addr::Op0, ..ASSERT };
    let mut world = world(vec![word(&store)], 2, &[Some(address(DATA, 0)), Some(felt(-1))]);
    world.builtins.push((BuiltinName::RangeCheck, DATA));
    assert!(matches!(error(&world), ExecutionError::Builtin(_)));
    assert_eq!(world.run().machine.memory.get(at(DATA, 0)), Some(felt(-1)));
}

#[test]
fn writes_where_no_cell_can_be() {
    let store = Instruction { off0: 1, off1: 0, off2: 0, op1_addr: Op1Addr::Op0, ..ASSERT };
    let text = |pointer| fails(&store, &[Some(pointer), Some(felt(1))]);
    assert_eq!(text(felt(7)), "Expected memory address to be relocatable value. Found: 7.");
    assert_eq!(text(address(9, 3)), "There is no segment 9 to write 9:3 to.");
    assert!(text(address(DATA, -1)).starts_with("The offset of a relocatable value must be"));
}

/// Pushes 10, 11, 12 and so on for ever.
fn counter(numbers: i64) -> World {
    let mut program: Vec<_> =
        (0..numbers).flat_map(|number| [word(&PUSH_IMMEDIATE), felt(10 + number)]).collect();
    program.extend([word(&JMP_REL), felt(-2 * numbers)]);
    World::new(program)
}

#[test]
fn the_end_is_reached() {
    let mut world = counter(3);
    for (end, steps) in [(0, 0), (2, 1), (4, 2), (6, 3)] {
        world.end = at(PROGRAM, end);
        let ran = world.run();
        assert_eq!(ran.outcome, Outcome::Stopped(Stopped::End));
        assert_eq!(ran.machine.steps(), steps);
        assert_eq!(ran.machine.registers().pc, address(PROGRAM, end));
        // The end comes before the limit.
        world.limit = steps;
        assert_eq!(world.run().outcome, Outcome::Stopped(Stopped::End));
        world.limit = 1000;
    }
    // An address in the middle of an instruction is never met.
    world.end = at(PROGRAM, 3);
    assert_eq!(world.run().outcome, Outcome::Stopped(Stopped::StepLimit));
}

#[test]
fn the_end_of_one_run_is_none_of_the_next() {
    let world = counter(3);
    let mut machine = world.machine();
    assert_eq!(machine.run(at(PROGRAM, 4), 99, &mut NoHints).unwrap(), Stopped::End);
    assert_eq!(machine.steps(), 2);
    assert_eq!(machine.run(at(PROGRAM, 2), 99, &mut NoHints).unwrap(), Stopped::End);
    assert_eq!(machine.steps(), 5);
    assert_eq!(machine.run(at(2, 0), 99, &mut NoHints).unwrap(), Stopped::StepLimit);
    assert_eq!(machine.steps(), 99);
}

#[test]
fn a_program_returns_to_the_end() {
    let ran = World::new(vec![word(&RET)]).run();
    assert_eq!(ran.outcome, Outcome::Stopped(Stopped::End));
    assert_eq!(ran.machine.steps(), 1);
    assert_eq!(ran.machine.registers().fp, address(EXECUTION, 0));
}

#[test]
fn the_limit_is_exact_and_can_be_raised() {
    let world = counter(5);
    let mut machine = world.machine();
    for limit in [0, 0, 1, 2, 2, 7, 20, 3, 21] {
        let before = machine.steps();
        let stopped = machine.run(world.end, limit, &mut NoHints).unwrap();
        assert_eq!(stopped, Stopped::StepLimit);
        assert_eq!(machine.steps(), limit.max(before));
    }
    let stepped = World { limit: 21, ..world }.step();
    assert_eq!(machine.registers(), stepped.machine.registers());
    assert!(machine.memory.iter().eq(stepped.machine.memory.iter()));
}

/// The loop works in chains of 512 instructions; where they end changes nothing.
#[test]
fn long_runs_step_as_short_ones_do() {
    for hinted in [false, true] {
        let mut world = counter(5);
        if hinted {
            world.hints = vec![(at(PROGRAM, 4), Vec::new())];
        }
        for limit in [510, 511, 512, 513, 514, 1023, 1024, 1025, 5000] {
            world.limit = limit;
            world.pause = limit * 2 / 3;
            let (ran, stepped) = (world.run(), world.step());
            assert_eq!(ran.outcome, Outcome::Stopped(Stopped::StepLimit));
            assert_eq!(ran.machine.steps(), limit);
            assert_eq!(ran.machine.registers(), stepped.machine.registers());
            assert_eq!(ran.hints, stepped.hints);
            assert_eq!(ran.cells(), stepped.cells());
        }
    }
}

#[test]
fn hints_run_before_each_execution_of_their_instruction() {
    let mut world = counter(2);
    let group = || Vec::new();
    world.hints =
        vec![(at(PROGRAM, 2), group()), (at(PROGRAM, 0), group()), (at(PROGRAM, 4), group())];
    world.limit = 7;
    let ran = world.run();
    let expected: Vec<_> = (0..7)
        .map(|step| (step, address(PROGRAM, step as i64 % 3 * 2), [1, 0, 2][step as usize % 3]))
        .collect();
    assert_eq!(ran.hints, expected);
    // At the end, and at the limit, none run.
    world.end = at(PROGRAM, 2);
    assert_eq!(world.run().hints, expected[..1]);
    world.end = at(2, 0);
    world.limit = 0;
    assert_eq!(world.run().hints, []);
}

#[test]
fn hints_are_met_by_jumps_calls_returns_and_after_other_hints() {
    let program = vec![
        word(&CALL_REL), // 0: to 4
        felt(4),
        word(&JMP_REL), // 2: to 5
        felt(3),
        word(&RET), // 4
        word(&JNZ), // 5: to 7
        felt(2),
        word(&RET), // 7
    ];
    let mut world = World::new(program);
    world.hints = [0, 2, 4, 5, 7].map(|pc| (at(PROGRAM, pc), Vec::new())).to_vec();
    let ran = world.run();
    assert_eq!(ran.outcome, Outcome::Stopped(Stopped::End));
    let groups: Vec<_> = ran.hints.iter().map(|(_, _, group)| *group).collect();
    assert_eq!(groups, [0, 2, 1, 3, 4]);
    assert_eq!(ran.hints, world.step().hints);
}

#[test]
fn a_hint_can_write_the_instruction_it_stands_before() {
    let mut world = World::new(Vec::new());
    let store = |offset, value| Action::Store(address(PROGRAM, offset), value);
    world.hints = vec![
        (at(PROGRAM, 0), vec![store(0, word(&PUSH_IMMEDIATE)), store(1, felt(3))]),
        (at(PROGRAM, 2), vec![store(2, word(&RET))]),
    ];
    let ran = world.run();
    assert_eq!(ran.outcome, Outcome::Stopped(Stopped::End));
    assert_eq!(ran.machine.memory.get(at(EXECUTION, 2)), Some(felt(3)));
}

#[test]
fn a_hint_can_set_hints() {
    let mut world = counter(2);
    world.hints = vec![
        (at(PROGRAM, 0), vec![Action::SetHints(at(PROGRAM, 2), 1)]),
        (at(PROGRAM, 9), vec![Action::Fail]),
    ];
    let ran = world.run();
    assert_eq!(ran.outcome, Outcome::Hint(HintFailure("raised".to_owned())));
    assert_eq!(ran.hints, [(0, address(PROGRAM, 0), 0), (1, address(PROGRAM, 2), 1)]);
}

#[test]
fn a_hint_that_fails_ends_the_run_before_its_instruction() {
    let mut world = counter(2);
    world.hints = vec![(at(PROGRAM, 2), vec![Action::StoreAhead(0, felt(5)), Action::Fail])];
    let mut machine = world.machine();
    let failed = machine.run(world.end, 99, &mut Actions::of(&world)).unwrap_err();
    assert!(matches!(failed, HintOr::Hint(_)));
    assert_eq!(failed.to_string(), "raised");
    assert_eq!(machine.registers().pc, address(PROGRAM, 2));
    assert_eq!(machine.steps(), 1);
    assert_eq!(machine.memory.get(at(EXECUTION, 3)), Some(felt(5)));
    // What the machine itself says comes through as it is.
    let failed = World::new(Vec::new()).machine().run(at(2, 0), 9, &mut NoHints).unwrap_err();
    assert_eq!(failed.to_string(), "Unknown value for memory cell at address 0:0.");
}

#[test]
fn what_a_hint_writes_ahead_is_checked_and_used() {
    let mut world = counter(1);
    world.hints = vec![(at(PROGRAM, 0), vec![Action::StoreAhead(0, felt(10))])];
    assert_eq!(world.run().outcome, Outcome::Stopped(Stopped::StepLimit));
    world.hints = vec![(at(PROGRAM, 0), vec![Action::StoreAhead(0, felt(4))])];
    assert_eq!(error(&world), ExecutionError::AssertEq(felt(4), felt(10)));
}

#[test]
fn ap_goes_far_at_no_cost() {
    let far = [1 << 20, 1 << 26, 1 << 31, 1 << 32, 1 << 40, 1 << 62];
    for by in far.into_iter().flat_map(|by| [by - 3, by]) {
        let program = vec![
            word(&AP_ADD),
            felt(by),
            word(&PUSH_IMMEDIATE),
            felt(1),
            word(&CALL_REL),
            felt(4),
            word(&RET),
            word(&NOTHING),
            word(&RET),
        ];
        let world = World::new(program);
        let ran = world.run();
        assert_eq!(ran.outcome, Outcome::Stopped(Stopped::End), "{by}");
        assert_eq!(ran.machine.memory.get(at(EXECUTION, 2 + by)), Some(felt(1)));
        assert_eq!(ran.machine.registers().ap, at(EXECUTION, by + 5));
        assert_eq!(ran.machine.registers(), world.step().machine.registers());
    }
    let mut world = World::new(vec![word(&AP_ADD), felt(i64::MAX)]);
    assert!(error(&world).to_string().contains("is out of range"));
    world.segments[0].cells[1] = Some(felt(-3));
    world.limit = 1;
    assert_eq!(registers(&world).ap, at(EXECUTION, -1));
}

#[test]
fn calls_and_returns_across_segments() {
    // 0: call abs [fp] (to the library), ret; the library: call rel 3, ret, ret.
    let call =
        Instruction { op1_addr: Op1Addr::Fp, off2: 0, pc_update: PcUpdate::Jump, ..CALL_REL };
    let mut world = world(vec![word(&call), word(&RET)], 1, &[Some(address(DATA, 0))]);
    let library = [word(&CALL_REL), felt(3), word(&RET), word(&RET)];
    world.segments[DATA as usize] = library.map(Some).to_vec().into();
    let ran = world.run();
    assert_eq!(ran.outcome, Outcome::Stopped(Stopped::End));
    assert_eq!(ran.machine.steps(), 5);
    let start = world.registers;
    let replayed: Vec<_> = Replay::new(&ran.machine.memory, start, 5).collect();
    assert_eq!(replayed, world.step().trace);
}

#[test]
fn calls_and_returns_of_other_forms_are_noted() {
    let first = |program: Vec<Value>| {
        let world = world(program, 0, &[]);
        let (ran, stepped) = (world.run(), world.step());
        assert_eq!(ran.outcome, stepped.outcome);
        assert_eq!(ran.machine.noncanonical(), stepped.machine.noncanonical());
        ran.machine.noncanonical()
    };
    // 0: call rel 3, ret; 3: what is called.
    let called = |call: &Instruction, callee: &Instruction| {
        first(vec![word(call), felt(3), word(&RET), word(callee)])
    };
    assert_eq!(called(&CALL_REL, &RET), None);
    let far = Instruction { off0: 2, off1: 3, ..CALL_REL };
    assert_eq!(called(&far, &RET), Some(address(PROGRAM, 0)));
    let on_fp = Instruction { off0: 1, dst_register: Register::Fp, ..CALL_REL };
    assert_eq!(called(&on_fp, &RET), None, "fp is not there, and the call fails");
    let jumping = Instruction { off2: -2, ..RET };
    assert_eq!(called(&CALL_REL, &jumping), Some(address(PROGRAM, 3)));
    let elsewhere = Instruction { off1: -2, ..RET };
    assert_eq!(called(&CALL_REL, &elsewhere), Some(address(PROGRAM, 3)));
}

#[test]
fn the_replay_stops_where_memory_is_not_of_such_a_run() {
    let world = counter(2);
    let machine = world.machine();
    assert_eq!(Replay::new(&machine.memory, world.registers, 0).count(), 0);
    // Nothing needs the cells that pushing would have set.
    assert_eq!(Replay::new(&machine.memory, world.registers, 50).count(), 50);
    let nothing = World::new(Vec::new()).machine();
    assert_eq!(Replay::new(&nothing.memory, world.registers, 50).count(), 1);
}

#[test]
fn the_replay_of_code_far_out_takes_no_memory() {
    // Code in the execution segment itself, at the end of its longest dense part.
    let mut world = World::new(Vec::new());
    let offset = 1 << 20;
    world.segments[1].cells.resize(offset as usize, None);
    world.segments[1].cells.extend([Some(word(&JMP_REL)), Some(felt(0))]);
    world.registers.pc = address(EXECUTION, offset);
    world.limit = 10;
    let ran = world.run();
    assert_eq!(ran.machine.steps(), 10);
    assert!(Replay::new(&ran.machine.memory, world.registers, 10).eq(world.step().trace));
}

#[test]
fn rules_move_the_pointers_that_are_followed() {
    // `[ap] = [[fp] + 1]; ap++` where [fp] points into a temporary segment that has a rule.
    let load = Instruction { off1: 0, op1_addr: Op1Addr::Op0, ..PUSH_IMMEDIATE };
    let mut world = world(vec![word(&load)], 1, &[Some(address(-1, 0))]);
    world.temporary = vec![vec![Some(felt(1)), Some(felt(2))].into()];
    world.segments[DATA as usize] = vec![None, None, Some(felt(9))].into();
    world.limit = 1;
    for (rule, expected) in [(None, 2), (Some((at(-1, 0), at(DATA, 1))), 9)] {
        world.rules = rule.into_iter().collect();
        registers(&world);
        assert_eq!(world.run().machine.memory.get(at(EXECUTION, 3)), Some(felt(expected)));
    }
}

#[test]
fn a_frame_without_a_return_address_is_noticed() {
    // Handlers rely on `[fp - 1]`, which most instructions read without using it.
    let mut world = World::new(vec![word(&RET), word(&PUSH_IMMEDIATE), felt(5)]);
    world.segments[1] = vec![Some(address(EXECUTION, 20)), Some(address(PROGRAM, 1))].into();
    assert_eq!(error(&world).to_string(), "Unknown value for memory cell at address 1:19.");
}

#[test]
fn a_store_that_moves_the_program_is_noticed() {
    // `[[fp]] = [fp + 1]` just behind a program that is about to become a mapping.
    let store = Instruction { off0: 1, off1: 0, off2: 0, op1_addr: Op1Addr::Op0, ..ASSERT };
    let behind = 1 << 16;
    let program = vec![word(&store), word(&PUSH_IMMEDIATE), felt(5), word(&RET)];
    let mut world = world(program, 2, &[Some(address(PROGRAM, behind)), Some(felt(1))]);
    world.segments[0].cells.resize(behind as usize, Some(felt(0)));
    let ran = world.run();
    assert_eq!(ran.outcome, Outcome::Stopped(Stopped::End));
    assert_eq!(ran.machine.memory.get(at(EXECUTION, 4)), Some(felt(5)));
    assert_eq!(ran.machine.memory.get(at(PROGRAM, behind)), Some(felt(1)));
}

#[test]
fn jumps_beyond_64_bits_fail() {
    for (instruction, by) in [(JMP_REL, i64::MAX), (JNZ, i64::MAX), (CALL_REL, i64::MAX - 1)] {
        let world = World::new(vec![
            word(&PUSH_IMMEDIATE),
            felt(1),
            word(&instruction),
            Felt::from_i64(by).into(),
        ]);
        assert!(error(&world).to_string().contains("is out of range"), "{instruction:?}");
    }
}
