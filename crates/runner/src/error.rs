//! [`RunError`]: why a run could not begin, go on or end.

use std::fmt;

use cairo_zero_builtins::BuiltinError;
use cairo_zero_core::{BuiltinName, Relocatable, Value};
use cairo_zero_executor::{ExecutionError, HintOr, RuleError};
use cairo_zero_hints::{FailureKind, HintError};
use cairo_zero_memory::{MemoryError, MemoryErrorKind, RelocationError};
use cairo_zero_program::Program;

use crate::allocation::AllocationError;
use crate::attributes::error_messages;
use crate::location::Locations;
use crate::ready::Help;
use crate::trace;
use crate::traceback::traceback;
use crate::{Layout, Ready};

/// Why a run could not begin, go on or end.
///
/// It prints as its report for people: what the reference says, with one line of help below where a
/// cure is known.
#[derive(Debug)]
pub struct RunError {
    report: String,
    help: Option<String>,
    /// What a hint's `sys.exit` asked for.
    status: Option<i32>,
    /// What led to the error, if more is known than the report says.
    trace: Vec<String>,
    /// What the reference says when it is to go on after the error, if it can be asked to.
    unfinished: Option<String>,
    hint: Option<Box<FailedHint>>,
}

/// A hint that made a run fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedHint {
    /// Its text.
    pub code: String,
    /// The last line of Python's traceback: the exception and its message.
    pub exception: String,
}

impl RunError {
    /// The exit status that a hint asked for by ending the process.
    #[must_use]
    pub const fn status(&self) -> Option<i32> {
        self.status
    }

    /// The report without the line of help.
    #[must_use]
    pub fn report(&self) -> &str {
        &self.report
    }

    /// One line that says how to get on, if there is one to give.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// The same with this line of help if it has none yet.
    #[must_use]
    pub fn or_help(mut self, help: Option<String>) -> Self {
        self.help = self.help.or(help);
        self
    }

    /// What led to the error, from the run down to the cause, a line for each.
    #[must_use]
    pub fn trace(&self) -> Vec<&str> {
        match self.trace.as_slice() {
            [] => self.report.lines().take(1).collect(),
            trace => trace.iter().map(String::as_str).collect(),
        }
    }

    /// For an error of the machine in the middle of a run, what the reference says when it goes on to
    /// the results after it (`--debug_error`): there are none.
    #[must_use]
    pub fn unfinished(&self) -> Option<&str> {
        self.unfinished.as_deref()
    }

    /// The hint that failed, if one did.
    #[must_use]
    pub fn failed_hint(&self) -> Option<&FailedHint> {
        self.hint.as_deref()
    }

    pub(crate) fn with_help(report: String, help: Option<String>) -> Self {
        Self { help, ..Self::plain(report) }
    }

    pub(crate) const fn plain(report: String) -> Self {
        Self { report, help: None, status: None, trace: Vec::new(), unfinished: None, hint: None }
    }

    /// An error in the middle of a run.
    fn midway(ready: &Ready, report: String, causes: Vec<String>) -> Self {
        let mut trace = trace::of_run(ready);
        trace.extend(causes);
        Self { trace, unfinished: Some(trace::unfinished(ready)), ..Self::plain(report) }
    }

    /// The steps ran out before the end was reached.
    pub(crate) fn step_limit(ready: &Ready, help: Help) -> Self {
        let message = "Error: End of program was not reached";
        let report = Failure::at_pc(message).report(ready);
        let help = match help {
            Help::Nothing => None,
            Help::MaxSteps(most) => Some(format!(
                "the run was stopped after {most} steps; --max_steps sets another limit"
            )),
        };
        Self { help, ..Self::midway(ready, report, vec![String::from(message)]) }
    }

    /// There were steps left to make when the end was reached.
    pub(crate) fn past_end(ready: &Ready) -> Self {
        let message = "Error: Execution reached the end of the program.";
        Self::midway(ready, Failure::at_pc(message).report(ready), vec![String::from(message)])
    }

    /// The steps that a run is lengthened to are more than allowed.
    pub(crate) fn padding_limit(ready: &Ready, steps: u64) -> Self {
        let most = ready.settings.max_steps;
        let help = format!("{steps} steps were asked for; --max_steps sets another limit");
        let report = format!("Error: The run was stopped after {most} steps.");
        Self { help: Some(help), ..Self::plain(report) }
    }

    /// A step beyond the end wrote to memory.
    pub(crate) fn frozen(ready: &Ready) -> Self {
        let message = "Memory is frozen and cannot be changed.";
        let failure = Failure { with_traceback: true, ..Failure::at_pc(message) };
        Self::midway(ready, failure.report(ready), vec![String::from(message)])
    }

