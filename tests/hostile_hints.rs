//! Hints that try to take the process down: each ends in one clear error and the documented exit
//! status, in time and without a crash.

use std::io::Write;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::json;

/// Seconds that a hint may run in tests of that limit.
const SHORT: &str = "0.4";

/// Seconds that a hint may run in tests of other limits, on a busy machine.
const LONG: &str = "20";

/// MiB that hints may hold here.
const MAX_MEMORY: &str = "64";

/// How long any of these may take, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that is one hint and `ret`.
fn program(hint: &str) -> serde_json::Value {
    let flow = json!({"ap_tracking": {"group": 0, "offset": 0}, "reference_ids": {}});
    json!({
        "prime": "0x800000000000011000000000000000000000000000000000000000000000001",
        "data": ["0x208b7fff7fff7ffe"],
        "builtins": [],
        "hints": {"0": [{
            "accessible_scopes": ["__main__", "__main__.main"],
            "code": hint,
            "flow_tracking_data": flow
        }]},
        "identifiers": {"__main__.main": {"decorators": [], "pc": 0, "type": "function"}},
        "main_scope": "__main__",
        "reference_manager": {"references": []},
        "attributes": [],
        "debug_info": null,
        "compiler_version": "0.14.0.1"
    })
}

fn run(hint: &str, timeout: &str) -> Result<Output> {
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(program(hint).to_string().as_bytes())?;
    let begun = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_cairo-run"))
        .arg(file.path())
        .args(["--hint_timeout", timeout, "--max_memory", MAX_MEMORY])
        .output()?;
    ensure!(begun.elapsed() < PATIENCE, "{hint}: took {:?}", begun.elapsed());
    Ok(output)
}

/// Runs each hint with that timeout and compares its exit status, and a part of what it says.
fn check(timeout: &str, cases: &[(&str, i32, &str)]) -> Result<()> {
    for (hint, status, message) in cases {
        let output = run(hint, timeout)?;
        let stderr = String::from_utf8_lossy(&output.stderr);
        let code = output.status.code().with_context(|| format!("{hint}: {}", output.status))?;
        ensure!(code == *status, "{hint}: status {code}\n{stderr}");
        ensure!(stderr.contains(message), "{hint}: no {message:?} in\n{stderr}");
        ensure!(!stderr.contains("panicked"), "{hint}: {stderr}");
    }
    Ok(())
}

const TOO_LONG: &str = "has run for more than 0.4 seconds; --hint_timeout sets another limit";
const TOO_MUCH: &str = "--max_memory sets";

#[test]
fn endless_python() -> Result<()> {
    check(
        SHORT,
        &[
            ("while True: pass", 1, TOO_LONG),
            ("def f():\n    while True:\n        yield\nfor x in f(): pass", 1, TOO_LONG),
            (
                "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
                1,
                TOO_LONG,
            ),
            ("while True:\n    try:\n        while True: pass\n    finally: continue", 1, TOO_LONG),
        ],
    )
}

#[test]
fn endless_native_code() -> Result<()> {
    check(
        SHORT,
        &[
            ("sum(range(10**12))", 1, TOO_LONG),
            ("pow(3, 10**9)", 1, "MemoryError"),
            ("x = 3\nfor i in range(100): x = x * x", 1, TOO_LONG),
            ("import time\ntime.sleep(100)", 1, TOO_LONG),
            (
                "it = iter([1])\nfor i in range(100_000): it = map(int, it)\nlist(it)",
                1,
                "LimitExceeded: ",
            ),
            ("import re\nre.match(r'(a+)+$', 'a' * 60 + 'b')", 1, TOO_LONG),
        ],
    )
}

/// What watches hints ends the process while one is in native code, in the middle of the run.
#[test]
fn a_stuck_hint_leaves_no_files() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("stuck.json");
    let hint = "x = 3\nfor i in range(100): x = x * x";
    std::fs::write(&path, program(hint).to_string())?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_cairo-run"));
    command.arg(&path).args(["--hint_timeout", SHORT]);
    for (flag, name) in [("--trace_file", "trace"), ("--memory_file", "memory")] {
        command.arg(flag).arg(folder.path().join(name));
    }
    let output = command.output()?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.code() == Some(1) && stderr.contains(TOO_LONG), "{stderr}");
    let mut left = Vec::new();
    for entry in std::fs::read_dir(folder.path())? {
        left.push(entry?.file_name());
    }
    ensure!(left == ["stuck.json"], "{left:?} were left");
    Ok(())
}

#[test]
fn memory_that_grows() -> Result<()> {
    check(
        LONG,
        &[
            ("x = 'a' * 10**6\nwhile True: x += x", 1, TOO_MUCH),
            ("x = []\nwhile True: x.append(bytes(10**6))", 1, TOO_MUCH),
            ("x = {}\nwhile True: x[len(x)] = bytes(10**6)", 1, TOO_MUCH),
            (
                "x = []\nwhile True:\n    try:\n        x.append(bytes(10**6))\n    except BaseException: pass",
                1,
                TOO_MUCH,
            ),
        ],
    )
}

