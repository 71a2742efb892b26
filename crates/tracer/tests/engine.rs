//! What is told of steps, held to the full trace and to memory as it grew.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use cairo_zero_builtins::Builtins;
use cairo_zero_core::{Relocatable, Value};
use cairo_zero_executor::{Machine, Registers};
use cairo_zero_memory::Memory;
use cairo_zero_tracer::{Direction, Found, Stops, Tracing, Until};
use support::{Over, program, run};

/// Programs that reach their end, some of them with hints that native code runs.
const PROGRAMS: &[&str] = &[
    "features/loop.json",
    "features/functions.json",
    "features/nested_calls.json",
    "features/jump_table.json",
    "features/call_abs.json",
    "builtins/bitwise_three.json",
];

/// Runs of [`PROGRAMS`], and some that fail, and one in proof mode.
fn runs() -> Result<Vec<(String, Over)>> {
    let mut runs = Vec::new();
    for name in PROGRAMS {
        runs.push(((*name).to_owned(), run(&program(name)?, false)?));
    }
    for name in ["errors/assert_deep.json", "errors/assert_in_callee.json", "errors/walk.json"] {
        runs.push((name.to_owned(), run(&program(name)?, false)?));
    }
    runs.push((
        String::from("proof/several_recursive.json"),
        run(&program("proof/several_recursive.json")?, true)?,
    ));
    let failed = runs.iter().filter(|(_, over)| matches!(over, Over::Failed(..))).count();
    ensure!(failed == 3, "{failed} runs have failed");
    Ok(runs)
}

fn text(value: Value) -> String {
    match value {
        Value::Felt(felt) => format!("{felt:#x}"),
        Value::Relocatable(at) => format!("{}:{}", at.segment, at.offset),
    }
}

/// So many positions of a run at least are looked at, those at its ends among them.
fn some(positions: usize) -> Vec<usize> {
    let stride = (positions / 150).max(1);
    let mut some: Vec<usize> = (0..positions).step_by(stride).collect();
    some.extend(positions.saturating_sub(10)..positions);
    some.extend(0..positions.min(10));
    some
}

#[test]
fn states_are_those_of_the_trace() -> Result<()> {
    for (name, over) in runs()? {
        let (trace, tracing) = (over.trace(), over.tracing()?);
        ensure!(tracing.steps() + 1 == trace.len() as u64, "{name}: {} steps", tracing.steps());
        for at in some(trace.len()) {
            let Registers { pc, ap, fp } = trace[at];
            let state = tracing.state(at as u64);
            let shown = [&state.pc, &state.ap, &state.fp];
            let expected = [text(pc), text(ap.into()), text(fp)];
            ensure!(shown.into_iter().eq(&expected), "{name}, step {at}: {state:?}");
            ensure!(state.step == at as u64 && state.last == (at + 1 == trace.len()));
            for operand in state.operands.iter().flatten() {
                let held = operand.at.as_deref().and_then(|at| {
                    let (segment, offset) = at.split_once(':')?;
                    let at = Relocatable::new(segment.parse().ok()?, offset.parse().ok()?);
                    over.past().memory().get(at).map(text)
                });
                ensure!(operand.value == held, "{name}, step {at}: {operand:?} is {held:?}");
            }
        }
        ensure!(tracing.state(u64::MAX).last, "{name}: there is no last state");
    }
    Ok(())
}

/// Where a search leads; `None` for nowhere.
fn to(found: Found) -> Option<usize> {
    match found {
        Found::At(position) => usize::try_from(position).ok(),
        Found::Nothing | Found::TooLong(_) => None,
    }
}

fn offset(fp: Value) -> i64 {
    fp.relocatable().map_or(i64::MIN, |fp| fp.offset)
}

