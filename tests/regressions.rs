//! Faults that other Cairo runners had, each with a test of its own: the answers are the reference's.

use anyhow::{Context, Result, ensure};
use cairo_zero_testkit::{Ours, Outcome, unpack_pie};

fn run(program: &str, flags: &[&str]) -> Result<Outcome> {
    let file = format!("cairo_programs/{program}.json");
    Ours::new(env!("CARGO_BIN_EXE_cairo-run")).run_with(&[&["--program", &file], flags].concat())
}

/// A run that works and whose standard output is exactly this.
fn prints(program: &str, flags: &[&str], expected: &str) -> Result<()> {
    let outcome = run(program, flags)?;
    ensure!(outcome.status == 0, "{program}: {}", outcome.stderr_text());
    let found = outcome.stdout_text();
    ensure!(found == expected, "{program}: {found:?} and not {expected:?}");
    Ok(())
}

/// A run that works and prints all of these lines.
fn has_lines(program: &str, flags: &[&str], lines: &[&str]) -> Result<()> {
    let outcome = run(program, flags)?;
    ensure!(outcome.status == 0, "{program}: {}", outcome.stderr_text());
    let found = outcome.stdout_text();
    for line in lines {
        ensure!(found.lines().any(|other| other == *line), "{program}: no {line:?} in\n{found}");
    }
    Ok(())
}

/// A run that fails, with these words one behind the other in its error.
fn fails(program: &str, flags: &[&str], words: &[&str]) -> Result<()> {
    let outcome = run(program, flags)?;
    let stderr = outcome.stderr_text();
    ensure!(outcome.status == 1, "{program}: status {}: {stderr}", outcome.status);
    let mut rest = stderr.as_str();
    for word in words {
        let behind = rest.split_once(word).map(|(_, behind)| behind);
        rest = behind.unwrap_or_else(|| panic!("{program}: no {word:?} in {rest:?}\n{stderr}"));
    }
    ensure!(!stderr.contains("this is a bug"), "{stderr}");
    Ok(())
}

/// The flags for the layout that has the modulo builtins.
const DYNAMIC: [&str; 4] = [
    "--layout",
    "dynamic",
    "--cairo_layout_params_file",
    "cairo_programs/builtins/layout_params/all.json",
];

/// One was picked at random by its last name.
#[test]
fn constants_of_one_name_in_several_scopes() -> Result<()> {
    for _ in 0..5 {
        prints("hints/ids_same_names", &[], "a 2 10\nb 4 20\n1 5\n6\n7\n49\n")?;
    }
    Ok(())
}

/// Only the first rule of a chain was applied.
#[test]
fn relocation_rules_one_behind_the_other() -> Result<()> {
    prints("hints/temporary_chain", &[], "-2:2 -2:0 -2:2 -2:1\n4:3 4:1 4:3 4:2\n")?;
    prints("hints/temporary_chain_backwards", &[], "-1:0 4:1 -1:0 4:2\n4:3 4:1 4:3 4:2\n")
}

/// The offset of the destination was left out.
#[test]
fn relocation_to_an_offset() -> Result<()> {
    let lines = ["4:1   2", "4:2   3", "4:3   4", "4:4   4:3", "4:5   4:2", "4:7   4:5"];
    has_lines("hints/temporary_chain", &["--print_memory"], &lines)?;
    has_lines("hints/temporary_chain_backwards", &["--print_memory"], &lines)
}

#[test]
fn relocation_rules_that_cannot_be() -> Result<()> {
    fails("errors/temporary_rule_not_temporary", &[], &["src_ptr.segment_index must be < 0"])?;
    fails("errors/temporary_rule_offset", &[], &["src_ptr.offset must be 0"])?;
    fails("errors/temporary_rule_twice", &[], &["already has a relocation rule"])?;
    fails("errors/temporary_meets_real", &[], &["Inconsistent memory assignment", "5 != 6"])
}

/// `1e27` became a float or an error.
#[test]
fn numbers_in_scientific_notation() -> Result<()> {
    prints("features/json_number_1e27", &[], "1000000000000000013287555072\n")?;
    prints("features/json_number_negative", &[], "-1000000000000000013287555072\n")
}

/// The exponent was worked out, with all its digits.
#[test]
fn a_number_with_a_huge_exponent() -> Result<()> {
    fails("errors/bad_json/number_exponent_huge", &[], &["number_exponent_huge.json"])
}

/// Dereferenced twice, without outer brackets, a second offset that is subtracted or a number.
#[test]
fn references_of_every_form() -> Result<()> {
    let minus_six = "3618502788666131213697322783095070105623107215331596699973092056135872020475";
    let expected = format!(
        "4:0 4 4:2 30\n20 30 4:4 4:0\n4:5 4:3 4:2 4:2 4\n12 {minus_six} 17 1:17\n4:4\n30\n"
    );
    prints("hints/ids_reference_forms", &[], &expected)
}

#[test]
fn divisions_by_zero_in_hints() -> Result<()> {
    fails("errors/hint_division_by_zero", &[], &["Error at pc=0:2:", "ZeroDivisionError"])?;
    let outcome = run("hints/division_by_zero", &[])?;
    let printed = outcome.stdout_text();
    ensure!(outcome.status == 0 && printed.lines().count() == 10, "{outcome:?}");
    ensure!(printed.lines().all(|line| line.ends_with("Error")), "{printed}");
    Ok(())
}

/// The segment that `fp` returns to comes before the one that `pc` returns to.
#[test]
fn the_order_of_the_return_segments() -> Result<()> {
    let flags = ["--print_memory", "--print_info"];
    has_lines("features/empty_main", &flags, &["1:0   2:0", "1:1   3:0", "pc = 3:0", "fp = 2:0"])?;
    let flags = ["--layout", "small", "--print_memory", "--print_info"];
    let lines = ["1:0   2:0", "1:1   3:0", "1:2   4:0", "pc = 4:0", "fp = 3:0"];
    has_lines("builtins/range_check_unused", &flags, &lines)
}

