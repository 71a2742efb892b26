//! Instruction words: decoding is total, encoding undoes it, and every word can be shown.
#![no_main]

use cairo_zero_core::{Felt, Value};
use cairo_zero_decoder::{decode, decode_extended, disassemble, encode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|words: [u64; 5]| {
    let [word, rest @ ..] = words;
    let next = rest.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let next = <[u8; 32]>::try_from(next).ok().and_then(Felt::from_le_bytes).map(Value::Felt);
    let felt = Felt::from_u64(word);
    for next in [None, next] {
        std::hint::black_box(disassemble(Value::Felt(felt), next));
    }
    match decode(felt) {
        Ok(instruction) => assert_eq!(encode(&instruction), Ok(word.into())),
        Err(error) => assert!(!error.to_string().is_empty() && word != 0),
    }
    // The numbers of opcode extensions, and beyond them.
    let extended = u128::from(word) | u128::from(rest[0] % 16) << 63;
    if let Ok(instruction) = decode_extended(Felt::from_u128(extended)) {
        assert_eq!(encode(&instruction), Ok(extended));
    }
});