    /// An instruction or a hint failed.
    pub(crate) fn failed(ready: &Ready, failure: HintOr<HintError>) -> Self {
        match failure {
            HintOr::Execution(ExecutionError::Rule(error)) if error.exit.is_some() => error.into(),
            HintOr::Execution(error) => {
                let message = error.to_string();
                let failure = Failure { with_traceback: true, ..Failure::at_pc(&message) };
                let help = match error {
                    ExecutionError::Memory(error) => memory_help(error),
                    // The reference's text says next to nothing of these.
                    ExecutionError::Decode(error) if error.to_string() != message => {
                        Some(error.to_string())
                    }
                    _ => None,
                };
                let causes =
                    vec![trace::instruction(ready), format!("{}: {message}", layer(&error))];
                Self { help, ..Self::midway(ready, failure.report(ready), causes) }
            }
            HintOr::Hint(error) => Self::hint(ready, &error),
        }
    }

    /// A call or return at `pc` could leave other registers behind than a caller expects.
    pub(crate) fn frame(program: &Program, pc: Value) -> Self {
        let message = "A call or return of this form is not allowed in a secure run.";
        let message = format!("Error at pc={pc}:\n{message}");
        let report = match pc.relocatable() {
            Some(at) => Locations::of(program).describe(at, None, &message),
            None => message,
        };
        Self::plain(String::from(report.trim_end()))
    }

    /// A hint could not be compiled or run.
    pub(crate) fn hint(ready: &Ready, error: &HintError) -> Self {
        let locations = Locations::of_run(ready);
        let notes = error.failure.traceback.render(|hint, line| locations.in_hint(hint, line));
        if let FailureKind::Exit(status) = error.failure.kind {
            return Self { status: Some(status), ..Self::plain(notes) };
        }
        let at = error.base.offset.saturating_add_unsigned(error.offset);
        let at = Relocatable::new(error.base.segment, at);
        let compiled = error.failure.kind != FailureKind::Compiling;
        let failure = Failure {
            message: error.failure.kind.message(),
            with_traceback: compiled,
            hint: Some((at, error.index)),
            notes: Some(&notes),
        };
        let report = failure.report(ready);
        let exception = notes.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
        let failed = FailedHint { code: hint_code(ready, error), exception: exception.to_owned() };
        let hint = Some(Box::new(failed));
        // All hints are compiled before the first step.
        if !compiled {
            return Self { hint, ..Self::plain(report) };
        }
        let number = error.number;
        let place = format!("hint {} of the instruction at {at} (<hint{number}>)", error.index);
        let causes = vec![trace::instruction(ready), place, exception.to_owned()];
        Self { hint, ..Self::midway(ready, report, causes) }
    }
}

/// The text of a hint, if the program is known that it is in.
fn hint_code(ready: &Ready, error: &HintError) -> String {
    let loaded = ready.loaded.iter().find(|(_, base)| *base == error.base);
    let program = loaded.map_or(&ready.program, |(program, _)| program);
    let hints = usize::try_from(error.offset).map_or(&[][..], |offset| program.hints_at(offset));
    hints.get(error.index as usize).map(|hint| hint.code.clone()).unwrap_or_default()
}

/// What part of the machine an error comes from.
const fn layer(error: &ExecutionError) -> &'static str {
    match error {
        ExecutionError::Memory(_) => "memory",
        ExecutionError::Builtin(_) => "a builtin",
        ExecutionError::Rule(_) => "a rule of a hint",
        ExecutionError::Decode(_) => "the decoder",
        _ => "the instruction",
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report)?;
        match &self.help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for RunError {}

/// What the reference's `VmException` is made of.
struct Failure<'a> {
    message: &'a str,
    with_traceback: bool,
    /// The hint that failed: its instruction's address, and its place there.
    hint: Option<(Relocatable, u32)>,
    notes: Option<&'a str>,
}

impl<'a> Failure<'a> {
    const fn at_pc(message: &'a str) -> Self {
        Self { message, with_traceback: false, hint: None, notes: None }
    }

    fn report(&self, ready: &Ready) -> String {
        let locations = Locations::of_run(ready);
        let pc = match self.hint {
            // A hint that could not be compiled has its own place; the run has not begun.
            Some((at, _)) => at.into(),
            None => ready.machine.registers().pc,
        };
        let message = format!("Error at pc={pc}:\n{}", self.message);
        let fp = ready.machine.registers().fp;
        // A hint that can't be compiled fails before there is any frame.
        let running = self.hint.is_none() || self.with_traceback;
        let mut report = String::new();
        if running {
            report = error_messages(ready, pc, fp);
        }
        report.push_str(&match pc.relocatable() {
            Some(at) => locations.describe(at, self.hint.map(|(_, index)| index), &message),
            None => format!("{message}\n"),
        });
        if self.with_traceback
            && let Some(trace) = traceback(ready, &locations)
        {
            report.push_str(&trace);
            report.push('\n');
        }
        if let Some(notes) = self.notes {
            report.push_str(notes);
        }
        report.truncate(report.trim_end().len());
        report
    }
}

