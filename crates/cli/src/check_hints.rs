//! `--check_hints`: a table of the program's hints that says how each would run, without a run.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use cairo_zero_hints::{Choice, Engine, Options, Runner};
use cairo_zero_hints_python::{Problem, Python};
use cairo_zero_program::Program;
use cairo_zero_runner::hint_places;

use crate::args::Args;
use crate::run::module_path;

/// A line of the table.
struct Line {
    pc: String,
    place: String,
    runner: String,
    problem: String,
}

/// Prints the table.
///
/// # Errors
/// When a hint can't run, or the table can't be made.
pub(crate) fn check_hints(args: &Args, program: &Arc<Program>) -> Result<ExitCode> {
    let mut python = Python::new(io::sink()).with_modules(module_path(args)?);
    let options = Options { choice: args.hints.into(), ..Options::default() };
    let engine = Engine::load(Arc::clone(program), options)
        .map_err(|error| anyhow!("{}", error.failure.traceback))?;
    let places = hint_places(program);
    let hints = program.hints().iter().flat_map(|(_, hints)| hints);
    let mut lines = Vec::new();
    for (number, ((hint, runner), (pc, place))) in
        (0..).zip(hints.zip(engine.runners()).zip(places))
    {
        let (runner, problems) = match runner {
            Runner::Native(name) => (format!("native ({name})"), Vec::new()),
            Runner::Evaluator => (String::from("native"), Vec::new()),
            Runner::Registered => (String::from("registered"), Vec::new()),
            Runner::Interpreter if args.hints_choice() == Choice::Native => {
                (String::from("none"), vec![String::from("not among the native hints")])
            }
            Runner::Interpreter => {
                let problems = python.problems(number, &hint.code);
                let problems = problems.map_err(|failure| anyhow!("{}", failure.traceback))?;
                (String::from("Python"), problems.iter().map(sentence).collect())
            }
        };
        lines.push(Line {
            pc: pc.to_string(),
            place: place.unwrap_or_else(|| String::from("-")),
            runner,
            problem: problems.join(", "),
        });
    }
    let mut out = io::stdout().lock();
    out.write_all(table(&lines).as_bytes()).and_then(|()| out.flush()).context("can't print")?;
    let broken = lines.iter().filter(|line| !line.problem.is_empty()).count();
    if broken > 0 {
        bail!("{broken} of {} hints can't run", lines.len());
    }
    Ok(ExitCode::SUCCESS)
}

fn sentence(problem: &Problem) -> String {
    match problem {
        Problem::Syntax(sentence) => sentence.clone(),
        Problem::Import(module) => module.clone(),
        Problem::Name(name) => format!("{name} is no Python and no hint known here"),
    }
}

/// The table with its columns one below the other.
fn table(lines: &[Line]) -> String {
    let heading = Line {
        pc: String::from("pc"),
        place: String::from("place"),
        runner: String::from("runs as"),
        problem: String::from("unresolved imports"),
    };
    let width = |column: fn(&Line) -> &String| {
        let all = lines.iter().chain([&heading]).map(|line| column(line).chars().count());
        all.max().unwrap_or(0)
    };
    let (pc, place, runner) =
        (width(|line| &line.pc), width(|line| &line.place), width(|line| &line.runner));
    let mut text = String::new();
    for line in [&heading].into_iter().chain(lines) {
        let problem = if line.problem.is_empty() { "-" } else { &line.problem };
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "{:<pc$}  {:<place$}  {:<runner$}  {problem}",
            line.pc, line.place, line.runner
        );
    }
    text
}
