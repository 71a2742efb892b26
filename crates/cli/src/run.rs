//! One run: from the parsed flags to the printed answer.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::mem::ManuallyDrop;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

use anyhow::{Context, Result, bail};
use cairo_zero_hints::Options;
use cairo_zero_hints_python::{Json, Limits, MemoryLimit, ModulePath, Python, STACK_SIZE};
use cairo_zero_insight::Profile;
use cairo_zero_program::Program;
use cairo_zero_runner::{
    DYNAMIC, Entry, Extent, Failed, FailedHint, Layout, Past, Pie, Ready, Relocated, RunError,
    Settings, report_at_hint,
};

use crate::allocator;
use crate::args::{Args, Command};
use crate::check_hints::check_hints;
use crate::interrupt;
use crate::outputs::{self, Outputs};
use crate::progress::Progress;
use crate::tracer::Show;

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    allocator::ask_seldom();
    let command = Command::of_process();
    allocator::end_cleanly();
    block_file_size_signal();
    interrupt::end_cleanly();
    // The interpreter catches panics of its own and reports them as errors of the hint.
    panic::set_hook(Box::new(|_| {}));
    let show_trace = matches!(&command, Command::Run(args) if args.show_trace);
    let result = match command {
        Command::Run(args) => start(*args),
        Command::CompareTrace(command) => guarded(|| command.run()),
        Command::CompareMemory(command) => guarded(|| command.run()),
        Command::Disasm(command) => guarded(|| command.run()),
        Command::Inspect(command) => guarded(|| command.run()),
        Command::Suite(command) => guarded(|| command.run()),
    };
    result.unwrap_or_else(|error| {
        let chain: Vec<String> = error.chain().map(ToString::to_string).collect();
        let trace = show_trace.then(|| trace_text(chain.iter().map(String::as_str)));
        report(&format!("{error:#}\n{}", trace.unwrap_or_default()));
        ExitCode::FAILURE
    })
}

/// Has writing beyond the limit for the size of files fail instead of ending the process, as a full
/// disk does.
#[cfg(unix)]
fn block_file_size_signal() {
    use nix::sys::signal::{SigSet, Signal};

    let mut signals = SigSet::empty();
    signals.add(Signal::SIGXFSZ);
    // Without this such a run ends by the signal: all that is lost is the message.
    let _ = signals.thread_block();
}

#[cfg(not(unix))]
fn block_file_size_signal() {}

/// Loads the program and runs it, on a thread of its own if it has hints.
fn start(args: Args) -> Result<ExitCode> {
    load(&args).and_then(|(path, source)| {
        if source.program().hints().is_empty() && !args.check_hints {
            return guarded(|| run(&args, &path, source));
        }
        // Python calls take several native frames each, and hints may recurse.
        let worker = thread::Builder::new()
            .stack_size(STACK_SIZE)
            .spawn(move || guarded(|| run(&args, &path, source)))
            .context("can't start the thread of the run")?;
        worker.join().unwrap_or_else(|_| bail!("the thread of the run has panicked"))
    })
}

/// Runs `run`; a bug that makes it panic becomes an error like any other.
fn guarded(run: impl FnOnce() -> Result<ExitCode>) -> Result<ExitCode> {
    panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|cause| {
        let text = cause.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or_default();
        bail!("this is a bug in cairo-run: {text}")
    })
}

/// What is run.
enum Source {
    Program(Arc<Program>),
    Pie(Box<Pie<BufReader<File>>>),
}

impl Source {
    fn program(&self) -> &Arc<Program> {
        match self {
            Self::Program(program) => program,
            Self::Pie(pie) => pie.program(),
        }
    }
}

/// Reads the program or opens the PIE that the command line names.
fn load(args: &Args) -> Result<(PathBuf, Source)> {
    if let Some(path) = &args.run_from_cairo_pie {
        let pie = Pie::open(BufReader::new(open(path)?), max_memory(args));
        return Ok((path.clone(), Source::Pie(Box::new(pie.with_context(|| name_of(path))?))));
    }
    let path = args.path.as_ref().or(args.program.as_ref()).context("no program is given")?;
    let json = read_at_most(path, max_memory(args))?;
    let program = Program::from_json_vec(json).with_context(|| name_of(path))?;
    Ok((path.clone(), Source::Program(Arc::new(program))))
}

