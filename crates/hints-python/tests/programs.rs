//! Runs small compiled programs whose hints print what they see, and compares with what cairo-lang's
//! `cairo-run` printed for the same files (`data/*.cairo`, `data/*.json`, `data/*.txt`).
//!
//! `data/README.md` says how the files are made.

mod common;

use std::path::Path;

use cairo_zero_hints_python::STACK_SIZE;

use common::run_text;

/// As [`run_text`], on a thread with a stack as the runner gives it.
fn run(name: &str, native: bool) -> String {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let json = std::fs::read(data.join(format!("{name}.json"))).expect("the program");
    let input = std::fs::read_to_string(data.join(format!("{name}.input.json"))).ok();
    let thread = std::thread::Builder::new().stack_size(STACK_SIZE);
    let handle = thread.spawn(move || run_text(&json, input.as_deref(), native)).expect("a thread");
    handle.join().expect("no panic")
}

/// The text without the addresses of Python objects.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split("0x");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("0x");
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    out
}

/// Compares what a program prints with the file made by the reference.
fn check(name: &str) {
    let differences = differences(name);
    assert!(differences.is_empty(), "{differences}");
}

/// Where a program prints other lines than the reference.
fn differences(name: &str) -> String {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let expected = std::fs::read_to_string(data.join(format!("{name}.txt"))).expect("the text");
    let mut differences = String::new();
    for native in [true, false] {
        let found = without_addresses(&run(name, native));
        let expected = without_addresses(&expected);
        for (line, (found, expected)) in (1..).zip(found.lines().zip(expected.lines())) {
            if found != expected {
                differences.push_str(&format!("{line}\n  found {found}\n  not   {expected}\n"));
            }
        }
        let (lines, wanted) = (found.lines().count(), expected.lines().count());
        if lines != wanted {
            let rest = found.lines().skip(wanted.saturating_sub(1)).collect::<Vec<_>>().join("\n");
            differences.push_str(&format!("{lines} lines, not {wanted}; the last: {rest}\n"));
        }
        if !differences.is_empty() {
            return format!("{name}, native hints: {native}\n{differences}");
        }
    }
    differences
}

#[test]
fn ids_read_and_assigned() {
    check("ids");
}

#[test]
fn memory_and_segments() {
    check("memory");
}

#[test]
fn names_and_scopes() {
    check("scopes");
}

#[test]
fn importable_modules() {
    check("modules");
}

/// Errors that the embedded interpreter words otherwise than the Python of the reference.
const OTHER_WORDS: [&str; 3] = ["eval_syntax", "str_plus", "unpack"];

#[test]
fn errors() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/errors");
    let mut found = String::new();
    for entry in std::fs::read_dir(data).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
            let differences = differences(&format!("errors/{name}"));
            if !OTHER_WORDS.contains(&name) {
                found.push_str(&differences);
            } else if differences.is_empty() {
                found.push_str(&format!("{name} is worded as in the reference now"));
            }
        }
    }
    assert!(found.is_empty(), "{found}");
}

#[test]
fn output_and_program_input() {
    check("output");
}

#[test]
fn references_and_nondet_hints() {
    check("revoked");
}

#[test]
fn deep_recursion() {
    check("recursion");
}
