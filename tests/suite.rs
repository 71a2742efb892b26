//! `cairo-run suite`: the programs of this repository, and suites that go wrong.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

/// A source without hints, its flags as they are in the repository.
const PROGRAM: &str = "cairo_programs/features/loop.json";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A program that jumps to where it is.
const ENDLESS: &str = r#"{
    "attributes": [], "builtins": [], "compiler_version": "0.14.0.1", "debug_info": null,
    "data": ["0x10780017fff7fff", "0x0"], "hints": {}, "main_scope": "__main__",
    "identifiers": {"__main__.main": {"decorators": [], "pc": 0, "type": "function"}},
    "prime": "0x800000000000011000000000000000000000000000000000000000000000001",
    "reference_manager": {"references": []}
}"#;

/// A folder of programs.
struct Suite {
    folder: TempDir,
}

impl Suite {
    fn new() -> Result<Self> {
        let suite = Self { folder: TempDir::new()? };
        suite.write("suite.toml", "")?;
        Ok(suite)
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        fs::write(self.folder.path().join(name), text).context(name.to_owned())
    }

    fn read(&self, name: &str) -> Result<String> {
        fs::read_to_string(self.folder.path().join(name)).context(name.to_owned())
    }

    fn copy(&self, program: &str, name: &str) -> Result<()> {
        fs::copy(root().join(program), self.folder.path().join(name))?;
        Ok(())
    }

    /// Runs `cairo-run suite .` in the folder, with no compiler on the PATH.
    fn run(&self, arguments: &[&str]) -> Result<Output> {
        in_folder(self.folder.path(), &[&[".", "--cache", "cache"], arguments].concat())
    }

    /// Runs it; its exit status must be `status` and its words must be in what it prints.
    fn check(&self, arguments: &[&str], status: i32, words: &[&str]) -> Result<String> {
        let output = self.run(arguments)?;
        let text = String::from_utf8(output.stdout)? + &String::from_utf8(output.stderr)?;
        ensure!(output.status.code() == Some(status), "{:?}:\n{text}", output.status);
        for word in words {
            ensure!(text.contains(word), "{word:?} is not in:\n{text}");
        }
        Ok(text)
    }
}

fn in_folder(folder: &Path, arguments: &[&str]) -> Result<Output> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cairo-run"));
    command.arg("suite").args(arguments).current_dir(folder).env("PATH", "");
    Ok(command.output()?)
}

/// Every program here that is committed in its compiled form gives its recorded answer. Sources that
/// import a library are skipped here; `make test-reference` has a compiler for them.
#[test]
fn the_programs_of_this_repository() -> Result<()> {
    let cache = TempDir::new()?;
    let cache = cache.path().display().to_string();
    let output = in_folder(root(), &["cairo_programs", "--cache", &cache, "--color", "never"])?;
    let text = String::from_utf8(output.stdout)?;
    ensure!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    let last = text.lines().last().context("nothing is printed")?;
    let passed: usize = last.split(' ').next().context("no number")?.parse()?;
    ensure!(passed > 500 && last.contains(" 0 failed, "), "{last}");
    Ok(())
}

#[test]
fn answers_are_recorded_and_compared() -> Result<()> {
    let suite = Suite::new()?;
    suite.copy(PROGRAM, "one.json")?;
    suite
        .write("one.toml", "flags = '--print_memory'\nrecord = ['stdout', 'counts', 'segments']")?;
    suite.check(&[], 1, &["FAILED one: no answer is recorded", "0 passed, 1 failed, 0 skipped"])?;
    suite.check(&["--bless"], 0, &["recorded one", "1 passed, 0 failed, 0 skipped"])?;
    let recorded = suite.read("one.expected")?;
    for part in ["=== run\nstatus: 0\nsteps: ", "=== stdout\nAddr", "=== segments\n0 1\n1 "] {
        ensure!(recorded.contains(part), "{recorded}");
    }
    suite.check(&[], 0, &["1 passed, 0 failed, 0 skipped"])?;
    let text = suite.check(&["--bless"], 0, &["1 passed"])?;
    ensure!(!text.contains("recorded one"), "nothing has changed: {text}");

    suite.write("one.expected", &recorded.replacen("Addr", "Address", 1))?;
    let words = ["FAILED one", "@@ from line ", "-Address", "+Addr", "0 passed, 1 failed"];
    suite.check(&[], 1, &words)?;
    let text = suite.check(&["--color", "always"], 1, &["\u{1b}[31m"])?;
    ensure!(text.contains("\u{1b}[32m"), "{text}");

    suite.copy(PROGRAM, "two.json")?;
    suite.check(&["--bless", "--only-missing"], 1, &["recorded two", "FAILED one", "1 passed"])?;
    ensure!(suite.read("one.expected")?.contains("Address"), "it was not missing");
    suite.check(&["--bless"], 0, &["recorded one", "2 passed"])?;
    ensure!(suite.read("one.expected")? == recorded);
    suite.check(&["--only_missing"], 2, &["--bless"])?;
    Ok(())
}

