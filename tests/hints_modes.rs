//! Every program of `cairo_programs/` gives the same bytes whoever runs its hints: native code where
//! it can, the interpreter alone, or native code alone, as far as that has every hint that is reached.

#![expect(clippy::print_stderr, reason = "the test says how many programs there were")]

use anyhow::{Result, ensure};
use cairo_zero_testkit::{Engine as _, Job, Ours, Outcome, Program, discover, root};

fn runs(programs: &[Program], mode: &str) -> Result<Vec<Outcome>> {
    let jobs: Vec<Job> = programs
        .iter()
        .map(|program| {
            let mut job = Job::printing(program, true);
            job.arguments.extend(["--hints".to_owned(), mode.to_owned()]);
            job
        })
        .collect();
    Ours::new(env!("CARGO_BIN_EXE_cairo-run")).run(&jobs)
}

/// The text without the addresses of Python objects, which differ from run to run.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split(" at 0x");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    out
}

/// Whether two runs are the same for whoever looks at them.
fn is_same(one: &Outcome, other: &Outcome) -> bool {
    one.status == other.status
        && without_addresses(&one.stdout_text()) == without_addresses(&other.stdout_text())
        && without_addresses(&one.stderr_text()) == without_addresses(&other.stderr_text())
}

/// The programs that are there and do not take long, the same ones for every test.
fn programs() -> Result<Vec<Program>> {
    let mut programs = discover()?;
    // Programs with library code are there once they are compiled (`make programs`).
    programs.retain(|program| !program.header.slow && root().join(&program.json).exists());
    ensure!(programs.len() > 100, "{} programs", programs.len());
    Ok(programs)
}

#[test]
fn programs_do_not_see_who_runs_their_hints() -> Result<()> {
    let programs = programs()?;
    let (auto, python) = (runs(&programs, "auto")?, runs(&programs, "python")?);
    let mut wrong = Vec::new();
    for ((program, auto), python) in programs.iter().zip(&auto).zip(&python) {
        if !is_same(auto, python) {
            wrong.push(format!(
                "{}\n  auto: {}\n  python: {}",
                program.name,
                auto.stderr_text(),
                python.stderr_text()
            ));
        }
    }
    eprintln!("{} of {} programs the same", programs.len() - wrong.len(), programs.len());
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// What a run says that meets a hint which native code does not cover.
const NO_NATIVE_FORM: &str = "This hint has no native form, and no interpreter may run it: ";

/// Whether native code covers every hint of each program, as `--check_hints` says.
fn covered(programs: &[Program]) -> Result<Vec<bool>> {
    let jobs: Vec<Job> = programs
        .iter()
        .map(|program| {
            let mut job = Job::printing(program, false);
            let path = program.json.display().to_string();
            job.arguments = vec!["--program".to_owned(), path];
            job.arguments.extend(["--check_hints", "--hints", "native"].map(String::from));
            job
        })
        .collect();
    let tables = Ours::new(env!("CARGO_BIN_EXE_cairo-run")).run(&jobs)?;
    // A program without hints has no table; one that can't be read has an error.
    Ok(tables.iter().map(|table| table.status == 0).collect())
}

#[test]
fn native_code_alone() -> Result<()> {
    let programs = programs()?;
    let (native, python) = (runs(&programs, "native")?, runs(&programs, "python")?);
    let covered = covered(&programs)?;
    let (mut same, mut whole, mut refused) = (0, 0, 0);
    let mut wrong = Vec::new();
    for (((program, native), python), covered) in
        programs.iter().zip(&native).zip(&python).zip(&covered)
    {
        let (text, is_same) = (native.stderr_text(), is_same(native, python));
        let is_refused = native.status == 1 && text.matches(NO_NATIVE_FORM).count() == 1;
        whole += usize::from(*covered && is_same);
        same += usize::from(!covered && is_same);
        refused += usize::from(!covered && !is_same && is_refused);
        if !is_same && (*covered || !is_refused) {
            wrong.push(format!("{} (covered: {covered})\n{text}", program.name));
        }
    }
    eprintln!(
        "with --hints native: {whole} programs covered and the same, {same} more the same, \
         {refused} refused by the hint's name, of {}",
        programs.len()
    );
    ensure!(whole > 100 && refused > 10, "the table of native hints is not used");
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}
