//! Instructions with the opcode extensions of Stwo: what they compute and refuse, and that a machine
//! without them refuses the words.

mod support;

use cairo_zero_core::{Felt, Qm31, Value, blake2s};
use cairo_zero_decoder::{
    ApUpdate, DecodeError, Extension, Instruction, Op1Addr, Opcode, Register, Res,
};
use cairo_zero_executor::{Accessed, ExecutionError, Replay, Stopped};
use proptest::prelude::*;
use support::{Cells, EXECUTION, NOTHING, Outcome, World, address, at, felt, word};

const DATA: i32 = 3;
const OUT: i32 = 4;

/// The state at `[fp]`, the block at `[fp + 1]`, the counter at `[fp + 2]`; `[ap]` is `[fp + 3]`.
const HASH: Instruction = Instruction {
    off0: 2,
    off1: 0,
    off2: 1,
    ap_update: ApUpdate::Add1,
    extension: Some(Extension::Blake2sFinalize),
    ..NOTHING
};

/// `[fp] = qm31([fp + 1] … [fp + 2])`
const fn qm31(res: Res) -> Instruction {
    Instruction {
        off0: 0,
        off1: 1,
        off2: 2,
        op0_register: Register::Fp,
        op1_addr: Op1Addr::Fp,
        opcode: Opcode::AssertEq,
        extension: Some(Extension::Qm31),
        res,
        ..NOTHING
    }
}

/// A world whose one instruction has these cells from `fp` on, `ap` behind the first `known`.
fn world(instruction: Instruction, known: i64, cells: &[Option<Value>]) -> World {
    let mut world = World::new(vec![word(&instruction)]);
    world.extended = true;
    world.limit = 1;
    world.segments[1].cells.extend(cells);
    world.registers.ap = at(EXECUTION, 2 + known);
    world
}

/// The hash of "abc": its block, and where its parts are.
fn abc() -> World {
    let cells = [address(DATA, 0), address(DATA, 8), felt(3), address(OUT, 5)].map(Some);
    let mut world = world(HASH, 3, &cells);
    let mut state = blake2s::IV;
    state[0] ^= 0x0101_0020;
    let block = std::iter::once(u32::from_le_bytes(*b"abc\0")).chain([0; 15]);
    let words = state.into_iter().chain(block).map(|word| Some(Felt::from_u64(word.into()).into()));
    world.segments.push(words.collect::<Vec<_>>().into());
    world.segments.push(Cells::default());
    world
}

/// The error of this world's program, found by the loop and by the generic step.
fn error(world: &World) -> ExecutionError {
    let (ran, stepped) = (world.run(), world.step());
    assert_eq!(ran.outcome, stepped.outcome);
    ran.error().clone()
}

#[test]
fn the_digest_of_abc() {
    let world = abc();
    let (ran, stepped) = (world.run(), world.step());
    assert_eq!(ran.outcome, Outcome::Stopped(Stopped::StepLimit));
    assert_eq!(ran.cells(), stepped.cells());
    let digest = (5..13).flat_map(|offset| {
        let word = ran.machine.memory.get(at(OUT, offset)).and_then(Value::felt);
        u32::try_from(word.and_then(Felt::to_u64).unwrap()).unwrap().to_le_bytes()
    });
    let text: String = digest.map(|byte| format!("{byte:02x}")).collect();
    // RFC 7693, appendix B.
    assert_eq!(text, "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982");
    assert_eq!(ran.machine.registers().ap, at(EXECUTION, 6));
    assert_eq!(ran.machine.registers().pc, address(0, 1));
    let trace: Vec<_> = Replay::new(&ran.machine.memory, world.registers, 1).collect();
    assert_eq!(trace, stepped.trace);
}

#[test]
fn what_a_hash_touches() {
    let ran = abc().run();
    let mut accessed = Accessed::default();
    accessed.update(&ran.machine, 1);
    // As in the peer: not the words that are hashed, nor the cell that says where the new ones go.
    assert_eq!([0, EXECUTION, DATA, OUT].map(|segment| accessed.count(segment)), [1, 3, 0, 8]);
    assert!(accessed.contains(at(OUT, 5)) && !accessed.contains(at(OUT, 4)));
}

#[test]
fn the_new_state_may_be_there_already() {
    let mut world = abc();
    world.segments[OUT as usize].start = 5;
    world.segments[OUT as usize].cells = vec![Some(felt(0x8c5e_8c50))];
    assert_eq!(world.run().outcome, Outcome::Stopped(Stopped::StepLimit));
    world.segments[OUT as usize].cells = vec![Some(felt(1))];
    assert!(error(&world).to_string().contains("4:5"), "{}", error(&world));
}

