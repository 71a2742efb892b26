//! Hint texts run natively, compared with what Python made of them (`data/python.txt`: a text or an
//! expression, a tab, and the `repr` of its result, or `raises`).

use std::sync::Arc;

use cairo_zero_core::{Felt, Relocatable, Value};
use cairo_zero_executor::{HintHandler, Machine, Registers};
use cairo_zero_hints::{Choice, Engine, Options, Runner, Scope, Symbol};
use cairo_zero_memory::Memory;
use cairo_zero_program::Program;

/// A program with these hints, one per instruction.
fn program(hints: &[String]) -> Arc<Program> {
    let mut list = serde_json::Map::new();
    for (pc, code) in hints.iter().enumerate() {
        let hint = serde_json::json!({
            "accessible_scopes": ["__main__", "__main__.main"],
            "code": code,
            "flow_tracking_data": {
                "ap_tracking": {"group": 0, "offset": 0},
                "reference_ids": {},
            },
        });
        list.insert(pc.to_string(), serde_json::json!([hint]));
    }
    let json = serde_json::json!({
        "attributes": [],
        "builtins": [],
        "compiler_version": "0.14.0.1",
        "data": vec!["0x208b7fff7fff7ffe"; hints.len()],
        "debug_info": null,
        "hints": list,
        "identifiers": {
            "__main__.main": {"decorators": [], "pc": 0, "type": "function"},
        },
        "main_scope": "__main__",
        "prime": "0x800000000000011000000000000000000000000000000000000000000000001",
        "reference_manager": {"references": []},
    });
    Arc::new(Program::from_json(json.to_string().as_bytes()).expect("a program"))
}

fn machine() -> Machine {
    let mut memory = Memory::new();
    memory.add_segment().expect("a segment");
    let base = memory.add_execution_segment().expect("a segment");
    let registers =
        Registers { pc: Value::from(Relocatable::new(0, 0)), ap: base, fp: base.into() };
    Machine::new(memory, Default::default(), registers)
}

/// What each text leaves in `result`, or `None` where native code declines.
fn results(hints: &[String]) -> Vec<Option<String>> {
    let options = Options { choice: Choice::Native, ..Options::default() };
    let mut engine = Engine::load(program(hints), options).expect("a program");
    let runners: Vec<Runner> = engine.runners().collect();
    let name = Symbol::new("result");
    (0_u32..)
        .zip(runners)
        .map(|(number, runner)| {
            *engine.scopes().innermost() = Scope::default();
            if runner != Runner::Evaluator {
                return None;
            }
            engine.run_hints(&mut machine(), number).ok()?;
            match engine.scopes().innermost() {
                Scope::Native(variables) => {
                    Some(variables.get(name).map_or("'nothing'".to_owned(), |o| format!("{o:?}")))
                }
                Scope::Interpreter(_) => None,
            }
        })
        .collect()
}

/// The text that a line of the table stands for.
fn text_of(source: &str) -> String {
    match source.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        Some(text) if text.contains("result") || text.contains("; ") || text.contains("\\n") => {
            text.replace("\\n", "\n").replace("\\'", "'")
        }
        _ => match source.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(text) => text.replace("\\n", "\n"),
            None => format!("result = {source}"),
        },
    }
}

