//! Hints of compiled programs on random states: run natively where that is possible and by the
//! interpreter alone, what they leave behind must be the same.
//!
//! The programs are those of `cairo_programs/`, those with library code as far as they have been
//! compiled (`make programs`). Behind every hint another one prints the scope's variables.

#![allow(clippy::print_stdout, reason = "the test says how much it has compared")]

use std::cell::RefCell;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use cairo_zero_builtins::Builtins;
use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_executor::{HintHandler, Machine, Registers};
use cairo_zero_hints::dict::DictManager;
use cairo_zero_hints::object::{Dict, Key, Object};
use cairo_zero_hints::{Choice, Engine, Import, Int, Options, Runner, Scope, Symbol, Variables};
use cairo_zero_hints_python::{Python, STACK_SIZE};
use cairo_zero_memory::Memory;
use cairo_zero_program::Program;

/// Prints the variables of the scope it runs in.
const SHOW: &str = "
def __show(x):
    name = type(x).__name__
    if name == 'DictManager':
        return [(k, __show(v)) for k, v in x.trackers.items()]
    if name == 'DictTracker':
        return (x.current_ptr, __show(x.data))
    if name in ('dict', 'defaultdict'):
        return sorted((repr(k), __show(v)) for k, v in x.items() if v is not x)
    if name in ('list', 'tuple'):
        return name, [__show(v) for v in x]
    if name in ('function', 'module', 'type', 'builtin_function_or_method', 'method_descriptor'):
        return getattr(x, '__name__', name)
    return repr(x).split(' at 0x')[0] if name != 'Curve' else name
__hosts = ('ids', 'memory', 'segments', 'ap', 'fp', 'pc', 'current_step', 'PRIME',
    'builtin_runners', 'program_input', 'is_accessed', 'to_felt_or_relocatable', 'safe_div')
for __name, __value in sorted(globals().items(), key=lambda item: item[0]):
    if not (__name.startswith(('vm_', '__show', '__host', '__name', '__value', '__builtins'))
            or __name.endswith('_builtin') or __name in __hosts or __name[:4] in ('fadd', 'fsub',
            'fmul', 'fdiv', 'fpow', 'fsqr', 'fis_')):
        print(__name, __show(__value))
del __show, __hosts, __name, __value
";

/// What hints print, kept.
#[derive(Clone, Default)]
struct Captured(Rc<RefCell<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Numbers that are the same on every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn felt(&mut self) -> Felt {
        match self.below(9) {
            0..3 => Felt::from_u64(self.below(4)),
            3 => Felt::from_u64(self.below(1000)),
            4 => -Felt::from_u64(self.below(4)),
            5 => Felt::from_u128(u128::MAX) + Felt::from_u64(self.below(3)) - Felt::ONE,
            6 => Felt::from_u128(u128::from(self.next()) << (self.below(23))),
            7 => Felt::from_u128(u128::from(self.next()) << 64 | u128::from(self.next())),
            _ => {
                Felt::from_u64(self.next())
                    * Felt::from_u64(self.next())
                    * Felt::from_u64(self.next())
            }
        }
    }

    fn value(&mut self) -> Value {
        match self.below(4) {
            0 => Relocatable::new(2 + self.below(3) as i32, self.below(12) as i64).into(),
            _ => Value::Felt(self.felt()),
        }
    }

    fn int(&mut self) -> Int {
        match self.below(3) {
            0 => Int::from(self.below(5) as i64 - 1),
            1 => Int::from(self.felt()),
            _ => Int::from(Int::from(self.felt()).to_big() * Int::from(self.felt()).to_big()),
        }
    }

    fn list(&mut self, length: u64) -> Object {
        let mut items: Vec<i64> = (0..length).map(|_| self.below(20) as i64).collect();
        items.sort_unstable();
        items.reverse();
        Object::list(items.into_iter().map(Object::from).collect())
    }

    fn tree(&mut self, depth: u32) -> Object {
        if depth == 0 {
            return Object::Int(self.int());
        }
        let (left, right) = match self.below(3) {
            0 => (Object::None, self.tree(depth - 1)),
            1 => (self.tree(depth - 1), Object::None),
            _ => (self.tree(depth - 1), self.tree(depth - 1)),
        };
        Object::Tuple([left, right].into())
    }
}

