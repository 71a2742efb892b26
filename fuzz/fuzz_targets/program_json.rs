//! Compiled programs: reading one, and everything that is read off it later.
#![no_main]

use std::hint::black_box;

use cairo_zero_program::Program;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(program) = Program::from_json(data) else { return };
    black_box(program.main().is_ok());
    black_box(program.start().is_ok());
    black_box(program.label("__end__").is_ok());
    black_box(program.debug_info().is_ok());
    for reference in program.references() {
        black_box(reference.expr().is_ok());
    }
    for attribute in program.attributes() {
        black_box(program.resolve(&attribute.accessible_scopes, &attribute.value).is_ok());
    }
    for (_, hints) in program.hints() {
        for hint in hints {
            black_box(program.resolve(&hint.accessible_scopes, "a.b").is_ok());
        }
    }
    drop(program.write_debug_info(7, std::io::sink()));
});
