//! What can run a program: our binary here, the reference in `reference.rs`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

use crate::program::{Program, root};

/// The layouts of the reference (`LAYOUTS` in cairo-lang's `instances.py`).
pub const REFERENCE_LAYOUTS: &[&str] = &[
    "plain",
    "small",
    "dex",
    "recursive",
    "starknet",
    "recursive_large_output",
    "all_solidity",
    "starknet_with_keccak",
    "dynamic",
    "recursive_with_poseidon",
];

/// Parameters of the layout `dynamic` with instances of every builtin.
const DYNAMIC_PARAMS: &str = "cairo_programs/builtins/layout_params/all.json";

/// One run of a program.
#[derive(Clone, Debug)]
pub struct Job {
    /// The flags, the program's path included; paths are relative to the root of the repository.
    pub arguments: Vec<String>,
    /// The files the run depends on; a change of theirs makes a kept result worthless.
    pub inputs: Vec<PathBuf>,
    /// Whether the files of the run are asked for, too: trace, memory and debug information, and
    /// the AIR inputs in proof mode.
    pub files: bool,
    /// Whether a Cairo PIE is asked for, too.
    pub pie: bool,
}

/// The flags for the files of a run, what the files are called, and whether they are of proof mode
/// alone. Beside trace and memory all are texts.
const FILES: [(&str, &str, bool); 5] = [
    ("--trace_file", TRACE, false),
    ("--memory_file", MEMORY, false),
    ("--debug_info_file", "debug_info", false),
    ("--air_public_input", "air_public_input", true),
    ("--air_private_input", "air_private_input", true),
];
const TRACE: &str = "trace";
const MEMORY: &str = "memory";
const PIE: &str = "pie";

/// What stands for the folder of the files in texts that name it.
const FOLDER: &str = "FOLDER";

/// What a run left behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The exit status; negative for a signal.
    pub status: i32,
    /// Standard output.
    pub stdout: Vec<u8>,
    /// Standard error.
    pub stderr: Vec<u8>,
    /// The trace file, if one was asked for and written.
    pub trace: Option<Vec<u8>>,
    /// The memory file, if one was asked for and written.
    pub memory: Option<Vec<u8>>,
    /// The other files that were asked for and written, by name. Where one names the folder it is
    /// in, it says `FOLDER`.
    pub texts: BTreeMap<&'static str, String>,
    /// The Cairo PIE, if one was asked for and written.
    pub pie: Option<Vec<u8>>,
}

/// Something that runs programs.
pub trait Engine {
    /// Runs all jobs; the outcomes are in the order of the jobs.
    ///
    /// # Errors
    /// When a run could not be started or did not end; a program that fails is an outcome.
    fn run(&self, jobs: &[Job]) -> Result<Vec<Outcome>>;
}

impl Job {
    /// The run of a program that prints everything, plain or relocated.
    #[must_use]
    pub fn printing(program: &Program, relocated: bool) -> Self {
        let files = program.header.flags.iter().map(PathBuf::from);
        let files = files.filter(|path| root().join(path).is_file());
        let own = std::iter::once(program.json.clone()).chain(program.source.clone());
        let inputs = own.chain(files).collect();
        Self { arguments: program.arguments(relocated), inputs, files: false, pie: false }
    }

    /// The run of a program that prints everything in this layout, whichever its own is.
    ///
    /// # Errors
    /// When the program's flags name no layout.
    pub fn in_layout(program: &Program, layout: &str, relocated: bool) -> Result<Self> {
        let mut job = Self::printing(program, relocated);
        let flag = job.arguments.iter().position(|argument| argument == "--layout");
        let own = flag.and_then(|at| job.arguments.get_mut(at + 1));
        let own = own.with_context(|| format!("{} names no layout", program.name))?;
        layout.clone_into(own);
        let params = "--cairo_layout_params_file";
        if layout == "dynamic" && !job.arguments.iter().any(|argument| argument == params) {
            job.arguments.extend([params, DYNAMIC_PARAMS].map(String::from));
            job.inputs.push(DYNAMIC_PARAMS.into());
        }
        Ok(job)
    }

    /// The same with the files of the run.
    #[must_use]
    pub fn with_files(self) -> Self {
        Self { files: true, ..self }
    }

    /// The same with a Cairo PIE.
    #[must_use]
    pub fn with_pie(self) -> Self {
        Self { pie: true, ..self }
    }

    /// The run of a Cairo PIE (a path relative to [`root`]) that prints everything, with a PIE of
    /// that run. The layout is the one that the program's header names.
    #[must_use]
    pub fn of_pie(program: &Program, pie: PathBuf) -> Self {
        let mut job = Self::printing(program, false).with_pie();
        let path = pie.display().to_string();
        job.arguments.splice(..2, [String::from("--run_from_cairo_pie"), path]);
        let counted = |flag: &String| flag == "--steps" || flag == "--min_steps";
        if let Some(at) = job.arguments.iter().position(counted) {
            job.arguments.drain(at..at + 2);
        }
        job.inputs.push(pie);
        job
    }

