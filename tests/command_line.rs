//! Every flag with values it can't have, and flags that don't go together: exit status 2 and what is
//! wrong in a sentence; 1 where it is a file that is wrong.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use cairo_zero_testkit::{Ours, Outcome};

/// A program that needs no builtin and makes a few steps.
const PROGRAM: &str = "cairo_programs/features/loop.json";

/// What a flag's value is.
#[derive(Clone, Copy)]
enum Kind {
    /// There is none.
    Switch,
    /// A number that is not negative.
    Number,
    /// A number of seconds.
    Seconds,
    /// One of some words.
    Word,
    /// One of some words, or nothing.
    WordOrNothing,
    /// Any text; the run fails with status 1 if it means nothing.
    Text,
    /// A file that is written in any run.
    Output,
    /// A path that means something with other flags only, or instead of the program.
    Path,
    /// A file of JSON that is read; the flags that make it so.
    File(&'static [&'static str]),
}

/// Every flag but `--help` and `--version`, which end the process at once.
const FLAGS: &[(&str, Kind)] = &[
    ("--program", Kind::File(&[])),
    ("--program_input", Kind::File(&[])),
    ("--layout", Kind::Word),
    ("--cairo_layout_params_file", Kind::File(&["--layout", "dynamic"])),
    ("--entrypoint", Kind::Text),
    ("--steps", Kind::Number),
    ("--min_steps", Kind::Number),
    ("--no_end", Kind::Switch),
    ("--allow_missing_builtins", Kind::WordOrNothing),
    ("--hints", Kind::Word),
    ("--check_hints", Kind::Switch),
    ("--python_path", Kind::Path),
    ("--hint_timeout", Kind::Seconds),
    ("--max_steps", Kind::Number),
    ("--max_memory", Kind::Number),
    ("--secure_run", Kind::Switch),
    ("--no_secure_run", Kind::Switch),
    ("--proof_mode", Kind::Switch),
    ("--fill_holes", Kind::Switch),
    ("--trace_file", Kind::Output),
    ("--memory_file", Kind::Output),
    ("--air_public_input", Kind::Path),
    ("--air_private_input", Kind::Path),
    ("--debug_info_file", Kind::Output),
    ("--summary_file", Kind::Output),
    ("--coverage", Kind::Output),
    ("--profile_output", Kind::Output),
    ("--flamegraph", Kind::Output),
    ("--hot", Kind::Switch),
    ("--tracer", Kind::Switch),
    ("--tracer_port", Kind::Number),
    ("--tracer_html", Kind::Output),
    ("--run_from_cairo_pie", Kind::Path),
    ("--cairo_pie_output", Kind::Output),
    ("--merge_extra_segments", Kind::Switch),
    ("--print_memory", Kind::Switch),
    ("--print_output", Kind::Switch),
    ("--print_info", Kind::Switch),
    ("--print_segments", Kind::Switch),
    ("--relocate_prints", Kind::Switch),
    ("--debug_error", Kind::Switch),
    ("--show_trace", Kind::Switch),
    ("--progress", Kind::Switch),
];

fn run(arguments: &[&str]) -> Result<Outcome> {
    Ours::new(env!("CARGO_BIN_EXE_cairo-run")).run_with(arguments)
}

/// Asks for the status, nothing on standard output, and all of `words` in an error that is no crash.
fn fails(arguments: &[&str], status: i32, words: &[&str]) -> Result<()> {
    let outcome = run(arguments)?;
    let (stdout, stderr) = (outcome.stdout_text(), outcome.stderr_text());
    let shown = format!("{arguments:?}\nstdout: {stdout}\nstderr: {stderr}");
    ensure!(outcome.status == status, "status {}: {shown}", outcome.status);
    ensure!(stdout.is_empty(), "something was printed: {shown}");
    for word in words {
        ensure!(stderr.contains(word), "`{word}` is missing: {shown}");
    }
    ensure!(!stderr.contains("panicked") && !stderr.contains("this is a bug"), "{shown}");
    Ok(())
}

fn passes(arguments: &[&str]) -> Result<()> {
    let outcome = run(arguments)?;
    ensure!(outcome.status == 0, "{arguments:?}: {}", outcome.stderr_text());
    Ok(())
}

/// The flag with a value that it can't have.
fn wrong_value(flag: &str, value: &str) -> Result<()> {
    let joined = format!("{flag}={value}");
    fails(&[&joined, PROGRAM], 2, &[flag])
}

/// The flag with a file that can't be used.
fn wrong_file(flag: &str, file: &str, more: &[&str], words: &[&str]) -> Result<()> {
    let program = if flag == "--program" { &[][..] } else { &[PROGRAM] };
    fails(&[&[flag, file], more, program].concat(), 1, &[&[file], words].concat())
}

