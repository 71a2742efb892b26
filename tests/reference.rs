//! Every program of `cairo_programs/` on the reference and on our binary: the same bytes, with the
//! program's own flags and in every other layout of the reference.
//!
//! `make test-reference` sets `CAIRO_REFERENCE`, the Python that has cairo-lang; without it the
//! tests here say so and do nothing. `CAIRO_REFERENCE_SLOW` takes in the long runs, too,
//! and `CAIRO_REFERENCE_LAYOUTS` has all programs run in every layout.

#![expect(clippy::print_stderr, reason = "a test that is skipped must say so")]

use anyhow::{Result, ensure};
use cairo_zero_testkit::{
    Engine as _, Job, KnownDifferences, KnownTexts, Ours, Program, REFERENCE_LAYOUTS, Reference,
    compare, compare_texts, compared,
};

/// A run to compare: of which program, and how.
struct Case<'a> {
    program: &'a Program,
    job: Job,
    /// Its name in the lists of what differs.
    name: String,
}

impl<'a> Case<'a> {
    fn printing(program: &'a Program, relocated: bool) -> Self {
        let job = Job::printing(program, relocated);
        let files = relocated && !program.header.slow;
        let name = format!("{}{}", program.name, if relocated { "@relocated" } else { "" });
        Self { program, job: if files { job.with_files() } else { job }, name }
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
        for layout in REFERENCE_LAYOUTS {
            let job = Job::in_layout(program, layout)?;
            let name = format!("{}@{layout}", program.name);
            cases.extend(job.map(|job| Case { program, job, name }));
        }
    }
    check("every layout", cases)
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
            cases.push(Case { program, job, name: format!("errors/{name}@debug_error") });
        }
    }
    check("debug error", cases)
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
    let texts = KnownTexts::read()?;
    let mut wrong = Vec::new();
    let mut held = 0;
    for ((case, ours), expected) in cases.iter().zip(&ours).zip(&expected) {
        let lacking = expected.stderr_text().contains(" are not present in layout ");
        held += usize::from(!lacking);
        let name = &case.program.name;
        // In a layout that lacks a builtin the run never gets to what is listed.
        let class = texts.class(&case.name).or_else(|| texts.class(name)).filter(|_| !lacking);
        let difference = compare(ours, expected);
        let difference = match known.reason(name) {
            None => difference.or_else(|| compare_texts(ours, expected, class)),
            Some(reason) if difference.is_none() && !lacking => {
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
        "{kind}: {} of {total} runs as expected, {held} of them in a layout with the program's builtins",
        total - wrong.len()
    );
    ensure!(wrong.is_empty(), "{kind}: {} of {total} differ\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}
