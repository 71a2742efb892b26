//! The `cairo-vm` crate behind a command line with the flags `bench` needs: the program that
//! `cairo-run` is measured beside.
//!
//! The peer gets its best case: mimalloc, fat LTO, no trace recorded and nothing relocated unless
//! an output file asks for it, large file buffers.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cairo_vm::cairo_run::{
    CairoRunConfig, cairo_run_program, write_encoded_memory, write_encoded_trace,
};
use cairo_vm::hint_processor::builtin_hint_processor::builtin_hint_processor_definition::BuiltinHintProcessor;
use cairo_vm::types::layout_name::LayoutName;
use cairo_vm::types::program::Program;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str = "usage: peer [--program] PROGRAM.json [--layout NAME] [--proof_mode] [--trace_file FILE] \
                     [--memory_file FILE] [--print_output] [--print_info] [--no_secure_run] \
                     [--entrypoint NAME]";

/// Room for the writer of one output file.
const FILE_BUFFER: usize = 4 << 20;

struct Options {
    program: PathBuf,
    layout: LayoutName,
    proof_mode: bool,
    trace_file: Option<PathBuf>,
    memory_file: Option<PathBuf>,
    print_output: bool,
    print_info: bool,
    no_secure_run: bool,
    entrypoint: String,
}

fn main() -> ExitCode {
    let options = match parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("peer: {message}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("peer: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    let bytes =
        fs::read(&options.program).map_err(|e| format!("{}: {e}", options.program.display()))?;
    let program = Program::from_bytes(&bytes, Some(&options.entrypoint))
        .map_err(|e| format!("{}: {e}", options.program.display()))?;
    drop(bytes);

    let config = CairoRunConfig {
        entrypoint: &options.entrypoint,
        layout: options.layout,
        proof_mode: options.proof_mode,
        secure_run: options.no_secure_run.then_some(false),
        trace_enabled: options.trace_file.is_some(),
        relocate_trace: options.trace_file.is_some(),
        relocate_mem: options.memory_file.is_some(),
        ..CairoRunConfig::default()
    };
    let mut hints = BuiltinHintProcessor::new_empty();
    let mut runner = cairo_run_program(&program, &config, &mut hints).map_err(|e| e.to_string())?;

    if options.print_output {
        let mut text = String::from("Program Output:\n");
        runner
            .vm
            .write_output(&mut text)
            .map_err(|e| e.to_string())?;
        print!("{text}");
    }
    if options.print_info {
        println!("Number of steps: {}", runner.vm.get_current_step());
    }
    if let Some(path) = &options.trace_file {
        let trace = runner
            .relocated_trace
            .as_deref()
            .ok_or("no trace was recorded")?;
        write_file(path, |file| {
            write_encoded_trace(trace, file).map_err(|e| e.to_string())
        })?;
    }
    if let Some(path) = &options.memory_file {
        write_file(path, |file| {
            write_encoded_memory(&runner.relocated_memory, file).map_err(|e| e.to_string())
        })?;
    }
    Ok(())
}

fn write_file(
    path: &Path,
    body: impl FnOnce(&mut BufWriter<File>) -> Result<(), String>,
) -> Result<(), String> {
    let file = File::create(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut writer = BufWriter::with_capacity(FILE_BUFFER, file);
    body(&mut writer)
        .and_then(|()| writer.flush().map_err(|e| e.to_string()))
        .map_err(|e| format!("{}: {e}", path.display()))
}

fn parse(mut args: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut program = None;
    let mut options = Options {
        program: PathBuf::new(),
        layout: LayoutName::plain,
        proof_mode: false,
        trace_file: None,
        memory_file: None,
        print_output: false,
        print_info: false,
        no_secure_run: false,
        entrypoint: String::from("main"),
    };
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--program" if program.is_none() => program = Some(value()?.into()),
            "--layout" => options.layout = layout(&value()?)?,
            "--trace_file" => options.trace_file = Some(value()?.into()),
            "--memory_file" => options.memory_file = Some(value()?.into()),
            "--entrypoint" => options.entrypoint = value()?,
            "--proof_mode" => options.proof_mode = true,
            "--print_output" => options.print_output = true,
            "--print_info" => options.print_info = true,
            "--no_secure_run" => options.no_secure_run = true,
            flag if flag.starts_with("--") => return Err(format!("unknown flag {flag}")),
            path if program.is_none() => program = Some(PathBuf::from(path)),
            extra => return Err(format!("a second program: {extra}")),
        }
    }
    options.program = program.ok_or("no program given")?;
    Ok(options)
}

/// The layouts the crate has, except `dynamic`, which needs a parameter file.
fn layout(name: &str) -> Result<LayoutName, String> {
    use LayoutName as L;
    [
        L::plain,
        L::small,
        L::dex,
        L::recursive,
        L::starknet,
        L::starknet_with_keccak,
        L::recursive_large_output,
        L::recursive_with_poseidon,
        L::all_solidity,
        L::all_cairo,
        L::all_cairo_stwo,
        L::stwo_no_ecop,
        L::perpetual,
        L::dex_with_bitwise,
    ]
    .into_iter()
    .find(|layout| layout.to_str() == name)
    .ok_or_else(|| format!("unknown layout {name}"))
}