#[test]
fn searches_lead_where_looking_at_every_step_does() -> Result<()> {
    for (name, over) in runs()? {
        let (trace, tracing) = (over.trace(), over.tracing()?);
        // Positions at which a proof's run rests are all alike.
        let end = trace.len().min(1 + trace.windows(2).take_while(|two| two[0] != two[1]).count());
        let pcs: Vec<Relocatable> = [3, end / 2, end - 1]
            .iter()
            .filter_map(|at| trace.get(*at)?.pc.relocatable())
            .collect();
        let stops = Stops { pcs: pcs.clone(), cells: Vec::new() };
        let places: Vec<_> = (trace.iter().take(end))
            .map(|registers| (tracing.line_of(registers.pc), registers.fp))
            .collect();
        for at in some(end) {
            let fp = offset(trace[at].fp);
            let is_stop =
                |other: usize| trace[other].pc.relocatable().is_some_and(|pc| pcs.contains(&pc));
            let goals: [(Until, &dyn Fn(usize) -> bool); 4] = [
                (Until::Break, &is_stop),
                (Until::Over, &|other| offset(trace[other].fp) <= fp || is_stop(other)),
                (Until::Out, &|other| offset(trace[other].fp) < fp || is_stop(other)),
                (Until::Line, &|other| other == 0 || places[other - 1] != places[other]),
            ];
            for (until, is_goal) in goals {
                let forward = tracing.find(at as u64, Direction::Forward, until, &stops);
                let expected = (at + 1..end).find(|other| is_goal(*other));
                let found = to(forward).filter(|found| *found < end);
                ensure!(
                    found == expected,
                    "{name}: {until:?} from {at}: {forward:?}, {expected:?}"
                );
                let back = tracing.find(at as u64, Direction::Back, until, &stops);
                let expected = (0..at).rev().find(|other| is_goal(*other));
                ensure!(to(back) == expected, "{name}: {until:?} to {at}: {back:?}, {expected:?}");
            }
        }
    }
    Ok(())
}

#[test]
fn a_line_forward_and_one_back_lead_to_where_they_began() -> Result<()> {
    for (name, over) in runs()? {
        let tracing = over.tracing()?;
        let (mut at, mut lines) = (0, 0);
        while let Found::At(next) = line(&tracing, at, Direction::Forward) {
            let back = line(&tracing, next, Direction::Back);
            ensure!(back == Found::At(at), "{name}: from {at} to {next} and back to {back:?}");
            (at, lines) = (next, lines + 1);
            if lines > 300 {
                break;
            }
        }
        ensure!(lines > 0, "{name}: no lines");
    }
    Ok(())
}

fn line(tracing: &Tracing<'_>, at: u64, direction: Direction) -> Found {
    tracing.find(at, direction, Until::Line, &Stops::default())
}

/// For each cell that a run without hints has, the step that made it hold something, or `None` if it
/// did before the first.
fn written(name: &str) -> Result<BTreeMap<Relocatable, Option<u64>>> {
    let program = program(name)?;
    ensure!(program.hints().is_empty(), "{name} has hints");
    let mut memory = Memory::new();
    let (base, stack) = (memory.add_segment()?, memory.add_execution_segment()?);
    let (back, end) = (memory.add_segment()?, memory.add_segment()?);
    memory.load(base, program.data().iter().copied().map(Value::Felt))?;
    let first = memory.load(stack, [back.into(), end.into()])?;
    let main = program.main()?.context("there is no main function")?;
    let pc = Relocatable::new(0, main as i64);
    let start = Registers { pc: pc.into(), ap: first, fp: first.into() };
    let mut machine = Machine::new(memory, Builtins::default(), start);
    let mut written = BTreeMap::new();
    let mut known: BTreeSet<Relocatable> = machine.memory.iter().map(|(at, _)| at).collect();
    written.extend(known.iter().map(|at| (*at, None)));
    while machine.registers().pc != Value::Relocatable(end) {
        let step = machine.steps();
        machine.step()?;
        for (at, _) in machine.memory.iter() {
            if known.insert(at) {
                written.insert(at, Some(step));
            }
        }
    }
    Ok(written)
}

