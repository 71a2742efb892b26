//! The list of places where the reference raises, held against the programs that get there.

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
    ensure!(reached >= 60, "only {reached} places are reached");
    Ok(())
}
