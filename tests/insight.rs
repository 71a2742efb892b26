//! What is shown of programs and runs: listings, inspections, coverage, profiles.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;

use anyhow::{Context, Result, ensure};
use cairo_zero_testkit::{Ours, Outcome};
use serde_json::Value;

const LOOP: &str = "cairo_programs/features/loop.json";

fn run(arguments: &[&str]) -> Result<Outcome> {
    Ours::new(env!("CARGO_BIN_EXE_cairo-run")).run_with(arguments)
}

/// What a command that must pass prints.
fn stdout(arguments: &[&str]) -> Result<String> {
    let outcome = run(arguments)?;
    ensure!(outcome.status == 0, "{arguments:?}: {}", outcome.stderr_text());
    Ok(outcome.stdout_text())
}

fn json(arguments: &[&str]) -> Result<Value> {
    Ok(serde_json::from_str(&stdout(arguments)?)?)
}

/// The compiled programs of ours.
fn programs() -> Result<Vec<String>> {
    let mut programs = Vec::new();
    for folder in ["features", "builtins", "hints", "proof"] {
        for entry in std::fs::read_dir(format!("cairo_programs/{folder}"))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                programs.push(path.to_str().context("an odd name")?.to_owned());
            }
        }
    }
    ensure!(programs.len() > 50, "only {} programs were found", programs.len());
    Ok(programs)
}

#[test]
fn listings_hold_every_word_hint_and_name() -> Result<()> {
    for path in programs()? {
        let listing = json(&["disasm", "--json", &path])?;
        let program: Value = serde_json::from_slice(&std::fs::read(&path)?)?;
        let lines = listing["instructions"].as_array().context("instructions")?;
        let words = lines.iter().flat_map(|line| line["words"].as_array().into_iter().flatten());
        let same = words.eq(program["data"].as_array().context("data")?);
        // This one has its words in other forms than compilers write.
        ensure!(same || path.ends_with("json_data_forms.json"), "{path}: other words");
        let mut next = 0;
        for line in lines {
            ensure!(line["pc"] == next, "{path}: {line} is not at {next}");
            next += line["words"].as_array().map_or(0, Vec::len);
            let hints = line["hints"].as_array().context("hints")?;
            let pc = line["pc"].to_string();
            let expected = program["hints"][&pc].as_array().map_or(&[][..], Vec::as_slice);
            let codes = |hints: &[Value]| -> Vec<Value> {
                hints.iter().map(|hint| hint["code"].clone()).collect()
            };
            ensure!(codes(hints) == codes(expected), "{path}: other hints at {pc}");
        }
        for (name, identifier) in program["identifiers"].as_object().context("identifiers")? {
            let key = match identifier["type"].as_str() {
                Some("function") => "functions",
                Some("label") => "labels",
                _ => continue,
            };
            let at = lines.iter().find(|line| line["pc"] == identifier["pc"]);
            // A label at the program's end is at no instruction.
            let Some(at) = at else { continue };
            let named = at[key].as_array().is_some_and(|names| names.iter().any(|x| x == name));
            ensure!(named, "{path}: {name} is missing at {}", identifier["pc"]);
        }
    }
    Ok(())
}

#[test]
fn a_listing_for_people() -> Result<()> {
    let text = stdout(&["disasm", LOOP])?;
    ensure!(text.contains("function __main__.main:\n"), "{text}");
    let jump = "     8  jmp rel -4 if [ap + (-2)] != 0  // 4 __main__.main.loop\n";
    ensure!(text.contains(jump), "{text}");
    ensure!(
        text.contains("__main__.main.again:\n    16  [ap] = [ap + (-2)] + (-1), ap++\n"),
        "{text}"
    );
    Ok(())
}

/// A program with debug information that names the file next to it.
fn with_source(folder: &std::path::Path) -> Result<String> {
    let source = folder.join("two.cairo");
    std::fs::write(&source, "func main() {\n    [ap] = 1, ap++;\n    ret;\n}\n")?;
    let location = |line: usize| {
        serde_json::json!({
            "inst": {"start_line": line, "start_col": 5, "end_line": line, "end_col": 19,
                     "input_file": {"filename": source}},
            "hints": [], "accessible_scopes": ["__main__", "__main__.main"],
        })
    };
    let program = serde_json::json!({
        "prime": "0x800000000000011000000000000000000000000000000000000000000000001",
        "data": ["0x480680017fff8000", "0x1", "0x208b7fff7fff7ffe"],
        "builtins": [], "hints": {}, "main_scope": "__main__", "attributes": [],
        "reference_manager": {"references": []},
        "identifiers": {"__main__.main": {"type": "function", "pc": 0, "decorators": []}},
        "debug_info": {"file_contents": {},
                       "instruction_locations": {"0": location(2), "2": location(3)}},
    });
    let path = folder.join("two.json");
    std::fs::write(&path, program.to_string())?;
    Ok(path.to_str().context("an odd folder")?.to_owned())
}