/// A machine in the midst of things. Segments 2 to 4 are data; 4 is a Cairo dictionary's.
fn machine(seed: u64, pc: u64, builtins: &[BuiltinName]) -> Machine {
    let mut random = Random(seed);
    let mut memory = Memory::new();
    memory.add_segment().expect("a segment");
    memory.add_execution_segment().expect("a segment");
    for segment in 2..5 {
        memory.add_segment().expect("a segment");
        let filled = 4 + random.below(30);
        for at in 0..filled {
            let value = random.value();
            memory.insert(Relocatable::new(segment, at as i64), value).expect("an empty cell");
        }
    }
    let mut known = Builtins::default();
    for name in builtins {
        let base = memory.add_segment().expect("a segment");
        known.add(*name, base, true);
    }
    let missing = random.below(10);
    for at in 0..60 {
        if at < 30 || random.below(10) > missing {
            let value = random.value();
            memory.insert(Relocatable::new(1, at), value).expect("an empty cell");
        }
    }
    let fp = Relocatable::new(1, 40);
    let ap = Relocatable::new(1, 40 + random.below(15) as i64);
    let pc = Relocatable::new(0, pc as i64);
    Machine::new(memory, known, Registers { pc: pc.into(), ap, fp: fp.into() })
}

fn dict(random: &mut Random, lists: bool) -> Object {
    let mut made = Dict::default();
    for key in 0..random.below(6) {
        let item = if lists { random.list(1 + key) } else { Object::Int(Int::from(random.felt())) };
        made.items.insert(Key::Int(Int::from(key as i64)), item);
    }
    Object::Dict(Rc::new(RefCell::new(made)))
}

/// Variables that library hints read.
fn variables(seed: u64) -> Variables {
    let mut random = Random(seed ^ 0x5555);
    let mut made = Variables::new();
    let mut set = |random: &mut Random, name: &str, object: Object| {
        if random.below(8) > 0 {
            made.set(Symbol::new(name), object);
        }
    };
    for name in [
        "n",
        "key",
        "value",
        "slope",
        "x",
        "y",
        "x0",
        "y0",
        "new_x",
        "new_y",
        "a",
        "b",
        "res",
        "s",
        "m",
        "p",
        "k",
        "product",
        "y_square_int",
        "excluded",
        "current_access_index",
        "last_pos",
        "n_selected_builtins",
        "q",
        "i",
    ] {
        let int = random.int();
        set(&mut random, name, Object::Int(int));
    }
    for name in ["keys", "current_access_indices", "positions", "nibbles", "auth_path"] {
        let length = random.below(5);
        let list = random.list(length);
        set(&mut random, name, list);
    }
    for (name, lists) in [
        ("access_indices", true),
        ("positions_dict", true),
        ("initial_dict", false),
        ("preimage", false),
        ("descent_map", false),
    ] {
        let dict = dict(&mut random, lists);
        set(&mut random, name, dict);
    }
    for name in ["node", "left_child", "right_child"] {
        let tree = random.tree(3);
        set(&mut random, name, tree);
    }
    let case = ["left", "right", "both", "leaf"][random.below(4) as usize];
    set(&mut random, "case", Object::Text(case.into()));
    for (module, name, variable) in [
        ("starkware.cairo.common.cairo_secp.secp_utils", "SECP_P", "SECP_P"),
        ("starkware.cairo.common.cairo_secp.secp_utils", "N", "N"),
        ("starkware.cairo.common.cairo_secp.secp256r1_utils", "SECP256R1_P", "SECP256R1_P"),
    ] {
        if let Some(import) = Import::find(module, name) {
            set(&mut random, variable, Object::Import(import));
        }
    }
    for name in ["__usort_max_size", "__find_element_max_size", "__squash_dict_max_size"] {
        if random.below(4) == 0 {
            let most = random.below(8) as i64;
            set(&mut random, name, Object::from(most));
        }
    }
    set(&mut random, "__patricia_skip_validation_runner", Object::None);
    set(&mut random, "__merkle_multi_update_skip_validation_runner", Object::None);
    let mut manager = DictManager::default();
    let Object::Dict(data) = dict(&mut random, false) else { unreachable!("it is one") };
    manager.insert(Relocatable::new(4, 0), data.take()).expect("the first");
    if let Some(tracker) = manager.trackers.get(&4) {
        tracker.current_ptr.set(Relocatable::new(4, random.below(12) as i64));
        set(&mut random, "dict_tracker", Object::Tracker(Rc::clone(tracker)));
    }
    set(&mut random, "__dict_manager", Object::Manager(Rc::new(RefCell::new(manager))));
    made
}

