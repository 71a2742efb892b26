//! Running the cases of a suite, several at a time, and holding each to its recorded answer.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tempfile::{NamedTempFile, TempDir};

use crate::answer::{Answer, Moved, Run};
use crate::case::{Case, Plan, ProgramFile, below};
use crate::child::{Child, Ended};
use crate::compile::Compiler;
use crate::digests::Digests;
use crate::report::Report;
use crate::settings::{Item, Words};

/// Bytes of the largest trace or memory that is kept to be compared with later ones.
const MOST_KEPT: u64 = 64 << 20;

/// The files that are recorded by digests of their records: what they are, flag, bytes of a record,
/// name of a record, and the command that compares two.
const RECORDS: [(Item, &str, &str, u64, &str, &str); 2] = [
    (Item::Trace, "trace", "--trace_file", 24, "steps", "compare-trace"),
    (Item::Memory, "memory", "--memory_file", 40, "cells", "compare-memory"),
];

/// How the cases are run.
pub struct Options<'a> {
    /// The command that runs a program, `cairo-run`.
    pub runner: PathBuf,
    /// What compiles sources; without it they are skipped.
    pub compiler: Option<Compiler>,
    /// The folder for what later suites can use.
    pub cache: PathBuf,
    /// How many run at a time.
    pub jobs: NonZeroUsize,
    /// How long each may take, unless its settings say otherwise.
    pub timeout: Duration,
    /// How many MiB of memory each may take, unless its settings say otherwise.
    pub max_memory: u64,
    /// Whether nothing more is begun when one has failed.
    pub fail_fast: bool,
    /// Whether answers are recorded.
    pub bless: Option<Bless>,
    /// What is wrong with the flags of a case, if anything is.
    pub check: &'a (dyn Fn(&[String]) -> Result<(), String> + Sync),
}

/// Which answers are recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bless {
    /// All.
    All,
    /// Those that are missing; the others are compared.
    Missing,
}

/// A part of a suite: the cases number `index`, `index + count`, and so on, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partition {
    /// Which part, from 1 to `count`.
    pub index: usize,
    /// How many parts there are.
    pub count: usize,
}

impl Partition {
    /// Leaves the cases of this part.
    #[must_use]
    pub fn of(self, cases: Vec<Case>) -> Vec<Case> {
        let numbered = cases.into_iter().enumerate();
        numbered.filter(|(at, _)| at % self.count + 1 == self.index).map(|(_, case)| case).collect()
    }
}

/// What came of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It gave what is recorded.
    Passed,
    /// Its answer was recorded; `true` if it had changed or was new.
    Blessed(bool),
    /// It did not, and why.
    Failed(String),
    /// It was not run, and why.
    Skipped(String),
}

/// A case and what came of it.
#[derive(Debug, Clone)]
pub struct Verified {
    /// The name of the case.
    pub name: String,
    /// What came of it.
    pub verdict: Verdict,
    /// How long its runs took.
    pub time: Duration,
    /// The steps of its run, if that ended well.
    pub steps: Option<u64>,
    /// The counts that are not what is recorded, within their tolerances or not.
    pub moved: Vec<Moved>,
}

/// Is told how far the suite is.
pub trait Progress {
    /// A case is done.
    fn done(&mut self, verified: &Verified);
}

/// Runs the cases and gives their verdicts, in the order of the cases.
pub fn run(cases: &[Case], options: &Options<'_>, progress: &mut dyn Progress) -> Report {
    let start = Instant::now();
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let mut verified: Vec<Option<Verified>> = vec![None; cases.len()];
    let (send, received) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..options.jobs.get().min(cases.len()) {
            let (send, next, stop) = (send.clone(), &next, &stop);
            scope.spawn(move || {
                while let Some((at, case)) = Some(next.fetch_add(1, Ordering::Relaxed))
                    .and_then(|at| Some((at, cases.get(at)?)))
                {
                    let skipped = || Verdict::Skipped(String::from("another program failed first"));
                    let stopped = stop.load(Ordering::Relaxed);
                    let result =
                        if stopped { result_of(case, skipped()) } else { verify(case, options) };
                    let failed = matches!(result.verdict, Verdict::Failed(_));
                    stop.fetch_or(failed && options.fail_fast, Ordering::Relaxed);
                    drop(send.send((at, result)));
                }
            });
        }
        drop(send);
        for (at, result) in received {
            progress.done(&result);
            verified[at] = Some(result);
        }
    });
    let lost = |case: &Case| result_of(case, Verdict::Failed(String::from("was lost")));
    let verified = verified.into_iter().zip(cases);
    let verified = verified.map(|(result, case)| result.unwrap_or_else(|| lost(case))).collect();
    Report { verified, time: start.elapsed() }
}