#[test]
fn lines_of_the_source_are_shown_where_it_is_there() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let program = with_source(folder.path())?;
    let text = stdout(&["disasm", &program])?;
    let source = folder.path().join("two.cairo");
    ensure!(text.contains(&format!("  // {}:3: ret;\n", source.display())), "{text}");
    std::fs::remove_file(&source)?;
    let text = stdout(&["disasm", &program])?;
    ensure!(text.contains(&format!("  // {}:3\n    2  ret\n", source.display())), "{text}");
    Ok(())
}

#[test]
fn inspections_agree_with_the_table_of_hints() -> Result<()> {
    for path in programs()? {
        let seen = json(&["inspect", "--json", &path])?;
        let table = run(&["--check_hints", &path])?.stdout_text();
        let rows: Vec<&str> = table.lines().skip(1).collect();
        let named = |text: &str| rows.iter().filter(|row| row.contains(text)).count();
        let count = |kind: &str| seen["hints"][kind].as_u64().unwrap_or(u64::MAX) as usize;
        ensure!(
            seen["hints"]["list"].as_array().map_or(0, Vec::len) == rows.len(),
            "{path}: {table}"
        );
        ensure!(count("native") == named("  native ("), "{path}: {table}");
        ensure!(count("python") == named("  Python  "), "{path}: {table}");
        ensure!(count("native") + count("evaluator") + count("python") == rows.len(), "{path}");
        for layout in seen["layouts"].as_array().context("layouts")? {
            ensure!(layout.is_string(), "{path}: {layout}");
        }
    }
    Ok(())
}

#[test]
fn what_a_program_needs() -> Result<()> {
    let seen = json(&["inspect", "--json", LOOP])?;
    ensure!(seen["layouts"][0] == "plain" && seen["builtins"] == serde_json::json!([]), "{seen}");
    let main = serde_json::json!([{"name": "main", "pc": 0, "used": "default"}]);
    ensure!(seen["entry_points"] == main, "{seen}");
    ensure!(seen["identifiers"]["label"] == 4 && seen["sizes"]["debug_info"] == false, "{seen}");
    let text = stdout(&["inspect", LOOP])?;
    ensure!(
        text.contains("builtins      none\n")
            && text.contains("\n        0       33  __main__.main\n"),
        "{text}"
    );
    Ok(())
}

#[test]
fn commands_with_wrong_arguments() -> Result<()> {
    for command in ["disasm", "inspect"] {
        ensure!(run(&[command])?.status == 2, "{command} alone passes");
        ensure!(run(&[command, LOOP, "--nonsense"])?.status == 2, "{command} takes anything");
        ensure!(run(&[command, LOOP, "--json=1"])?.status == 2, "{command} takes anything");
        for name in ["empty", "not_json", "not_utf8", "truncated", "nested_deeply"] {
            let file = format!("cairo_programs/errors/bad_json/{name}.json");
            let outcome = run(&[command, &file])?;
            ensure!(outcome.status == 1 && outcome.stderr_text().contains(name), "{outcome:?}");
        }
        let help = run(&[command, "--help"])?.stdout_text();
        ensure!(help.contains(&format!("cairo-run {command}")), "{help}");
    }
    Ok(())
}

/// Debug information is what these need.
const CALLS: &str = "cairo_programs/errors/assert_in_callee.json";

/// The fields of a message of protocol buffers: numbers as they are, and bytes.
fn fields(mut message: &[u8]) -> Result<Vec<(u64, u64, &[u8])>> {
    fn varint(message: &mut &[u8]) -> Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = message.split_first().context("a number without an end")?;
            *message = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        anyhow::bail!("a number that is too long")
    }
    let mut fields = Vec::new();
    while !message.is_empty() {
        let key = varint(&mut message)?;
        let number = varint(&mut message)?;
        let bytes = match key & 7 {
            0 => &[][..],
            2 => {
                let (bytes, rest) =
                    message.split_at_checked(number as usize).context("a field is cut off")?;
                message = rest;
                bytes
            }
            kind => anyhow::bail!("a field of kind {kind}"),
        };
        fields.push((key >> 3, number, bytes));
    }
    Ok(fields)
}

