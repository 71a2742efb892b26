//! The files that a run writes: whole, or not at all.
//!
//! A file is written under another name in its folder and renamed when all files of the run are
//! complete. `-` is standard output; pipes and devices are written as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Context, Result, bail, ensure};
use cairo_zero_insight::Profile;
use cairo_zero_runner::{Ended, FileError, Relocated};
use cairo_zero_tracer::{Tracing, write_file};

use crate::args::Args;
use crate::path::absolute;
use crate::progress::Progress;

/// How many symbolic links are followed to a file.
const MOST_LINKS: usize = 40;

/// The files that are not complete yet.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Removes the files that are not complete yet, for a process that ends in the middle of a run.
pub(crate) fn remove_unfinished() {
    for path in unfinished().iter() {
        // There is nobody to tell when that fails.
        drop(fs::remove_file(path));
    }
}

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file to be written.
struct Output {
    /// What it is, for messages.
    what: &'static str,
    /// Its path as it was given.
    path: PathBuf,
    sink: Sink,
    /// Who is told how much has been written.
    progress: Option<Arc<Progress>>,
}

/// Where the bytes of an output go.
enum Sink {
    /// To standard output.
    Standard,
    /// To a pipe or device.
    Direct(File),
    /// To a new file that replaces `target` when it is complete.
    Unfinished { file: File, unfinished: PathBuf, target: PathBuf },
}

/// The files that a run writes.
pub(crate) struct Outputs {
    pie: Option<Output>,
    trace: Option<Output>,
    memory: Option<Output>,
    air_public_input: Option<Output>,
    air_private_input: Option<Output>,
    debug_info: Option<Output>,
    summary: Option<Output>,
    views: Views,
}

/// The files that are written of a run that has failed, too.
struct Views {
    coverage: Option<Output>,
    profile: Option<Output>,
    flamegraph: Option<Output>,
    tracing: Option<Output>,
}

impl Outputs {
    /// Opens the files that the command line names, so that one that can't be written is known
    /// before the run; `progress` is told how much has been written.
    ///
    /// # Errors
    /// When one can't be opened, or two are the same file, or one is an input of the run.
    pub(crate) fn open(args: &Args, progress: Option<&Arc<Progress>>) -> Result<Self> {
        let mut taken = BTreeMap::new();
        for input in args.inputs() {
            if let Ok(path) = fs::canonicalize(input) {
                taken.insert(path, "an input of this run");
            }
        }
        let mut open = |what, path: &Option<PathBuf>| {
            let output = path.as_ref().map(|path| {
                let mut output = Output::open(what, path)?;
                output.progress = progress.cloned();
                anyhow::Ok(output)
            });
            let output = output.transpose()?;
            if let Some(Output { path, sink: Sink::Unfinished { target, .. }, .. }) = &output
                && let Some(other) = taken.insert(target.clone(), what)
            {
                bail!("{} can't be {what}: it is {other} already", path.display());
            }
            Ok(output)
        };
        Ok(Self {
            pie: open("the Cairo PIE", &args.cairo_pie_output)?,
            trace: open("the trace file", &args.trace_file)?,
            memory: open("the memory file", &args.memory_file)?,
            air_public_input: open("the AIR public input", &args.air_public_input)?,
            air_private_input: open("the AIR private input", &args.air_private_input)?,
            debug_info: open("the debug information", &args.debug_info_file)?,
            summary: open("the summary", &args.summary_file)?,
            views: Views {
                coverage: open("the coverage", &args.coverage)?,
                profile: open("the profile", &args.profile_output)?,
                flamegraph: open("the flame graph", &args.flamegraph)?,
                tracing: open("the tracer's page", &args.tracer_html)?,
            },
        })
    }

