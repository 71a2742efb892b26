//! The modulo builtins, and the filling in of their circuits.

mod support;

use cairo_zero_builtins::{BuiltinError, Builtins, Circuit, Modulo, Operation};
use cairo_zero_core::{BuiltinName, Felt, Relocatable, Value};
use cairo_zero_memory::Memory;
use support::{fails, felt, small};

/// Segments: the builtins', the table of values, the tables of offsets.
const ADD: i32 = 2;
const MUL: i32 = 3;
const VALUES: i32 = 4;
const OFFSETS: i32 = 5;

struct Bench {
    memory: Memory,
    builtins: Builtins,
}

impl Bench {
    fn new(batch: u64) -> Self {
        let mut memory = Memory::new();
        for _ in 0..7 {
            memory.add_segment().expect("a segment");
        }
        let mut builtins = Builtins::default();
        for (name, operation, segment) in
            [(BuiltinName::AddMod, Operation::Add, ADD), (BuiltinName::MulMod, Operation::Mul, MUL)]
        {
            let builtin = Box::new(Modulo::new(operation, batch));
            assert!(builtins.add_builtin(name, builtin, Relocatable::new(segment, 0), true));
        }
        Self { memory, builtins }
    }

    fn set(&mut self, segment: i32, offset: i64, value: impl Into<Value>) {
        self.memory.insert(Relocatable::new(segment, offset), value.into()).expect("a free cell");
    }

    /// The inputs of a first instance, with a small modulus and `n` gates.
    fn circuit(&mut self, segment: i32, modulus: u64, n: u64, offsets: &[u64]) {
        for (place, word) in [modulus, 0, 0, 0].into_iter().enumerate() {
            self.set(segment, place as i64, small(word));
        }
        self.set(segment, 4, Relocatable::new(VALUES, 0));
        self.set(segment, 5, Relocatable::new(segment + 3, 0));
        self.set(segment, 6, small(n));
        for (at, offset) in offsets.iter().enumerate() {
            self.set(segment + 3, at as i64, small(*offset));
        }
    }

    /// A small number in the table of values.
    fn number(&mut self, slot: i64, number: u64) {
        for (place, word) in [number, 0, 0, 0].into_iter().enumerate() {
            self.set(VALUES, 4 * slot + place as i64, small(word));
        }
    }

    fn fill(&mut self, add: Option<u64>, mul: Option<u64>) -> Result<(), BuiltinError> {
        let circuit = |segment, gates| Circuit {
            instance: Relocatable::new(segment, 0),
            gates: small(gates),
        };
        let (add, mul) =
            (add.map(|gates| circuit(ADD, gates)), mul.map(|gates| circuit(MUL, gates)));
        self.builtins.fill_memory(&mut self.memory, add, mul)
    }

    fn get(&self, segment: i32, offset: i64) -> Option<Value> {
        self.memory.get(Relocatable::new(segment, offset))
    }
}

fn value(text: &str) -> Value {
    match text.split_once(':') {
        Some((segment, offset)) => Value::Relocatable(Relocatable::new(
            segment.parse().expect("a segment"),
            offset.parse().expect("an offset"),
        )),
        None => felt(text).into(),
    }
}

fn cells<'a>(
    lines: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>,
) -> Vec<(Relocatable, Value)> {
    let mut cells = Vec::new();
    while let Some(cell) = lines.next_if(|line| line.starts_with("cell ")) {
        let parts: Vec<&str> = cell.split(' ').collect();
        let [_, segment, offset, content] = parts[..] else { panic!("{cell}") };
        let segment = segment.parse().expect("a segment");
        let at = Relocatable::new(segment, offset.parse().expect("an offset"));
        cells.push((at, value(content)));
    }
    cells
}

/// Circuits of all kinds with what cairo-lang's `fill_memory` and `run_security_checks` make of them;
/// `tests/data/modulo_circuits.py` writes them.
#[test]
fn circuits_as_in_the_reference() {
    let mut lines = include_str!("data/modulo_circuits.txt").lines().peekable();
    while let Some(case) = lines.next() {
        let parts: Vec<&str> = case.split(' ').collect();
        let ["case", batch, add, mul] = parts[..] else { panic!("{case}") };
        let mut bench = Bench::new(batch.parse().expect("a number"));
        let before = cells(&mut lines);
        for (at, value) in &before {
            bench.memory.insert(*at, *value).expect("a free cell");
        }
        let gates = |text: &str| (text != "-").then(|| text.parse().expect("a number"));
        let outcome = bench.fill(gates(add), gates(mul));
        let expected = lines.next().expect("an outcome");
        match expected.strip_prefix("refused ") {
            Some(message) => fails(outcome, message),
            None => {
                outcome.unwrap_or_else(|error| panic!("{error}\n{case} {before:?}"));
                let mut all = cells(&mut lines);
                all.extend(before);
                all.sort_by_key(|(at, _)| *at);
                assert_eq!(bench.memory.iter().collect::<Vec<_>>(), all, "{case}");
            }
        }
        for (runner, name) in bench.builtins.runners_mut().iter_mut().zip(["add ", "mul "]) {
            let expected = lines.next().and_then(|line| line.strip_prefix(name)).expect("a check");
            match (expected, runner.run_security_checks(&bench.memory)) {
                ("ok", outcome) => outcome.expect("a provable circuit"),
                // The reference's assertion has no message.
                ("", outcome) => assert!(outcome.is_err()),
                (message, outcome) => fails(outcome, message),
            }
        }
    }
}

