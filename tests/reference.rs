//! Every program of `cairo_programs/` on the reference and on our binary: the same bytes, with the
//! program's own flags, in every other layout of the reference, and in proof mode.
//!
//! `make test-reference` sets `CAIRO_REFERENCE`, the Python that has cairo-lang; without it the
//! tests here say so and do nothing. `CAIRO_REFERENCE_SLOW` takes in the long runs, too,
//! and `CAIRO_REFERENCE_LAYOUTS` has all programs run in every layout, or in proof mode in those that
//! it names, joined by commas.

#![expect(clippy::print_stderr, reason = "a test that is skipped must say so")]

use anyhow::{Result, ensure};
use cairo_zero_testkit::{
    Engine as _, Job, KnownDifferences, KnownTexts, Ours, Outcome, Program, REFERENCE_LAYOUTS,
    Reference, compare, compare_texts, compared,
};

/// A run to compare: of which program, and how.
struct Case<'a> {
    program: &'a Program,
    job: Job,
    /// Its name in the lists of what differs.
    name: String,
    /// Whether the texts of errors are compared, too.
    texts: bool,
}

impl<'a> Case<'a> {
    fn printing(program: &'a Program, relocated: bool) -> Self {
        let job = Job::printing(program, relocated);
        let files = relocated && !program.header.slow;
        let name = format!("{}{}", program.name, if relocated { "@relocated" } else { "" });
        Self { program, job: if files { job.with_files() } else { job }, name, texts: true }
    }