#[test]
fn counts_may_be_off_by_a_tolerance() -> Result<()> {
    let suite = Suite::new()?;
    suite.copy(PROGRAM, "one.json")?;
    suite.check(&["--bless"], 0, &[])?;
    let recorded = suite.read("one.expected")?;
    let line = recorded.lines().find(|line| line.starts_with("steps: ")).context("steps")?;
    let steps: u64 = line.trim_start_matches("steps: ").parse()?;
    suite.write("one.expected", &recorded.replace(line, &format!("steps: {}", steps + 2)))?;
    let moved = format!("one: steps {} -> {steps} (-2)", steps + 2);
    suite.check(&[], 1, &[&moved, "-steps: ", "+steps: "])?;
    suite.write("one.toml", "tolerance = { steps = 1 }")?;
    suite.check(&[], 1, &[&moved])?;
    suite.write("one.toml", "tolerance = { steps = 2 }")?;
    suite.check(&[], 0, &[&moved, "1 passed"])?;
    suite.write("one.toml", "tolerance = { steps = '50%' }")?;
    suite.check(&[], 0, &[&moved, "1 passed"])?;
    suite.write("one.toml", "tolerance = { steps = 'some' }")?;
    suite.check(&[], 1, &["FAILED one", "a tolerance is a number"])?;
    Ok(())
}

/// The first step and cell that differ are named, exactly when the recorded files are still in the
/// cache.
#[test]
fn where_traces_and_memories_differ() -> Result<()> {
    let suite = Suite::new()?;
    suite.copy("cairo_programs/features/assert_eq_add.json", "one.json")?;
    suite.write("one.toml", "record = ['trace', 'memory', 'pie']")?;
    suite.check(&["--bless"], 0, &[])?;
    let recorded = suite.read("one.expected")?;
    for part in ["=== trace\n", " steps, sha256 ", "=== memory\n", "=== pie\n"] {
        ensure!(recorded.contains(part), "{recorded}");
    }
    suite.check(&[], 0, &["1 passed"])?;
    suite.copy(PROGRAM, "one.json")?;
    suite.check(&[], 1, &["the traces differ in step ", "the memories differ at address "])?;
    fs::remove_dir_all(suite.folder.path().join("cache"))?;
    suite.check(&[], 1, &["the trace differs first in number ", "the memory differs first in "])?;
    Ok(())
}

#[test]
fn what_is_wrong_with_one_program_is_its_own_failure() -> Result<()> {
    let suite = Suite::new()?;
    for name in ["good", "toml", "key", "missing", "flags", "twice", "status"] {
        suite.copy(PROGRAM, &format!("{name}.json"))?;
    }
    suite.check(&["--bless"], 0, &["7 passed"])?;
    suite.write("toml.toml", "flags = [")?;
    suite.write("key.toml", "flgas = ''")?;
    fs::remove_file(suite.folder.path().join("missing.expected"))?;
    suite.write("flags.toml", "flags = '--trace_fil /tmp/trace'")?;
    suite.write("status.toml", "status = 1")?;
    suite.copy("cairo_programs/errors/assert_felts.json", "twice.json")?;
    suite.write("twice.cairo", "func main() {\n    ret;\n}\n")?;
    suite.write("orphan.expected", "=== run\n")?;
    suite.write("cut.json", "{\"data\": [")?;
    suite.write("input.json", "{\"data\": 5}")?;
    suite.write("module.cairo", "func helper() {\n    ret;\n}\n")?;
    suite.write("source.cairo", "func main() {\n    ret;\n}\n")?;
    let words = [
        "FAILED toml: ",
        "FAILED key: ",
        "unknown field `flgas`",
        "FAILED missing: no answer is recorded: there is no missing.expected (",
        "FAILED flags: --trace_file can't be among the flags",
        "FAILED twice: two programs have this name",
        "FAILED status: exit status 0 instead of 1",
        "FAILED orphan: there is a recorded answer but no program",
        "FAILED cut: exit status 1 instead of 0",
        "skipped source: it is not compiled, and there is no compiler",
        "1 passed, 8 failed, 1 skipped",
    ];
    let text = suite.check(&[], 1, &words)?;
    ensure!(!text.contains(" input") && !text.contains(" module"), "{text}");
    suite.write("suite.toml", "flags = 5")?;
    suite.check(&[], 1, &["FAILED good: ", "suite.toml", "flags are a text or a list"])?;
    Ok(())
}

/// Programs that run or grow without end are stopped, and others go on.
#[test]
fn programs_without_end() -> Result<()> {
    let suite = Suite::new()?;
    suite.copy(PROGRAM, "good.json")?;
    suite.check(&["--bless"], 0, &[])?;
    suite.write("endless.json", ENDLESS)?;
    suite.write("endless.toml", "timeout = 0.3")?;
    suite.write("usual.json", ENDLESS)?;
    suite.copy("cairo_programs/features/recursion.json", "large.json")?;
    suite.write("large.toml", "max_memory = 0")?;
    let words = [
        "FAILED endless: did not end within 0.3 s",
        "FAILED usual: did not end within 0.5 s",
        "FAILED large: exit status 1 instead of 0",
        "1 passed, 3 failed, 0 skipped",
    ];
    suite.check(&["--timeout", "0.5"], 1, &words)?;
    Ok(())
}