#[test]
fn memory_asked_for_at_once() -> Result<()> {
    check(
        LONG,
        &[
            ("''.join(['a' * 10**6] * 10**5)", 1, TOO_MUCH),
            ("b''.join([b'a' * 10**6] * 10**5)", 1, TOO_MUCH),
            ("[0] * 10**12", 1, "MemoryError"),
            ("(0, 1) * 10**10", 1, "MemoryError"),
            ("x = [0]\nx *= 10**12", 1, "MemoryError"),
            ("'ab' * 10**12", 1, "MemoryError"),
            ("class L(list): pass\nL([0]) * 10**12", 1, TOO_MUCH),
            ("bytearray(b'a') * 10**12", 1, "MemoryError"),
            ("bytes(10**12)", 1, "MemoryError"),
            ("bytearray(10**12)", 1, "MemoryError"),
            ("1 << 10**12", 1, "MemoryError"),
            ("True << 10**12", 1, "MemoryError"),
            ("2 ** 10**12", 1, "MemoryError"),
            ("pow(-3, 10**30)", 1, "MemoryError"),
            ("[0] * 10**30", 1, "OverflowError"),
            ("try:\n    [0] * 10**12\nexcept MemoryError:\n    memory[ap] = 1", 0, ""),
            ("assert 1**10**12 + 0**10**12 + pow(3, 10**12, 7) + len([0] * -10**12) == 5", 0, ""),
            ("'a'.ljust(10**12)", 1, TOO_MUCH),
            ("(5).to_bytes(10**12, 'big')", 1, TOO_MUCH),
            ("f'{1:0100000000000d}'", 1, ""),
            ("memory[ap + 2**70] = 1", 1, "OverflowError"),
            ("for i in range(10**7): memory[ap + i * 2**20] = 1", 1, "Out of memory"),
            ("memory[ap + 2**60] = 1", 0, ""),
        ],
    )
}

#[test]
fn deep_stacks() -> Result<()> {
    check(
        LONG,
        &[
            ("def f(): f()\nf()", 1, "RecursionError"),
            (
                "class A:\n    def __getattr__(self, name): return getattr(self, name)\nA().x",
                1,
                "RecursionError",
            ),
            ("import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()", 1, ""),
            ("it = iter([1])\nfor i in range(10_000): it = map(int, it)\nlist(it)", 0, ""),
            (
                "def g(x): yield from x\ny = iter([1])\nfor i in range(20_000): y = g(y)\ny = None",
                0,
                "",
            ),
            ("x = []\nfor i in range(50_000): x = [x]\nx = None", 0, ""),
            ("x = []\nfor i in range(20_000): x = [x]\nrepr(x)", 1, "RecursionError"),
            ("segments.gen_arg('text')", 1, "RecursionError"),
            (
                "class L:\n    def __iter__(self): return self\n    def __next__(self): return self\nsegments.gen_arg(L())",
                1,
                "",
            ),
        ],
    )
}

#[test]
fn tampering() -> Result<()> {
    check(
        LONG,
        &[
            (
                "def f(): pass\nf.__code__ = f.__code__.replace(co_code=b'\\xff' * 100)\nf()",
                1,
                "SystemError",
            ),
            ("import sys\nsys.modules.clear()\nimport json", 1, "ModuleNotFoundError"),
            ("import sys\nsys.stdout = None\nprint(1)", 1, "AttributeError"),
            (
                "class E(Exception):\n    def __str__(self): return str(self)\nraise E()",
                1,
                "E: <exception str() failed>",
            ),
            ("e = ValueError('round')\ne.__cause__ = e\nraise e", 1, "ValueError: round"),
            ("class A:\n    def __del__(self):\n        while True: pass\nx = A()", 0, ""),
            (
                "class L:\n    def __imod__(self, other): memory[ap] = self\nmemory[ap] = L()",
                1,
                "RecursionError",
            ),
            ("raise BaseException('base')", 1, "BaseException: base"),
            ("globals().clear()\nmemory", 1, "NameError"),
            ("import sys\nsys.modules = None\nimport json", 1, ""),
            ("import builtins\ndel builtins.__import__\nimport re", 1, "ImportError"),
            ("class A(type(memory)): pass", 1, "TypeError"),
            ("x = [1, 2, 3]\nx.sort(key=lambda v: x.append(v) or v)", 1, "ValueError"),
            ("d = {1: 1}\nfor k in d: d[k + 1] = 1", 1, "RuntimeError"),
            ("import os\nos.abort()", 1, "AttributeError"),
            ("import signal\nsignal.raise_signal(9)", 1, "Error"),
            ("import subprocess", 1, "Error"),
            ("import socket", 1, "ModuleNotFoundError"),
            ("import ctypes", 1, "ModuleNotFoundError"),
            ("open('/etc/passwd')", 1, "Error"),
            ("eval('(' * 100_000)", 1, "SyntaxError"),
            ("import json\njson.loads('[' * 100_000)", 1, "JSONDecodeError"),
        ],
    )
}

#[test]
fn exit_statuses() -> Result<()> {
    check(
        LONG,
        &[
            ("raise SystemExit", 0, ""),
            ("raise SystemExit(3)", 3, ""),
            ("raise SystemExit(256 + 7)", 7, ""),
            ("raise SystemExit(-1)", 255, ""),
            ("raise SystemExit(True)", 1, ""),
            ("raise SystemExit(2**32)", 0, ""),
            ("raise SystemExit(2**63 - 1)", 255, ""),
            ("raise SystemExit(-2**63)", 0, ""),
            ("raise SystemExit(2**64 + 5)", 255, ""),
            ("raise SystemExit(-10**30)", 255, ""),
            ("raise SystemExit('bye')", 1, "bye\n"),
            ("import sys\nsys.exit((1, 2))", 1, "(1, 2)\n"),
        ],
    )
}