/// Runs the program and prints its answer, or why it has none.
fn run(args: &Args, path: &Path, source: Source) -> Result<ExitCode> {
    if args.check_hints {
        return check_hints(args, source.program());
    }
    let what = match source {
        Source::Program(_) => "program",
        Source::Pie(_) => "Cairo PIE",
    };
    try_run(args, path, source, what).or_else(|error| {
        // Errors before the run are told in the same way.
        tell(args, path, what, error.downcast::<RunError>()?)
    })
}

/// Says why a run failed; the exit status.
fn tell(args: &Args, path: &Path, what: &str, failure: RunError) -> Result<ExitCode> {
    if let Some(status) = failure.status() {
        report(failure.report());
        return Ok(ExitCode::from(status as u8));
    }
    let cure = failure.failed_hint().and_then(|hint| cure(args, hint));
    let failure = failure.or_help(cure);
    let trace = args.show_trace.then(|| trace_text(failure.trace().into_iter()));
    let trace = trace.unwrap_or_default();
    let mut text = format!("{}\n{trace}", failure.report());
    if let (true, Some(unfinished)) = (args.debug_error, failure.unfinished()) {
        print_line(&format!("Got an error:\n{}", failure.report()))?;
        text = format!("{trace}{unfinished}\n");
    }
    if let Some(help) = failure.help() {
        text.push_str(&format!("help: {help}\n"));
    }
    report(&format!("{text}{what}: {}\n", path.display()));
    Ok(ExitCode::FAILURE)
}

/// What led to an error, the cause last.
fn trace_text<'a>(causes: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::from("\nTrace (the cause last):\n");
    for cause in causes {
        text.push_str(&format!("  {cause}\n"));
    }
    text
}

/// What would have helped a hint that failed, where that is known.
fn cure(args: &Args, hint: &FailedHint) -> Option<String> {
    if let Some(name) = hint.exception.strip_prefix("ModuleNotFoundError: No module named ") {
        return Some(format!("--python_path DIR names a folder that holds the module {name}"));
    }
    (args.program_input.is_none() && hint.code.contains("program_input"))
        .then(|| String::from("this hint reads program_input, which --program_input FILE gives it"))
}

