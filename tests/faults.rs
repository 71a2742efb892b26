//! What goes wrong outside the program, made to happen: full disks, folders that may not be written,
//! closed pipes, inputs that go away, signals. Each case ends with its documented status and one
//! sentence, leaves nothing unfinished behind, and keeps what was there.
//!
//! With `-- --nocapture` each prints a row of the table of faults.
#![cfg(unix)]
#![expect(clippy::print_stderr, reason = "the table of faults, and what can't be tried here")]

use std::fs;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use cairo_zero_testkit::root;
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_cairo-run");
const PROGRAM: &str = "cairo_programs/proof/pedersen.json";
/// Its trace is longer than what a pipe or the small file system holds.
const LONG: &str = "cairo_programs/proof/range_check_bounds.json";
const ENDLESS: &str = "cairo_programs/errors/endless_loop.json";

/// The old content of a file that a fault must not change.
const BEFORE: &str = "what was there before";

fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A shell that runs `script` with the binary as `$0` and these arguments.
fn shell(script: &str, arguments: &[&str]) -> Command {
    command("/bin/sh", &[&["-c", script, BINARY], arguments].concat())
}

fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Asks for a status, words in a short standard error, and what is left in the folder; prints the
/// row.
fn check(fault: &str, output: &Output, status: i32, words: &[&str], folder: &Path) -> Result<()> {
    let stderr = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.code() == Some(status), "{fault}: {:?}: {stderr}", output.status);
    for word in words {
        ensure!(stderr.contains(word), "{fault}: `{word}` is missing: {stderr}");
    }
    ensure!(stderr.lines().count() <= 2, "{fault}: a long report: {stderr}");
    let left = names(folder)?;
    ensure!(left == ["trace"], "{fault}: {left:?} were left");
    ensure!(fs::read_to_string(folder.join("trace"))? == BEFORE, "{fault}: the old file is lost");
    eprintln!("| {fault} | {status} | {} | the old file |", stderr.trim_end());
    Ok(())
}

/// A folder with an old file in it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Result<Self> {
        let folder = TempDir::new()?;
        fs::write(folder.path().join("trace"), BEFORE)?;
        Ok(Self(folder))
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }
}

fn proof<'a>(program: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["--program", program, "--layout", "small", "--proof_mode"], more].concat()
}

fn is_root() -> bool {
    fs::read_to_string("/proc/self/status")
        .is_ok_and(|text| text.lines().any(|line| line.starts_with("Uid:\t0\t")))
}

/// A tiny file system, which goes with this.
struct Tiny(PathBuf);

impl Tiny {
    /// `None` where it can't be had.
    fn mount(at: &Path) -> Option<Self> {
        let mut mount = Command::new("mount");
        let arguments = ["-t", "tmpfs", "-o", "size=64k", "tmpfs"];
        let mounted = mount.args(arguments).arg(at).stderr(Stdio::null()).status();
        mounted.is_ok_and(|status| status.success()).then(|| Self(at.to_owned()))
    }
}

impl Drop for Tiny {
    fn drop(&mut self) {
        drop(Command::new("umount").arg(&self.0).status());
    }
}

#[test]
fn a_full_disk() -> Result<()> {
    let folder = Folder::new()?;
    let tiny = folder.0.path().join("tiny");
    fs::create_dir(&tiny)?;
    let Some(mounted) = Tiny::mount(&tiny) else {
        eprintln!("a full file system can't be tried: no right to mount one");
        return Ok(());
    };
    fs::write(tiny.join("trace"), BEFORE)?;
    let path = tiny.join("trace").display().to_string();
    let output = command(BINARY, &proof(LONG, &["--trace_file", &path])).output()?;
    check("a full disk", &output, 1, &["trace file", "No space left"], &tiny)?;
    drop(mounted);
    Ok(())
}

