//! Whole short runs of compiled programs, with native hints, with and without a proof in mind.
#![no_main]

use std::sync::Arc;

use cairo_zero_fuzz::{run, settings};
use cairo_zero_program::Program;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(program) = Program::from_json(data) else { return };
    let program = Arc::new(program);
    for proof_mode in [false, true] {
        if let Some(settings) = settings("all_cairo", proof_mode, !proof_mode) {
            run(&program, settings);
        }
    }
});