    /// Writes what is to be seen of a run that is over, and gives these files their names; `title` is
    /// what the flame graph is called.
    ///
    /// # Errors
    /// When one can't be written.
    pub(crate) fn write_views(&mut self, profile: &Profile, title: &str) -> Result<()> {
        let Views { coverage, profile: pprof, flamegraph, .. } = &mut self.views;
        if let Some(mut output) = coverage.take() {
            output.fill_buffered(|out| profile.write_coverage(out))?;
            output.finish()?;
        }
        if let Some(mut output) = pprof.take() {
            output.fill_buffered(|out| profile.write_pprof(out))?;
            output.finish()?;
        }
        if let Some(mut output) = flamegraph.take() {
            output.fill_buffered(|out| profile.write_flamegraph(title, out))?;
            output.finish()?;
        }
        Ok(())
    }

    /// Writes the page of the tracer, if it is asked for, and gives it its name.
    ///
    /// # Errors
    /// When it can't be written.
    pub(crate) fn write_tracing(&mut self, tracing: &Tracing<'_>) -> Result<()> {
        let Some(mut output) = self.views.tracing.take() else { return Ok(()) };
        output.fill_buffered(|out| write_file(tracing, out))?;
        output.finish()
    }

    /// Writes the Cairo PIE, which still needs its name; with `merge`, hints' segments become one.
    ///
    /// # Errors
    /// When it can't be written, or there is none of such a run.
    pub(crate) fn write_pie(&mut self, run: &Ended, merge: bool) -> Result<()> {
        match &mut self.pie {
            Some(output) => output.fill(|sink| Ok(run.write_pie(sink, merge)?)),
            None => Ok(()),
        }
    }

    /// Writes all other files and gives all of them their names.
    ///
    /// # Errors
    /// When one can't be written; then none gets its name.
    pub(crate) fn write(&mut self, run: &Relocated) -> Result<()> {
        // Python calls the file of standard output so.
        let name = |output: &Option<Output>| match output {
            Some(Output { sink: Sink::Standard, .. }) => absolute(Path::new("<stdout>")),
            Some(output) => absolute(&output.path),
            None => bail!("there is no trace or memory file for the AIR private input to name"),
        };
        write_steps_and_cells(self.trace.as_mut(), self.memory.as_mut(), run)?;
        if let Some(output) = &mut self.air_public_input {
            output.fill(|sink| run.write_air_public_input(sink))?;
        }
        if let Some(output) = &mut self.air_private_input {
            let (trace, memory) = (name(&self.trace)?, name(&self.memory)?);
            output.fill(|sink| run.write_air_private_input(&trace, &memory, sink))?;
        }
        if let Some(output) = &mut self.debug_info {
            output.fill(|sink| run.write_debug_info(sink))?;
        }
        if let Some(output) = &mut self.summary {
            output.fill(|sink| run.write_summary(io::BufWriter::new(sink)))?;
        }
        let Self { pie, trace, memory, air_public_input, air_private_input, .. } = self;
        let Self { debug_info, summary, .. } = self;
        let all = [pie, trace, memory, air_public_input, air_private_input, debug_info, summary];
        all.into_iter().filter_map(Option::take).try_for_each(Output::finish)
    }
}

/// Writes trace and memory, at the same time unless both go to standard output.
fn write_steps_and_cells(
    trace: Option<&mut Output>,
    memory: Option<&mut Output>,
    run: &Relocated,
) -> Result<()> {
    let (steps, cells) = (run.trace_file(), run.memory_file());
    let write_trace = |output: &mut Output| output.fill(|sink| steps.write(sink));
    let write_memory = |output: &mut Output| output.fill(|sink| cells.write(sink));
    match (trace, memory) {
        (Some(trace), Some(memory)) if !(trace.is_standard() && memory.is_standard()) => {
            thread::scope(|scope| {
                let other = scope.spawn(|| write_memory(memory));
                let first = write_trace(trace);
                let second = other.join();
                first
                    .and(second.unwrap_or_else(|_| bail!("the thread of the memory file panicked")))
            })
        }
        (trace, memory) => {
            trace.map_or(Ok(()), write_trace)?;
            memory.map_or(Ok(()), write_memory)
        }
    }
}

