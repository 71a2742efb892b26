//! The rules that keep the house in order, held by machine: which crate may know which, where
//! `unsafe` may stand, how long files may be, and that documented paths exist.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Which crates of ours each crate may depend on, tests aside.
fn allowed() -> BTreeMap<&'static str, &'static [&'static str]> {
    BTreeMap::from([
        ("core", &[][..]),
        ("decoder", &["core"]),
        ("memory", &["core"]),
        ("program", &["core"]),
        ("builtins", &["core", "memory"]),
        ("executor", &["core", "decoder", "memory", "builtins"]),
        ("hints", &["core", "memory", "builtins", "executor", "program"]),
        ("hints-python", &["core", "memory", "builtins", "executor", "program", "hints"]),
        ("runner", &["core", "decoder", "memory", "builtins", "executor", "program", "hints"]),
        ("insight", &["core", "decoder", "executor", "program", "hints", "runner"]),
        (
            "tracer",
            &["core", "decoder", "memory", "builtins", "executor", "program", "runner", "insight"],
        ),
        ("suite", &[]),
        (
            "cli",
            &[
                "core",
                "decoder",
                "program",
                "hints",
                "hints-python",
                "runner",
                "insight",
                "suite",
                "tracer",
            ],
        ),
        ("testkit", &["core", "decoder", "suite"]),
        ("cairo-run", &["cli"]),
    ])
}

fn short(name: &str) -> Option<&str> {
    name.strip_prefix("cairo-zero-").or((name == "cairo-run").then_some(name))
}

#[test]
fn crates_depend_in_one_direction() -> Result<()> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().context("packages")?;
    let mut seen = BTreeSet::new();
    for package in packages {
        let Some(name) = package["name"].as_str().and_then(short) else { continue };
        let allowed = *allowed().get(name).with_context(|| format!("{name} has no row here"))?;
        seen.insert(name.to_owned());
        for dependency in package["dependencies"].as_array().context("dependencies")? {
            let of_tests = dependency["kind"] == "dev";
            let ours = dependency["name"].as_str().and_then(short);
            if let (Some(ours), false) = (ours, of_tests) {
                ensure!(allowed.contains(&ours), "{name} may not depend on {ours}");
            }
        }
    }
    let expected: BTreeSet<String> = allowed().keys().map(|name| (*name).to_owned()).collect();
    ensure!(seen == expected, "crates {seen:?}, rows {expected:?}");
    Ok(())
}

/// The only files that may hold `unsafe`.
const UNSAFE_FILES: &[&str] = &[
    "crates/builtins/src/pedersen_lanes.rs",
    "crates/builtins/src/wide_multiply.rs",
    "crates/cli/src/allocator.rs",
    "crates/executor/src/handlers.rs",
    "crates/executor/src/run.rs",
    "crates/memory/src/raw.rs",
];

fn tracked(extensions: &[&str]) -> Result<Vec<PathBuf>> {
    fn walk(folder: &Path, extensions: &[&str], found: &mut Vec<PathBuf>) -> Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_dir() {
                if !matches!(name, "target" | ".git" | ".venv") {
                    walk(&path, extensions, found)?;
                }
            } else if path.extension().is_some_and(|e| extensions.iter().any(|x| e == *x)) {
                found.push(path.strip_prefix(root())?.to_owned());
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    walk(root(), extensions, &mut found)?;
    found.sort();
    ensure!(!found.is_empty(), "no files found");
    Ok(found)
}

#[test]
fn unsafe_stands_only_where_it_may() -> Result<()> {
    for file in tracked(&["rs"])? {
        let text = std::fs::read_to_string(root().join(&file))?;
        let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
        let has = code.clone().any(|line| {
            line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "unsafe")
                && !line.contains('"')
        });
        let may = UNSAFE_FILES.iter().any(|allowed| file == Path::new(allowed));
        let ours = file.starts_with("crates") && file.components().any(|c| c.as_os_str() == "src");
        ensure!(!has || may || !ours, "{} holds unsafe", file.display());
    }
    Ok(())
}

#[test]
fn files_stay_short_and_begin_by_saying_what_they_are() -> Result<()> {
    for file in tracked(&["rs"])? {
        let text = std::fs::read_to_string(root().join(&file))?;
        let lines = text.lines().count();
        ensure!(lines <= 800, "{} has {lines} lines", file.display());
        ensure!(text.starts_with("//!"), "{} has no //! at its start", file.display());
    }
    let main = std::fs::read_to_string(root().join("crates/cli/src/main.rs"))?;
    ensure!(main.lines().count() <= 30, "main.rs has become long");
    Ok(())
}

#[test]
fn paths_in_the_documents_exist() -> Result<()> {
    for file in tracked(&["md"])? {
        let text = std::fs::read_to_string(root().join(&file))?;
        for quoted in text.split('`').skip(1).step_by(2) {
            let is_path = ["crates/", "cairo_programs/", "tests/", "bench/", "fuzz/"]
                .iter()
                .any(|start| quoted.starts_with(start));
            if is_path && !quoted.contains(['*', '<', ' ', '{', '\n']) && !quoted.contains("target")
            {
                let path = root().join(quoted.trim_end_matches('/'));
                ensure!(path.exists(), "{} names {quoted}, which is not there", file.display());
            }
        }
    }
    Ok(())
}