fn result_of(case: &Case, verdict: Verdict) -> Verified {
    let name = case.name.clone();
    Verified { name, verdict, time: Duration::ZERO, steps: None, moved: Vec::new() }
}

/// Runs one case; whatever goes wrong is its own failure.
fn verify(case: &Case, options: &Options<'_>) -> Verified {
    let mut result = result_of(case, Verdict::Passed);
    let verdict = catch_unwind(AssertUnwindSafe(|| try_verify(case, options, &mut result)));
    result.verdict = match verdict {
        Ok(Ok(verdict)) => verdict,
        Ok(Err(reason)) => Verdict::Failed(reason),
        Err(_) => Verdict::Failed(String::from("this is a bug in the suite: a panic")),
    };
    result
}

fn try_verify(
    case: &Case,
    options: &Options<'_>,
    result: &mut Verified,
) -> Result<Verdict, String> {
    let plan = case.plan.as_ref().map_err(Clone::clone)?;
    if let Some(reason) = &plan.settings.skip {
        return Ok(Verdict::Skipped(reason.clone()));
    }
    let recorded = match fs::read_to_string(&plan.expected) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(format!("{}: {error}", plan.expected.display())),
    };
    let Some(program) = compiled(plan, options)? else {
        return Ok(Verdict::Skipped(String::from("it is not compiled, and there is no compiler")));
    };
    let (answer, folders) = answer(plan, &program, options, &mut result.time)?;
    result.steps = answer.runs.first().and_then(|run| {
        run.counts.iter().find(|(name, _)| name == "steps").map(|(_, count)| *count)
    });
    let rerecord = match (options.bless, &recorded) {
        (None, None) => {
            let path = below(&plan.root, &plan.expected).display();
            return Err(format!("no answer is recorded: there is no {path} (--bless writes it)"));
        }
        (Some(Bless::All), _) | (Some(Bless::Missing), None) => true,
        (Some(Bless::Missing) | None, Some(_)) => false,
    };
    let (difference, moved) =
        answer.compare(recorded.as_deref().unwrap_or_default(), &plan.settings.tolerance);
    if rerecord {
        let new = recorded.as_ref().is_none_or(|recorded| *recorded != answer.text());
        if new {
            write(&plan.expected, &answer.text())?;
        }
        keep_files(plan, &answer, &folders, options);
        return Ok(Verdict::Blessed(new));
    }
    result.moved = moved;
    match (difference, recorded) {
        (Some(difference), Some(recorded)) => {
            let files = differing_files(plan, &program, &recorded, &answer, &folders, options);
            Err(["another answer than is recorded\n", &files, &difference].concat())
        }
        _ => {
            keep_files(plan, &answer, &folders, options);
            Ok(Verdict::Passed)
        }
    }
}

/// The compiled program; nothing if there is only a source and no compiler.
fn compiled(plan: &Plan, options: &Options<'_>) -> Result<Option<PathBuf>, String> {
    match (&plan.program, &options.compiler) {
        (ProgramFile::Compiled(path), _) => Ok(Some(path.clone())),
        (ProgramFile::Source(path), Some(compiler)) => {
            compiler.compile(&plan.root, path, &plan.settings.compile.0).map(Some)
        }
        (ProgramFile::Source(_), None) => Ok(None),
    }
}

/// Makes all runs of a case. The files that each has written are in the folder of its number.
fn answer(
    plan: &Plan,
    program: &Path,
    options: &Options<'_>,
    time: &mut Duration,
) -> Result<(Answer, Vec<TempDir>), String> {
    let mut answer = Answer::default();
    let mut folders = Vec::new();
    let own = (String::new(), Words::default());
    let variants = plan.settings.variants.iter().map(|(name, flags)| (name.clone(), flags.clone()));
    for (variant, flags) in std::iter::once(own).chain(variants) {
        let folder = TempDir::new().map_err(|error| format!("a folder for the files: {error}"))?;
        let run = one_run(plan, program, &flags, folder.path(), options, time);
        let of_variant = |error| match &*variant {
            "" => error,
            name => format!("{name}: {error}"),
        };
        answer.runs.push(Run { variant: variant.clone(), ..run.map_err(of_variant)? });
        folders.push(folder);
    }
    Ok((answer, folders))
}