#[test]
fn every_flag_is_here() -> Result<()> {
    let help = run(&["--help"])?.stdout_text();
    let named = help.lines().filter_map(|line| {
        let flag = line.trim_start().trim_start_matches("-h, ").trim_start_matches("-v, ");
        let end = flag.find([' ', '[']).unwrap_or(flag.len());
        flag.starts_with("--").then(|| flag[..end].trim_end_matches(','))
    });
    let mut named: BTreeSet<&str> = named.collect();
    ensure!(named.remove("--help") && named.remove("--version"), "{help}");
    let here: BTreeSet<&str> = FLAGS.iter().map(|(flag, _)| *flag).collect();
    ensure!(named == here, "--help names {named:?}; FLAGS in this file has {here:?}");
    Ok(())
}

#[test]
fn wrong_values() -> Result<()> {
    for &(flag, kind) in FLAGS {
        match kind {
            Kind::Switch => {
                for value in ["", "1", "true"] {
                    wrong_value(flag, value)?;
                }
            }
            Kind::Number => {
                for value in ["", "abc", "-1", "1.5", "1e3", "0x10", "18446744073709551616", "五"]
                {
                    wrong_value(flag, value)?;
                }
                fails(&[PROGRAM, flag], 2, &[flag])?;
                fails(&[PROGRAM, flag, "-1"], 2, &[])?;
            }
            Kind::Seconds => {
                for value in ["", "abc", "-1", "nan", "inf", "1e300"] {
                    wrong_value(flag, value)?;
                }
                fails(&[PROGRAM, flag], 2, &[flag])?;
            }
            Kind::Word => {
                for value in ["", "nonsense", "SMALL"] {
                    wrong_value(flag, value)?;
                }
                fails(&[PROGRAM, flag], 2, &[flag])?;
            }
            Kind::WordOrNothing => {
                for value in ["", "nonsense", "true"] {
                    wrong_value(flag, value)?;
                }
                passes(&[PROGRAM, flag])?;
            }
            Kind::Text => {
                fails(&[PROGRAM, flag], 2, &[flag])?;
                for value in ["", "nonsense", "a b\n"] {
                    fails(&[PROGRAM, flag, value], 1, &["Error"])?;
                }
            }
            Kind::Output => {
                fails(&[PROGRAM, flag], 2, &[flag])?;
                fails(&[PROGRAM, flag, "is/not/there"], 1, &["is/not/there", "o such file"])?;
                fails(&[PROGRAM, flag, "cairo_programs"], 1, &["directory"])?;
                fails(&[PROGRAM, flag, PROGRAM], 1, &["an input of this run"])?;
            }
            Kind::Path => fails(&[PROGRAM, flag], 2, &[flag])?,
            Kind::File(more) => {
                fails(&[PROGRAM, flag], 2, &[flag])?;
                wrong_file(flag, "cairo_programs/is_not_there.json", more, &["o such file"])?;
                wrong_file(flag, "cairo_programs", more, &["directory"])?;
                for name in ["empty", "not_json", "not_utf8", "truncated", "nested_deeply"] {
                    let file = format!("cairo_programs/errors/bad_json/{name}.json");
                    wrong_file(flag, &file, more, &[])?;
                }
            }
        }
    }
    Ok(())
}

#[test]
fn what_is_no_flag() -> Result<()> {
    fails(&[PROGRAM, "--nonsense"], 2, &["--nonsense"])?;
    fails(&[PROGRAM, "-x"], 2, &["-x"])?;
    fails(&[PROGRAM, "another.json"], 2, &["another.json"])?;
    // The beginning of several.
    fails(&[PROGRAM, "--print"], 2, &["--print"])
}

#[test]
fn flags_that_do_not_go_together() -> Result<()> {
    let conflicts: &[(&[&str], &str)] = &[
        (&[], "PROGRAM"),
        (&["--print_info"], "PROGRAM"),
        (&["--program", PROGRAM, PROGRAM], "cannot be used with"),
        (&[PROGRAM, "--steps", "5", "--min_steps", "5"], "cannot be both specified"),
        (&[PROGRAM, "--no_end"], "--steps must be specified"),
        (&[PROGRAM, "--no_end", "--min_steps", "5"], "--steps must be specified"),
        (&[PROGRAM, "--proof_mode", "--cairo_pie_output", "x"], "cannot be both specified"),
        (&["--proof_mode", "--run_from_cairo_pie", "x"], "cannot be used with"),
        (&[PROGRAM, "--air_public_input", "x"], "can only be used in proof_mode"),
        (&[PROGRAM, "--air_private_input", "x"], "can only be used in proof_mode"),
        (&[PROGRAM, "--proof_mode", "--air_private_input", "x"], "--trace_file must be set"),
        (
            &[PROGRAM, "--proof_mode", "--air_private_input", "x", "--trace_file", "y"],
            "--memory_file must be set",
        ),
        (&[PROGRAM, "--proof_mode", "--entrypoint", "main"], "cannot be used with"),
        (&[PROGRAM, "--layout", "dynamic"], "--cairo_layout_params_file must be specified"),
    ];
    for (arguments, words) in conflicts {
        fails(arguments, 2, &[words])?;
    }
    Ok(())
}

