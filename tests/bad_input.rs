//! Broken input of every kind: exit status 1, one clear error that names the file and the cause,
//! and never a panic.

use anyhow::{Result, ensure};
use cairo_zero_testkit::{Ours, Outcome};

fn run(arguments: &[&str]) -> Result<Outcome> {
    Ours::new(env!("CARGO_BIN_EXE_cairo-run")).run_with(arguments)
}

/// Runs with these arguments and asks for status 1, nothing on standard output, and all of `words`
/// in an error that is not a crash.
fn check(arguments: &[&str], words: &[&str]) -> Result<()> {
    let outcome = run(arguments)?;
    let (stdout, stderr) = (outcome.stdout_text(), outcome.stderr_text());
    let shown = format!("{arguments:?}\nstdout: {stdout}\nstderr: {stderr}");
    ensure!(outcome.status == 1, "status {}: {shown}", outcome.status);
    ensure!(stdout.is_empty(), "something was printed: {shown}");
    for word in words {
        ensure!(stderr.contains(word), "`{word}` is missing: {shown}");
    }
    for word in ["panicked", "RUST_BACKTRACE", "stack backtrace"] {
        ensure!(!stderr.contains(word), "{shown}");
    }
    Ok(())
}

/// A file that cannot be used: the error is one line that names the file.
fn check_file(file: &str, words: &[&str]) -> Result<()> {
    let arguments = ["--program", file, "--layout", "small"];
    check(&arguments, &[&[file], words].concat())?;
    let stderr = run(&arguments)?.stderr_text();
    // Lines of help and the program's name may stand below the error.
    let below = |line: &&str| line.starts_with("help: ") || line.starts_with("program: ");
    let lines = stderr.trim_end().lines().filter(|line| !below(line)).count();
    ensure!(lines == 1, "more than one line for {file}: {stderr}");
    Ok(())
}

fn check_bad_json(name: &str, words: &[&str]) -> Result<()> {
    check_file(&format!("cairo_programs/errors/bad_json/{name}.json"), words)
}

/// A program that fails as it runs: the error has the place and the cause.
fn check_run(name: &str, flags: &[&str], words: &[&str]) -> Result<()> {
    let file = format!("cairo_programs/errors/{name}.json");
    check(&[&["--program", &file], flags].concat(), words)
}

#[test]
fn missing_file() -> Result<()> {
    check_file("cairo_programs/errors/bad_json/is_not_there.json", &["o such file"])
}

#[test]
fn a_directory() -> Result<()> {
    check_file("cairo_programs/errors", &["directory"])
}

#[test]
fn no_json() -> Result<()> {
    check_bad_json("empty", &[])?;
    check_bad_json("not_json", &["line 1"])?;
    check_bad_json("truncated", &["line 18"])?;
    check_bad_json("trailing_text", &["line 2"])?;
    check_bad_json("not_utf8", &["UTF-8"])?;
    check_bad_json("nested_deeply", &[])
}

#[test]
fn json_that_is_no_program() -> Result<()> {
    check_bad_json("not_an_object", &[])?;
    check_bad_json("no_data", &["data"])?;
    check_bad_json("data_not_a_list", &["data"])?;
    check_bad_json("no_prime", &["prime"])?;
    check_bad_json("prime_bad_hex", &["prime"])?;
    check_bad_json("prime_other", &["prime"])?;
    check_bad_json("no_hints", &["hints"])?;
    check_bad_json("no_identifiers", &["identifiers"])?;
    check_bad_json("no_reference_manager", &["reference_manager"])?;
    check_bad_json("identifier_no_type", &["identifiers", "line 18", "type"])?;
    check_bad_json("identifier_unknown_type", &["__main__.x", "surprise"])?;
    check_bad_json("number_exponent_huge", &[])?;
    check_bad_json("number_nan", &[])
}

#[test]
fn words() -> Result<()> {
    check_bad_json("word_bad_hex", &["0x12g4"])?;
    check_bad_json("word_no_prefix", &["208b7fff7fff7ffe"])?;
    check_bad_json("word_number", &[])?;
    check_bad_json("word_is_prime", &["prime"])?;
    check_bad_json("word_above_prime", &["prime"])?;
    check_bad_json("word_negative", &["-0x1"])
}

#[test]
fn builtins() -> Result<()> {
    check_bad_json("unknown_builtin", &["nonsense"])?;
    check_bad_json("builtins_not_text", &["builtins"])?;
    check_bad_json("builtins_out_of_order", &["range_check", "output"])?;
    check_bad_json("builtin_twice", &["output"])
}

#[test]
fn main_function() -> Result<()> {
    check_bad_json("no_main", &["main"])?;
    check_bad_json("main_is_a_constant", &["main", "const"])
}

#[test]
fn hints() -> Result<()> {
    check_bad_json("hint_outside", &["99"])?;
    check_bad_json("hint_negative_pc", &["-1"])?;
    check_bad_json("hint_at_no_number", &["first"])?;
    check_bad_json("hint_without_code", &["code"])
}

#[test]
fn programs_without_a_first_instruction() -> Result<()> {
    for (name, pc) in [("data_empty", "0:0"), ("main_outside", "0:100")] {
        let file = format!("cairo_programs/errors/bad_json/{name}.json");
        check(&["--program", &file], &[pc])?;
    }
    Ok(())
}

#[test]
fn layout_without_the_builtin() -> Result<()> {
    check_run("builtin_not_in_layout", &[], &["output", "layout", "plain"])
}

#[test]
fn illegal_instruction() -> Result<()> {
    let high_bit = "Unsupported instruction: 0xc80680017fff8000.";
    check_run("illegal_instruction_high_bit", &[], &["pc=0:0", high_bit])?;
    check_run("illegal_instruction_op1", &[], &["pc=0:0"])?;
    check_run("data_as_code", &[], &["pc=0:4"])
}

#[test]
fn jump_outside() -> Result<()> {
    check_run(
        "jump_outside",
        &[],
        &["pc=0:102", "Unknown value for memory cell at address 0:102."],
    )?;
    check_run("jump_before", &[], &["Error at pc=0:"])?;
    check_run("jump_to_felt", &[], &["Error at pc=5:"])
}

#[test]
fn unknown_memory() -> Result<()> {
    let message = "Unknown value for memory cell at address 1:12.";
    check_run("unknown_memory_operand", &[], &["pc=0:0", message])
}

#[test]
fn double_write() -> Result<()> {
    check_run("assert_felts", &[], &["pc=0:2", "4 != 5"])?;
    let message = "Inconsistent memory assignment at address 1:2. 3 != 4.";
    check_run("hint_inconsistent_memory", &[], &["pc=0:2", message])
}

#[test]
fn endless_program() -> Result<()> {
    check_run("endless_loop", &["--max_steps", "100000"], &["100000"])?;
    check_run("endless_loop", &["--steps", "100000"], &["End of program was not reached"])
}

#[test]
fn far_writes_are_quick() -> Result<()> {
    for name in ["sparse_ap_2_26", "sparse_ap_2_40", "sparse_ap_2_63"] {
        let file = format!("cairo_programs/features/{name}.json");
        let outcome = run(&["--program", &file, "--print_memory"])?;
        let stderr = outcome.stderr_text();
        ensure!(outcome.status == 0 || name.ends_with("63"), "{name}: {stderr}");
        ensure!(!stderr.contains("panicked"), "{name}: {stderr}");
    }
    Ok(())
}