/// Why a run could not begin; the wording is the reference's (`cairo_runner.py` of cairo-lang)
/// where it has the case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SetUpError {
    #[error("Builtins {} are not present in layout \"{layout}\"", SetOf(missing))]
    MissingBuiltins {
        missing: Vec<BuiltinName>,
        layout: &'static str,
        help: Option<&'static Layout>,
    },
    #[error(
        "The builtins specified by the %builtins directive must be subsequence of {}. Got {}.",
        ListOf(BuiltinName::ALL.split_last().map_or(&[], |(_, supported)| supported)),
        ListOf(.0)
    )]
    BuiltinOrder(Vec<BuiltinName>),
    #[error("Missing main().")]
    MissingMain,
    #[error("There is no entry point {0:?}: {1}")]
    MissingEntry(String, String),
    #[error("Unknown identifier '__end__'.")]
    NotForProofs,
}

impl From<SetUpError> for RunError {
    fn from(error: SetUpError) -> Self {
        let help = match &error {
            SetUpError::MissingBuiltins { help: Some(layout), .. } => Some(format!(
                "--layout {} is the smallest layout with all builtins of this program",
                layout.name
            )),
            SetUpError::MissingMain => {
                Some(String::from("--entrypoint NAME starts a program at another function"))
            }
            SetUpError::NotForProofs => Some(String::from(
                "a program for proofs is compiled with cairo-compile --proof_mode",
            )),
            _ => None,
        };
        Self { help, ..Self::plain(format!("Error: {error}")) }
    }
}

/// Why a finished run is none that could be proven; the wording is the reference's where it has the
/// case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ProofError {
    #[error("The run would need more than 2^63 steps.")]
    TooManySteps,
    #[error("Address offsets must be non-negative. Found: {0}.")]
    NegativeAccess(i64),
    #[error(
        "Accessed address {0} has higher offset than the maximal offset {1} encountered in the \
         memory segment."
    )]
    AccessBeyond(Relocatable, i128),
    #[error("{0}")]
    Builtin(String),
}

impl From<ProofError> for RunError {
    fn from(error: ProofError) -> Self {
        Self::plain(format!("Error: {error}"))
    }
}

impl From<AllocationError> for RunError {
    fn from(error: AllocationError) -> Self {
        let help = match error {
            AllocationError::Shortage(_) => "without --steps a run is lengthened as needed",
            AllocationError::Indivisible(..) => "--steps is best a power of 2 in proof mode",
        };
        Self { help: Some(String::from(help)), ..Self::plain(format!("Error: {error}")) }
    }
}

/// Why a run that reached its end does not count; the wording is the reference's where it has the
/// case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EndError {
    #[error("{0}")]
    OpenScopes(String),
    #[error("The temporary segment {0} was never relocated.")]
    TemporarySegment(i32),
    #[error("Segment {0} exceeded its allocated size.")]
    SizeExceeded(i32),
    #[error("The stop pointer of the missing builtin \"{0}\" must be 0.")]
    MissingBuiltinPointer(BuiltinName),
    #[error("{0} segment stop ptr is None.")]
    NoStopPointer(BuiltinName),
    #[error("Out of bounds access to program segment at {0}.")]
    ProgramBounds(Relocatable),
    #[error("Invalid memory value at address {0}: {1}.")]
    StrayAddress(Relocatable, Relocatable),
    #[error("A hint has changed the cell at {0}, which the program had used.")]
    Rewritten(Relocatable),
    #[error("The run ended with fp = {found}; main's caller has {expected}.")]
    FinalFrame { found: Value, expected: Relocatable },
}

impl From<EndError> for RunError {
    fn from(error: EndError) -> Self {
        Self::plain(format!("Error: {error}"))
    }
}

impl From<BuiltinError> for RunError {
    fn from(error: BuiltinError) -> Self {
        Self::plain(format!("Error: {error}"))
    }
}

impl From<RuleError> for RunError {
    fn from(error: RuleError) -> Self {
        match error.exit {
            None => Self::plain(format!("Error: {error}")),
            status => Self { status, ..Self::plain(error.message) },
        }
    }
}

impl From<MemoryError> for RunError {
    fn from(error: MemoryError) -> Self {
        Self { help: memory_help(error), ..Self::plain(format!("Error: {error}")) }
    }
}

/// What to say to somebody whose run used up its memory.
fn memory_help(error: MemoryError) -> Option<String> {
    matches!(error.kind(), MemoryErrorKind::OutOfMemory(_) | MemoryErrorKind::TooManyForLimit)
        .then(|| String::from("--max_memory sets how much memory the cells of a run may take"))
}

impl From<RelocationError> for RunError {
    fn from(error: RelocationError) -> Self {
        Self::plain(format!("Error: {error}"))
    }
}

/// Names as Python prints a set of them.
struct SetOf<'a>(&'a [BuiltinName]);

impl fmt::Display for SetOf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.0.iter().map(|name| format!("'{name}'")).collect();
        write!(f, "{{{}}}", names.join(", "))
    }
}

/// Names as Python prints a list of them.
struct ListOf<'a>(&'a [BuiltinName]);

impl fmt::Display for ListOf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.0.iter().map(|name| format!("'{name}'")).collect();
        write!(f, "[{}]", names.join(", "))
    }
}