#[test]
fn most_texts_are_understood() {
    let (mut known, mut all) = (0, 0);
    let mut seen = std::collections::HashSet::new();
    for path in programs() {
        let Ok(json) = std::fs::read(&path) else { continue };
        let Ok(program) = Program::from_json(&json) else { continue };
        for hint in program.hints().iter().flat_map(|(_, hints)| hints) {
            if path.ancestors().any(|folder| folder.ends_with("library"))
                && seen.insert(hint.code.clone())
            {
                all += 1;
                match cairo_zero_hints::obstacle(&hint.code) {
                    None => known += 1,
                    Some(obstacle) => println!("{obstacle}: {:?}", hint.code),
                }
            }
        }
    }
    println!("{known} of {all} texts of library programs run natively");
    assert!(known * 10 >= all * 9, "{known} of {all}");
}

/// The program with a hint behind those of each instruction that shows the variables.
fn instrumented(json: &[u8]) -> Option<Vec<u8>> {
    let mut json: serde_json::Value = serde_json::from_slice(json).ok()?;
    let hints = json.get_mut("hints")?.as_object_mut()?;
    for (_, list) in hints.iter_mut() {
        let list = list.as_array_mut()?;
        let mut shown = list.first()?.clone();
        // Not the text that a hand-written hint is known by.
        for hint in list.iter_mut() {
            let code = format!("{}\npass", hint["code"].as_str()?);
            hint["code"] = code.into();
        }
        shown["code"] = SHOW.into();
        list.push(shown);
    }
    json["debug_info"] = serde_json::Value::Null;
    Some(json.to_string().into_bytes())
}

struct Side {
    engine: Engine,
    printed: Captured,
}

impl Side {
    fn new(program: &Arc<Program>, choice: Choice) -> Option<Self> {
        let printed = Captured::default();
        let interpreter = Some(Box::new(Python::new(printed.clone())) as Box<_>);
        let options = Options { interpreter, choice, ..Options::default() };
        Some(Self { engine: Engine::load(Arc::clone(program), options).ok()?, printed })
    }

    /// What a group of hints does to a state: the error, the memory, and what was shown.
    fn outcome(&mut self, group: u32, pc: u64, seed: u64, builtins: &[BuiltinName]) -> [String; 3] {
        let mut machine = machine(seed, pc, builtins);
        let scopes = self.engine.scopes();
        while scopes.depth() > 0 {
            drop(scopes.exit());
        }
        scopes.enter(Scope::Native(variables(seed)));
        self.printed.0.borrow_mut().clear();
        let outcome = self.engine.run_hints(&mut machine, group);
        let cells: Vec<String> =
            machine.memory.iter().map(|(at, value)| format!("{at}={value:?}")).collect();
        let error = outcome.err().map_or(String::new(), |error| error.to_string());
        let shown = String::from_utf8_lossy(&self.printed.0.borrow()).into_owned();
        [error, cells.join(" "), format!("{shown}{}", self.engine.scopes().depth())]
    }
}

