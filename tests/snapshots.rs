//! Snapshots of what every committed program prints, and the documentation's own outputs.
//!
//! `make bless` writes the snapshots anew.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::{Context, Result, ensure};
use cairo_zero_testkit::{
    Engine as _, Job, KnownDifferences, Ours, Outcome, Program, discover, root,
};

fn ours() -> Ours {
    Ours::new(env!("CARGO_BIN_EXE_cairo-run"))
}

#[test]
fn documentation() -> Result<()> {
    for program in discover()?.iter().filter(|program| program.folder() == "docs") {
        for (relocated, ending) in [(false, "txt"), (true, "relocated.txt")] {
            let path = root().join(program.json.with_extension(ending));
            let expected = std::fs::read(&path).with_context(|| path.display().to_string())?;
            let outcome = ours().run_with(&program.arguments(relocated))?;
            ensure!(outcome.status == 0, "{}: {}", program.name, outcome.stderr_text());
            let difference = cairo_zero_testkit::first_line(&outcome.stdout, &expected);
            ensure!(difference.is_none(), "{}: {}", path.display(), difference.context("none")?);
        }
    }
    Ok(())
}

#[test]
fn every_committed_program() -> Result<()> {
    let programs: Vec<Program> = discover()?
        .into_iter()
        .filter(|program| program.committed && !program.header.slow)
        .collect();
    let jobs = |relocated| -> Vec<Job> {
        programs.iter().map(|program| Job::printing(program, relocated)).collect()
    };
    let plain = ours().run(&jobs(false))?;
    let relocated = ours().run(&jobs(true))?;

    let known = KnownDifferences::read()?;
    let mut wrong = Vec::new();
    for ((program, plain), relocated) in programs.iter().zip(&plain).zip(&relocated) {
        let header = &program.header;
        // What differs from the reference on purpose is in its snapshot alone.
        let known = known.reason(&program.name).is_some();
        if !known && plain.status != header.status {
            wrong.push(format!("{}: status {}", program.name, plain.status));
        }
        let said = |message: &String| plain.stderr_text().contains(message);
        if !known && !header.message.as_ref().is_none_or(said) {
            wrong.push(format!("{}: its message is not in the error", program.name));
        }
        let text = snapshot_text(plain, relocated);
        let compare = || insta::assert_snapshot!(program.name.replace('/', "__"), text);
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        if catch_unwind(AssertUnwindSafe(|| settings.bind(compare))).is_err() {
            wrong.push(format!("{}: another output", program.name));
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// Both runs in one text; the relocated one's output only when the program ends well.
fn snapshot_text(plain: &Outcome, relocated: &Outcome) -> String {
    let mut text = format!("=== status {}\n=== stdout\n{}", plain.status, plain.stdout_text());
    if plain.status == 0 {
        let _ = write!(text, "=== stdout with --relocate_prints\n{}", relocated.stdout_text());
    }
    if !plain.stderr.is_empty() {
        let _ = write!(text, "=== stderr\n{}", plain.stderr_text());
    }
    text
}
