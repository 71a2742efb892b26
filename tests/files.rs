//! The files of a run: whole or not at all, the same from run to run, and the commands that compare
//! them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use cairo_zero_testkit::{Engine as _, Job, Ours, Outcome, discover};
use tempfile::TempDir;

const PROGRAM: &str = "cairo_programs/proof/pedersen.json";
/// Its trace is longer than what a pipe holds.
const LONG: &str = "cairo_programs/proof/range_check_bounds.json";
const FAILING: &str = "cairo_programs/errors/assert_felts.json";

fn ours() -> Ours {
    Ours::new(env!("CARGO_BIN_EXE_cairo-run"))
}

fn run(arguments: &[&str]) -> Result<Outcome> {
    ours().run_with(arguments)
}

/// A folder, and paths in it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Result<Self> {
        Ok(Self(TempDir::new()?))
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn names(&self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.0.path())? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    /// Writes all files of the program's run.
    fn fill(&self, flags: &[&str]) -> Result<()> {
        let paths: Vec<(String, String)> =
            FILES.iter().map(|(flag, name)| ((*flag).to_owned(), self.path(name))).collect();
        let files = paths.iter().flat_map(|(flag, path)| [flag.as_str(), path.as_str()]);
        let arguments = [PROGRAM, "--layout", "small", "--proof_mode"].into_iter();
        let arguments: Vec<&str> = arguments.chain(flags.iter().copied()).chain(files).collect();
        let outcome = run(&arguments)?;
        ensure!(outcome.status == 0, "{}", outcome.stderr_text());
        Ok(())
    }
}

const FILES: [(&str, &str); 5] = [
    ("--trace_file", "trace"),
    ("--memory_file", "memory"),
    ("--air_public_input", "public"),
    ("--air_private_input", "private"),
    ("--debug_info_file", "debug"),
];

/// Asks for status 1, one line of error with all of `words`, and `left` in the folder.
fn check_failure(folder: &Folder, outcome: &Outcome, words: &[&str], left: &[&str]) -> Result<()> {
    let stderr = outcome.stderr_text();
    ensure!(outcome.status == 1, "status {}: {stderr}", outcome.status);
    ensure!(stderr.lines().count() == 1, "more than one line: {stderr}");
    for word in words {
        ensure!(stderr.contains(word), "`{word}` is missing: {stderr}");
    }
    ensure!(folder.names()? == left, "{:?} were left", folder.names()?);
    Ok(())
}

#[test]
fn two_runs_write_the_same_bytes() -> Result<()> {
    let folder = Folder::new()?;
    folder.fill(&[])?;
    let first: Vec<Vec<u8>> =
        FILES.iter().map(|(_, name)| Ok(fs::read(folder.path(name))?)).collect::<Result<_>>()?;
    folder.fill(&[])?;
    for ((_, name), first) in FILES.iter().zip(first) {
        ensure!(!first.is_empty() && fs::read(folder.path(name))? == first, "{name}");
    }
    ensure!(folder.names()?.len() == FILES.len(), "{:?}", folder.names()?);
    Ok(())
}

/// All files of all runs for proofs, and the PIEs of programs with builtins.
#[test]
fn every_program_writes_the_same_bytes_twice() -> Result<()> {
    let mut jobs = Vec::new();
    for program in discover()?.iter().filter(|program| program.committed) {
        // Some traces would fill the disk.
        if program.header.slow || program.header.no_compare.is_some() {
            continue;
        }
        match program.folder() {
            "proof" => jobs.push(Job::printing(program, true).with_files()),
            "builtins" => jobs.push(Job::printing(program, false).with_files().with_pie()),
            _ => {}
        }
    }
    let (first, second) = (ours().run(&jobs)?, ours().run(&jobs)?);
    let mut files = [0; 2];
    for ((job, first), second) in jobs.iter().zip(&first).zip(&second) {
        // Errors may name the folder, which is another one.
        let same = if first.status == 0 { first == second } else { first.status == second.status };
        ensure!(same, "{} gives other bytes", job.arguments.join(" "));
        files[0] += usize::from(first.trace.is_some());
        files[1] += usize::from(first.pie.is_some());
    }
    ensure!(files[0] > 80 && files[1] > 40, "only {files:?} of {} runs have files", jobs.len());
    Ok(())
}

#[test]
fn a_failing_run_leaves_what_was_there() -> Result<()> {
    let folder = Folder::new()?;
    let (trace, memory) = (folder.path("trace"), folder.path("memory"));
    fs::write(&trace, "before")?;
    let outcome = run(&[FAILING, "--trace_file", &trace, "--memory_file", &memory])?;
    ensure!(outcome.status == 1, "{}", outcome.stderr_text());
    ensure!(fs::read(&trace)? == b"before", "the old file was changed");
    ensure!(folder.names()? == ["trace"], "{:?}", folder.names()?);
    Ok(())
}

