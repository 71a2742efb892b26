//! What the parts of a run take: loading, decoding, stepping with and without native hints,
//! relocating, and each writer, on the programs that `make bench` runs.
//!
//! Programs that import from the library are measured once `make programs` has compiled them.

use std::fs;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use cairo_zero_core::{BuiltinName, Felt};
use cairo_zero_hints::Options;
use cairo_zero_program::Program;
use cairo_zero_runner::{Ended, Entry, Extent, Layout, Ready, Relocated, Settings};
use criterion::{BatchSize, Criterion, Throughput};

/// A program of `bench/programs.txt`.
struct Listed {
    name: String,
    layout: String,
    path: PathBuf,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The programs that need no interpreter and are there.
fn listed() -> Vec<Listed> {
    let list = fs::read_to_string(root().join("bench/programs.txt")).expect("the list is there");
    let listed = list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split_whitespace();
        let (name, layout) = (columns.next()?, columns.next()?);
        let path = root().join(columns.next()?);
        (columns.count() == 1 && path.exists()).then(|| Listed {
            name: name.into(),
            layout: layout.into(),
            path,
        })
    });
    listed.collect()
}

fn program(listed: &Listed) -> Arc<Program> {
    let json = fs::read(&listed.path).expect("the file is readable");
    Arc::new(Program::from_json_vec(json).expect("the compiler has written a program"))
}

fn settings(layout: &str) -> Settings {
    Settings {
        layout: Layout::by_name(layout).expect("a layout").clone(),
        entry: Entry::Main,
        extent: Extent::End,
        max_steps: u64::MAX,
        allow_missing_builtins: false,
        max_memory: 8 << 30,
        secure: true,
        proof_mode: false,
        fill_holes: false,
    }
}

fn run(program: &Arc<Program>, layout: &str) -> Ended {
    let mut ready = Ready::new(Arc::clone(program), settings(layout)).expect("fits the layout");
    let mut hints = ready.hints(Options::default()).expect("native hints");
    match ready.run(&mut hints, &mut io::sink()) {
        Ok(ended) => ended,
        Err(failed) => panic!("{}", failed.into_error().report()),
    }
}

fn relocated(program: &Arc<Program>, layout: &str) -> Relocated {
    run(program, layout).relocate().expect("every address is in a segment")
}

/// Whole runs in this process, per step.
fn runs(c: &mut Criterion) {
    let mut group = c.benchmark_group("run");
    group.sample_size(10).warm_up_time(Duration::from_millis(200));
    for listed in listed() {
        let program = program(&listed);
        let steps = relocated(&program, &listed.layout).steps();
        group.throughput(Throughput::Elements(steps));
        group.bench_function(&listed.name, |b| {
            b.iter(|| black_box(run(&program, &listed.layout)));
        });
    }
    group.finish();
}

/// Loading compiled programs, per byte, and decoding their words, per word.
fn loading(c: &mut Criterion) {
    let mut group = c.benchmark_group("load");
    group.sample_size(20).warm_up_time(Duration::from_millis(200));
    for listed in listed() {
        let json = fs::read(&listed.path).expect("the file is readable");
        group.throughput(Throughput::Bytes(json.len() as u64));
        group.bench_function(&listed.name, |b| {
            let load = |json| Program::from_json_vec(json).expect("a program");
            b.iter_batched(|| json.clone(), load, BatchSize::LargeInput);
        });
    }
    group.finish();
    let words: Vec<Felt> =
        listed().iter().flat_map(|listed| program(listed).data().to_vec()).collect();
    let mut group = c.benchmark_group("decode");
    group.throughput(Throughput::Elements(words.len() as u64));
    group.bench_function("words", |b| {
        // Immediates are no instructions; how that is found out counts as well.
        b.iter(|| words.iter().filter(|word| cairo_zero_decoder::decode(**word).is_ok()).count());
    });
    group.finish();
}

/// What is made of a finished run, per step or cell, written to nowhere.
fn writing(c: &mut Criterion) {
    let Some(listed) = listed().into_iter().find(|listed| listed.name == "bitwise") else { return };
    let program = program(&listed);
    let done = relocated(&program, &listed.layout);
    let cells = done.cells().count() as u64;
    assert!(program.builtins().contains(&BuiltinName::Bitwise), "private input has instances");
    let mut group = c.benchmark_group("write");
    group.sample_size(10).warm_up_time(Duration::from_millis(200));
    group.throughput(Throughput::Elements(cells));
    group.bench_function("relocate", |b| {
        let ended = || run(&program, &listed.layout);
        let relocate = |ended: Ended| ended.relocate().expect("addresses are in segments");
        b.iter_batched(ended, relocate, BatchSize::PerIteration);
    });
    group.bench_function("memory", |b| b.iter(|| done.memory_file().write(io::sink())));
    group.bench_function("print_memory", |b| b.iter(|| done.print_memory(&mut io::sink())));
    group.bench_function("print_relocated_memory", |b| {
        b.iter(|| done.print_relocated_memory(&mut io::sink()));
    });
    let ended = run(&program, &listed.layout);
    group.bench_function("pie", |b| b.iter(|| ended.write_pie(io::sink(), false)));
    group.throughput(Throughput::Elements(done.steps()));
    group.bench_function("trace", |b| b.iter(|| done.trace_file().write(io::sink())));
    group.bench_function("replay", |b| b.iter(|| done.replay().count()));
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    runs(&mut criterion);
    loading(&mut criterion);
    writing(&mut criterion);
    criterion.final_summary();
}
