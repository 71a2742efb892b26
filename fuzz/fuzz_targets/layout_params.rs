//! Parameters of the layout `dynamic`, and a run in it for a proof.
#![no_main]

use std::sync::{Arc, LazyLock};

use cairo_zero_fuzz::{run, settings};
use cairo_zero_program::Program;
use cairo_zero_runner::Layout;
use libfuzzer_sys::fuzz_target;

/// A program for proofs that ends at once.
static PROGRAM: LazyLock<Option<Arc<Program>>> = LazyLock::new(|| {
    let json = include_bytes!("../../cairo_programs/proof/pedersen.json");
    Program::from_json(json).ok().map(Arc::new)
});

fuzz_target!(|data: &[u8]| {
    let Ok(layout) = Layout::dynamic(data) else { return };
    let (Some(mut settings), Some(program)) = (settings("small", true, true), &*PROGRAM) else {
        return;
    };
    settings.layout = layout;
    run(program, settings);
});