#[test]
fn files_that_can_not_be_written() -> Result<()> {
    let folder = Folder::new()?;
    let (trace, memory) = (folder.path("trace"), folder.path("memory"));
    let layout = ["--layout", "small", "--proof_mode"];
    let check = |arguments: &[&str], words: &[&str]| {
        let outcome = run(&[&[PROGRAM], &layout[..], arguments].concat())?;
        check_failure(&folder, &outcome, words, &[])
    };
    let nowhere = folder.path("nowhere/trace");
    check(&["--trace_file", &nowhere], &["trace file", &nowhere, "No such file"])?;
    let itself = folder.path("");
    check(&["--trace_file", &itself], &["trace file", "directory"])?;
    let other_name = folder.path("./trace");
    check(
        &["--trace_file", &trace, "--memory_file", &other_name],
        &["./trace", "memory file", "trace file"],
    )?;
    check(&["--trace_file", PROGRAM], &[PROGRAM, "input of this run"])?;
    check(&["--trace_file", "/proc/trace"], &["trace file", "/proc/trace"])?;
    // Only its last name can't be; that is known when the file gets it.
    let long = folder.path(&"long".repeat(100));
    check(&["--trace_file", &long, "--memory_file", &memory], &["trace file", "name too long"])?;
    if Path::new("/dev/full").exists() {
        check(
            &["--trace_file", "/dev/full", "--memory_file", &memory],
            &["trace file", "/dev/full", "No space left"],
        )?;
    }
    ensure!(!fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(PROGRAM))?.is_empty());
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_limit_for_files_is_an_error_like_a_full_disk() -> Result<()> {
    let folder = Folder::new()?;
    let script = "ulimit -f 4; exec \"$0\" \"$@\"";
    let (trace, memory) = (folder.path("trace"), folder.path("memory"));
    let arguments =
        [PROGRAM, "--layout", "small", "--proof_mode", "--trace_file", &trace, "--memory_file"];
    let binary = env!("CARGO_BIN_EXE_cairo-run");
    let arguments = [&["-c", script, binary], &arguments[..], &[&memory]].concat();
    let outcome = Ours::new("/bin/sh").run_with(&arguments)?;
    check_failure(&folder, &outcome, &["trace file", "too large"], &[])
}

/// As on a disk that is nearly full, for each kind of file.
#[cfg(unix)]
#[test]
fn no_room_for_any_file() -> Result<()> {
    let folder = Folder::new()?;
    let binary = env!("CARGO_BIN_EXE_cairo-run");
    let check = |program: &str, flags: &[&str], what: &str| {
        // There is room for the message on standard error, which is a file here.
        let script = "ulimit -f 1; exec \"$0\" \"$@\" > /dev/null";
        let script = ["-c", script, binary, program];
        let outcome = Ours::new("/bin/sh").run_with(&[&script[..], flags].concat())?;
        check_failure(&folder, &outcome, &[what, "too large"], &[])
    };
    let path = folder.path("file");
    let whats =
        ["trace file", "memory file", "AIR public input", "AIR private input", "debug information"];
    for ((flag, _), what) in FILES.iter().zip(whats) {
        let mut flags = vec!["--layout", "starknet_with_keccak", "--proof_mode", *flag, &path];
        if *flag == "--air_private_input" {
            flags.extend(["--trace_file", "/dev/null", "--memory_file", "/dev/null"]);
        }
        check("cairo_programs/proof/several.json", &flags, what)?;
    }
    let flags = ["--layout", "small", "--cairo_pie_output", &path];
    check("cairo_programs/builtins/several_small.json", &flags, "Cairo PIE")
}

#[cfg(unix)]
#[test]
fn links_in_a_circle() -> Result<()> {
    let folder = Folder::new()?;
    let (one, other) = (folder.path("one"), folder.path("other"));
    std::os::unix::fs::symlink(&one, &other)?;
    std::os::unix::fs::symlink(&other, &one)?;
    let outcome = run(&[PROGRAM, "--layout", "small", "--proof_mode", "--memory_file", &one])?;
    check_failure(&folder, &outcome, &["memory file", "one"], &["one", "other"])
}

#[cfg(unix)]
#[test]
fn a_pipe_that_is_closed() -> Result<()> {
    let folder = Folder::new()?;
    let script = "mkfifo pipe && (head -c 10 pipe > /dev/null &) && exec \"$0\" \"$@\"";
    let script = format!("cd '{}' && {script}", folder.path(""));
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join(LONG);
    let program = program.display().to_string();
    let arguments = [&program, "--layout", "small", "--proof_mode", "--trace_file", "pipe"];
    let binary = env!("CARGO_BIN_EXE_cairo-run");
    let outcome =
        Ours::new("/bin/sh").run_with(&[&["-c", &script, binary], &arguments[..]].concat())?;
    check_failure(&folder, &outcome, &["trace file", "pipe"], &["pipe"])
}

#[test]
fn standard_output_takes_files_behind_what_is_printed() -> Result<()> {
    let folder = Folder::new()?;
    folder.fill(&[])?;
    let base = [PROGRAM, "--layout", "small", "--proof_mode", "--print_info"];
    let printed = run(&base)?.stdout;
    let both = run(&[&base[..], &["--memory_file", "-", "--trace_file", "-"]].concat())?;
    let files = [fs::read(folder.path("trace"))?, fs::read(folder.path("memory"))?].concat();
    ensure!(both.stdout == [printed, files].concat());
    Ok(())
}