#[test]
fn a_full_device() -> Result<()> {
    let folder = Folder::new()?;
    let output = command(BINARY, &proof(PROGRAM, &["--trace_file", "/dev/full"])).output()?;
    let words = ["trace file", "No space left"];
    check("a full device", &output, 1, &words, folder.0.path())?;
    let output = shell("exec \"$0\" \"$@\" > /dev/full", &proof(PROGRAM, &["--print_memory"]));
    let output = { output }.output()?;
    check("stdout on a full device", &output, 1, &["can't print"], folder.0.path())
}

/// Every flag that names a file to write: a device without room, and a folder that is not there.
#[test]
fn each_file_that_can_not_be_written() -> Result<()> {
    let flags = [
        ("--trace_file", "the trace file"),
        ("--memory_file", "the memory file"),
        ("--air_public_input", "the AIR public input"),
        ("--debug_info_file", "the debug information"),
        ("--summary_file", "the summary"),
        ("--coverage", "the coverage"),
        ("--profile_output", "the profile"),
        ("--flamegraph", "the flame graph"),
    ];
    for (flag, what) in flags {
        let folder = Folder::new()?;
        for (path, why) in [("/dev/full", "No space left"), ("/nowhere/at/all", "No such file")] {
            let output = command(BINARY, &proof(PROGRAM, &[flag, path])).output()?;
            let words = [what, path, why];
            check(&format!("{flag} {path}"), &output, 1, &words, folder.0.path())?;
        }
    }
    let folder = Folder::new()?;
    let others = ["--trace_file", "/dev/null", "--memory_file", "/dev/null"];
    let flags = [&["--air_private_input", "/dev/full"], &others[..]].concat();
    let output = command(BINARY, &proof(PROGRAM, &flags)).output()?;
    let words = ["the AIR private input", "/dev/full", "No space left"];
    check("--air_private_input /dev/full", &output, 1, &words, folder.0.path())
}

#[test]
fn a_limit_of_file_sizes() -> Result<()> {
    let folder = Folder::new()?;
    let path = folder.path("trace");
    let memory = folder.path("memory");
    let arguments = proof(LONG, &["--trace_file", &path, "--memory_file", &memory]);
    let output = shell("ulimit -f 8; exec \"$0\" \"$@\"", &arguments).output()?;
    check("a limit of file sizes", &output, 1, &["File too large"], folder.0.path())
}

#[test]
fn a_folder_that_may_not_be_written() -> Result<()> {
    let folder = Folder::new()?;
    let path = folder.path("trace");
    fs::set_permissions(folder.0.path(), PermissionsExt::from_mode(0o555))?;
    let output = unprivileged(&proof(PROGRAM, &["--trace_file", &path]))?;
    fs::set_permissions(folder.0.path(), PermissionsExt::from_mode(0o755))?;
    let Some(output) = output else {
        eprintln!("missing rights can't be tried: there is nobody without them to run as");
        return Ok(());
    };
    check("a read-only folder", &output, 1, &["trace file", "denied"], folder.0.path())
}

use std::os::unix::fs::PermissionsExt;

#[test]
fn a_file_that_may_not_be_written_or_read() -> Result<()> {
    let folder = Folder::new()?;
    let path = folder.path("trace");
    fs::set_permissions(folder.0.path(), PermissionsExt::from_mode(0o777))?;
    fs::set_permissions(&path, PermissionsExt::from_mode(0o400))?;
    let Some(output) = unprivileged(&proof(PROGRAM, &["--trace_file", &path]))? else {
        return Ok(());
    };
    check("a read-only file", &output, 1, &["trace file", "denied"], folder.0.path())?;
    fs::set_permissions(&path, PermissionsExt::from_mode(0o000))?;
    let output = unprivileged(&["--program", &path])?.context("nobody to run as")?;
    check("an input that may not be read", &output, 1, &["denied"], folder.0.path())
}

