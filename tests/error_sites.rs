//! The list of places where the reference raises, held against the programs that get there, and
//! against the reference's source where `CAIRO_REFERENCE` names a Python that has it.

#![expect(clippy::print_stderr, reason = "a test that is skipped or only informs must say so")]

use std::process::Command;

use anyhow::{Context, Result, ensure};
use cairo_zero_testkit::{Ours, discover, root};

/// Each place where the reference raises has a program that gets there, or a reason why none can.
#[test]
fn every_raise_site_is_reached() -> Result<()> {
    let text = std::fs::read_to_string(root().join("cairo_programs/error_sites.txt"))?;
    let programs = discover()?;
    let ours = Ours::new(env!("CARGO_BIN_EXE_cairo-run"));
    let (mut reached, mut wrong) = (0, Vec::new());
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '['])) {
        let (words, name) = line.rsplit_once(" | ").context("a line is `words | program`")?;
        if name.starts_with('(') && name.ends_with(')') {
            continue;
        }
        let program = programs.iter().find(|program| program.name == name);
        let program = program.with_context(|| format!("there is no program {name}"))?;
        let outcome = ours.run_with(&program.arguments(false))?;
        if outcome.status == 0 || !outcome.stderr_text().contains(words) {
            wrong.push(format!("{name} does not say `{words}`: {}", outcome.stderr_text()));
        }
        reached += 1;
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    eprintln!("{reached} places where the reference raises have a program that gets there");
    ensure!(reached >= 60, "only {reached} places are reached");
    Ok(())
}

/// No `raise` or `assert` of the reference is missing from the list.
#[test]
fn no_raise_site_is_missing() -> Result<()> {
    let Some(python) = std::env::var_os("CAIRO_REFERENCE") else {
        eprintln!("skipped: CAIRO_REFERENCE names no Python with cairo-lang");
        return Ok(());
    };
    let script = root().join("crates/testkit/python/error_sites.py");
    let outcome = Command::new(python).arg(script).current_dir(root()).output()?;
    let said = String::from_utf8_lossy(&outcome.stdout);
    eprintln!("{}", said.trim_end());
    ensure!(outcome.status.success(), "{said}{}", String::from_utf8_lossy(&outcome.stderr));
    Ok(())
}