/// The values of all samples of a profile, summed up, and the texts in it.
fn profile(path: &str) -> Result<(Vec<u64>, Vec<String>)> {
    let mut message = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path)?).read_to_end(&mut message)?;
    let (mut sums, mut texts) = (Vec::new(), Vec::new());
    for (field, _, bytes) in fields(&message)? {
        match field {
            2 => {
                let sample = fields(bytes)?;
                let [(1, _, frames), (2, _, values)] = sample[..] else {
                    anyhow::bail!("an odd sample: {sample:?}")
                };
                ensure!(!frames.is_empty(), "a sample without a place");
                // Packed numbers below 128 are bytes; fields of their own read the same.
                let values = numbers(values)?;
                sums.resize(values.len(), 0);
                sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
            }
            6 => texts.push(String::from_utf8(bytes.to_vec())?),
            _ => {}
        }
    }
    Ok((sums, texts))
}

/// Packed numbers.
fn numbers(packed: &[u8]) -> Result<Vec<u64>> {
    let ends = packed.split_inclusive(|byte| byte & 0x80 == 0);
    let number = |bytes: &[u8]| {
        bytes.iter().rev().fold(0, |number: u64, byte| number << 7 | u64::from(byte & 0x7f))
    };
    Ok(ends.map(number).collect())
}

fn path_in(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

#[test]
fn profiles_have_every_step() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (file, summary) = (path_in(&folder, "profile.pb.gz"), path_in(&folder, "summary.json"));
    let programs = ["features/loop", "features/functions", "builtins/bitwise_three"];
    for program in programs {
        let program = format!("cairo_programs/{program}.json");
        let flags =
            ["--layout", "all_cairo", "--profile_output", &file, "--summary_file", &summary];
        stdout(&[&flags[..], &[&program]].concat())?;
        let (sums, texts) = profile(&file)?;
        let summary: Value = serde_json::from_slice(&std::fs::read(&summary)?)?;
        ensure!(summary["steps"] == sums[0], "{program}: {sums:?} {summary}");
        ensure!(
            texts[0].is_empty() && texts.iter().any(|text| text == "__main__.main"),
            "{texts:?}"
        );
        for (name, used) in summary["builtins"].as_object().context("builtins")? {
            let at = texts.iter().position(|text| text == name).context("no such builtin")?;
            ensure!(
                at > 0 && sums[2..].iter().any(|sum| *used == *sum),
                "{program}: {sums:?} {summary}"
            );
        }
    }
    Ok(())
}

/// The steps of each sample of a profile, by the numbers of its places.
fn samples(path: &str) -> Result<BTreeMap<Vec<u64>, u64>> {
    let mut message = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path)?).read_to_end(&mut message)?;
    let mut samples = BTreeMap::new();
    for (_, _, bytes) in fields(&message)?.into_iter().filter(|(field, ..)| *field == 2) {
        let sample = fields(bytes)?;
        let [(1, _, frames), (2, _, values)] = sample[..] else {
            anyhow::bail!("an odd sample: {sample:?}")
        };
        let steps = numbers(values)?.first().copied().context("no steps")?;
        ensure!(samples.insert(numbers(frames)?, steps).is_none(), "two samples for one way");
    }
    Ok(samples)
}

#[test]
fn the_parts_of_a_long_run_make_one_profile() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let paths = ["profile.pb.gz", "trace", "memory"].map(|name| path_in(&folder, name));
    let [profile, trace, memory] = &paths;
    let program = "cairo_programs/features/calls_long.json";
    let files = ["--profile_output", profile, "--trace_file", trace, "--memory_file", memory];
    stdout(&[&[program, "--layout", "small"][..], &files].concat())?;
    let memory: HashMap<u64, u64> = std::fs::read(memory)?
        .chunks_exact(40)
        .map(|cell| (word(cell, 0), word(cell, 1)))
        .collect();
    let (mut expected, mut first) = (BTreeMap::new(), None);
    for step in std::fs::read(trace)?.chunks_exact(24) {
        let (mut fp, pc) = (word(step, 1), word(step, 2));
        let first = *first.get_or_insert(fp);
        let mut way = vec![pc];
        while fp > first {
            way.push(memory[&(fp - 1)]);
            fp = memory[&(fp - 2)];
        }
        *expected.entry(way).or_default() += 1;
    }
    ensure!(expected.values().sum::<u64>() > 1 << 15, "not long enough for parts");
    ensure!(samples(profile)? == expected, "{profile} does not have the steps of the trace");
    Ok(())
}

/// A number of 64 bits among others.
fn word(bytes: &[u8], at: usize) -> u64 {
    bytes[8 * at..].first_chunk().map_or(0, |word| u64::from_le_bytes(*word))
}

#[test]
fn profiles_in_proof_mode_count_the_steps_at_rest() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (file, summary) = (path_in(&folder, "profile.pb.gz"), path_in(&folder, "summary.json"));
    let program = "cairo_programs/proof/pedersen.json";
    let flags = ["--proof_mode", "--layout", "starknet", "--profile_output", &file];
    stdout(&[&flags[..], &["--summary_file", &summary, program]].concat())?;
    let summary: Value = serde_json::from_slice(&std::fs::read(&summary)?)?;
    ensure!(summary["steps"] == profile(&file)?.0[0], "{summary}");
    Ok(())
}