fn try_run(args: &Args, path: &Path, source: Source, what: &str) -> Result<ExitCode> {
    let settings = settings(args)?;
    let limits = limits(args, source.program(), settings.max_memory);
    let show = Show::new(args, path, &settings.layout)?;
    let stdout = BufWriter::new(io::stdout());
    let python = match &show {
        Some(show) => Python::new(show.copying(stdout)),
        None => Python::new(stdout),
    };
    let mut python = python.with_limits(limits).with_modules(module_path(args)?);
    if let Some(path) = &args.program_input {
        python = python.with_program_input(read_input(args, path)?);
    }
    let program = Arc::clone(source.program());
    let mut ready = match source {
        Source::Program(program) => Ready::new(program, settings)?,
        Source::Pie(pie) => Ready::from_pie(*pie, settings)?,
    };
    let progress = progress(args);
    let mut outputs = Outputs::open(args, progress.as_ref())?;
    if let Some(progress) = progress.clone() {
        ready.watch(move |steps| progress.steps(steps));
    }
    let clear = || progress.iter().for_each(|progress| progress.clear());
    if args.coverage.is_some() && !program.has_debug_info() {
        bail!("--coverage needs a program with debug information, and this one has none");
    }
    let options = Options {
        interpreter: Some(Box::new(python)),
        choice: args.hints.into(),
        ..Options::default()
    };
    // What hints have left behind is not taken apart: that could run code of theirs, and takes time.
    let mut hints = ManuallyDrop::new(ready.hints(options)?);
    if let Some(show) = &show {
        hints.follow(show.whereabouts());
    }
    let ended = ready.run(&mut hints, &mut io::stdout());
    hints.flush();
    let ended = match ended {
        Ok(ended) => ended,
        Err(failed) => {
            clear();
            return look_back(args, path, what, failed, outputs, show);
        }
    };
    let hot = view(args, &mut outputs, path, ended.past())?;
    outputs.write_pie(&ended, args.merge_extra_segments)?;
    clear();
    let run = ended.relocate()?;
    print(args, &run)?;
    hot.print()?;
    let written = outputs.write(&run);
    clear();
    written?;
    if let Some(show) = show {
        show.ended(&mut outputs, &run)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows what there is to see of a run that failed, and says why it did.
fn look_back(
    args: &Args,
    path: &Path,
    what: &str,
    failed: Failed,
    mut outputs: Outputs,
    show: Option<Show>,
) -> Result<ExitCode> {
    let (error, remains) = failed.into_parts();
    let past = remains.past();
    // None of it is a reason to keep quiet about why the run failed.
    let complain = |error: anyhow::Error| report(&format!("{error:#}\n"));
    view(args, &mut outputs, path, past).and_then(|hot| hot.print()).unwrap_or_else(complain);
    let tracing = show.as_ref().map(|show| show.failed(&mut outputs, past, &error));
    // Files that are not complete are gone before anybody looks for them.
    drop(outputs);
    let status = tell(args, path, what, error)?;
    match (show, tracing) {
        (Some(show), Some(Ok(tracing))) => show.serve(&tracing).unwrap_or_else(complain),
        (_, Some(Err(error))) => complain(error),
        _ => {}
    }
    Ok(status)
}

/// What shows how far the run is, if it is asked for and there is a terminal for it.
fn progress(args: &Args) -> Option<Arc<Progress>> {
    let steps = match args.extent() {
        Extent::Steps(steps) | Extent::NoEnd(steps) => Some(steps),
        Extent::End | Extent::MinSteps(_) => None,
    };
    args.progress.then(|| Progress::new(steps)).flatten().map(Arc::new)
}

/// The table of `--hot`, empty if it is not asked for.
struct Hot(Vec<u8>);

impl Hot {
    fn print(&self) -> Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(&self.0).and_then(|()| out.flush()).context("can't print the result")
    }
}

/// Writes the files that show where a run went, as far as they are asked for.
fn view(args: &Args, outputs: &mut Outputs, path: &Path, past: Past<'_>) -> Result<Hot> {
    let mut hot = Hot(Vec::new());
    let files = [&args.coverage, &args.profile_output, &args.flamegraph];
    if args.hot || files.iter().any(|file| file.is_some()) {
        let profile = Profile::of(&past).context("can't look back at the run")?;
        let title = path.file_name().unwrap_or_default().to_string_lossy();
        outputs.write_views(&profile, &title)?;
        if args.hot {
            profile.write_hot(&mut hot.0)?;
        }
    }
    Ok(hot)
}

/// The folders of the user's own modules.
///
/// # Errors
/// When one is no folder.
pub(crate) fn module_path(args: &Args) -> Result<ModulePath> {
    for folder in &args.python_path {
        if !folder.is_dir() {
            bail!("{}: --python_path needs a folder, and this is none", folder.display());
        }
    }
    Ok(ModulePath::new(args.python_path.clone()))
}

/// Heap that the interpreter itself and what else a run needs may take besides what hints keep.
const SLACK: usize = 256 << 20;

/// What hints are held to. Above it the allocator has a limit of its own, for requests that are too
/// large at once.
fn limits(args: &Args, program: &Arc<Program>, max_memory: u64) -> Limits {
    let most = usize::try_from(max_memory).unwrap_or(usize::MAX);
    let hard = allocator::used().saturating_add(most).saturating_add(most / 8);
    allocator::set_most(hard.saturating_add(SLACK));
    let program = Arc::clone(program);
    Limits {
        hint_timeout: (!args.hint_timeout.is_zero()).then_some(args.hint_timeout),
        memory: Some(MemoryLimit { used: allocator::used, most }),
        stuck: Some(Arc::new(move |hint, reason| {
            report(&report_at_hint(&program, hint, &format!("LimitExceeded: {reason}")));
            // Nothing else is taken down in order here.
            outputs::remove_unfinished();
            std::process::exit(1);
        })),
    }
}

fn settings(args: &Args) -> Result<Settings> {
    Ok(Settings {
        layout: layout(args)?,
        entry: args.entrypoint.clone().map_or(Entry::Main, Entry::Label),
        extent: args.extent(),
        max_steps: args.max_steps,
        allow_missing_builtins: match args.allow_missing_builtins.as_deref() {
            Some(allow) => allow == "True",
            None => args.proof_mode,
        },
        max_memory: max_memory(args),
        secure: args.secure_run || !(args.no_secure_run || args.proof_mode),
        proof_mode: args.proof_mode,
        fill_holes: args.fill_holes,
    })
}

/// The layout that the command line names.
fn layout(args: &Args) -> Result<Layout> {
    // The reference opens the file whatever the layout is.
    let params = args
        .cairo_layout_params_file
        .as_ref()
        .map(|path| anyhow::Ok((path, read_at_most(path, max_memory(args))?)));
    match params.transpose()? {
        Some((path, json)) if args.layout == DYNAMIC => {
            Layout::dynamic(&json).with_context(|| name_of(path))
        }
        _ => {
            let layout = Layout::by_name(&args.layout);
            layout.cloned().with_context(|| format!("there is no layout {:?}", args.layout))
        }
    }
}

/// How many bytes the memory cells of the run, or what is read for it, may take.
fn max_memory(args: &Args) -> u64 {
    args.max_memory.map_or_else(memory_limit, |mib| mib.saturating_mul(1 << 20))
}

/// Three quarters of the memory that the machine, or the control group this runs in, has; without a
/// limit where neither is to be found.
pub(crate) fn memory_limit() -> u64 {
    let number = |text: &str| text.split_whitespace().find_map(|word| word.parse::<u64>().ok());
    let machine = fs::read_to_string("/proc/meminfo").ok();
    let machine = machine.and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("MemTotal:"))?;
        number(line)?.checked_mul(1 << 10)
    });
    let group = fs::read_to_string("/sys/fs/cgroup/memory.max").ok();
    let group = group.and_then(|text| number(&text));
    machine.into_iter().chain(group).min().map_or(u64::MAX, |bytes| bytes / 4 * 3)
}