#[test]
fn additions_that_nothing_leads_to() {
    let mut bench = Bench::new(1);
    bench.circuit(ADD, 7, 2, &[0, 4, 8, 8, 12, 16]);
    for slot in [0, 1] {
        bench.number(slot, 3);
    }
    fails(
        bench.fill(Some(2), None),
        "Could not fill the values table, add_mod_index=1, mul_mod_index=0",
    );
    let mut bench = Bench::new(1);
    bench.circuit(ADD, 7, 1, &[8, 12, 16]);
    bench.circuit(MUL, 7, 1, &[0, 0, 4]);
    bench.number(0, 3);
    fails(
        bench.fill(Some(1), Some(1)),
        "Could not fill the values table, add_mod_index=0, mul_mod_index=1",
    );
}

#[test]
fn too_many_gates() {
    let mut bench = Bench::new(1);
    bench.circuit(ADD, 7, 100_001, &[0, 0, 0]);
    fails(bench.fill(Some(100_001), None), "add_mod builtin: n must be <= 100000");
    fails(bench.fill(Some(1), None), "add_mod builtin: n must be <= 100000");
    fails(bench.fill(None, Some(100_001)), "mul_mod builtin: n must be <= 100000");
    let far = Circuit { instance: Relocatable::new(ADD, 0), gates: Felt::MINUS_ONE };
    fails(
        bench.builtins.fill_memory(&mut bench.memory, Some(far), None),
        "add_mod builtin: n must be <= 100000",
    );
    let mut bench = Bench::new(1);
    bench.circuit(MUL, 7, u64::MAX, &[0, 0, 0]);
    bench.number(0, 0);
    fails(bench.fill(None, Some(1)), "mul_mod builtin: n must be <= 100000");
}

#[test]
fn no_gates() {
    let mut bench = Bench::new(1);
    let message = "At least one of add_mod and mul_mod must be given.";
    fails(bench.fill(None, None), message);
    fails(bench.fill(Some(0), Some(0)), message);
    bench.circuit(ADD, 7, 0, &[0, 0, 0]);
    fails(bench.fill(Some(1), None), "add_mod builtin: Expected n >= 1. Got: 0.");
}

#[test]
fn what_is_no_input() {
    let mut bench = Bench::new(1);
    bench.set(ADD, 4, small(5));
    fails(
        bench.fill(Some(1), None),
        "add_mod builtin: Expected RelocatableValue at address 2:4. Got: 5.",
    );
    bench.set(MUL, 4, Relocatable::new(VALUES, 0));
    bench.set(MUL, 5, small(6));
    fails(
        bench.fill(None, Some(1)),
        "mul_mod builtin: Expected RelocatableValue at address 3:5. Got: 6.",
    );
    let mut bench = Bench::new(1);
    bench.set(ADD, 4, Relocatable::new(VALUES, 0));
    bench.set(ADD, 5, Relocatable::new(OFFSETS, 0));
    bench.set(ADD, 6, Relocatable::new(0, 0));
    fails(bench.fill(Some(1), None), "add_mod builtin: Expected integer at address 2:6. Got: 0:0.");
    // Offsets that lead out of every memory.
    let mut bench = Bench::new(1);
    bench.circuit(ADD, 7, 1, &[0, 0]);
    bench.set(OFFSETS, 2, felt("0x100000000000000000000000000000000"));
    bench.fill(Some(1), None).expect_err("no such address");
    let mut bench = Bench::new(1);
    bench.circuit(ADD, 7, 1, &[0, 0]);
    bench.set(OFFSETS, 2, Relocatable::new(1, 1));
    fails(bench.fill(Some(1), None), "Cannot add two relocatable values: 4:0 + 1:1.");
}

#[test]
fn values_are_checked_by_their_own_builtin() {
    let mut bench = Bench::new(1);
    let base = Relocatable::new(VALUES, 0);
    bench.builtins.add(BuiltinName::RangeCheck96, base, true);
    bench.circuit(ADD, 7, 1, &[0, 0, 4]);
    bench.number(0, 5);
    bench.fill(Some(1), None).expect("5 + 5 = 3");
    assert_eq!(bench.get(VALUES, 4), Some(small(3).into()));
    bench.builtins.run_security_checks(&bench.memory).expect("provable");
}

#[test]
fn what_the_gates_read_is_no_hole() {
    let mut bench = Bench::new(1);
    bench.circuit(ADD, 7, 2, &[0, 0, 4, 4, 0, 8]);
    bench.number(0, 5);
    bench.fill(Some(2), None).expect("known numbers");
    let mut visited = Vec::new();
    bench.builtins.runners()[0]
        .accesses(&bench.memory, &mut |at, cells| visited.push((at.segment, at.offset, cells)))
        .expect("a complete circuit");
    let gates = [
        (ADD, 0, 14),
        (OFFSETS, 0, 3),
        (VALUES, 0, 4),
        (VALUES, 0, 4),
        (VALUES, 4, 4),
        (OFFSETS, 3, 3),
        (VALUES, 4, 4),
        (VALUES, 0, 4),
        (VALUES, 8, 4),
    ];
    assert_eq!(visited, gates);
    assert_eq!(bench.builtins.zeros_needed(), 4);
}