#[test]
fn results_are_pythons() {
    let table = include_str!("data/python.txt");
    let cases: Vec<(String, &str)> = table
        .lines()
        .filter_map(|line| line.rsplit_once('\t'))
        .map(|(source, result)| (text_of(source), result))
        .collect();
    assert!(cases.len() > 3000, "{} cases", cases.len());
    let texts: Vec<String> = cases.iter().map(|(text, _)| text.clone()).collect();
    let (mut wrong, mut declined) = (Vec::new(), Vec::new());
    for ((text, expected), found) in cases.iter().zip(results(&texts)) {
        match found {
            None if *expected == "raises" => {}
            None => declined.push(text.as_str()),
            Some(found) if found.replace('"', "'") == *expected => {}
            Some(found) => wrong.push(format!("{text}\n  {found}, not {expected}")),
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    // Left to the interpreter: large results, and what it alone knows.
    assert!(declined.len() <= 60, "{} declined:\n{}", declined.len(), declined.join("\n"));
}

#[test]
fn a_hint_that_declines_has_changed_nothing() {
    let texts = [
        "x = [1, 2, 3]; d = {1: [2]}; y = 5",
        "x.append(4); x[0] = 7; x.sort(reverse=True); x.pop(1); d[1].append(3); d[2] = 1; \
         d.pop(1); z = 9; del y; segments.add(); vm_enter_scope({'a': 1}); assert z == 8",
    ];
    let options = Options { choice: Choice::Native, ..Options::default() };
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    let mut engine = Engine::load(program(&texts), options).expect("a program");
    let mut machine = machine();
    engine.run_hints(&mut machine, 0).expect("the first runs");
    engine.run_hints(&mut machine, 1).expect_err("the second declines");
    assert_eq!(engine.scopes().depth(), 0);
    assert_eq!(machine.memory.segment_count(), 2);
    let Scope::Native(variables) = engine.scopes().innermost() else {
        panic!("no interpreter has run");
    };
    let shown: Vec<String> =
        variables.iter().map(|(name, object)| format!("{name:?}={object:?}")).collect();
    assert_eq!(shown, ["x=[1, 2, 3]", "d={Int(1): [2]}", "y=5"]);
}

#[test]
fn hostile_texts_end() {
    let texts = [
        "while True: pass",
        "x = 2\nwhile True: x = x * x",
        "x = [0] * 10 ** 12",
        "x = 1 << 10 ** 12",
        "x = [0]\nwhile True: x = x + x",
        "for i in range(10 ** 9): x = [j for j in range(10 ** 6)]",
        "x = pow(3, 2 ** 100000, 2 ** 100000 + 1)",
        "x = sum(i for i in range(10 ** 12))",
        "x = []\nx.append(x)\ny = []\ny.append(y)\nresult = x == y",
        "x = [1]\nfor y in x: x.append(y)",
        "memory[ap + 2 ** 60] = 1\nassert 0",
    ];
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    for (text, found) in texts.iter().zip(results(&texts)) {
        assert_eq!(found, None, "{text}");
    }
    for deep in ["(", "[", "-", "not ", "lambda: ", "1 if 1 else "] {
        let text = format!("x = {}", deep.repeat(20_000));
        assert!(cairo_zero_hints::obstacle(&text).is_some(), "{deep}");
    }
}

#[test]
fn memory_and_segments_are_used() {
    let texts = [
        "memory[ap] = -1; memory[ap + 1] = True; memory[fp + 2] = memory[ap] + 2",
        "p = segments.add(); segments.write_arg(p, [1, [2, 3], -1]); memory[ap + 3] = p",
        "memory[ap + 4] = segments.gen_arg([]); x = memory.get_range(ap, 2)",
        "vm_enter_scope({'n': x}); vm_exit_scope(); vm_enter_scope(dict(y=x, **{'k': 1}))",
    ];
    let options = Options { choice: Choice::Native, ..Options::default() };
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    let mut engine = Engine::load(program(&texts), options).expect("a program");
    let mut machine = machine();
    for number in 0..4 {
        engine.run_hints(&mut machine, number).expect("all run");
    }
    let at = |segment, offset| machine.memory.get(Relocatable::new(segment, offset));
    assert_eq!(at(1, 0), Some(Value::Felt(-Felt::ONE)));
    assert_eq!(at(1, 1), Some(Value::from(1_u64)));
    assert_eq!(at(1, 2), Some(Value::from(1_u64)));
    assert_eq!(at(1, 3), Some(Relocatable::new(2, 0).into()));
    assert_eq!(at(2, 1), Some(Relocatable::new(3, 0).into()));
    assert_eq!(at(3, 1), Some(Value::from(3_u64)));
    assert_eq!(at(2, 2), Some(Value::Felt(-Felt::ONE)));
    assert_eq!(at(1, 4), Some(Relocatable::new(4, 0).into()));
    assert_eq!(engine.scopes().depth(), 1);
}

/// The row of the table for this text wants a list; Python asks for a length alone.
#[test]
fn what_a_row_of_the_table_declines_is_evaluated() {
    let texts = ["keys = ()", "assert len(keys) == 0", "keys = (1,)", "assert len(keys) == 0"];
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    let options = Options { choice: Choice::Native, ..Options::default() };
    let mut engine = Engine::load(program(&texts), options).expect("a program");
    assert_eq!(engine.runners().nth(1), Some(Runner::Native("squash_dict_no_keys")));
    let mut machine = machine();
    let ran = [0, 1, 2, 3].map(|number| engine.run_hints(&mut machine, number).is_ok());
    assert_eq!(ran, [true, true, true, false]);
}