/// A run by somebody who is not root; `None` where there is nobody who could start the binary.
fn unprivileged(arguments: &[&str]) -> Result<Option<Output>> {
    if !is_root() {
        return Ok(Some(command(BINARY, arguments).output()?));
    }
    // Where the binary lies others may have no way to; a copy is where they have.
    let home = TempDir::new()?;
    fs::set_permissions(home.path(), PermissionsExt::from_mode(0o755))?;
    let binary = home.path().join("cairo-run").display().to_string();
    fs::copy(BINARY, &binary)?;
    let program = home.path().join("program.json");
    let mut arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
    if let Some(path) = arguments.iter_mut().find(|path| path.starts_with("cairo_programs/")) {
        fs::copy(root().join(&*path), &program)?;
        fs::set_permissions(&program, PermissionsExt::from_mode(0o644))?;
        *path = program.display().to_string();
    }
    let user = ["--reuid", "65534", "--regid", "65534", "--clear-groups", "--", &binary];
    let mut run = Command::new("setpriv");
    let output = run.args(user).args(arguments).current_dir(home.path()).output();
    Ok(output.ok().filter(|output| output.status.code() != Some(127)))
}

#[test]
fn a_reader_that_goes_away() -> Result<()> {
    let folder = Folder::new()?;
    let mut child = command(BINARY, &proof(LONG, &["--trace_file", "-"])).spawn()?;
    drop(child.stdout.take());
    let output = child.wait_with_output()?;
    check("a closed pipe", &output, 1, &["Broken pipe"], folder.0.path())
}

#[test]
fn no_standard_output_at_all() -> Result<()> {
    let folder = Folder::new()?;
    let (with, without) = (folder.path("with"), folder.path("without"));
    let arguments = |path| proof(PROGRAM, &["--print_memory", "--trace_file", path]).join(" ");
    for (path, closed) in [(&with, ""), (&without, ">&- 2>&-")] {
        let script = format!("exec \"$0\" {} {closed}", arguments(path));
        let output = shell(&script, &[]).output()?;
        ensure!(output.status.success(), "{:?}", output.status);
    }
    ensure!(fs::read(&with)? == fs::read(&without)?, "the trace holds something else");
    fs::remove_file(with)?;
    fs::remove_file(without)?;
    ensure!(names(folder.0.path())? == ["trace"], "something was left");
    eprintln!("| stdout closed | 0 | | the whole files |");
    Ok(())
}

#[test]
fn inputs_that_vanish() -> Result<()> {
    let folder = Folder::new()?;
    let gone = folder.path("gone.json");
    let output = command(BINARY, &["--program", &gone]).output()?;
    check("no such program", &output, 1, &[&gone, "No such file"], folder.0.path())?;
    // A pipe whose writer stops in the middle.
    let script = "head -c 1000 \"$1\" | \"$0\" --program /dev/stdin";
    let output = shell(script, &[PROGRAM]).output()?;
    check("an input that stops short", &output, 1, &["/dev/stdin"], folder.0.path())
}

/// Starts a run that does not end and waits for it to have its file.
fn endless(folder: &Folder, arguments: &[&str]) -> Result<Child> {
    endless_in(folder, command(BINARY, arguments))
}

fn endless_in(folder: &Folder, mut command: Command) -> Result<Child> {
    let mut child = command.spawn()?;
    let start = Instant::now();
    while names(folder.0.path())?.len() < 2 {
        ensure!(child.try_wait()?.is_none(), "it has ended already");
        ensure!(start.elapsed() < Duration::from_secs(20), "no file was begun");
        sleep(Duration::from_millis(5));
    }
    sleep(Duration::from_millis(100));
    Ok(child)
}

fn signal(child: &Child, name: &str) -> Result<()> {
    let status = Command::new("kill").args(["-s", name, &child.id().to_string()]).status()?;
    ensure!(status.success(), "the signal could not be sent");
    Ok(())
}