#[cfg(unix)]
#[test]
fn links_are_followed() -> Result<()> {
    let folder = Folder::new()?;
    std::os::unix::fs::symlink("real", folder.path("link"))?;
    let outcome =
        run(&[PROGRAM, "--layout", "small", "--trace_file", &folder.path("link"), "--proof_mode"])?;
    ensure!(outcome.status == 0, "{}", outcome.stderr_text());
    ensure!(fs::symlink_metadata(folder.path("link"))?.is_symlink());
    ensure!(fs::metadata(folder.path("real"))?.len() > 0);
    Ok(())
}

#[test]
fn traces_are_compared() -> Result<()> {
    let folder = Folder::new()?;
    folder.fill(&[])?;
    let (first, second) = (folder.path("trace"), folder.path("other"));
    let mut bytes = fs::read(&first)?;
    let compare = |flags: &[&str]| run(&[&["compare-trace", &first, &second], flags].concat());
    fs::write(&second, &bytes)?;
    let alike = compare(&[])?;
    let steps = bytes.len() / 24;
    ensure!(
        alike.status == 0
            && alike.stdout_text() == format!("the traces are alike: {steps} steps\n")
    );

    // The lowest byte of ap in the second step.
    bytes[24] ^= 1;
    fs::write(&second, &bytes)?;
    let text = compare(&["--program", PROGRAM])?;
    ensure!(text.status == 1 && text.stdout_text().starts_with("the traces differ in step 1\n"));
    ensure!(text.stdout_text().matches(": call rel ").count() == 2, "{}", text.stdout_text());

    bytes[24] ^= 1;
    fs::write(&second, &bytes[..24 * 3])?;
    let text = compare(&[])?.stdout_text();
    ensure!(text.contains("differ in step 3\n") && text.contains("no more steps"), "{text}");
    fs::write(&second, &bytes[..25])?;
    let cut = compare(&[])?;
    ensure!(cut.status == 1 && cut.stderr_text().contains("1 bytes instead of 24"));
    Ok(())
}

#[test]
fn memories_are_compared_whatever_their_order() -> Result<()> {
    let folder = Folder::new()?;
    folder.fill(&[])?;
    let (first, second) = (folder.path("memory"), folder.path("other"));
    let bytes = fs::read(&first)?;
    let cells: Vec<&[u8]> = bytes.chunks_exact(40).collect();
    let compare = |cells: &[&[u8]]| {
        fs::write(&second, cells.concat())?;
        run(&["compare-memory", &first, &second, "--program", PROGRAM])
    };
    let backwards: Vec<&[u8]> = cells.iter().rev().copied().collect();
    let alike = compare(&backwards)?;
    ensure!(alike.stdout_text() == format!("the memories are alike: {} cells\n", cells.len()));

    let mut other = cells[2].to_vec();
    other[8] ^= 1;
    let mut changed = backwards.clone();
    let at = changed.iter().position(|cell| *cell == cells[2]).context("the cell")?;
    changed[at] = &other;
    let differs = compare(&changed)?;
    let text = differs.stdout_text();
    ensure!(
        differs.status == 1 && text.starts_with("the memories differ at address 3\n"),
        "{text}"
    );
    ensure!(text.contains(": call rel "), "{text}");

    let text = compare(&cells[..cells.len() - 1])?.stdout_text();
    ensure!(text.contains("not set"), "{text}");
    let twice = compare(&[&changed[..], &[cells[2]]].concat())?;
    ensure!(twice.status == 1 && twice.stderr_text().contains("two values"));
    Ok(())
}

#[test]
fn a_program_called_like_a_command_can_be_run() -> Result<()> {
    let folder = Folder::new()?;
    let path = folder.path("compare-trace");
    fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("cairo_programs/docs/segments.json"),
        &path,
    )?;
    let outcome = run(&[&path, "--layout", "small", "--print_output"])?;
    ensure!(outcome.status == 0, "{}", outcome.stderr_text());
    Ok(())
}

/// Each instance of which only inputs are set gets its outputs, and nothing else changes.
#[test]
fn holes_are_filled_when_asked_for() -> Result<()> {
    let folder = Folder::new()?;
    let memory = |flags: &[&str]| -> Result<Vec<Vec<u8>>> {
        let path = folder.path("memory");
        let program = "cairo_programs/proof/pedersen_unread.json";
        let arguments = [program, "--layout", "dex", "--proof_mode", "--memory_file", &path];
        let outcome = run(&[&arguments[..], flags].concat())?;
        ensure!(outcome.status == 0, "{}", outcome.stderr_text());
        Ok(fs::read(path)?.chunks_exact(40).map(Vec::from).collect())
    };
    let (without, with) = (memory(&[])?, memory(&["--fill_holes"])?);
    let new: Vec<&Vec<u8>> = with.iter().filter(|cell| !without.contains(cell)).collect();
    ensure!(!new.is_empty() && with.len() == without.len() + new.len(), "{} cells", new.len());
    Ok(())
}