#[test]
fn writers_and_readers_are_those_that_a_run_had() -> Result<()> {
    let names =
        ["loop", "namespaces", "nested_calls", "jump_table", "arrays", "assert_eq_op1", "locals"];
    for name in names.map(|name| format!("features/{name}.json")) {
        let written = written(&name)?;
        let over = run(&program(&name)?, false)?;
        let (tracing, trace) = (over.tracing()?, over.trace());
        let mut seen = 0;
        let mut cells = Vec::new();
        for at in 0..trace.len() as u64 - 1 {
            let operands = tracing.state(at).operands.context("there is no instruction")?;
            cells.push(operands.map(|own| own.at));
        }
        for (cell, step) in written.iter().take(400) {
            let writer = tracing.writer(*cell).ok().context("this takes too long")?;
            ensure!(writer.step == *step, "{name}: {cell} was written at {step:?}, not {writer:?}");
            let reads = tracing.reads(*cell, writer.step, 1000);
            let own = Some(text((*cell).into()));
            let steps = (0..).zip(&cells).filter(|(_, cells)| cells.contains(&own));
            let steps = steps.map(|(at, _)| at).filter(|at| writer.step != Some(*at));
            let expected: Vec<u64> = steps.collect();
            ensure!(reads.steps == expected && !reads.more, "{name}: {cell}: {reads:?}");
            seen += usize::from(step.is_some());
        }
        ensure!(seen > 2, "{name}: only {seen} cells were written");
    }
    Ok(())
}

#[test]
fn a_run_that_failed_is_shown_where_it_did() -> Result<()> {
    let over = run(&program("errors/assert_deep.json")?, false)?;
    let failed_at = over.past().failed_at().context("it did not fail")?;
    let tracing = over.tracing()?;
    let state = tracing.state(u64::MAX);
    ensure!(state.pc == text(failed_at) && state.last && state.operands.is_some(), "{state:?}");
    ensure!(state.depth > 10 && state.stack.len() as u64 == state.depth + 1, "{state:?}");
    let names: BTreeSet<_> = state.stack.iter().map(|frame| frame.function.clone()).collect();
    let expected = ["__main__.descend", "__main__.main"].map(|name| Some(name.to_owned()));
    ensure!(names == BTreeSet::from(expected), "{names:?}");
    Ok(())
}

#[test]
fn the_steps_of_a_run_at_rest_are_all_there() -> Result<()> {
    let over = run(&program("proof/several_recursive.json")?, true)?;
    let (tracing, trace) = (over.tracing()?, over.trace());
    let rest = trace.last().context("there are no steps")?;
    let resting = trace.iter().rev().take_while(|registers| *registers == rest).count();
    ensure!(resting > 2, "the run never rests");
    for back in 0..resting.min(5) {
        let at = (trace.len() - 1 - back) as u64;
        ensure!(tracing.state(at).pc == text(rest.pc));
    }
    let pc = rest.pc.relocatable().context("pc is a number")?;
    let stops = Stops { pcs: vec![pc], cells: Vec::new() };
    let last = trace.len() as u64 - 1;
    let found = tracing.find(last, Direction::Back, Until::Break, &stops);
    ensure!(found == Found::At(last - 1), "{found:?}");
    Ok(())
}

#[test]
fn checkpoints_lead_to_the_same_places() -> Result<()> {
    let over = run(&program("benchmarks/fibonacci.json")?, false)?;
    let (tracing, trace) = (over.tracing()?, over.trace());
    ensure!(trace.len() > 1_000_000, "{} positions", trace.len());
    let boundaries = (0..trace.len()).step_by(1 << 16).chain([trace.len() - 1]);
    for at in boundaries.flat_map(|at| at.saturating_sub(2)..(at + 3).min(trace.len())) {
        let registers = tracing.registers(at as u64);
        ensure!(registers == trace[at], "step {at}: {registers:?}");
    }
    // An instruction that is executed at the start and end only.
    let pc = trace[0].pc.relocatable().context("pc is a number")?;
    let back = Relocatable::new(pc.segment, pc.offset + 8);
    let at = |pc: Relocatable| {
        let here = move |registers: &&Registers| registers.pc == Value::Relocatable(pc);
        (trace.iter().position(|one| here(&one)), trace.iter().rposition(|one| here(&one)))
    };
    for pc in [pc, back] {
        let stops = Stops { pcs: vec![pc], cells: Vec::new() };
        let (first, last) = at(pc);
        let found = tracing.find(trace.len() as u64, Direction::Back, Until::Break, &stops);
        ensure!(to(found) == last, "{found:?}, {last:?}");
        let found = tracing.find(0, Direction::Forward, Until::Break, &stops);
        let first = first.filter(|first| *first > 0);
        ensure!(to(found) == first, "{found:?}, {first:?}");
    }
    Ok(())
}