#[test]
fn deep_recursion_is_folded() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = path_in(&folder, "profile.pb.gz");
    let program = "cairo_programs/errors/endless_recursion.json";
    let outcome = run(&[program, "--max_memory", "10", "--profile_output", &file, "--hot"])?;
    ensure!(outcome.status == 1 && outcome.stderr_text().contains("Out of memory"), "{outcome:?}");
    ensure!(
        profile(&file)?.0[0] > 100_000 && std::fs::metadata(&file)?.len() < 100_000,
        "too long"
    );
    ensure!(outcome.stdout_text().contains("  __main__.again\n"), "{}", outcome.stdout_text());
    Ok(())
}

#[test]
fn failed_runs_can_be_seen() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = |name| path_in(&folder, name);
    let (coverage, graph, pprof) = (file("lcov.info"), file("graph.svg"), file("pprof"));
    let flags = ["--coverage", &coverage, "--flamegraph", &graph, "--profile_output", &pprof];
    let outcome = run(&[&flags[..], &["--hot", "--trace_file", &file("trace"), CALLS]].concat())?;
    let plain = run(&[CALLS])?;
    ensure!(outcome.status == 1 && outcome.stderr == plain.stderr, "{outcome:?}");
    ensure!(outcome.stdout_text().starts_with("Steps by function:\n"), "{outcome:?}");
    ensure!(!folder.path().join("trace").exists(), "a trace of a failed run");
    let text = std::fs::read_to_string(&coverage)?;
    // The line that failed was come to a second time.
    let at = plain.stderr_text();
    let line = at.split(':').nth(1).context("no line")?;
    ensure!(text.contains(&format!("\nDA:{line},2\n")), "{line}: {text}");
    ensure!(text.lines().any(|line| line.starts_with("DA:") && line.ends_with(",0")), "{text}");
    let graph = std::fs::read_to_string(&graph)?;
    ensure!(graph.contains("<svg") && graph.contains("__main__.main"), "{graph}");
    ensure!(profile(&pprof)?.0[0] > 0, "no steps");
    Ok(())
}

#[test]
fn coverage_counts_executions() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let program = with_source(folder.path())?;
    let source = folder.path().join("two.cairo");
    let text = stdout(&["--coverage", "-", &program])?;
    let expected = format!(
        "TN:\nSF:{}\nFN:2,__main__.main\nFNDA:1,__main__.main\nFNF:1\nFNH:1\nDA:2,1\nDA:3,1\nLF:2\n\
         LH:2\nend_of_record\n",
        source.display()
    );
    ensure!(text == expected, "{text}");
    let outcome = run(&["--coverage", "-", LOOP])?;
    ensure!(
        outcome.status == 1 && outcome.stderr_text().contains("debug information"),
        "{outcome:?}"
    );
    Ok(())
}

#[test]
fn the_hottest_come_first() -> Result<()> {
    let text = stdout(&["--hot", "--print_info", LOOP])?;
    let steps = text.split_whitespace().nth(3).context("no steps")?;
    ensure!(text.contains(&format!("{steps:>12} 100.00")), "{text}");
    let table = text.find("Steps by function:").context("no table")?;
    ensure!(text.find("Number of steps").is_some_and(|info| info < table), "{text}");
    Ok(())
}

#[test]
fn progress_is_for_terminals() -> Result<()> {
    let endless = "cairo_programs/errors/endless_loop.json";
    let flags = [endless, "--max_steps", "30000000"];
    let (plain, watched) = (run(&flags)?, run(&[&flags[..], &["--progress"]].concat())?);
    ensure!(plain == watched && plain.status == 1, "{plain:?}\n{watched:?}");
    Ok(())
}

/// `script` of util-linux gives a command a terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_sees_how_far_a_long_run_is() -> Result<()> {
    let program = env!("CARGO_BIN_EXE_cairo-run");
    let flags = "cairo_programs/errors/endless_loop.json --max_steps 3000000000 --progress";
    let mut script = std::process::Command::new("script");
    script.args(["-qec", &format!("{program} {flags}"), "/dev/null"]);
    script.env("TERM", "xterm").current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = match script.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        output => output?,
    };
    let text = String::from_utf8_lossy(&output.stdout);
    let start = text.split("Error:").next().unwrap_or_default();
    ensure!(start.contains(",000 steps") || start.contains(" steps "), "{text}");
    ensure!(text.contains("stopped after 3000000000 steps"), "{text}");
    Ok(())
}