fn programs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the root");
    let mut found = Vec::new();
    for base in ["cairo_programs", "target/cairo_programs"] {
        let Ok(folders) = std::fs::read_dir(root.join(base)) else { continue };
        for folder in folders.filter_map(|folder| Some(folder.ok()?.path())) {
            let Ok(entries) = std::fs::read_dir(folder) else { continue };
            let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
            found.extend(files.filter(|path| path.extension().is_some_and(|e| e == "json")));
        }
    }
    found.sort();
    found
}

/// Hints whose text comes out differently for a good reason.
fn is_left_out(code: &str) -> bool {
    // They print addresses of objects, wait, or end the process.
    ["import sys", "import os", "exit(", "import time", "id(", "program_input", "while True"]
        .iter()
        .any(|word| code.contains(word))
}

#[derive(Default)]
struct Totals {
    hints: usize,
    runs: usize,
    good: usize,
    differences: Vec<String>,
}

fn compare(path: &Path, seen: &mut std::collections::HashSet<String>, totals: &mut Totals) {
    let Some(json) = std::fs::read(path).ok().and_then(|json| instrumented(&json)) else { return };
    let Ok(program) = Program::from_json(&json) else { return };
    let program = Arc::new(program);
    let mut sides: Option<[Side; 2]> = None;
    let mut number = 0;
    for (group, (pc, hints)) in (0_u32..).zip(program.hints()) {
        let first = number;
        number += hints.len();
        let texts: Vec<&str> = hints.iter().map(|hint| hint.code.as_str()).collect();
        let texts = &texts[..texts.len() - 1];
        if texts.iter().any(|text| is_left_out(text)) || !seen.insert(texts.join("\n---\n")) {
            continue;
        }
        if sides.is_none() {
            let (auto, python) =
                (Side::new(&program, Choice::Auto), Side::new(&program, Choice::Interpreter));
            let (Some(auto), Some(python)) = (auto, python) else { return };
            sides = Some([auto, python]);
        }
        let Some([auto, python]) = &mut sides else { return };
        if !auto.engine.runners().skip(first).take(texts.len()).any(|r| r == Runner::Evaluator) {
            continue;
        }
        totals.hints += 1;
        let mut builtins = program.builtins().to_vec();
        if !builtins.contains(&BuiltinName::RangeCheck) {
            builtins.push(BuiltinName::RangeCheck);
        }
        for seed in 1..25 {
            let seed = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed);
            let found = auto.outcome(group, *pc as u64, seed, &builtins);
            let expected = python.outcome(group, *pc as u64, seed, &builtins);
            totals.runs += 1;
            totals.good += usize::from(expected[0].is_empty());
            if let Some(at) = (0..3).find(|at| found[*at] != expected[*at]) {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                totals.differences.push(format!(
                    "{name}:\n{}\n  native: {}\n  python: {}\n",
                    texts.join("\n---\n"),
                    found[at],
                    expected[at]
                ));
                break;
            }
        }
    }
}

#[test]
fn native_code_and_the_interpreter_agree() {
    let thread = std::thread::Builder::new().stack_size(STACK_SIZE);
    let handle = thread.spawn(|| {
        let mut totals = Totals::default();
        let mut seen = std::collections::HashSet::new();
        for path in programs() {
            compare(&path, &mut seen, &mut totals);
        }
        totals
    });
    let totals = handle.expect("a thread").join().expect("no panic");
    let Totals { hints, runs, good, differences } = totals;
    println!("{hints} different hints, {runs} states, {good} of them without an error");
    assert!(hints >= 40, "{hints} hints");
    assert!(differences.is_empty(), "{} differ\n{}", differences.len(), differences.join("\n"));
}
