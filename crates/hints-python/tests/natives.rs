//! Native hints against their Python texts: each hint of the common library is run both ways from the
//! same random states, valid and not, and must leave the same memory and scopes or raise the same
//! exception. The programs are compiled when the tests run, where `CAIRO_REFERENCE` names a Python
//! that has cairo-lang; without it there is nothing to compare.

#[path = "natives/library.rs"]
mod library;
#[path = "natives/random.rs"]
mod random;
#[path = "natives/state.rs"]
mod state;

use std::collections::{BTreeMap, BTreeSet};

use cairo_zero_hints::{Choice, Runner};
use cairo_zero_hints_python::STACK_SIZE;

use library::{Library, Side};
use random::Random;
use state::Case;

/// Cases for each hint.
const CASES: u64 = 150;

/// How often the hints of a row ran natively, and how often in Python.
#[derive(Default)]
struct Count {
    native: u32,
    python: u32,
}

/// Runs every hint of a program that has a row both ways; where they differ.
fn compare(library: &Library, counts: &mut BTreeMap<&'static str, Count>) -> Vec<String> {
    let mut native = Side::new(library, Choice::Auto);
    let mut python = Side::new(library, Choice::Interpreter);
    let names = native.names_by_group(library);
    let mut seen = BTreeSet::new();
    let mut differences = Vec::new();
    let only = std::env::var("NATIVE_ROW").ok();
    for (group, rows) in names.iter().enumerate() {
        let Some(row) = rows.iter().rev().find_map(|row| *row) else { continue };
        // The same text with the same shapes of operands needs no second turn.
        if !seen.insert((rows.clone(), library.shapes(group)))
            || only.as_ref().is_some_and(|o| o != row)
        {
            continue;
        }
        for case in 0..CASES {
            let mut random = Random::new(case.wrapping_mul(0x9e37_79b9) ^ (group as u64) << 32);
            let case = Case::new(library, group, native.names(), &mut random);
            let (ours, was_native) = native.run(library, group, &case);
            let (theirs, _) = python.run(library, group, &case);
            for row in rows.iter().filter_map(|row| *row) {
                let count = counts.entry(row).or_default();
                *(if was_native { &mut count.native } else { &mut count.python }) += 1;
            }
            if ours != theirs {
                differences
                    .push(format!("{row} (group {group})\n native {ours}\n python {theirs}"));
                break;
            }
        }
    }
    differences
}

fn on_a_large_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK_SIZE);
    thread.spawn(run).expect("a thread").join().expect("no panic");
}

#[test]
fn native_hints_do_what_their_texts_do() {
    on_a_large_stack(|| {
        let Some(libraries) = Library::all() else { return };
        let mut counts = BTreeMap::new();
        let mut differences = Vec::new();
        for library in &libraries {
            differences.extend(compare(library, &mut counts));
        }
        let mut text = String::new();
        for (row, count) in &counts {
            text.push_str(&format!("{row}: {} native, {} python\n", count.native, count.python));
        }
        if let Ok(path) = std::env::var("NATIVE_COUNTS") {
            std::fs::write(path, text).expect("a file");
        }
        assert!(differences.is_empty(), "{}", differences.join("\n"));
        let count = |name: &str| counts.get(name).map_or(0, |count| count.native);
        let idle: Vec<_> =
            cairo_zero_hints::rows().filter(|(_, name)| count(name) < 3).map(|(_, n)| n).collect();
        assert!(idle.is_empty(), "hardly ever native: {idle:?}");
    });
}

#[test]
fn every_row_is_the_text_of_some_hint() {
    on_a_large_stack(|| {
        let Some(libraries) = Library::all() else { return };
        let mut used = BTreeSet::new();
        for library in &libraries {
            let side = Side::new(library, Choice::Auto);
            used.extend(side.runners().filter_map(|runner| match runner {
                Runner::Native(name) => Some(name),
                _ => None,
            }));
        }
        let dead: Vec<_> =
            cairo_zero_hints::rows().filter(|(_, name)| !used.contains(name)).collect();
        assert!(dead.is_empty(), "{dead:?}");
    });
}