#[test]
fn parts_add_up_to_the_whole() -> Result<()> {
    let suite = Suite::new()?;
    for number in 0..7 {
        suite.copy(PROGRAM, &format!("program{number}.json"))?;
    }
    suite.check(&["--bless"], 0, &["7 passed"])?;
    let mut seen = Vec::new();
    for part in ["1/3", "2/3", "3/3"] {
        suite.check(&["--partition", part, "--json", "part.json"], 0, &[" passed, 0 failed"])?;
        let report: serde_json::Value = serde_json::from_str(&suite.read("part.json")?)?;
        let programs = report["programs"].as_array().context("programs")?;
        let names = programs.iter().filter_map(|program| program["name"].as_str());
        seen.extend(names.map(String::from));
    }
    seen.sort();
    let whole: Vec<String> = (0..7).map(|number| format!("program{number}")).collect();
    ensure!(seen == whole, "{seen:?}");
    for wrong in ["0/3", "4/3", "1", "a/b", "1/0"] {
        suite.check(&["--partition", wrong], 2, &["partition"])?;
    }
    suite.check(&["--filter", "program3", "--filter", "m5"], 0, &["2 passed, 0 failed"])?;
    suite.check(&["--filter", "nothing"], 2, &["there are no such programs"])?;
    Ok(())
}

#[test]
fn reports_for_machines() -> Result<()> {
    let suite = Suite::new()?;
    suite.copy(PROGRAM, "a.json")?;
    suite.check(&["--bless"], 0, &[])?;
    suite.copy(PROGRAM, "b<&>.json")?;
    suite.copy(PROGRAM, "c.json")?;
    suite.write("c.toml", "skip = 'not today'")?;
    suite.check(&["--junit", "out.xml", "--json", "out.json"], 1, &["skipped c: not today"])?;
    let report: serde_json::Value = serde_json::from_str(&suite.read("out.json")?)?;
    ensure!(report["passed"] == 1 && report["failed"] == 1 && report["skipped"] == 1, "{report}");
    ensure!(report["programs"][0]["verdict"] == "passed", "{report}");
    ensure!(report["programs"][0]["steps"].as_u64().is_some_and(|steps| steps > 0), "{report}");
    let xml = suite.read("out.xml")?;
    for part in [
        "<testsuites tests=\"3\" failures=\"1\" errors=\"0\"",
        "name=\"b&lt;&amp;&gt;\"",
        "<failure message=\"no answer is recorded",
        "<skipped message=\"not today\">",
    ] {
        ensure!(xml.contains(part), "{part:?} is not in {xml}");
    }
    let words = ["another program failed first", "1 failed"];
    suite.write("a.toml", "status = 3")?;
    suite.check(&["--fail_fast", "--jobs", "1"], 1, &words)?;
    suite.check(&["--junit", "nowhere/out.xml"], 1, &["can't write the JUnit file"])?;
    Ok(())
}

/// Whatever is there after an end at any moment is whole.
#[test]
fn an_interrupted_recording_leaves_whole_answers() -> Result<()> {
    let suite = Suite::new()?;
    let names: Vec<String> = (0..40).map(|number| format!("program{number}")).collect();
    for name in &names {
        suite.copy(PROGRAM, &format!("{name}.json"))?;
    }
    suite.check(&["--bless"], 0, &["40 passed"])?;
    let whole = suite.read("program0.expected")?;
    let mut recorded = Vec::new();
    for pause in [5, 20, 40, 80] {
        for name in &names {
            suite.write(&format!("{name}.expected"), "old\n")?;
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_cairo-run"));
        command.args(["suite", ".", "--bless", "--cache", "cache"]).env("PATH", "");
        let mut child = command.current_dir(suite.folder.path()).stdout(Stdio::null()).spawn()?;
        thread::sleep(Duration::from_millis(pause));
        child.kill()?;
        child.wait()?;
        let mut new = 0;
        for name in &names {
            let answer = suite.read(&format!("{name}.expected"))?;
            ensure!(answer == "old\n" || answer == whole, "{name} has half an answer: {answer}");
            new += usize::from(answer == whole);
        }
        recorded.push(new);
    }
    ensure!(recorded.iter().any(|new| *new < names.len()), "none was interrupted: {recorded:?}");
    Ok(())
}

#[test]
fn wrong_command_lines() -> Result<()> {
    let suite = Suite::new()?;
    suite.check(&[], 2, &["there are no such programs in ."])?;
    let output = in_folder(suite.folder.path(), &["nowhere"])?;
    ensure!(output.status.code() == Some(2), "{output:?}");
    let output = in_folder(suite.folder.path(), &[])?;
    ensure!(output.status.code() == Some(2), "{output:?}");
    let output = in_folder(suite.folder.path(), &["--help"])?;
    ensure!(output.status.success() && !output.stdout.is_empty());
    Ok(())
}
