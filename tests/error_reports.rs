//! What a failed run says beyond the reference's text: the line of help, the trace, and what
//! `--debug_error` makes of it.

use std::fs;

use anyhow::{Result, ensure};
use cairo_zero_testkit::{Ours, Outcome};
use tempfile::TempDir;

const FAILING: &str = "cairo_programs/errors/assert_in_callee.json";

fn run(arguments: &[&str]) -> Result<Outcome> {
    Ours::new(env!("CARGO_BIN_EXE_cairo-run")).run_with(arguments)
}

/// A failing run whose line of help has all of `words`.
fn helps(arguments: &[&str], words: &[&str]) -> Result<()> {
    let outcome = run(arguments)?;
    let stderr = outcome.stderr_text();
    ensure!(outcome.status == 1, "status {}: {stderr}", outcome.status);
    let help: Vec<&str> = stderr.lines().filter_map(|line| line.strip_prefix("help: ")).collect();
    ensure!(help.len() == 1, "{} lines of help: {stderr}", help.len());
    for word in words {
        ensure!(help[0].contains(word), "`{word}` is missing: {}", help[0]);
    }
    Ok(())
}

#[test]
fn a_missing_builtin_names_the_smallest_layout() -> Result<()> {
    let program = |name| format!("cairo_programs/builtins/{name}.json");
    for (name, layout) in [
        ("pedersen_one", "small"),
        ("bitwise_three", "recursive"),
        ("keccak_unread", "starknet_with_keccak"),
        ("poseidon_known", "recursive_with_poseidon"),
    ] {
        let outcome = run(&[&program(name), "--layout", "plain"])?;
        let stderr = outcome.stderr_text();
        let help = stderr.lines().find(|line| line.starts_with("help: --layout "));
        ensure!(help.is_some(), "{name}: {stderr}");
        let found = help.and_then(|help| help.split(' ').nth(2)).unwrap_or_default();
        ensure!(run(&[&program(name), "--layout", found])?.status == 0, "{name} fails in {found}");
        ensure!(found == layout, "{name}: {found}");
    }
    Ok(())
}

#[test]
fn a_program_that_is_not_for_proofs_says_how_to_compile() -> Result<()> {
    helps(&[FAILING, "--layout", "small", "--proof_mode"], &["cairo-compile --proof_mode"])
}

#[test]
fn the_limit_of_steps_names_its_flag() -> Result<()> {
    let program = "cairo_programs/errors/endless_loop.json";
    helps(&[program, "--max_steps", "1000"], &["1000 steps", "--max_steps"])
}

#[test]
fn a_hint_that_lacks_its_input_names_the_flag() -> Result<()> {
    let folder = TempDir::new()?;
    let path = |name: &str| folder.path().join(name).display().to_string();
    let json = fs::read_to_string("cairo_programs/errors/hint_assert.json")?;
    let with_code = |code: &str| -> Result<String> {
        let mut json: serde_json::Value = serde_json::from_str(&json)?;
        if let Some(hints) = json["hints"].as_object_mut() {
            for hint in hints.values_mut().filter_map(|hints| hints.as_array_mut()).flatten() {
                hint["code"] = code.into();
            }
        }
        fs::write(path("program.json"), json.to_string())?;
        Ok(path("program.json"))
    };
    let program = with_code("x = program_input['x']")?;
    helps(&[&program], &["program_input", "--program_input FILE"])?;
    // With an input it is the input that is wrong, and nothing is known of that.
    fs::write(path("input.json"), "{}")?;
    let outcome = run(&[&program, "--program_input", &path("input.json")])?;
    ensure!(!outcome.stderr_text().contains("help: "), "{}", outcome.stderr_text());

    let program = with_code("import nowhere.at_all")?;
    helps(&[&program], &["--python_path DIR", "'nowhere'"])?;
    let program = with_code("from nowhere import something")?;
    helps(&[&program], &["--python_path DIR", "'nowhere'"])
}

#[test]
fn illegal_instructions_are_explained() -> Result<()> {
    let program = "cairo_programs/errors/illegal_instruction_op1.json";
    helps(&[program], &["0x480e80017fff8000", "more than one flag of op1_addr"])
}

#[test]
fn a_trace_leads_down_to_the_cause() -> Result<()> {
    let plain = run(&[FAILING])?.stderr_text();
    let traced = run(&[FAILING, "--show_trace"])?.stderr_text();
    let (report, program) = plain.split_at(plain.find("program: ").unwrap_or_default());
    let cause = |line: &str| line.starts_with("  the instruction");
    ensure!(traced.starts_with(report), "{traced}");
    ensure!(traced.ends_with(program), "{traced}");
    let shown: Vec<&str> = traced.lines().filter(|line| cause(line)).collect();
    ensure!(shown.len() == 2 && shown[1].contains("An ASSERT_EQ instruction failed"), "{traced}");
    ensure!(
        traced.contains("\nTrace (the cause last):\n  the run in layout plain, after "),
        "{traced}"
    );
    // Errors of files have one, too.
    let outcome = run(&["nowhere.json", "--show_trace"])?.stderr_text();
    ensure!(
        outcome.contains("Trace (the cause last):\n  nowhere.json\n  No such file"),
        "{outcome}"
    );
    Ok(())
}

#[test]
fn a_hint_has_its_place_in_the_trace() -> Result<()> {
    let outcome = run(&["cairo_programs/errors/hint_second_at_pc.json", "--show_trace"])?;
    let text = outcome.stderr_text();
    for words in
        ["  hint 1 of the instruction at 0:0 (<hint1>)\n", "  AssertionError: 1 is not two\n"]
    {
        ensure!(text.contains(words), "{text}");
    }
    Ok(())
}

/// As the reference: the error goes to standard output, and then there is nothing to go on with.
#[test]
fn an_error_to_debug_goes_to_standard_output() -> Result<()> {
    let folder = TempDir::new()?;
    let trace = folder.path().join("trace").display().to_string();
    let report = run(&[FAILING])?.stderr_text();
    let report = report.split("program: ").next().unwrap_or_default().to_owned();
    let cases: [(&[&str], &str); 3] = [
        (&[], "Run must be ended before calling read_return_values."),
        (
            &["--no_end", "--steps", "50"],
            "compute_effective_sizes must be called before is_valid_memory_value.",
        ),
        (
            &["--no_end", "--steps", "50", "--no_secure_run"],
            "compute_effective_sizes must be called before relocate_segments.",
        ),
    ];
    for (flags, error) in cases {
        let flags = [&[FAILING, "--debug_error", "--print_memory", "--trace_file", &trace], flags];
        let outcome = run(&flags.concat())?;
        ensure!(outcome.status == 1, "{}", outcome.status);
        ensure!(
            outcome.stdout_text() == format!("Got an error:\n{report}"),
            "{}",
            outcome.stdout_text()
        );
        ensure!(
            outcome.stderr_text().starts_with(&format!("Error: {error}\n")),
            "{}",
            outcome.stderr_text()
        );
        ensure!(fs::read_dir(folder.path())?.count() == 0, "a file was left");
    }
    // What is wrong before the run or at its end is no error of the run.
    let outcome = run(&["cairo_programs/errors/hint_syntax.json", "--debug_error"])?;
    ensure!(outcome.stdout.is_empty(), "{}", outcome.stdout_text());
    Ok(())
}
