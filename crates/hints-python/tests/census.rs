//! How the known hint texts run: those of the installed cairo-lang, and of a list given besides.
//!
//! `CAIRO_REFERENCE` names a Python that has cairo-lang; without it there is nothing to count.
//! `CAIRO_HINT_TEXTS` may name a file with a JSON list of more texts, such as another machine's.

#![allow(clippy::print_stdout, reason = "the test says what it has counted")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use cairo_zero_hints::{Canonical, Digest, obstacle, rows};
use cairo_zero_hints_python::{Problem, Python, STACK_SIZE};

/// How a text runs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// By a row of the native table.
    Row,
    /// By native code that understands it.
    Evaluator,
    /// In the interpreter.
    Python,
    /// Not at all, for this reason.
    Not(String),
}

/// Distinct texts by the place they are from.
type Texts = BTreeMap<&'static str, BTreeSet<String>>;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok);
    for path in entries.map(|entry| entry.path()) {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "cairo") {
            found.push(path);
        }
    }
}

/// The text as the compiler stores it: without the indentation that its lines have in common.
fn dedented(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let common = lines.iter().skip(1).filter(|line| !line.is_empty()).map(indent).min();
    let common = common.unwrap_or(0);
    let rest = lines.iter().skip(1).map(|line| line.get(common..).unwrap_or_default());
    let first = lines.first().map_or("", |line| line.trim_start());
    std::iter::once(first).chain(rest).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The hints of a source.
fn hints(source: &str) -> Vec<String> {
    let code = |line: &&str| !line.trim_start().starts_with("//");
    let source = source.lines().filter(code).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    let mut parts = source.split("%{");
    let mut before = parts.next().unwrap_or_default();
    for part in parts {
        let Some((text, after)) = part.split_once("%}") else { break };
        let text = dedented(text);
        found.push(if before.ends_with("nondet ") {
            format!("memory[ap] = to_felt_or_relocatable({text})")
        } else {
            text
        });
        before = after;
    }
    found
}

/// The texts of the library, where there is one.
fn texts() -> Option<Texts> {
    let python = std::env::var_os("CAIRO_REFERENCE")?;
    let script = "import starkware.cairo.common as c; print(list(c.__path__)[0])";
    let output = Command::new(python).args(["-c", script]).output().expect("Python runs");
    let common = PathBuf::from(String::from_utf8(output.stdout).expect("a path").trim());
    let package = common.ancestors().nth(2).expect("the package");
    let mut sources = Vec::new();
    files(package, &mut sources);
    let mut texts = Texts::new();
    for source in sources {
        let place =
            if source.starts_with(&common) { "common library" } else { "rest of cairo-lang" };
        let text = std::fs::read_to_string(&source).expect("a source");
        texts.entry(place).or_default().extend(hints(&text));
    }
    if let Some(list) = std::env::var_os("CAIRO_HINT_TEXTS") {
        let json = std::fs::read(list).expect("the list of texts");
        let list: Vec<String> = serde_json::from_slice(&json).expect("a list of texts");
        let known: BTreeSet<String> = texts.values().flatten().cloned().collect();
        let more = list.into_iter().map(|text| text.trim().to_owned());
        texts.insert("other texts", more.filter(|text| !known.contains(text)).collect());
    }
    Some(texts)
}

/// Whether the table has the text, or the expression that it stores.
fn has_row(text: &str) -> bool {
    let stored = |text: &str| {
        let value = text.strip_prefix("memory[ap] = ")?;
        let inner = value.strip_prefix("to_felt_or_relocatable(").and_then(|v| v.strip_suffix(')'));
        Some(inner.unwrap_or(value).to_owned())
    };
    let known = |text: &str| {
        let digest = Digest::of(&Canonical::of(text));
        rows().any(|(row, _)| row == digest)
    };
    known(text) || stored(text).is_some_and(|expression| known(&expression))
}

fn way(text: &str, python: &mut Python) -> Way {
    if has_row(text) {
        return Way::Row;
    }
    if obstacle(text).is_none() {
        return Way::Evaluator;
    }
    let problems = python.problems(0, text).expect("an interpreter");
    let reasons = problems.iter().map(|problem| match problem {
        Problem::Syntax(sentence) => sentence.clone(),
        Problem::Import(name) => format!("there is no {name}"),
        Problem::Name(name) => format!("{name} is the name of a hint, and no Python"),
    });
    let reasons: BTreeSet<String> = reasons.collect();
    if reasons.is_empty() { Way::Python } else { Way::Not(Vec::from_iter(reasons).join(", ")) }
}

#[test]
fn dedenting() {
    assert_eq!(dedented("\n    a\n      b\n\n    c  \n    "), "a\n  b\n\nc");
    assert_eq!(dedented(" a = 1 "), "a = 1");
    let source = "x;\n// %{ no %}\n%{ yes %} let y = nondet %{ 5 %};";
    assert_eq!(hints(source), ["yes", "memory[ap] = to_felt_or_relocatable(5)"]);
}

#[test]
fn known_texts() {
    let Some(texts) = texts() else { return };
    let thread = std::thread::Builder::new().stack_size(STACK_SIZE);
    let count = move || {
        let mut python = Python::new(std::io::sink());
        let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
        println!(
            "{:20} {:>5} {:>5} {:>9} {:>6} {:>6}",
            "", "texts", "rows", "evaluated", "Python", "not"
        );
        let mut counts = BTreeMap::new();
        for (place, texts) in &texts {
            let ways: Vec<Way> = texts.iter().map(|text| way(text, &mut python)).collect();
            let count = |wanted: &Way| ways.iter().filter(|way| *way == wanted).count();
            let (row, evaluator, in_python) =
                (count(&Way::Row), count(&Way::Evaluator), count(&Way::Python));
            let not = ways.len() - row - evaluator - in_python;
            println!(
                "{place:20} {:>5} {row:>5} {evaluator:>9} {in_python:>6} {not:>6}",
                ways.len()
            );
            for way in ways {
                if let Way::Not(reason) = way {
                    *reasons.entry(reason).or_default() += 1;
                }
            }
            if std::env::var_os("CAIRO_HINT_WAYS").is_some() {
                for text in texts.iter().filter(|text| !has_row(text)) {
                    if let Some(why) = obstacle(text) {
                        println!("--- {why}\n{text}");
                    }
                }
            }
            counts.insert(*place, (texts.len(), row + evaluator, not));
        }
        for (reason, count) in &reasons {
            println!("{count:5}  {reason}");
        }
        counts
    };
    let counts = thread.spawn(count).expect("a thread").join().expect("no panic");
    let (all, native, not) = counts["common library"];
    assert!(all > 150, "{all} texts");
    assert!(native * 10 >= all * 9, "{native} of {all} run natively");
    assert!(not <= 10, "{not} can't run");
}
