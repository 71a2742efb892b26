//! Words and instructions: there and back, and held to what cairo-lang accepts and prints.
//!
//! `data/legal_flags.txt` lists the 15-bit flag words that cairo-lang 0.14.0.1's
//! `decode_instruction` accepts; `data/assembly.txt` has instructions as its compiler encodes them
//! and its formatter prints them. Both were written by small scripts that call the package.

use cairo_zero_core::{Felt, Relocatable, Value};
use cairo_zero_decoder::{
    ApUpdate, DecodeError, EncodeError, Extension, Field, FpUpdate, Instruction, Op1Addr, Opcode,
    PcUpdate, Register, Res, decode, decode_extended, disassemble, encode, looks_like_call,
};
use proptest::prelude::*;
use proptest::sample::select;

const OFFSETS: u64 = 0x8000_8000_8000;

fn with_flags(flags: u64) -> Felt {
    Felt::from_u64(flags << 48 | OFFSETS)
}

/// Of all flags so many apart are tried: Miri is a thousand times slower.
const STRIDE: usize = if cfg!(miri) { 61 } else { 1 };

fn legal_flags() -> Vec<u64> {
    include_str!("data/legal_flags.txt")
        .split_whitespace()
        .map(|flags| u64::from_str_radix(flags, 16).unwrap())
        .collect()
}