#[test]
fn flags_that_go_together() -> Result<()> {
    let params = "cairo_programs/builtins/layout_params/all.json";
    // Zero is as good as nothing for this rule; but then no steps may be made.
    fails(&[PROGRAM, "--steps", "0", "--min_steps", "5"], 1, &["End of program was not reached"])?;
    passes(&[PROGRAM, "--min_steps", "0"])?;
    // The last one counts.
    passes(&[
        PROGRAM,
        "--layout",
        "small",
        "--layout",
        "plain",
        "--max_steps=1",
        "--max_steps=9999",
    ])?;
    passes(&[PROGRAM, "--print_info", "--print_info"])?;
    let behind = "cairo_programs/features/program_written_behind_insecure.json";
    passes(&[behind, "--secure_run", "--no_secure_run"])?;
    fails(&[behind, "--no_secure_run", "--secure_run"], 1, &["Out of bounds access"])?;
    // Any beginning of a flag that only one has.
    passes(&["--program", PROGRAM, "--lay", "small", "--print_i"])?;
    // Other layouts don't mind.
    passes(&[PROGRAM, "--layout", "small", "--cairo_layout_params_file", params])
}

#[test]
fn other_entry_points() -> Result<()> {
    let program = "cairo_programs/features/loop.json";
    passes(&[program, "--entrypoint", "main"])?;
    let missing = &["There is no entry point \"nonsense\""];
    fails(&[program, "--entrypoint", "nonsense"], 1, missing)?;
    let constant = "cairo_programs/features/constants.json";
    fails(
        &[constant, "--layout", "small", "--entrypoint", "BIG"],
        1,
        &["There is no entry point \"BIG\""],
    )
}

#[test]
fn limits() -> Result<()> {
    let endless = "cairo_programs/errors/endless_loop.json";
    fails(&[endless, "--max_steps", "1000"], 1, &["End of program was not reached", "1000 steps"])?;
    fails(&[PROGRAM, "--max_steps", "0"], 1, &["End of program was not reached"])?;
    fails(&[PROGRAM, "--max_memory", "0"], 1, &["memory"])?;
    let recursion = "cairo_programs/errors/endless_recursion.json";
    fails(&[recursion, "--max_memory", "10"], 1, &["Error at pc=0:0:", "help: --max_memory"])
}

#[test]
fn wrong_layout_parameters() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let good = std::fs::read_to_string("cairo_programs/builtins/layout_params/all.json")?;
    let cases = [
        ("\"rc_units\": 4,", "", "the layout parameter rc_units is missing"),
        ("\"rc_units\": 4,", "\"rc_units\": 4, \"more\": 4,", "no layout parameter \"more\""),
        ("\"rc_units\": 4,", "\"rc_units\": -4,", "rc_units must be a number from 1"),
        ("\"rc_units\": 4,", "\"rc_units\": 5,", "rc_units must be a power of two"),
        ("\"rc_units\": 4,", "\"rc_units\": 4e99,", "rc_units must be a whole number"),
        ("\"pedersen_ratio\": 256", "\"pedersen_ratio\": 4294967296", "pedersen_ratio must be"),
        ("\"pedersen_ratio\": 256", "\"pedersen_ratio\": \"256\"", "must be a whole number"),
        ("\"uses_pedersen_builtin\": 1", "\"uses_pedersen_builtin\": 0", "must be 0 because"),
        ("\"add_mod_ratio_den\": 1", "\"add_mod_ratio_den\": 2", "must be 1"),
    ];
    for (number, (from, to, words)) in cases.into_iter().enumerate() {
        ensure!(good.contains(from), "{from} is not there");
        let path = folder.path().join(format!("{number}.json"));
        std::fs::write(&path, good.replace(from, to))?;
        let path = path.to_str().context("an odd folder")?;
        let flags = ["--layout", "dynamic", "--cairo_layout_params_file", path, PROGRAM];
        fails(&flags, 1, &[path, words])?;
    }
    Ok(())
}

#[test]
fn help_and_version() -> Result<()> {
    for flag in ["--version", "-v"] {
        let outcome = run(&[flag])?;
        let expected = (0, String::from("cairo-run 0.14.0.1\n"));
        ensure!((outcome.status, outcome.stdout_text()) == expected, "{outcome:?}");
    }
    passes(&["--help"])?;
    passes(&["-h"])
}
