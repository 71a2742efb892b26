//! The modules that hints import, function by function, on many inputs.
//!
//! Each script of `data/modules` runs in the embedded interpreter and prints, for every function, how
//! many cases it went through and a digest of what came out: values, or exceptions with their text.
//! `data/modules/*.txt` is what cairo-lang's own modules give. Where `CAIRO_REFERENCE` names a Python
//! with cairo-lang the scripts run there, too, and the first cases that differ are shown.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use cairo_zero_hints_python::STACK_SIZE;

use common::run_text;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/modules")
}

/// The script with what runs before it.
fn script(name: &str, verbose: bool) -> String {
    let read = |file: String| std::fs::read_to_string(folder().join(file)).expect("a script");
    let verbose = if verbose { "True" } else { "False" };
    let (prelude, own) = (read("prelude.py".to_owned()), read(format!("{name}.py")));
    format!("VERBOSE = {verbose}\n{prelude}\n{own}")
}

/// A program that does nothing but run this hint.
fn program(hint: &str) -> Vec<u8> {
    let scopes = serde_json::json!(["__main__", "__main__.main"]);
    let flow = serde_json::json!({
        "ap_tracking": { "group": 0, "offset": 0 }, "reference_ids": {},
    });
    let hint = serde_json::json!({ "accessible_scopes": scopes, "code": hint, "flow_tracking_data": flow });
    let program = serde_json::json!({
        "attributes": [],
        "builtins": [],
        "compiler_version": "0.14.0.1",
        // ret
        "data": ["0x208b7fff7fff7ffe"],
        "debug_info": null,
        "hints": { "0": [hint] },
        "identifiers": { "__main__.main": { "decorators": [], "pc": 0, "type": "function" } },
        "main_scope": "__main__",
        "prime": "0x800000000000011000000000000000000000000000000000000000000000001",
        "reference_manager": { "references": [] },
    });
    program.to_string().into_bytes()
}

fn ours(name: &str, verbose: bool) -> String {
    let json = program(&script(name, verbose));
    let thread = std::thread::Builder::new().stack_size(STACK_SIZE);
    let handle = thread.spawn(move || run_text(&json, None, false)).expect("a thread");
    handle.join().expect("no panic")
}

/// What the script prints, every case, with cairo-lang's modules, if they are there.
fn reference(name: &str) -> Option<String> {
    let python = std::env::var_os("CAIRO_REFERENCE")?;
    let testkit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testkit/python");
    let start = "import reference; reference.restore_old_dataclasses()\n";
    let output = Command::new(python)
        .args(["-c", &format!("{start}{}", script(name, true))])
        .env("PYTHONPATH", testkit)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("the reference starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the reference fails: {errors}");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

/// The first lines that differ.
fn differences(found: &str, expected: &str) -> String {
    let mut text = String::new();
    let (found, expected): (Vec<_>, Vec<_>) = (found.lines().collect(), expected.lines().collect());
    let cases = found.iter().zip(&expected).filter(|(found, expected)| found != expected);
    for (found, expected) in cases.take(20) {
        text.push_str(&format!("found {found}\n  not {expected}\n"));
    }
    if found.len() != expected.len() {
        let last = found.last().copied().unwrap_or_default();
        text.push_str(&format!("{} lines, not {}: {last}\n", found.len(), expected.len()));
    }
    text
}

fn check(name: &str) {
    let kept = folder().join(format!("{name}.txt"));
    if let Some(printed) = reference(name) {
        if std::env::var_os("MODULES_BLESS").is_some() {
            let digests = printed.lines().filter(|line| !line.starts_with(' '));
            let digests: String = digests.map(|line| format!("{line}\n")).collect();
            std::fs::write(&kept, digests).expect("the answers are kept");
        }
        let difference = differences(&ours(name, true), &printed);
        assert!(difference.is_empty(), "{name}, beside the reference:\n{difference}");
    }
    let expected = std::fs::read_to_string(&kept).expect("the kept answers");
    let difference = differences(&ours(name, false), &expected);
    assert!(difference.is_empty(), "{name}:\n{difference}");
}

#[test]
fn numbers() {
    check("numbers");
}

#[test]
fn curves() {
    check("curves");
}

#[test]
fn hashes() {
    check("hashes");
}

#[test]
fn trees() {
    check("trees");
}

#[test]
fn helpers() {
    check("helpers");
}