fn instructions() -> impl Strategy<Value = Instruction> {
    let registers = || select(vec![Register::Ap, Register::Fp]);
    let op1 = select(vec![Op1Addr::Imm, Op1Addr::Ap, Op1Addr::Fp, Op1Addr::Op0]);
    let flow = select(
        [PcUpdate::Regular, PcUpdate::Jump, PcUpdate::JumpRel]
            .into_iter()
            .flat_map(|pc| [(pc, Res::Op1), (pc, Res::Add), (pc, Res::Mul)])
            .chain([(PcUpdate::Jnz, Res::Unconstrained)])
            .collect::<Vec<_>>(),
    );
    let opcode = select(
        [Opcode::Nop, Opcode::AssertEq, Opcode::Ret]
            .into_iter()
            .flat_map(|op| [(op, ApUpdate::Regular), (op, ApUpdate::Add), (op, ApUpdate::Add1)])
            .chain([(Opcode::Call, ApUpdate::Add2)])
            .collect::<Vec<_>>(),
    );
    (any::<[i16; 3]>(), registers(), registers(), op1, flow, opcode).prop_map(
        |([off0, off1, off2], dst_register, op0_register, op1_addr, flow, opcode)| Instruction {
            off0,
            off1,
            off2,
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

proptest! {
    #[test]
    fn an_encoded_instruction_decodes_to_itself(instruction in instructions()) {
        let word = encode(&instruction).unwrap();
        prop_assert!(word < 1 << 63);
        prop_assert_eq!(decode(Felt::from_u128(word)), Ok(instruction));
    }

    #[test]
    fn a_decoded_word_encodes_to_itself(word in any::<u64>(), flags in select(legal_flags())) {
        for word in [word, word >> 1, word >> 16 | flags << 48] {
            if let Ok(instruction) = decode(Felt::from_u64(word)) {
                prop_assert_eq!(encode(&instruction), Ok(word.into()));
            } else {
                prop_assert!(word >> 16 != flags << 32);
            }
        }
    }

    #[test]
    fn every_instruction_has_a_text(instruction in instructions(), next in any::<i64>()) {
        let word = Felt::from_u128(encode(&instruction).unwrap());
        let next = Value::Felt(Felt::from_i64(next));
        for next in [None, Some(next), Some(Relocatable::new(1, 2).into())] {
            let (text, size) = disassemble(word.into(), next);
            prop_assert!(!text.is_empty() && !text.starts_with("dw"));
            prop_assert_eq!(size, instruction.size());
        }
    }
}

#[test]
fn the_reference_and_a_predicate_of_its_own_agree_on_all_flags() {
    let reference = legal_flags();
    let exclusive = [0b11100_u64, 0b11 << 5, 0b111 << 7, 0b11 << 10, 0b111 << 12];
    for flags in (0..1_u64 << 15).step_by(STRIDE) {
        let single = exclusive.iter().all(|group| (flags & group).count_ones() <= 1);
        let jnz_and_res = flags & 1 << 9 != 0 && flags & 0b11 << 5 != 0;
        let call_and_ap = flags & 1 << 12 != 0 && flags & 0b11 << 10 != 0;
        let legal = single && !jnz_and_res && !call_and_ap;
        assert_eq!(legal, reference.binary_search(&flags).is_ok(), "{flags:#x}");
        assert_eq!(legal, decode(with_flags(flags)).is_ok(), "{flags:#x}");
    }
    assert_eq!(reference.len(), 1600);
}

#[test]
fn each_illegal_combination_has_its_error() {
    let ambiguous = [
        (0b110 << 1, Field::Op1Addr, "op1_addr", "(1, 0, 1)"),
        (0b11100, Field::Op1Addr, "op1_addr", "(1, 1, 1)"),
        (0b11 << 5, Field::Res, "res", "(1, 1)"),
        (0b11 << 7, Field::PcUpdate, "pc_update", "(1, 1, 0)"),
        (0b11 << 10, Field::ApUpdate, "ap_update", "(1, 1)"),
        (0b101 << 12, Field::Opcode, "opcode", "(1, 0, 1)"),
    ];
    for (flags, field, name, key) in ambiguous {
        let word = flags << 48 | OFFSETS;
        let error = decode(Felt::from_u64(word)).unwrap_err();
        assert_eq!(error, DecodeError::AmbiguousField { word, field });
        assert_eq!(
            error.to_string(),
            format!("Illegal instruction {word:#x}: more than one flag of {name} is set.")
        );
        assert_eq!(error.reference_text(), key);
    }
    let jnz = (1 << 9 | 1 << 5) << 48 | OFFSETS;
    assert_eq!(decode(Felt::from_u64(jnz)), Err(DecodeError::ConditionalJumpWithRes(jnz)));
    let call = (1 << 12 | 1 << 11) << 48 | OFFSETS;
    assert_eq!(decode(Felt::from_u64(call)), Err(DecodeError::CallWithApUpdate(call)));
}

#[test]
fn words_of_64_bits_and_more_are_unsupported() {
    for (word, text) in [
        (Felt::from_u64(1 << 63), "Unsupported instruction: 0x8000000000000000."),
        (Felt::from_u128(1 << 64), "Unsupported instruction: 0x10000000000000000."),
        (
            Felt::MINUS_ONE,
            "Unsupported instruction: \
             0x800000000000011000000000000000000000000000000000000000000000000.",
        ),
    ] {
        let error = decode(word).unwrap_err();
        assert_eq!(error, DecodeError::Unsupported(word));
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn contradictions_have_no_word() {
    let nop = decode(with_flags(0)).unwrap();
    let encoded = |change: fn(&mut Instruction)| {
        let mut instruction = nop;
        change(&mut instruction);
        encode(&instruction)
    };
    assert_eq!(encoded(|i| i.res = Res::Unconstrained), Err(EncodeError::ResOfConditionalJump));
    assert_eq!(encoded(|i| i.pc_update = PcUpdate::Jnz), Err(EncodeError::ResOfConditionalJump));
    assert_eq!(encoded(|i| i.ap_update = ApUpdate::Add2), Err(EncodeError::ApUpdateOfCall));
    assert_eq!(encoded(|i| i.opcode = Opcode::Call), Err(EncodeError::ApUpdateOfCall));
    assert_eq!(encoded(|_| ()), Ok(OFFSETS.into()));
}

#[test]
fn the_reference_prints_the_same_assembly() {
    let mut lines = 0;
    for line in include_str!("data/assembly.txt").lines() {
        let (words, text) = line.split_once(" | ").unwrap();
        let mut words = words.split(' ').map(|word| Value::Felt(word.parse().unwrap()));
        let (word, next) = (words.next().unwrap(), words.next());
        assert_eq!(disassemble(word, next), (text.to_owned(), 1 + u8::from(next.is_some())));
        lines += 1;
    }
    assert_eq!(lines, 486);
}

#[test]
fn odd_instructions_have_a_text_too() {
    let text = |word: u64, next: Option<Value>| disassemble(Felt::from_u64(word).into(), next).0;
    assert_eq!(text(0x0001_8000_7fff_7fff, None), "nop");
    assert_eq!(text(0x1104_8001_8001_8000, None), "call rel [pc + 1]");
    assert_eq!(text(0x1104_8001_8001_8000, Some(Relocatable::new(2, 3).into())), "call rel 2:3");
    assert_eq!(text(0x480a_7ffd_7fff_8000, None), "[ap] = [fp + (-3)], ap++");
    assert_eq!(
        text(0x208b_7fff_7fff_7ffd, None),
        "jmp abs [fp + (-1)] // ret with fp = [fp + (-3)]"
    );
    assert_eq!(
        text(0x1104_8001_8001_8002, Some(Felt::from_u64(5).into())),
        "call rel 5 // call saving fp at [ap + 2] and pc at [ap + 1]"
    );
    assert_eq!(text(1 << 63, None), "dw 9223372036854775808");
    assert_eq!(disassemble(Felt::MINUS_ONE.into(), None), ("dw -1".to_owned(), 1));
    assert_eq!(disassemble(Relocatable::new(1, 2).into(), None), ("dw 1:2".to_owned(), 1));
}

/// The instructions that the `cairo-vm` crate's decoder takes with each extension.
fn extended() -> impl Strategy<Value = Instruction> {
    let registers = || select(vec![Register::Ap, Register::Fp]);
    let ap_update = select(vec![ApUpdate::Regular, ApUpdate::Add1]);
    let hash = (select(vec![Op1Addr::Ap, Op1Addr::Fp]), Just(Res::Op1), Just(Opcode::Nop));
    let addresses = select(vec![Op1Addr::Imm, Op1Addr::Ap, Op1Addr::Fp]);
    let field = (addresses, select(vec![Res::Add, Res::Mul]), Just(Opcode::AssertEq));
    let kind = prop_oneof![
        hash.clone().prop_map(|fields| (Extension::Blake2s, fields)),
        hash.prop_map(|fields| (Extension::Blake2sFinalize, fields)),
        field.prop_map(|fields| (Extension::Qm31, fields)),
    ];
    (any::<[i16; 3]>(), registers(), registers(), ap_update, kind).prop_map(
        |([off0, off1, off2], dst_register, op0_register, ap_update, (extension, fields))| {
            let (op1_addr, res, opcode) = fields;
            Instruction {
                off0,
                off1,
                off2,
                dst_register,
                op0_register,
                op1_addr,
                res,
                pc_update: PcUpdate::Regular,
                ap_update,
                opcode,
                extension: Some(extension),
            }
        },
    )
}

proptest! {
    #[test]
    fn an_extended_instruction_decodes_to_itself(instruction in extended()) {
        let word = encode(&instruction).unwrap();
        prop_assert!(word >> 63 == instruction.extension.unwrap() as u128 + 1);
        let felt = Felt::from_u128(word);
        prop_assert_eq!(decode_extended(felt), Ok(instruction));
        prop_assert_eq!(decode(felt), Err(DecodeError::Unsupported(felt)));
        let (text, size) = disassemble(felt.into(), None);
        prop_assert!(!text.starts_with("dw") && text.contains(instruction.extension.unwrap().as_str()));
        prop_assert_eq!(size, instruction.size());
    }

    #[test]
    fn a_machine_with_extensions_decodes_other_words_alike(word in any::<u64>()) {
        let felt = Felt::from_u64(word >> 1);
        prop_assert_eq!(decode_extended(felt), decode(felt));
    }
}

/// All flags with all numbers of extensions, beside the conditions of the `cairo-vm` crate.
#[test]
fn extensions_go_with_few_flags() {
    let mut legal = [0; 5];
    for flags in (0..1_u128 << 15).step_by(STRIDE) {
        let part = |from: u32, bits: u32| flags >> from & ((1 << bits) - 1);
        let (op1, res, pc) = (part(2, 3), part(5, 2), part(7, 3));
        let (ap, opcode) = (part(10, 2), part(12, 3));
        let quiet = pc == 0 && (ap == 0 || ap == 2);
        let hash = quiet && opcode == 0 && (op1 == 2 || op1 == 4) && res == 0;
        let field = quiet && opcode == 4 && matches!(op1, 1 | 2 | 4) && (res == 1 || res == 2);
        for (number, expected) in [(1, hash), (2, hash), (3, field), (4, false)] {
            let word = Felt::from_u128(number << 63 | flags << 48 | u128::from(OFFSETS));
            let decoded = decode_extended(word);
            assert_eq!(decoded.is_ok(), expected, "{flags:#x} with {number}");
            if let Ok(instruction) = decoded {
                assert_eq!(encode(&instruction).map(Felt::from_u128), Ok(word));
                legal[number as usize] += 1;
            }
        }
    }
    assert!(STRIDE > 1 || legal == [0, 16, 16, 48, 0], "{legal:?}");
}

#[test]
fn extensions_that_can_not_be() {
    let blake = Felt::from_u128(1 << 63 | u128::from(OFFSETS));
    let error = decode_extended(blake).unwrap_err();
    assert_eq!(error, DecodeError::ExtensionFlags { word: blake, extension: Extension::Blake2s });
    assert_eq!(
        error.to_string(),
        "Illegal instruction 0x8000800080008000: the opcode extension blake2s can't have its flags."
    );
    for word in [Felt::from_u128(4 << 63), Felt::from_u128(1 << 127), Felt::MINUS_ONE] {
        assert_eq!(decode_extended(word), Err(DecodeError::Unsupported(word)));
    }
    let mut jump = decode(with_flags(1 << 7)).unwrap();
    jump.extension = Some(Extension::Qm31);
    assert_eq!(encode(&jump), Err(EncodeError::ExtensionFields));
}

#[test]
fn extensions_have_a_text() {
    let text = |number: u128, flags: u128, offsets: u128| {
        disassemble(Felt::from_u128(number << 63 | flags << 48 | offsets).into(), None).0
    };
    assert_eq!(
        text(1, 0b1000_0000_1011, 0x7ffd_7ffc_7ffb),
        "[[ap]] = blake2s(state=[fp + (-4)], block=[fp + (-3)], counter=[fp + (-5)]), ap++"
    );
    assert_eq!(
        text(2, 0b1_0000, 0x8001_8000_8002),
        "[[ap]] = blake2s_finalize(state=[ap], block=[ap + 1], counter=[ap + 2])"
    );
    assert_eq!(
        text(3, 0b100_1000_0010_1011, 0x7ffd_7ffc_8000),
        "[fp] = qm31([fp + (-4)] + [fp + (-3)]), ap++"
    );
}

#[test]
fn calls_and_returns_have_one_canonical_form() {
    let call = decode(Felt::from_u64(0x1104_8001_8001_8000)).unwrap();
    let ret = decode(Felt::from_u64(0x208b_7fff_7fff_7ffe)).unwrap();
    assert_eq!((call.opcode, call.fp_update()), (Opcode::Call, FpUpdate::ApPlus2));
    assert_eq!((ret.opcode, ret.fp_update()), (Opcode::Ret, FpUpdate::Dst));
    assert!(call.is_canonical() && ret.is_canonical());
    assert!(decode(with_flags(0)).unwrap().is_canonical());
    let odd_calls: [fn(&mut Instruction); 4] = [
        |i| i.off0 = 1,
        |i| i.off1 = 0,
        |i| i.dst_register = Register::Fp,
        |i| i.op0_register = Register::Fp,
    ];
    let odd_returns: [fn(&mut Instruction); 8] = [
        |i| i.off0 = -3,
        |i| i.off1 = 0,
        |i| i.off2 = -2,
        |i| i.dst_register = Register::Ap,
        |i| i.op0_register = Register::Ap,
        |i| i.op1_addr = Op1Addr::Ap,
        |i| i.res = Res::Add,
        |i| i.pc_update = PcUpdate::JumpRel,
    ];
    for (plain, changes) in [(call, &odd_calls[..]), (ret, &odd_returns[..])] {
        for change in changes {
            let mut odd = plain;
            change(&mut odd);
            assert!(!odd.is_canonical(), "{odd:?}");
            assert_eq!(decode(Felt::from_u128(encode(&odd).unwrap())), Ok(odd));
        }
    }
}

#[test]
fn what_looks_like_a_call() {
    let relative = Felt::from_u64(0x1104_8001_8001_8000);
    assert!(looks_like_call(relative, true));
    assert!(!looks_like_call(relative, false));
    let absolute = Felt::from_u64(0x1088_8001_8000_8000);
    assert!(looks_like_call(absolute, true) && looks_like_call(absolute, false));
    // A sum, no jump, a return, no instruction.
    for word in [0x1128_8001_8001_8000, 0x1008_8001_8001_8000, 0x208b_7fff_7fff_7ffe, 1 << 63] {
        assert!(!looks_like_call(Felt::from_u64(word), true), "{word:#x}");
    }
}

#[test]
fn instructions_are_small() {
    assert!(size_of::<Instruction>() <= 16);
    assert!(size_of::<DecodeError>() <= 40);
}
