//! Whole short runs of arbitrary words: the first byte says which builtins there are, eight bytes
//! each are the words; one with its highest bit set is the negative of the rest, so that felts near
//! the prime come up, too.
#![no_main]

use std::fmt::Write;
use std::sync::Arc;

use cairo_zero_core::Felt;
use cairo_zero_fuzz::{run, settings};
use cairo_zero_program::Program;
use libfuzzer_sys::fuzz_target;

const BUILTINS: [&str; 8] =
    ["output", "pedersen", "range_check", "ecdsa", "bitwise", "ec_op", "keccak", "poseidon"];

fn word(bytes: &[u8]) -> Felt {
    let number = bytes.iter().rev().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    match number >> 63 {
        0 => Felt::from_u64(number),
        _ => -Felt::from_u64(number & u64::MAX >> 1),
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((chosen, words)) = data.split_first() else { return };
    let mut text = String::new();
    for bytes in words.chunks(8) {
        let comma = if text.is_empty() { "" } else { "," };
        let _ = write!(text, "{comma}\"{:#x}\"", word(bytes));
    }
    let chosen = (0..8).filter(|bit| chosen >> bit & 1 == 1).map(|bit| BUILTINS[bit]);
    let builtins = serde_json::json!(chosen.collect::<Vec<_>>());
    let json = format!(
        "{{\"attributes\":[],\"builtins\":{builtins},\"compiler_version\":\"0.14.0.1\",\
         \"data\":[{text}],\"debug_info\":null,\"hints\":{{}},\"identifiers\":{{\
         \"__main__.main\":{{\"decorators\":[],\"pc\":0,\"type\":\"function\"}},\
         \"__main__.__start__\":{{\"pc\":0,\"type\":\"label\"}},\
         \"__main__.__end__\":{{\"pc\":0,\"type\":\"label\"}}}},\"main_scope\":\"__main__\",\
         \"prime\":\"0x800000000000011000000000000000000000000000000000000000000000001\",\
         \"reference_manager\":{{\"references\":[]}}}}"
    );
    let Ok(program) = Program::from_json(json.as_bytes()) else { return };
    let program = Arc::new(program);
    for proof_mode in [false, true] {
        if let Some(settings) = settings("all_cairo", proof_mode, !proof_mode) {
            run(&program, settings);
        }
    }
});