#[test]
fn signals_in_the_middle_of_a_run() -> Result<()> {
    for (name, status) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let folder = Folder::new()?;
        let path = folder.path("trace");
        let child = endless(&folder, &["--program", ENDLESS, "--trace_file", &path])?;
        signal(&child, name)?;
        let output = child.wait_with_output()?;
        let words = ["interrupted", name];
        check(&format!("SIG{name} in the loop"), &output, status, &words, folder.0.path())?;
    }
    Ok(())
}

#[test]
fn a_signal_while_a_hint_runs() -> Result<()> {
    let folder = Folder::new()?;
    let path = folder.path("trace");
    let program = TempDir::new()?;
    let json = fs::read_to_string(root().join("cairo_programs/errors/hint_assert.json"))?;
    let mut json: serde_json::Value = serde_json::from_str(&json)?;
    let hints = json["hints"].as_object_mut().context("hints")?;
    for hint in hints.values_mut().flat_map(|hints| hints.as_array_mut()).flatten() {
        hint["code"] = "while True: pass".into();
    }
    let endless_hint = program.path().join("program.json").display().to_string();
    fs::write(&endless_hint, json.to_string())?;
    let child = endless(&folder, &["--program", &endless_hint, "--trace_file", &path])?;
    signal(&child, "INT")?;
    let output = child.wait_with_output()?;
    check("SIGINT in a hint", &output, 130, &["interrupted"], folder.0.path())
}

#[test]
fn a_signal_that_is_ignored_stays_ignored() -> Result<()> {
    let folder = Folder::new()?;
    let path = folder.path("trace");
    let script = "trap '' INT; exec \"$0\" \"$@\"";
    let run = shell(script, &["--program", ENDLESS, "--trace_file", &path]);
    let mut child = endless_in(&folder, run)?;
    signal(&child, "INT")?;
    sleep(Duration::from_millis(300));
    ensure!(child.try_wait()?.is_none(), "it has ended all the same");
    signal(&child, "TERM")?;
    let output = child.wait_with_output()?;
    check("SIGTERM with SIGINT ignored", &output, 143, &["interrupted"], folder.0.path())
}

#[test]
fn a_kill_leaves_the_old_file_alone() -> Result<()> {
    let folder = Folder::new()?;
    let path = folder.path("trace");
    let mut child = endless(&folder, &["--program", ENDLESS, "--trace_file", &path])?;
    child.kill()?;
    let mut stderr = String::new();
    child.stderr.take().context("stderr")?.read_to_string(&mut stderr)?;
    ensure!(child.wait()?.signal() == Some(9), "it did not end by the signal");
    ensure!(fs::read_to_string(&path)? == BEFORE, "the old file is lost");
    // Nothing can be removed after that: the unfinished file stays, under a name that says so.
    let left = names(folder.0.path())?;
    ensure!(left.len() == 2 && left[0].ends_with(".unfinished"), "{left:?}");
    eprintln!("| SIGKILL | by the signal | | the old file and the unfinished one |");
    Ok(())
}

#[test]
fn a_folder_that_vanishes_in_the_middle() -> Result<()> {
    let folder = Folder::new()?;
    let inner = folder.0.path().join("inner");
    fs::create_dir(&inner)?;
    let path = inner.join("trace").display().to_string();
    // Long enough to be overtaken, and it ends.
    let steps = "30000000";
    let flags = ["--steps", steps, "--no_end", "--no_secure_run"];
    let arguments = [&["--program", ENDLESS, "--trace_file", &path], &flags[..]].concat();
    let child = command(BINARY, &arguments).spawn()?;
    let start = Instant::now();
    while names(&inner)?.is_empty() {
        ensure!(start.elapsed() < Duration::from_secs(20), "no file was begun");
        sleep(Duration::from_millis(1));
    }
    fs::remove_dir_all(&inner)?;
    let output = child.wait_with_output()?;
    check("the folder is removed", &output, 1, &["trace file", "No such file"], folder.0.path())
}
