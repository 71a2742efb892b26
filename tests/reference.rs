//! Every program of `cairo_programs/` on the reference and on our binary: the same bytes.
//!
//! `make test-reference` sets `CAIRO_REFERENCE`, the Python that has cairo-lang; without it the
//! tests here say so and do nothing. `CAIRO_REFERENCE_SLOW` takes in the long runs, too.

#![expect(clippy::print_stderr, reason = "a test that is skipped or only informs must say so")]

use anyhow::{Result, ensure};
use cairo_zero_testkit::{
    Engine as _, Job, KnownDifferences, Ours, Outcome, Program, Reference, compare, compared,
    main_message,
};

/// Whether the trace and memory files are compared.
const FILES: bool = false;

#[test]
fn plain() -> Result<()> {
    check("plain", false)
}

#[test]
fn relocated() -> Result<()> {
    check("relocated", true)
}

fn check(kind: &str, relocated: bool) -> Result<()> {
    let Some(reference) = Reference::from_environment() else {
        eprintln!(
            "skipped: CAIRO_REFERENCE names no Python with cairo-lang (`make test-reference` sets it)"
        );
        return Ok(());
    };
    let programs = compared()?;
    let job = |program: &Program| {
        let job = Job::printing(program, relocated);
        if FILES && relocated && !program.header.slow { job.with_files() } else { job }
    };
    let jobs: Vec<Job> = programs.iter().map(job).collect();
    let expected = reference.run(&jobs)?;
    let ours = Ours::new(env!("CARGO_BIN_EXE_cairo-run")).run(&jobs)?;

    let known = KnownDifferences::read()?;
    let mut wrong = Vec::new();
    let mut messages = Vec::new();
    for ((program, ours), expected) in programs.iter().zip(&ours).zip(&expected) {
        match (compare(ours, expected), known.reason(&program.name)) {
            (Some(difference), None) => wrong.push(format!("{}: {difference}", program.name)),
            (None, Some(reason)) => {
                wrong.push(format!("{}: agrees, and is listed as known: {reason}", program.name));
            }
            (Some(_), Some(_)) => {}
            (None, None) => messages.extend(message_difference(program, ours, expected)),
        }
    }
    if !messages.is_empty() {
        eprintln!("{kind}: error messages that differ, for information:\n{}", messages.join("\n"));
    }
    let total = programs.len();
    eprintln!("{kind}: {} of {total} programs as expected", total - wrong.len());
    ensure!(wrong.is_empty(), "{kind}: {} of {total} differ\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// The two main messages of a failed run, if they differ.
fn message_difference(program: &Program, ours: &Outcome, expected: &Outcome) -> Option<String> {
    let (our_text, expected_text) = (ours.stderr_text(), expected.stderr_text());
    let (our_message, message) = (main_message(&our_text), main_message(&expected_text));
    (our_message != message)
        .then(|| format!("{}\n  ours:      {our_message}\n  reference: {message}", program.name))
}