    /// A run in this layout.
    fn in_layout(program: &'a Program, layout: &str, relocated: bool) -> Result<Self> {
        let job = Job::in_layout(program, layout, relocated)?;
        Ok(Self { program, job, name: format!("{}@{layout}", program.name), texts: true })
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
    let all = std::env::var_os("CAIRO_REFERENCE_LAYOUTS").is_some();
    let wanted = |program: &&Program| match program.folder() {
        _ if program.header.slow => false,
        "proof" => false,
        "builtins" | "docs" | "features" => true,
        _ => all,
    };
    for program in programs.iter().filter(wanted) {
        for &layout in REFERENCE_LAYOUTS.iter().filter(|&&name| program.layout() != Some(name)) {
            cases.push(Case::in_layout(program, layout, false)?);
        }
    }
    check("every layout", cases)
}

/// The most steps of a run in proof mode that is compared: the reference makes those of the padding
/// one by one, and some layouts want a great many.
const STEPS_IN_PROOF_MODE: u64 = 1 << 17;

/// Of so many pairs of a program and a layout one is run, without the wish for all; a number that
/// has no factor in common with that of the layouts, so that each has its turn.
const PAIRS_IN_PROOF_MODE: usize = 29;

/// Programs in proof mode, with all files of the run, in each layout: those for proof mode, and the
/// others that end well, compiled for it. Layouts that lack a builtin of the program are tried, too.
#[test]
fn proof_mode_in_every_layout() -> Result<()> {
    let Some(reference) = Reference::from_environment() else { return skipped() };
    let programs = compared()?;
    let ends_well = |program: &&Program| program.header.reference == 0 && !program.header.slow;
    let ordinary = ["builtins", "docs", "features", "hints", "library"];
    let ordinary = programs.iter().filter(|program| ordinary.contains(&program.folder()));
    let ordinary = ordinary.filter(ends_well).filter_map(Program::for_proofs);
    let own = programs.iter().filter(|program| program.folder() == "proof").cloned();
    let programs: Vec<Program> = own.chain(ordinary).collect();

    let wanted = std::env::var("CAIRO_REFERENCE_LAYOUTS").ok();
    let layouts = named_layouts(wanted.as_deref());
    let pairs = programs.iter().flat_map(|program| layouts.iter().map(move |l| (program, *l)));
    let step = if wanted.is_some() { 1 } else { PAIRS_IN_PROOF_MODE };
    let pairs: Vec<(&Program, &str)> = pairs.step_by(step).collect();
    let mut needed: Vec<Program> = pairs.iter().map(|(program, _)| (*program).clone()).collect();
    needed.retain(|program| program.folder() != "proof");
    needed.dedup_by(|a, b| a.name == b.name);
    reference.compile_for_proofs(&needed)?;

    let mut cases = Vec::new();
    for (program, layout) in pairs {
        // Where a builtin is missing its pointer is zero. What is written there is an error at once
        // here, and when it is read or at the end there: only that both fail is compared.
        let mut case = Case::in_layout(program, layout, true)?;
        case.job.files = true;
        cases.push(Case { texts: false, ..case });
    }
    let mut jobs: Vec<Job> = cases.iter().map(|case| case.job.clone()).collect();
    for job in &mut jobs {
        job.arguments.extend([String::from("--max_steps"), STEPS_IN_PROOF_MODE.to_string()]);
    }
    let ours = Ours::new(env!("CARGO_BIN_EXE_cairo-run")).run(&jobs)?;
    let total = cases.len();
    let short = cases.into_iter().zip(ours).filter(|(_, run)| is_short(run));
    let (cases, ours): (Vec<Case<'_>>, Vec<Outcome>) = short.unzip();
    eprintln!("{} of {total} runs have more than {STEPS_IN_PROOF_MODE} steps", total - cases.len());
    check_runs("proof mode", &cases, &ours, &reference)
}

/// The layouts that `CAIRO_REFERENCE_LAYOUTS` names; all of them if it names none.
fn named_layouts(wanted: Option<&str>) -> Vec<&'static str> {
    let named =
        |layout: &&str| wanted.is_some_and(|all| all.split(',').any(|name| name == *layout));
    let named: Vec<&str> = REFERENCE_LAYOUTS.iter().copied().filter(named).collect();
    if named.is_empty() { REFERENCE_LAYOUTS.to_vec() } else { named }
}

/// Whether a run did not meet the limit of its steps, by those of the program or of the padding.
fn is_short(run: &Outcome) -> bool {
    !run.stderr_text().contains("--max_steps")
}

/// Errors that are to be debugged: where they are printed, and what is said after them.
#[test]
fn debug_error() -> Result<()> {
    let programs = compared()?;
    let wanted = [
        "assert_in_callee",
        "hint_raises",
        "hint_syntax",
        "endless_loop",
        "steps_too_many",
        "with_attr",
        "builtin_range_check_negative",
        "output_pointer_felt",
        "builtin_order",
    ];
    let ways: [&[&str]; 4] =
        [&[], &["--no_end"], &["--no_end", "--no_secure_run"], &["--no_end", "--secure_run"]];
    let mut cases = Vec::new();
    for program in &programs {
        let Some(name) = program.name.strip_prefix("errors/").filter(|name| wanted.contains(name))
        else {
            continue;
        };
        for way in ways {
            let mut job = Job::printing(program, false);
            let steps = job.arguments.iter().any(|argument| argument == "--steps");
            let steps = if steps || way.is_empty() { &[][..] } else { &["--steps", "100"] };
            let flags = [&["--debug_error"], way, steps].concat();
            job.arguments.extend(flags.into_iter().map(String::from));
            let name = format!("errors/{name}@debug_error");
            cases.push(Case { program, job, name, texts: true });
        }
    }
    check("debug error", cases)
}

fn skipped() -> Result<()> {
    eprintln!(
        "skipped: CAIRO_REFERENCE names no Python with cairo-lang (`make test-reference` sets it)"
    );
    Ok(())
}

fn check(kind: &str, cases: Vec<Case<'_>>) -> Result<()> {
    let Some(reference) = Reference::from_environment() else { return skipped() };
    let jobs: Vec<Job> = cases.iter().map(|case| case.job.clone()).collect();
    let ours = Ours::new(env!("CARGO_BIN_EXE_cairo-run")).run(&jobs)?;
    check_runs(kind, &cases, &ours, &reference)
}

/// Holds what our runs of the cases have left to the reference's.
fn check_runs(
    kind: &str,
    cases: &[Case<'_>],
    ours: &[Outcome],
    reference: &Reference,
) -> Result<()> {
    let jobs: Vec<Job> = cases.iter().map(|case| case.job.clone()).collect();
    let expected = reference.run(&jobs)?;

    let known = KnownDifferences::read()?;
    let texts = KnownTexts::read()?;
    let mut wrong = Vec::new();
    let (mut held, mut ended) = (0, 0);
    for ((case, ours), expected) in cases.iter().zip(ours).zip(&expected) {
        let lacking = expected.stderr_text().contains(" are not present in layout ");
        held += usize::from(!lacking);
        ended += usize::from(expected.status == 0);
        let name = &case.program.name;
        // In a layout that lacks a builtin the run never gets to what is listed.
        let class = texts.class(&case.name).or_else(|| texts.class(name)).filter(|_| !lacking);
        // A cell at a number is an error at once here, before whatever else is printed there.
        let at_number = "Expected memory address to be relocatable value.";
        let early = !case.texts && ours.status == expected.status && expected.status != 0;
        let early = early && ours.stderr_text().contains(at_number);
        let difference = compare(ours, expected).filter(|_| !early);
        let own = name.trim_end_matches("@proof");
        let difference = match known.reason(name).or_else(|| known.reason(own)) {
            None if !case.texts => difference,
            None => difference.or_else(|| compare_texts(ours, expected, class)),
            Some(reason) if difference.is_none() && !lacking && own == name => {
                wrong.push(format!("{name}: agrees, and is listed as known: {reason}"));
                None
            }
            Some(_) => None,
        };
        let described = |difference| format!("{}: {difference}", case.job.arguments.join(" "));
        wrong.extend(difference.map(described));
    }
    let total = cases.len();
    eprintln!(
        "{kind}: {} of {total} runs as expected, {held} of them in a layout with the program's builtins, {ended} ended well",
        total - wrong.len()
    );
    ensure!(wrong.is_empty(), "{kind}: {} of {total} differ\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}