/// Prints what the flags ask for, in the reference's order.
fn print(args: &Args, run: &Relocated) -> Result<()> {
    let print = || -> Result<()> {
        let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        if args.print_memory && args.relocate_prints {
            run.print_relocated_memory(&mut out)?;
        } else if args.print_memory {
            run.print_memory(&mut out)?;
        }
        if args.print_output {
            run.print_output(&mut out)?;
        }
        if args.print_info {
            run.print_info(&mut out, args.relocate_prints)?;
            run.print_builtin_usage(&mut out)?;
        }
        if args.print_segments {
            run.print_segments(&mut out)?;
        }
        out.flush()?;
        Ok(())
    };
    print().context("can't print the result")
}

/// Prints a line to standard output.
pub(crate) fn print_line(line: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).context("can't print the result")
}

pub(crate) fn name_of(path: &Path) -> String {
    path.display().to_string()
}

/// Opens a regular file or pipe for reading.
fn open(path: &Path) -> Result<File> {
    let file = File::open(path).with_context(|| name_of(path))?;
    if file.metadata().is_ok_and(|data| data.is_dir()) {
        bail!("{}: this is a directory, not a file", path.display());
    }
    Ok(file)
}

/// The bytes of a regular file or pipe.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    read_at_most(path, u64::MAX)
}

/// As [`read`]; a file of more than `most` bytes is an error, and so is a pipe that does not end.
fn read_at_most(path: &Path, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut file = open(path)?.take(most.saturating_add(1));
    file.read_to_end(&mut bytes).with_context(|| name_of(path))?;
    if bytes.len() as u64 > most {
        bail!("{}: the file is larger than --max_memory allows", path.display());
    }
    Ok(bytes)
}

fn read_input(args: &Args, path: &Path) -> Result<Json> {
    let bytes = read_at_most(path, max_memory(args))?;
    let text = String::from_utf8(bytes).with_context(|| name_of(path))?;
    Json::parse(&text).with_context(|| name_of(path))
}

/// Prints to stderr; there is nobody to tell when that fails.
fn report(text: &str) {
    drop(io::stderr().write_all(text.as_bytes()));
}
