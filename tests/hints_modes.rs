//! Every program of `cairo_programs/` gives the same bytes whoever runs its hints: native code where
//! it can, or the interpreter alone.

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

#[test]
fn programs_do_not_see_who_runs_their_hints() -> Result<()> {
    let mut programs = discover()?;
    // Programs with library code are there once they are compiled (`make programs`).
    programs.retain(|program| !program.header.slow && root().join(&program.json).exists());
    ensure!(programs.len() > 100, "{} programs", programs.len());
    let (auto, python) = (runs(&programs, "auto")?, runs(&programs, "python")?);
    let mut wrong = Vec::new();
    for ((program, auto), python) in programs.iter().zip(&auto).zip(&python) {
        let same = auto.status == python.status
            && without_addresses(&auto.stdout_text()) == without_addresses(&python.stdout_text())
            && without_addresses(&auto.stderr_text()) == without_addresses(&python.stderr_text());
        if !same {
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