/// Has `write` write the file `path` whole, or leave what is there; `what` is what it is called.
///
/// # Errors
/// When it can't be written.
pub(crate) fn replace(
    what: &'static str,
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let mut output = Output::open(what, path)?;
    output.fill_buffered(write)?;
    output.finish()
}

impl Output {
    fn open(what: &'static str, path: &Path) -> Result<Self> {
        let sink = Sink::open(path);
        let sink = sink.with_context(|| format!("can't write {what} {}", path.display()))?;
        Ok(Self { what, path: path.to_owned(), sink, progress: None })
    }

    const fn is_standard(&self) -> bool {
        matches!(self.sink, Sink::Standard)
    }

    /// Has `write` write the file.
    fn fill(&mut self, write: impl FnOnce(&mut dyn Write) -> Result<(), FileError>) -> Result<()> {
        let written = match (&mut self.sink, &self.progress) {
            (Sink::Standard, _) => {
                let mut out = io::stdout().lock();
                write(&mut out).and_then(|()| Ok(out.flush()?))
            }
            (Sink::Direct(file) | Sink::Unfinished { file, .. }, Some(progress)) => {
                write(&mut progress.watch(file))
            }
            (Sink::Direct(file) | Sink::Unfinished { file, .. }, None) => write(file),
        };
        written.with_context(|| format!("can't write {} {}", self.what, self.path.display()))
    }

    /// As [`Output::fill`], for a `write` that writes a little at a time.
    fn fill_buffered(
        &mut self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        self.fill(|sink| {
            let mut out = io::BufWriter::new(sink);
            write(&mut out)?;
            Ok(out.flush()?)
        })
    }

    /// Gives the complete file its name.
    fn finish(mut self) -> Result<()> {
        // What is left of it is the unfinished file, which is not removed then.
        if let Sink::Unfinished { unfinished, target, .. } = &self.sink {
            fs::rename(unfinished, target)
                .with_context(|| format!("can't write {} {}", self.what, self.path.display()))?;
            self::unfinished().remove(unfinished);
            self.sink = Sink::Standard;
        }
        Ok(())
    }
}

impl Drop for Output {
    /// Removes a file that was not completed.
    fn drop(&mut self) {
        if let Sink::Unfinished { unfinished, .. } = &self.sink {
            self::unfinished().remove(unfinished);
            // There is nobody to tell when that fails.
            drop(fs::remove_file(unfinished));
        }
    }
}

impl Sink {
    fn open(path: &Path) -> Result<Self> {
        if path == Path::new("-") {
            return Ok(Self::Standard);
        }
        let known = match fs::metadata(path) {
            Ok(known) => Some(known),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        if let Some(known) = &known {
            ensure!(!known.is_dir(), "this is a directory");
            // A file that may not be written is not replaced either.
            let file = OpenOptions::new().write(true).open(path)?;
            // Names in these folders may stand for files that are open elsewhere.
            let borrowed = ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder));
            if !known.is_file() || borrowed {
                return Ok(Self::Direct(file));
            }
        }
        let mut target = path.to_owned();
        for _ in 0..MOST_LINKS {
            let Ok(link) = fs::read_link(&target) else { break };
            target = folder_of(&target).join(link);
        }
        let name = target.file_name().context("this is no name of a file")?;
        let folder = fs::canonicalize(folder_of(&target))?;
        let (file, unfinished) = create_beside(&folder)?;
        let sink = Self::Unfinished { file, unfinished, target: folder.join(name) };
        if let (Some(known), Self::Unfinished { file, .. }) = (known, &sink) {
            file.set_permissions(known.permissions())?;
        }
        Ok(sink)
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A new file in `folder`.
fn create_beside(folder: &Path) -> Result<(File, PathBuf)> {
    for number in 0_u32.. {
        let path = folder.join(format!(".cairo-run-{}-{number}.unfinished", process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => {
                unfinished().insert(path.clone());
                return Ok((file, path));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
    }
    bail!("there is no free name for the unfinished file")
}