/// The place was looked for in the debug information although it is no place of the program.
#[test]
fn a_traceback_from_another_segment() -> Result<()> {
    let words = [
        "Error at pc=4:5:",
        "An ASSERT_EQ instruction failed: 1 != 2.",
        "Cairo traceback (most recent call last):",
        "traceback_other_segment.cairo:",
        "Unknown location (pc=4:0)",
    ];
    fails("errors/traceback_other_segment", &[], &words)
}

/// It lies behind the return segments and is as long as the largest need of a builtin.
#[test]
fn the_zero_segment() -> Result<()> {
    let flags = [&DYNAMIC[..], &["--print_memory", "--print_info"]].concat();
    let lines = ["5:0   0", "5:1   0", "5:2   0", "5:3   0", "pc = 4:0"];
    has_lines("builtins/mul_mod_unused", &flags, &lines)?;
    let printed = run("builtins/mul_mod_unused", &flags)?.stdout_text();
    ensure!(!printed.contains("5:4 "), "{printed}");
    let printed = run("builtins/pedersen_unused", &["--layout", "small", "--print_memory"])?;
    ensure!(!printed.stdout_text().contains("5:0"), "{printed:?}");
    Ok(())
}

#[test]
fn huge_jumps() -> Result<()> {
    fails("errors/jump_huge_near", &[], &["4611686018427387904"])?;
    fails("errors/jump_huge_far", &[], &["Error at pc="])?;
    fails("errors/jump_huge", &[], &["Error at pc="])
}

/// Segment numbers were kept in 16 bits.
#[test]
fn more_segments_than_16_bits_count() -> Result<()> {
    let flags = ["--print_memory", "--print_segments"];
    has_lines("features/many_segments_70000", &flags, &["70003:0 5", "70003 4"])
}

/// Their runner would need segments that hints add, which no layout of the reference has.
#[test]
fn the_segment_arena_is_refused() -> Result<()> {
    let name = "errors/builtin_segment_arena";
    fails(
        &format!("{name}_plain"),
        &[],
        &["Builtins {'segment_arena'} are not present in layout"],
    )?;
    let words = ["must be subsequence of ['output', ", "'mul_mod']. Got ['segment_arena']."];
    fails(&format!("{name}_allowed_plain"), &["--allow_missing_builtins"], &words)
}

/// A frame could be left with registers of its own choice, which no proof noticed.
#[test]
fn calls_and_returns_of_other_forms() -> Result<()> {
    let words = "A call or return of this form is not allowed in a secure run.";
    fails("errors/noncanonical_call", &[], &["Error at pc=0:0:", words])?;
    fails("errors/noncanonical_ret", &[], &["Error at pc=0:1:", words])?;
    for program in ["errors/noncanonical_call", "errors/noncanonical_ret"] {
        prints(program, &["--no_secure_run"], "")?;
    }
    Ok(())
}

#[test]
fn an_end_in_another_frame() -> Result<()> {
    let words = "The run ended with fp = 1:5; main's caller has 2:0.";
    fails("errors/final_frame_inner", &[], &[words])?;
    prints("errors/final_frame_inner", &["--no_secure_run"], "")
}

/// Filling in a circuit went on for ever where nothing could be filled in.
#[test]
fn modulo_circuits_that_can_not_be_filled() -> Result<()> {
    let words = "Could not fill the values table, add_mod_index=";
    for (name, at) in [
        ("unfillable", "0, mul_mod_index=0"),
        ("unfillable_later", "1, mul_mod_index=0"),
        ("unfillable_additions", "0, mul_mod_index=0"),
    ] {
        fails(&format!("errors/builtin_modulo_{name}"), &DYNAMIC, &[&format!("{words}{at}")])?;
    }
    Ok(())
}

/// A circuit of no gates is none; an instance of none is wrong.
#[test]
fn modulo_circuits_without_gates() -> Result<()> {
    let words = "At least one of add_mod and mul_mod must be given.";
    fails("errors/builtin_modulo_fill_nothing", &DYNAMIC, &[words])?;
    let words = "add_mod builtin: Expected n >= 1. Got: 0.";
    fails("errors/builtin_modulo_fill_count_zero", &DYNAMIC, &[words])?;
    fails("errors/builtin_add_mod_count_zero", &DYNAMIC, &[words])?;
    has_lines(
        "builtins/modulo_fill_additions",
        &[&DYNAMIC[..], &["--print_output"]].concat(),
        &["  4"],
    )
}

/// Cells of a relocated temporary segment were counted as holes, and the output builtin was taken for
/// the first. The counts are those of cairo-lang's PIEs.
#[test]
fn memory_holes() -> Result<()> {
    let folder = tempfile::TempDir::new()?;
    let pie = folder.path().join("pie.zip").display().to_string();
    for (program, layout, holes) in [
        ("builtins/several_not_first", "starknet", 0),
        ("builtins/pedersen_temporary", "small", 0),
        ("hints/segments_temporary", "plain", 0),
        ("hints/temporary_chain", "plain", 1),
    ] {
        let outcome = run(program, &["--layout", layout, "--cairo_pie_output", &pie])?;
        ensure!(outcome.status == 0, "{program}: {}", outcome.stderr_text());
        let files = unpack_pie(&std::fs::read(&pie)?)?;
        let resources = files.get("execution_resources.json").context("no resources")?;
        let resources: serde_json::Value = serde_json::from_slice(resources)?;
        ensure!(resources["n_memory_holes"] == holes, "{program}: {resources}");
    }
    Ok(())
}
