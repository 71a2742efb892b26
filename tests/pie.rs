//! Cairo PIEs of every program of `cairo_programs/`, on the reference and on our binary: the same
//! JSON, the same cells, and each runs what the other has written.
//!
//! `make test-reference` sets `CAIRO_REFERENCE`, the Python that has cairo-lang; without it the
//! tests here say so and do nothing.

#![expect(clippy::print_stderr, reason = "a test that is skipped or only counts must say so")]

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use cairo_zero_testkit::{
    Engine as _, Job, KnownDifferences, Ours, Outcome, Program, Reference, compare, compare_pies,
    compared, main_message, root,
};

/// Programs that leave an address which no PIE can hold. The reference writes one that reads back as
/// another address; ours is an error.
const NO_PIE: &[&str] = &["features/pointer_arithmetic"];

/// Runs of programs rather than PIEs, whose error messages other tests compare.
const RUN: &str = "run";

/// What a run is compared for, and its job.
struct Case<'a> {
    program: &'a Program,
    job: Job,
    /// What to call it besides the program.
    kind: &'static str,
}

/// Both outcomes of a case.
type Outcomes = (Outcome, Outcome);

fn engines() -> Option<(Ours, Reference)> {
    let reference = Reference::from_environment();
    if reference.is_none() {
        eprintln!(
            "skipped: CAIRO_REFERENCE names no Python with cairo-lang (`make test-reference` sets it)"
        );
    }
    Some((Ours::new(env!("CARGO_BIN_EXE_cairo-run")), reference?))
}

/// Programs whose flags a PIE can be made with, and that are not known to differ.
fn programs() -> Result<Vec<Program>> {
    let known = KnownDifferences::read()?;
    let mut programs = compared()?;
    programs.retain(|program| {
        let refused = |flag: &String| flag == "--no_end" || flag == "--proof_mode";
        !program.header.flags.iter().any(refused) && known.reason(&program.name).is_none()
    });
    Ok(programs)
}

/// Runs the cases on both sides. They must agree on everything but standard error, and on the PIE.
fn agree(
    cases: &[Case<'_>],
    ours: &Ours,
    reference: &Reference,
) -> Result<(Vec<Outcomes>, Vec<String>)> {
    let jobs: Vec<Job> = cases.iter().map(|case| case.job.clone()).collect();
    let expected = reference.run(&jobs)?;
    let found = ours.run(&jobs)?;
    let mut wrong = Vec::new();
    let mut messages = Vec::new();
    let outcomes: Vec<Outcomes> = found.into_iter().zip(expected).collect();
    for (case, (ours, expected)) in cases.iter().zip(&outcomes) {
        let name = format!("{} ({})", case.program.name, case.kind);
        if NO_PIE.contains(&case.program.name.as_str()) {
            if ours.status != 1
                || !ours.stderr_text().contains("a Cairo PIE can't hold the address")
            {
                wrong.push(format!("{name}: status {}", ours.status));
            }
        } else if let Some(difference) = compare(ours, expected) {
            wrong.push(format!("{name}: {difference}"));
        } else if expected.status == 0 {
            let (Some(ours), Some(expected)) = (&ours.pie, &expected.pie) else {
                wrong.push(format!("{name}: one PIE is missing"));
                continue;
            };
            if let Some(difference) = compare_pies(ours, expected)? {
                wrong.push(format!("{name}: {difference}"));
            }
        } else if ours.pie.is_some() {
            wrong.push(format!("{name}: a failed run has left a PIE"));
        } else if case.kind != RUN {
            messages.extend(message_difference(&name, ours, expected));
        }
    }
    if !messages.is_empty() {
        eprintln!("error messages that differ, for information:\n{}", messages.join("\n"));
    }
    Ok((outcomes, wrong))
}

/// The two main messages of a failed run, if they differ behind the words that say what kind of
/// error it is, or in which file.
fn message_difference(name: &str, ours: &Outcome, expected: &Outcome) -> Option<String> {
    let (our_text, expected_text) = (ours.stderr_text(), expected.stderr_text());
    let (our_message, message) = (main_message(&our_text), main_message(&expected_text));
    let bare =
        |message: &str| message.rsplit_once("Error: ").map_or(message, |(_, text)| text).to_owned();
    (bare(our_message) != bare(message))
        .then(|| format!("{name}\n  ours:      {our_message}\n  reference: {message}"))
}

fn report(kind: &str, total: usize, good: usize, wrong: &[String]) -> Result<()> {
    eprintln!("{kind}: {} of {total} runs agree, {good} of them with a PIE", total - wrong.len());
    ensure!(wrong.is_empty(), "{kind}: {} of {total} differ\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// Puts a PIE where it can be run from; the path is relative to the root.
fn keep(side: &str, program: &Program, pie: &[u8]) -> Result<PathBuf> {
    let path = PathBuf::from("target/pies").join(side).join(&program.name).with_extension("zip");
    let whole = root().join(&path);
    fs::create_dir_all(whole.parent().context("a path in a folder")?)?;
    fs::write(whole, pie)?;
    Ok(path)
}

#[test]
fn written_and_run_again() -> Result<()> {
    let Some((ours, reference)) = engines() else { return Ok(()) };
    let programs = programs()?;
    let case = |program| Case { program, job: Job::printing(program, false).with_pie(), kind: RUN };
    let cases: Vec<Case<'_>> = programs.iter().map(case).collect();
    let (outcomes, wrong) = agree(&cases, &ours, &reference)?;
    let mut again = Vec::new();
    for (case, (ours, expected)) in cases.iter().zip(&outcomes) {
        let sides = [("ours", "our PIE", &ours.pie), ("reference", "its PIE", &expected.pie)];
        for (side, kind, pie) in sides {
            if let (Some(pie), 0) = (pie, ours.status) {
                let job = Job::of_pie(case.program, keep(side, case.program, pie)?);
                let mut trusting = job.clone();
                trusting.arguments.push(String::from("--no_secure_run"));
                again.push(Case { program: case.program, job, kind });
                if side == "reference" {
                    again.push(Case { program: case.program, job: trusting, kind: "trusted" });
                }
            }
        }
    }
    report("written PIEs", cases.len(), again.len() / 3, &wrong)?;
    let (outcomes, wrong) = agree(&again, &ours, &reference)?;
    let good = outcomes.iter().filter(|(_, expected)| expected.status == 0).count();
    report("PIEs run again", again.len(), good, &wrong)
}

#[test]
fn extra_segments_merged() -> Result<()> {
    let Some((ours, reference)) = engines() else { return Ok(()) };
    let programs = programs()?;
    let mut cases = Vec::new();
    for program in &programs {
        let mut job = Job::printing(program, false).with_pie();
        job.arguments.push(String::from("--merge_extra_segments"));
        cases.push(Case { program, job, kind: RUN });
    }
    let (outcomes, wrong) = agree(&cases, &ours, &reference)?;
    let mut again = Vec::new();
    for (case, (ours, _)) in cases.iter().zip(&outcomes) {
        if let (Some(pie), 0) = (&ours.pie, ours.status) {
            let job = Job::of_pie(case.program, keep("merged", case.program, pie)?);
            again.push(Case { program: case.program, job, kind: "our merged PIE" });
        }
    }
    report("merged PIEs", cases.len(), again.len(), &wrong)?;
    let (outcomes, wrong) = agree(&again, &ours, &reference)?;
    let good = outcomes.iter().filter(|(_, expected)| expected.status == 0).count();
    report("merged PIEs run again", again.len(), good, &wrong)
}