    /// The flags, with those for the files in `folder` if they are asked for.
    pub(crate) fn arguments_in(&self, folder: &Path) -> Vec<String> {
        let mut arguments = self.arguments.clone();
        if self.files {
            let proof_mode = arguments.iter().any(|argument| argument == "--proof_mode");
            for (flag, name, of_proofs) in FILES {
                if proof_mode || !of_proofs {
                    arguments.extend([flag.to_owned(), folder.join(name).display().to_string()]);
                }
            }
        }
        if self.pie {
            let path = folder.join(PIE).display().to_string();
            arguments.extend([String::from("--cairo_pie_output"), path]);
        }
        arguments
    }
}

impl Outcome {
    /// The same with the files that the run has left in `folder`.
    pub(crate) fn with_files_of(mut self, folder: &Path) -> Result<Self> {
        self.trace = read_if_there(&folder.join(TRACE))?;
        self.memory = read_if_there(&folder.join(MEMORY))?;
        self.pie = read_if_there(&folder.join(PIE))?.filter(|pie| !pie.is_empty());
        for (_, name, _) in FILES.iter().filter(|(_, name, _)| ![TRACE, MEMORY].contains(name)) {
            if let Some(bytes) = read_if_there(&folder.join(name))? {
                let text = String::from_utf8(bytes)?;
                self.texts.insert(name, text.replace(&folder.display().to_string(), FOLDER));
            }
        }
        Ok(self)
    }

    /// Standard output as text, for messages.
    #[must_use]
    pub fn stdout_text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// Standard error as text, for messages.
    #[must_use]
    pub fn stderr_text(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }
}

/// Our binary.
#[derive(Clone, Debug)]
pub struct Ours {
    binary: PathBuf,
    time_limit: Duration,
}

impl Ours {
    /// The binary at `binary`; a run may take a minute.
    #[must_use]
    pub fn new(binary: impl Into<PathBuf>) -> Self {
        Self { binary: binary.into(), time_limit: Duration::from_secs(60) }
    }

    /// Runs the binary with these arguments in the root of the repository.
    ///
    /// # Errors
    /// When it cannot be started or does not end in time.
    pub fn run_with<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Result<Outcome> {
        // Files rather than pipes: nothing has to be read while the binary runs.
        let (mut stdout, mut stderr) = (tempfile::tempfile()?, tempfile::tempfile()?);
        let child = Command::new(&self.binary)
            .args(arguments)
            .current_dir(root())
            .stdin(Stdio::null())
            .stdout(stdout.try_clone()?)
            .stderr(stderr.try_clone()?)
            .spawn()
            .with_context(|| format!("starting {}", self.binary.display()))?;
        let status = self.wait(child)?;
        let (stdout, stderr) = (read_from_start(&mut stdout)?, read_from_start(&mut stderr)?);
        Ok(Outcome { status, stdout, stderr, ..Outcome::default() })
    }

    fn run_one(&self, job: &Job) -> Result<Outcome> {
        let folder = TempDir::new()?;
        let outcome = self.run_with(&job.arguments_in(folder.path()))?;
        let left = std::fs::read_dir(folder.path())?.count();
        ensure!(outcome.status == 0 || left == 0, "a run that failed has left {left} files");
        outcome.with_files_of(folder.path())
    }

    fn wait(&self, mut child: Child) -> Result<i32> {
        let start = Instant::now();
        let mut pause = Duration::from_micros(200);
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(exit_status(status));
            }
            if start.elapsed() > self.time_limit {
                child.kill()?;
                child.wait()?;
                bail!("the binary was stopped after {:?}", self.time_limit);
            }
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }
}

impl Engine for Ours {
    fn run(&self, jobs: &[Job]) -> Result<Vec<Outcome>> {
        let next = Mutex::new(0..jobs.len());
        let outcomes = Mutex::new(Vec::new());
        let worker = || {
            loop {
                let taken = next.lock().ok().and_then(|mut jobs| jobs.next());
                let Some(index) = taken else { return };
                let outcome = self.run_one(&jobs[index]);
                if let Ok(mut outcomes) = outcomes.lock() {
                    outcomes.push((index, outcome));
                }
            }
        };
        let workers = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(worker))));
        let mut outcomes = outcomes.into_inner().unwrap_or_default();
        outcomes.sort_by_key(|(index, _)| *index);
        let named = |(index, outcome): (usize, Result<Outcome>)| {
            outcome.with_context(|| jobs[index].arguments.join(" "))
        };
        outcomes.into_iter().map(named).collect()
    }
}

/// A file's bytes, or nothing when there is no such file.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    if !path.exists() {
        return Ok(None);
    }
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(Some(bytes))
}

fn read_from_start(file: &mut File) -> Result<Vec<u8>> {
    file.rewind()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn exit_status(status: std::process::ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    status.code().or_else(|| status.signal().map(|signal| -signal)).unwrap_or(-1)
}

#[cfg(not(unix))]
fn exit_status(status: std::process::ExitStatus) -> i32 {
    status.code().unwrap_or(-1)
}
