//! What the fuzz targets share: whole runs with limits, from a program to every file it can write.

use std::io;
use std::sync::Arc;

use cairo_zero_hints::Options;
use cairo_zero_program::Program;
use cairo_zero_runner::{Ended, Entry, Extent, Layout, Ready, Settings};

/// The most steps of a run.
const STEPS: u64 = 20_000;

/// The most bytes that its cells may take.
const MEMORY: u64 = 64 << 20;

/// The settings of a run in the layout of this name, or in that with every builtin.
#[must_use]
pub fn settings(layout: &str, proof_mode: bool, secure: bool) -> Option<Settings> {
    let layout = Layout::by_name(layout).or_else(|| Layout::by_name("all_cairo"))?;
    Some(Settings {
        layout: layout.clone(),
        entry: Entry::Main,
        extent: Extent::End,
        max_steps: STEPS,
        allow_missing_builtins: true,
        max_memory: MEMORY,
        secure,
        proof_mode,
        fill_holes: false,
    })
}

/// Runs a program and writes whatever can be written of the run. An error is as good as an answer.
pub fn run(program: &Arc<Program>, settings: Settings) {
    let proof_mode = settings.proof_mode;
    let ready = Ready::new(Arc::clone(program), settings);
    if let Some(ended) = ready.ok().and_then(finish) {
        write(ended, proof_mode);
    }
}

/// Runs to the end, with native hints alone; `None` when it fails.
#[must_use]
pub fn finish(mut ready: Ready) -> Option<Ended> {
    let mut hints = ready.hints(Options::default()).ok()?;
    ready.run(&mut hints, &mut io::sink()).ok()
}

/// Writes every file of a run to nowhere.
pub fn write(ended: Ended, proof_mode: bool) {
    let mut out = io::sink();
    if !proof_mode {
        for merge in [false, true] {
            drop(ended.write_pie(io::sink(), merge));
        }
    }
    let Ok(run) = ended.relocate() else { return };
    drop(run.print_memory(&mut out));
    drop(run.print_relocated_memory(&mut out));
    drop(run.print_output(&mut out));
    for relocated in [false, true] {
        drop(run.print_info(&mut out, relocated));
    }
    drop(run.print_builtin_usage(&mut out));
    drop(run.print_segments(&mut out));
    drop(run.trace_file().write(&mut out));
    drop(run.memory_file().write(&mut out));
    drop(run.write_debug_info(&mut out));
    if proof_mode {
        drop(run.write_air_public_input(&mut out));
        drop(run.write_air_private_input(b"trace", b"memory", &mut out));
    }
}