/// Makes one run whose files go to `folder`.
fn one_run(
    plan: &Plan,
    program: &Path,
    flags: &Words,
    folder: &Path,
    options: &Options<'_>,
    time: &mut Duration,
) -> Result<Run, String> {
    let settings = &plan.settings;
    let arguments = settings.arguments(flags);
    (options.check)(&arguments)?;
    let mut child = Child::new(&options.runner, &plan.root);
    child.arguments.extend(["--program".into(), program.into()]);
    let memory = settings.max_memory.unwrap_or(options.max_memory).to_string();
    child.arguments.extend(["--max_memory".into(), memory.into()]);
    child.arguments.extend(arguments.iter().map(Into::into));
    let summary = folder.join("summary");
    child.arguments.extend(["--summary_file".into(), summary.clone().into()]);
    for (item, name, flag, ..) in RECORDS {
        if settings.records(item) {
            child.arguments.extend([flag.into(), folder.join(name).into()]);
        }
    }
    let pie = folder.join("pie");
    if settings.records(Item::Pie) {
        child.arguments.extend(["--cairo_pie_output".into(), pie.clone().into()]);
    }
    let limit = settings.timeout.map_or(options.timeout, |seconds| seconds.0);
    let ended = child.run(limit).map_err(|error| error.to_string())?;
    *time += ended.time;
    let expected = settings.status.unwrap_or_default();
    let shown = || show(&ended.stderr, plan, program);
    match ended.status {
        status if status == expected => {}
        status if status < 0 => {
            return Err(format!("was ended by signal {}\n{}", -status, shown()));
        }
        status => {
            return Err(format!("exit status {status} instead of {expected}\n{}", shown()));
        }
    }
    let mut run = Run { status: ended.status, ..Run::default() };
    push_texts(&mut run, plan, program, &ended);
    push_files(&mut run, plan, folder, &summary, &pie)
        .map_err(|error| format!("the files of the run: {error}"))?;
    Ok(run)
}

/// What a run has printed.
fn push_texts(run: &mut Run, plan: &Plan, program: &Path, ended: &Ended) {
    let printed =
        [(Item::Stdout, "stdout", &ended.stdout), (Item::Stderr, "stderr", &ended.stderr)];
    for (item, name, text) in printed {
        if plan.settings.records(item) && !text.is_empty() {
            run.texts.push((name, show(text, plan, program)));
        }
    }
}

/// The files that a run has written.
fn push_files(
    run: &mut Run,
    plan: &Plan,
    folder: &Path,
    summary: &Path,
    pie: &Path,
) -> Result<(), std::io::Error> {
    let settings = &plan.settings;
    if summary.exists() {
        let summary: Summary = serde_json::from_slice(&fs::read(summary)?)?;
        if settings.records(Item::Counts) {
            run.counts.push((String::from("steps"), summary.steps));
            run.counts.push((String::from("memory_cells"), summary.memory_cells));
            run.counts.extend(summary.builtins);
        }
        let lines = |lines: Vec<String>| lines.iter().map(|line| format!("{line}\n")).collect();
        if settings.records(Item::Output) && !summary.output.is_empty() {
            let missing = || String::from("<missing>");
            let values = summary.output.into_iter().map(|value| value.unwrap_or_else(missing));
            run.texts.push(("output", lines(values.collect())));
        }
        if settings.records(Item::Segments) {
            let bases = (0..).zip(summary.segments);
            let rows = bases.map(|(number, base): (u64, u64)| format!("{number} {base}"));
            run.texts.push(("segments", lines(rows.collect())));
        }
    }
    for (item, name, _, size, unit, _) in RECORDS {
        let path = folder.join(name);
        if settings.records(item) && path.exists() {
            run.texts.push((name, Digests::of_file(&path, size, None)?.text(unit)));
        }
    }
    if settings.records(Item::Pie) && pie.exists() {
        let digests = Digests::of_file(pie, 1, Some(u64::MAX))?;
        let text = format!("{} bytes, sha256 {}\n", digests.records, digests.whole);
        run.texts.push(("pie", text));
    }
    Ok(())
}

/// What `--summary_file` writes.
#[derive(Deserialize)]
struct Summary {
    steps: u64,
    memory_cells: u64,
    builtins: BTreeMap<String, u64>,
    output: Vec<Option<String>>,
    segments: Vec<u64>,
}

