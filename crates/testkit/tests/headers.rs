//! What the programs' headers promise, held against the reference itself.

#![expect(clippy::print_stderr, reason = "a test that is skipped or only informs must say so")]

use anyhow::{Result, ensure};
use cairo_zero_testkit::{Engine as _, Job, KnownDifferences, Reference, compared, discover, root};

#[test]
fn every_committed_program_is_there() -> Result<()> {
    let programs = discover()?;
    ensure!(!programs.is_empty());
    for program in programs.iter().filter(|program| program.committed) {
        let path = root().join(&program.json);
        ensure!(path.exists(), "{} is missing: run `make programs`", path.display());
    }
    Ok(())
}

#[test]
fn no_compiled_program_names_a_folder_of_this_machine() -> Result<()> {
    let here = root().display().to_string();
    for program in discover()?.iter().filter(|program| program.committed) {
        let text = std::fs::read_to_string(root().join(&program.json))?;
        ensure!(!text.contains(&here), "{} holds the path {here}", program.name);
    }
    Ok(())
}

#[test]
fn known_differences_name_programs() -> Result<()> {
    let programs = discover()?;
    for name in KnownDifferences::read()?.names() {
        let name = name.trim_end_matches("@proof");
        ensure!(programs.iter().any(|program| program.name == name), "no program {name}");
    }
    Ok(())
}

#[test]
fn the_reference_does_what_the_headers_say() -> Result<()> {
    let Some(reference) = Reference::from_environment() else {
        eprintln!(
            "skipped: CAIRO_REFERENCE names no Python with cairo-lang (`make test-reference` sets it)"
        );
        return Ok(());
    };
    let programs = compared()?;
    let jobs: Vec<Job> = programs.iter().map(|program| Job::printing(program, false)).collect();
    let mut wrong = Vec::new();
    for (program, outcome) in programs.iter().zip(reference.run(&jobs)?) {
        let (header, stderr) = (&program.header, outcome.stderr_text());
        if outcome.status != header.reference {
            wrong.push(format!(
                "{}: status {} and not {}",
                program.name, outcome.status, header.reference
            ));
        } else if header.reference == header.status
            && header.message.as_ref().is_some_and(|message| !stderr.contains(message))
        {
            wrong.push(format!("{}: its message is not in\n{stderr}", program.name));
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    eprintln!("{} programs do on the reference what their headers say", programs.len());
    Ok(())
}