#[test]
fn hashes_refuse_what_they_can_not_take() {
    let fails = |change: fn(&mut World)| {
        let mut world = abc();
        change(&mut world);
        error(&world).to_string()
    };
    let cell = |at: usize| at + 2;
    assert!(cell(0) == 2, "the frame is below");
    let text = fails(|world| world.segments[1].cells[2] = Some(felt(7)));
    assert_eq!(text, "A Blake2s instruction needs an address of its state. Found: 7.");
    let text = fails(|world| world.segments[1].cells[3] = Some(felt(7)));
    assert_eq!(text, "A Blake2s instruction needs an address of its block. Found: 7.");
    let text = fails(|world| world.segments[1].cells[4] = Some(address(DATA, 0)));
    assert_eq!(text, "A Blake2s instruction needs a number of 32 bits as its counter. Found: 3:0.");
    let text = fails(|world| world.segments[1].cells[5] = Some(felt(7)));
    assert_eq!(text, "A Blake2s instruction needs an address of its new state. Found: 7.");
    let text = fails(|world| world.segments[3].cells[7] = Some(felt(1 << 32)));
    assert_eq!(
        text,
        "A Blake2s instruction needs a number of 32 bits as its state. Found: 4294967296."
    );
    let text = fails(|world| world.segments[3].cells[23] = Some(felt(-1)));
    assert!(text.contains("as its block. Found: "), "{text}");
    for cell in [2, 3, 4, 5] {
        let mut world = abc();
        world.segments[1].cells[cell] = None;
        assert!(error(&world).to_string().contains("Unknown value"), "{}", error(&world));
    }
    let text = fails(|world| world.segments[3].cells[8] = None);
    assert_eq!(text, "Unknown value for memory cell at address 3:8.");
}

#[test]
fn a_machine_without_extensions_refuses_them() {
    for instruction in [HASH, qm31(Res::Add)] {
        let mut world = world(instruction, 3, &[felt(1), felt(1), felt(1)].map(Some));
        world.extended = false;
        let Value::Felt(word) = word(&instruction) else { panic!("a word") };
        assert_eq!(error(&world), ExecutionError::Decode(DecodeError::Unsupported(word)));
    }
}

fn elements() -> impl Strategy<Value = Qm31> {
    let coordinate = || prop_oneof![Just(0_u32), Just((1 << 31) - 2), 0..(1_u32 << 31) - 1];
    [coordinate(), coordinate(), coordinate(), coordinate()]
        .prop_map(|coordinates| Qm31::new(coordinates).unwrap())
}

proptest! {
    /// Whichever of the three cells is unset is set to what the others say; all three hold together.
    #[test]
    fn arithmetic_in_every_direction(a in elements(), b in elements(), missing in 0..4_usize) {
        for (res, result) in [(Res::Add, a + b), (Res::Mul, a * b)] {
            let known = [result, a, b].map(|element| Some(Value::Felt(element.to_felt())));
            let mut cells = known;
            if let Some(cell) = cells.get_mut(missing) {
                *cell = None;
            }
            let world = world(qm31(res), 3, &cells);
            let (ran, stepped) = (world.run(), world.step());
            prop_assert_eq!(&ran.outcome, &stepped.outcome);
            prop_assert_eq!(ran.cells(), stepped.cells());
            let other = if missing == 1 { b } else { a };
            if res == Res::Mul && matches!(missing, 1 | 2) && other == Qm31::ZERO {
                let text = ran.error().to_string();
                prop_assert!(text.starts_with("Unknown value"), "{}", text);
                continue;
            }
            prop_assert_eq!(ran.outcome, Outcome::Stopped(Stopped::StepLimit));
            let cell = |offset| ran.machine.memory.get(at(EXECUTION, offset));
            prop_assert_eq!([cell(2), cell(3), cell(4)], known);
        }
    }

    #[test]
    fn a_wrong_result_is_refused(a in elements(), b in elements(), wrong in elements()) {
        for (res, result) in [(Res::Add, a + b), (Res::Mul, a * b)] {
            prop_assume!(wrong != result);
            let cells = [wrong, a, b].map(|element| Some(Value::Felt(element.to_felt())));
            let values = [wrong, result].map(|element| Value::Felt(element.to_felt()));
            let expected = ExecutionError::AssertEq(values[0], values[1]);
            prop_assert_eq!(error(&world(qm31(res), 3, &cells)), expected);
        }
    }
}

#[test]
fn an_immediate_can_be_an_element() {
    let element = Qm31::new([5, 0, 0, 1]).unwrap();
    let sum = Instruction { op1_addr: Op1Addr::Imm, off2: 1, ..qm31(Res::Add) };
    let mut world = world(sum, 3, &[None, Some(element.to_felt().into())]);
    world.segments[0].cells.push(Some(element.to_felt().into()));
    let ran = world.run();
    assert_eq!(ran.outcome, world.step().outcome);
    assert_eq!(
        ran.machine.memory.get(at(EXECUTION, 2)),
        Some((element + element).to_felt().into())
    );
    assert_eq!(ran.machine.registers().pc, address(0, 2));
}

#[test]
fn what_is_no_element_is_refused() {
    let prime = Felt::from_u64((1 << 31) - 1);
    for wrong in [prime.into(), felt(-1), address(DATA, 0)] {
        for (missing, at) in [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)] {
            let mut cells = [Some(felt(1)); 3];
            cells[missing] = None;
            cells[at] = Some(wrong);
            let mut world = world(qm31(Res::Add), 3, &cells);
            world.segments.push(Cells::default());
            assert_eq!(error(&world), ExecutionError::NotQm31(wrong));
        }
    }
}