/// Printed text as it is recorded: what was compiled here is named as if it lay beside its source.
fn show(text: &[u8], plan: &Plan, program: &Path) -> String {
    let text = String::from_utf8_lossy(text);
    match &plan.program {
        ProgramFile::Compiled(_) => text.into_owned(),
        ProgramFile::Source(source) => {
            let beside = source.with_extension("json").display().to_string();
            text.replace(&program.display().to_string(), &beside)
        }
    }
}

/// Writes a file whole or not at all.
fn write(path: &Path, text: &str) -> Result<(), String> {
    let at = |error: &std::io::Error| format!("{}: {error}", path.display());
    let folder = path.parent().unwrap_or(Path::new("."));
    let file = NamedTempFile::new_in(folder).map_err(|error| at(&error))?;
    fs::write(file.path(), text).map_err(|error| at(&error))?;
    make_readable(file.path()).map_err(|error| at(&error))?;
    file.persist(path).map(drop).map_err(|error| at(&error.error))
}

/// Gives a file that was made for one user alone the usual permissions.
#[cfg(unix)]
fn make_readable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Where a trace or memory with such a digest is kept.
fn kept(options: &Options<'_>, name: &str, digests: &Digests) -> PathBuf {
    options.cache.join(format!("{}.{name}", digests.whole))
}

/// Keeps traces and memories that are as recorded, so that a later difference can be shown exactly.
fn keep_files(plan: &Plan, answer: &Answer, folders: &[TempDir], options: &Options<'_>) {
    for (run, folder) in answer.runs.iter().zip(folders) {
        for (item, name, ..) in RECORDS {
            let path = folder.path().join(name);
            let text = run.texts.iter().find(|(text, _)| *text == name);
            let digests = text.and_then(|(_, text)| Digests::parse(text));
            let small = fs::metadata(&path).is_ok_and(|data| data.len() <= MOST_KEPT);
            let (Some(digests), true, true) = (digests, small, plan.settings.records(item)) else {
                continue;
            };
            let target = kept(options, name, &digests);
            if !target.exists() {
                // Only how exactly a later difference can be shown depends on it.
                let copied = fs::create_dir_all(&options.cache).and_then(|()| {
                    let file = NamedTempFile::new_in(&options.cache)?;
                    fs::copy(&path, file.path())?;
                    file.persist(target).map(drop).map_err(|error| error.error)
                });
                drop(copied);
            }
        }
    }
}

/// Where traces and memories differ from the recorded ones.
fn differing_files(
    plan: &Plan,
    program: &Path,
    recorded: &str,
    answer: &Answer,
    folders: &[TempDir],
    options: &Options<'_>,
) -> String {
    let mut text = String::new();
    for (run, folder) in answer.runs.iter().zip(folders) {
        for (_, name, _, size, unit, command) in RECORDS {
            let now = run.texts.iter().find(|(text, _)| *text == name);
            let now = now.and_then(|(_, text)| Digests::parse(text));
            let old = Answer::recorded_text(recorded, &run.variant, name);
            let old = old.and_then(|text| Digests::parse(&text));
            let (Some(now), Some(old)) = (now, old) else { continue };
            if now.whole == old.whole {
                continue;
            }
            let path = folder.path().join(name);
            let earlier = kept(options, name, &old);
            let line = if earlier.exists() {
                let mut child = Child::new(&options.runner, &plan.root);
                let words = [command.as_ref(), earlier.as_os_str(), path.as_os_str()];
                child.arguments.extend(words.map(Into::into));
                child.arguments.extend(["--program".into(), program.into()]);
                let ended = child.run(options.timeout).map(|ended| ended.stdout);
                let said = String::from_utf8_lossy(&ended.unwrap_or_default()).into_owned();
                let said = said.replace(&earlier.display().to_string(), "recorded");
                said.replace(&path.display().to_string(), "now")
            } else {
                let now = Digests::of_file(&path, size, Some(old.block)).unwrap_or(now);
                about_where(name, unit, &old, &now)
            };
            text.push_str(&line);
        }
    }
    text
}

/// Where two files of records differ, as far as their digests tell.
fn about_where(name: &str, unit: &str, old: &Digests, now: &Digests) -> String {
    let counts = format!("{} {unit} recorded, {} now", old.records, now.records);
    match old.first_difference(now) {
        Some((first, last)) if first == last => {
            format!("the {name} differs first in number {first} of its {unit} ({counts})\n")
        }
        Some((first, last)) => {
            format!(
                "the {name} differs first in numbers {first} to {last} of its {unit} ({counts})\n"
            )
        }
        None => format!("the {name} differs ({counts})\n"),
    }
}
