//! The documentation's own outputs.

use anyhow::{Context, Result, ensure};
use cairo_zero_testkit::{Ours, discover, root};

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
