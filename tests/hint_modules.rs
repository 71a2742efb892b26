//! `--python_path` and `--check_hints`: the user's own modules, and what hints import that is not
//! there.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Result, ensure};
use serde_json::json;

/// The user's modules of these tests, by file.
const MODULES: &[(&str, &[u8])] = &[
    ("one/tools/__init__.py", b"from .inner import deep\nfrom . import helper\n"),
    ("one/tools/inner/__init__.py", b"VALUE = 7\nfrom ..helper import triple\n"),
    ("one/tools/inner/deep.py", b"DEEP = 8\n"),
    ("one/tools/helper.py", b"def triple(x):\n    return 3 * x\n\ndef fail():\n    raise ValueError('from a module')\n"),
    ("one/math.py", b"MINE = True\n"),
    ("one/starkware/extra/thing.py", b"from starkware.cairo.common.math_utils import as_int\nX = 12\n"),
    ("one/needs_more.py", b"try:\n    import never_there\nexcept ImportError:\n    pass\n\ndef later():\n    import never_called\n\nimport not_there\n"),
    ("one/bad_syntax.py", b"def (\n"),
    ("one/bad_bytes.py", b"\xff\xfe"),
    ("two/tools/__init__.py", b"raise RuntimeError('the first folder comes first')\n"),
    ("two/space/mod.py", b"NAME = __name__\n"),
];

/// A program with these hints at its only instruction.
fn program(hints: &[&str]) -> serde_json::Value {
    let hint = |code: &&str| {
        json!({
            "accessible_scopes": ["__main__", "__main__.main"],
            "code": code,
            "flow_tracking_data": {"ap_tracking": {"group": 0, "offset": 0}, "reference_ids": {}}
        })
    };
    json!({
        "prime": "0x800000000000011000000000000000000000000000000000000000000000001",
        "data": ["0x208b7fff7fff7ffe"],
        "builtins": [],
        "hints": {"0": hints.iter().map(hint).collect::<Vec<_>>()},
        "identifiers": {"__main__.main": {"decorators": [], "pc": 0, "type": "function"}},
        "main_scope": "__main__",
        "reference_manager": {"references": []},
        "attributes": [],
        "debug_info": null,
        "compiler_version": "0.14.0.1"
    })
}

fn run(folder: &Path, hints: &[&str], flags: &[&str]) -> Result<Output> {
    for (name, text) in MODULES {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap_or(folder))?;
        fs::write(file, text)?;
    }
    fs::write(folder.join("program.json"), program(hints).to_string())?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_cairo-run"));
    command.current_dir(folder).args(["program.json", "--python_path", "one"]);
    Ok(command.args(["--python_path", "two"]).args(flags).output()?)
}

/// Runs the hint alone, and compares what it prints, or what its error says.
fn check_run(hint: &str, expected: Result<&str, &str>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let output = run(folder.path(), &[hint], &[])?;
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    match expected {
        Ok(expected) => {
            ensure!(output.status.success(), "{hint}: {stderr}");
            ensure!(stdout == expected, "{hint}: {stdout}");
        }
        Err(expected) => {
            ensure!(output.status.code() == Some(1), "{hint}: {}", output.status);
            ensure!(stderr.contains(expected), "{hint}: {stderr}");
        }
    }
    Ok(())
}

#[test]
fn modules_and_packages_are_imported() -> Result<()> {
    check_run(
        "import tools\nprint(tools.inner.VALUE, tools.deep.DEEP, tools.helper.triple(4))",
        Ok("7 8 12\n"),
    )?;
    check_run("from space.mod import NAME\nprint(NAME)", Ok("space.mod\n"))?;
    check_run(
        "from starkware.extra.thing import X, as_int\nprint(X, as_int(-1, 7))",
        Ok("12 -1\n"),
    )?;
    check_run("import math\nprint(math.sqrt(4), hasattr(math, 'MINE'))", Ok("2.0 False\n"))
}

#[test]
fn what_fails_in_a_module_names_its_file() -> Result<()> {
    check_run(
        "from tools.helper import fail\nfail()",
        Err("File \"one/tools/helper.py\", line 5, in fail"),
    )?;
    check_run("import bad_syntax", Err("File \"one/bad_syntax.py\", line 1"))?;
    check_run("import bad_bytes", Err("ImportError: one/bad_bytes.py is not UTF-8"))?;
    check_run("import needs_more", Err("ModuleNotFoundError: No module named 'not_there'"))?;
    check_run("import nothing.at_all", Err("ModuleNotFoundError: No module named 'nothing'"))
}

#[test]
fn a_folder_that_is_none() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let output = run(folder.path(), &["pass"], &["--python_path", "three"])?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.code() == Some(1), "{}", output.status);
    ensure!(stderr == "three: --python_path needs a folder, and this is none\n", "{stderr}");
    Ok(())
}

/// Has the hint checked, and compares what is said against it.
fn check_table(hint: &str, problem: &str) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let output = run(folder.path(), &[hint], &["--check_hints", "--hints", "python"])?;
    let stdout = String::from_utf8_lossy(&output.stdout);
    let expected =
        format!("pc  place  runs as  unresolved imports\n0   -      Python   {problem}\n");
    ensure!(stdout == expected, "{hint}:\n{stdout}");
    let status = if problem == "-" { 0 } else { 1 };
    ensure!(output.status.code() == Some(status), "{hint}: {}", output.status);
    Ok(())
}

#[test]
fn hints_that_can_run() -> Result<()> {
    check_table("import tools.inner\nfrom tools import helper, deep", "-")?;
    check_table("import json, re\nfrom collections import defaultdict", "-")?;
    check_table("from starkware.cairo.common import math_utils", "-")?;
    check_table("try:\n    import missing\nexcept ImportError:\n    missing = None", "-")?;
    check_table("raise ValueError('it is not run')", "-")
}

#[test]
fn hints_that_cannot() -> Result<()> {
    check_table("import missing, json, other.module", "missing, other.module")?;
    check_table("if False:\n    from tools import nope", "tools.nope")?;
    check_table("from collections import nonsense", "collections.nonsense")?;
    check_table("import needs_more", "not_there")?;
    check_table(
        "import bad_syntax",
        "bad_syntax (one/bad_syntax.py: SyntaxError: expected an identifier)",
    )?;
    check_table("import bad_bytes", "bad_bytes (one/bad_bytes.py is not UTF-8)")?;
    check_table("x = = 1", "SyntaxError: invalid syntax")?;
    check_table("BOOTLOADER_NAME", "BOOTLOADER_NAME is no Python and no hint known here")
}

#[test]
fn the_table_names_native_hints_and_places() -> Result<()> {
    let check = |flags: &[&str], expected: &str, status: i32| {
        let output = Command::new(env!("CARGO_BIN_EXE_cairo-run"))
            .args(["cairo_programs/hints/segments_add.json", "--check_hints"])
            .args(flags)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()?;
        let stdout = String::from_utf8_lossy(&output.stdout);
        let second = stdout.lines().nth(1).unwrap_or_default();
        let words: Vec<&str> = second.split_whitespace().collect();
        let expected = format!("2 cairo_programs/hints/segments_add.cairo:8 {expected}");
        ensure!(words.join(" ") == expected, "{stdout}");
        ensure!(stdout.contains("  native (add_segment)  -\n"), "{stdout}");
        ensure!(output.status.code() == Some(status), "{}", output.status);
        Ok(())
    };
    check(&[], "Python -", 0)?;
    check(&["--hints", "native"], "none not among the native hints", 1)
}
