//! Every program of `cairo_programs/` on the reference and on our binary: the same bytes, with the
//! program's own flags and in every other layout of the reference.
//!
//! `make test-reference` sets `CAIRO_REFERENCE`, the Python that has cairo-lang; without it the
//! tests here say so and do nothing. `CAIRO_REFERENCE_SLOW` takes in the long runs, too.

#![expect(clippy::print_stderr, reason = "a test that is skipped or only informs must say so")]

use anyhow::{Result, ensure};
use cairo_zero_testkit::{
    Engine as _, Job, KnownDifferences, Ours, Outcome, Program, REFERENCE_LAYOUTS, Reference,
    compare, compared, main_message,
};

/// A run to compare: of which program, and how.
struct Case<'a> {
    program: &'a Program,
    job: Job,
}

impl<'a> Case<'a> {
    fn printing(program: &'a Program, relocated: bool) -> Self {
        let job = Job::printing(program, relocated);
        let files = relocated && !program.header.slow;
        Self { program, job: if files { job.with_files() } else { job } }
    }
}

#[test]
fn plain() -> Result<()> {
    let programs = compared()?;
    check("plain", programs.iter().map(|program| Case::printing(program, false)).collect())
}

#[test]
fn relocated() -> Result<()> {
    let programs = compared()?;
    check("relocated", programs.iter().map(|program| Case::printing(program, true)).collect())
}

/// Layouts that lack a builtin of the program are tried, too: the run must fail in both.
#[test]
fn every_layout() -> Result<()> {
    let programs = compared()?;
    let mut cases = Vec::new();
    // All of them take minutes; without the wish for that, those that layouts mean most to. Programs
    // for proof mode name the layout that they are about.
    let slow = std::env::var_os("CAIRO_REFERENCE_SLOW").is_some();
    let wanted = |program: &&Program| match program.folder() {
        "proof" => false,
        "builtins" | "docs" | "features" => true,
        _ => slow,
    };
    for program in programs.iter().filter(wanted) {
        for layout in REFERENCE_LAYOUTS {
            let job = Job::in_layout(program, layout)?;
            cases.extend(job.map(|job| Case { program, job }));
        }
    }
    check("every layout", cases)
}

fn check(kind: &str, cases: Vec<Case<'_>>) -> Result<()> {
    let Some(reference) = Reference::from_environment() else {
        eprintln!(
            "skipped: CAIRO_REFERENCE names no Python with cairo-lang (`make test-reference` sets it)"
        );
        return Ok(());
    };
    let jobs: Vec<Job> = cases.iter().map(|case| case.job.clone()).collect();
    let expected = reference.run(&jobs)?;
    let ours = Ours::new(env!("CARGO_BIN_EXE_cairo-run")).run(&jobs)?;

    let known = KnownDifferences::read()?;
    let mut wrong = Vec::new();
    let mut messages = Vec::new();
    let mut held = 0;
    for ((case, ours), expected) in cases.iter().zip(&ours).zip(&expected) {
        let lacking = expected.stderr_text().contains(" are not present in layout ");
        held += usize::from(!lacking);
        let name = &case.program.name;
        match (compare(ours, expected), known.reason(name)) {
            (Some(difference), None) => {
                wrong.push(format!("{}: {difference}", case.job.arguments.join(" ")));
            }
            (None, Some(reason)) if !lacking => {
                wrong.push(format!("{name}: agrees, and is listed as known: {reason}"));
            }
            (Some(_), Some(_)) => {}
            (None, _) => messages.extend(message_difference(case.program, ours, expected)),
        }
    }
    messages.sort();
    messages.dedup();
    if !messages.is_empty() {
        eprintln!("{kind}: error messages that differ, for information:\n{}", messages.join("\n"));
    }
    let total = cases.len();
    eprintln!(
        "{kind}: {} of {total} runs as expected, {held} of them in a layout with the program's builtins",
        total - wrong.len()
    );
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
