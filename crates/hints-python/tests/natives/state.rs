//! Random states of a machine and a scope that a hint may find, many of them such that it succeeds.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use cairo_zero_builtins::Builtins;
use cairo_zero_core::{BuiltinName, Relocatable, Value};
use cairo_zero_executor::{Machine, Registers};
use cairo_zero_hints::dict::{DictManager, DictTracker};
use cairo_zero_hints::object::{DefaultValue, Dict, Key, Object};
use cairo_zero_hints::{Import, Int, Names, Site, Symbol, Variables};
use cairo_zero_memory::Memory;
use num_bigint::BigInt;

use crate::library::Library;
use crate::random::Random;

/// Segments: the program, the execution segment, the range checks, and some with data.
const EXECUTION: i32 = 1;
const RANGE_CHECK: i32 = 2;
const DATA: [i32; 3] = [3, 4, 5];
const FP: Relocatable = Relocatable::new(EXECUTION, 40);
const AP: Relocatable = Relocatable::new(EXECUTION, 90);

/// Cells of each segment with data that are set.
const FILLED: i64 = 80;

/// secp256k1's prime and order and secp256r1's prime.
const P_K1: &str = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f";
const N_K1: &str = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
const P_R1: &str = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";

fn hex(digits: &str) -> BigInt {
    BigInt::parse_bytes(digits.as_bytes(), 16).expect("digits")
}

/// What is in memory and in the scope when a hint begins.
pub struct Case {
    cells: BTreeMap<(i32, i64), Value>,
    variables: Vec<(&'static str, Thing)>,
    has_range_check: bool,
}

/// What makes a variable; each side gets its own.
#[derive(Clone)]
enum Thing {
    Int(BigInt),
    None,
    List(Vec<i64>),
    Lists(Vec<(Value, Vec<i64>)>, bool),
    Values(Vec<(Value, i64)>),
    Manager(i64, Option<i64>, Vec<(Value, Value)>),
    Import(&'static str, &'static str),
    Address(Relocatable),
}

impl Thing {
    fn make(&self) -> Object {
        let list = |items: &[i64]| Object::list(items.iter().map(|i| Object::from(*i)).collect());
        let dict = |items: Vec<(Key, Object)>, default| {
            Rc::new(RefCell::new(Dict { items: items.into_iter().collect(), default }))
        };
        match self {
            Self::Int(int) => Object::Int(Int::from(int.clone())),
            Self::None => Object::None,
            Self::List(items) => list(items),
            Self::Lists(items, new_list) => {
                let items = items.iter().map(|(key, items)| (Key::from(*key), list(items)));
                let default = new_list.then_some(DefaultValue::NewList);
                Object::Dict(dict(items.collect(), default))
            }
            Self::Values(items) => {
                let items = items.iter().map(|(key, item)| (Key::from(*key), Object::from(*item)));
                Object::Dict(dict(items.collect(), None))
            }
            Self::Manager(offset, default, items) => {
                let mut manager = DictManager::default();
                for segment in DATA {
                    let items = items.iter().map(|(k, v)| (Key::from(*k), Object::from(*v)));
                    let default = default.map(|item| DefaultValue::Same(Object::from(item)));
                    let data = dict(items.collect(), default);
                    let tracker = DictTracker::new(data, Relocatable::new(segment, *offset));
                    manager.trackers.insert(segment, Rc::new(tracker));
                }
                Object::Manager(Rc::new(RefCell::new(manager)))
            }
            Self::Import(module, name) => {
                Object::Import(Import::find(module, name).expect("a known import"))
            }
            Self::Address(address) => Object::Address(*address),
        }
    }
}

/// What the numbers of a case are like.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Tiny,
    Short,
    Boundary,
    Half,
    Limb,
    Any,
    Mixed,
}

impl Kind {
    fn value(self, random: &mut Random) -> Value {
        match self {
            Self::Tiny => Value::from(random.below(3)),
            Self::Short => Value::from(random.below(40)),
            Self::Boundary => Value::Felt(random.boundary()),
            Self::Half => Value::Felt(random.bits(128)),
            Self::Limb => {
                let limb = random.bits(86);
                Value::Felt(if random.chance(30) { -limb } else { limb })
            }
            Self::Any => Value::Felt(random.bits(252)),
            Self::Mixed => match random.below(8) {
                0 => Value::Relocatable(pointer(random)),
                1 | 2 => Self::Tiny.value(random),
                3 => Self::Half.value(random),
                4 => Self::Any.value(random),
                _ => Self::Boundary.value(random),
            },
        }
    }
}

fn pointer(random: &mut Random) -> Relocatable {
    let offset = random.pick(&[0, 0, 0, 30, 30, FILLED, 200]);
    Relocatable::new(random.pick(&[DATA[0], DATA[0], DATA[0], DATA[1], DATA[2]]), offset)
}

/// The names that a text assigns, as in `ids.a, ids.b.c = …`, and the structs it fills.
fn targets(code: &str) -> Vec<String> {
    let mut targets = Vec::new();
    let name = |text: &str| {
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.');
        text[..end.unwrap_or(text.len())].to_owned()
    };
    for line in code.lines() {
        // Behind these something is written; they themselves are read.
        targets.extend(line.split("write_arg(ids.").skip(1).map(|text| name(text) + "."));
        let Some((left, right)) = line.split_once(" = ") else { continue };
        if left.contains(['\'', '"']) || left.trim_start().starts_with("assert") {
            continue;
        }
        let mut sides = vec![left];
        // Chains such as `ids.x = y = …`.
        sides.extend(right.split_once(" = ").map(|(next, _)| next));
        for side in sides {
            let places = side.match_indices("ids.").filter(|(at, _)| !side[..*at].ends_with('['));
            targets.extend(places.map(|(at, _)| name(&side[at + 4..])));
        }
    }
    targets
}

/// Building a case.
struct Builder<'a> {
    cells: BTreeMap<(i32, i64), Value>,
    random: &'a mut Random,
    kind: Kind,
    /// Whether the hint reads words before a pointer and writes behind it.
    hashes: bool,
    /// Whether the hint writes behind a pointer.
    writes: bool,
}

impl Builder<'_> {
    fn set(&mut self, at: Relocatable, value: Value) {
        self.cells.entry((at.segment, at.offset)).or_insert(value);
    }

    fn number(&mut self) -> Value {
        // Now and then a value of another kind than the rest.
        let kind = if self.random.chance(8) { Kind::Mixed } else { self.kind };
        kind.value(self.random)
    }

    /// A memory as it is so far, to find out where operands are.
    fn machine(&self) -> Machine {
        machine(&self.cells, 0, true)
    }

    /// Sets what the operand `name`, bound to `reference`, needs.
    fn operand(&mut self, site: &Site<'_>, name: &str, reference: &str, targets: &[String]) {
        for (at, inner) in reference.split("[fp").skip(1).enumerate() {
            let Some((offset, rest)) = inner.split_once(']') else { continue };
            if rest.is_empty() || offset.contains("cast") || offset.contains(',') {
                continue;
            }
            let digits: String =
                offset.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect();
            let cell = FP.checked_add(digits.parse().unwrap_or(0)).expect("near");
            // A second one is added to the first.
            let to = match at {
                0 => Value::Relocatable(pointer(self.random)),
                _ => Value::from(self.random.below(12)),
            };
            self.set(cell, to);
        }
        let is_pointer = reference.contains("**");
        let is_target = targets.iter().any(|target| target == name);
        if let Some(at) = site.assigned(name).and_then(|slot| slot.address(&self.machine())) {
            let left_out = self.random.chance(if is_target { 93 } else { 4 });
            if !left_out {
                let value = self.value_of(name, is_pointer);
                self.set(at, value);
            }
        }
        let Some((slot, definition)) = site.structure(name) else { return };
        let Some(base) = slot.address(&self.machine()) else { return };
        let members = targets.iter().any(|target| target.starts_with(&format!("{name}.")));
        if name == "keccak_state" {
            let end = Relocatable::new(DATA[0], 30 + self.random.below(4) as i64);
            self.set(base, Value::Relocatable(Relocatable::new(DATA[0], 30)));
            self.set(base.checked_add(1).expect("near"), Value::Relocatable(end));
        }
        if members && self.random.chance(93) || is_pointer && self.random.chance(30) {
            return;
        }
        if matches!(name, "val" | "x" | "point" | "point0" | "a" | "b") && self.random.chance(70) {
            self.multiple(base, definition.size() as i64);
        }
        for at in 0..definition.size() as i64 {
            let value = self.number();
            self.set(base.checked_add(at).expect("near"), value);
        }
    }

    /// Three cells that stand for a multiple of a prime, or a few numbers next to one.
    fn multiple(&mut self, base: Relocatable, size: i64) {
        let prime = hex(self.random.pick(&[P_K1, P_R1, N_K1]));
        for at in (0..size).step_by(3) {
            let factor = BigInt::from(self.random.below(1 << 20)) - (1 << 19);
            let off = if self.random.chance(80) { 0 } else { self.random.below(2) };
            let number: BigInt = &prime * factor + off;
            let negative = number.sign() == num_bigint::Sign::Minus;
            let mut magnitude = number.magnitude().clone();
            for limb in 0..3 {
                let unit = num_bigint::BigUint::from(1_u8) << if limb == 2 { 200 } else { 86 };
                let part = &magnitude % &unit;
                magnitude /= unit;
                let felt = Int::from(BigInt::from(part)).to_felt();
                let felt = if negative { -felt } else { felt };
                self.set(base.checked_add(at + limb).expect("near"), Value::Felt(felt));
            }
        }
    }

    fn value_of(&mut self, name: &str, is_pointer: bool) -> Value {
        if self.random.chance(3) {
            return Kind::Mixed.value(self.random);
        }
        let short = matches!(
            name,
            "n_elms"
                | "n_accesses"
                | "input_len"
                | "length"
                | "elm_size"
                | "len"
                | "n_used_accesses"
        );
        if name == "range_check_ptr" && self.random.chance(95) {
            return Value::Relocatable(Relocatable::new(RANGE_CHECK, 0));
        }
        if is_pointer {
            let at = match name {
                "set_end_ptr" | "elements_end" => {
                    Relocatable::new(self.random.pick(&DATA), self.random.below(12) as i64)
                }
                "keccak_ptr" | "output" if self.hashes && self.random.chance(80) => {
                    Relocatable::new(DATA[0], 30)
                }
                "output" | "inputs" | "data" | "keccak_ptr_end"
                    if self.writes && self.random.chance(50) =>
                {
                    Relocatable::new(DATA[1], 200)
                }
                _ => pointer(self.random),
            };
            return Value::Relocatable(at);
        }
        match name {
            "ptr_diff" if self.random.chance(90) => Value::from(3 * self.random.below(20)),
            _ if short && self.random.chance(90) => Value::from(self.random.below(6)),
            "base" | "div" | "n_bytes" if self.random.chance(70) => {
                Value::Felt(self.random.bits(self.random_width()))
            }
            _ => self.number(),
        }
    }

    /// Fills the segments with data, some of it or none.
    fn data(&mut self) {
        let (first, last) = match (self.hashes, self.random.below(4)) {
            (true, at) => (0, [26, 30, 48, 48][at as usize]),
            (false, 0) => (FILLED, FILLED),
            (false, 1) => (0, FILLED),
            (false, _) => (30, FILLED),
        };
        for segment in DATA {
            for at in first..last {
                let value = match self.hashes {
                    true => Value::Felt(self.random.bits(32)),
                    false => self.number(),
                };
                self.set(Relocatable::new(segment, at), value);
            }
        }
    }

    fn random_width(&self) -> u32 {
        match self.kind {
            Kind::Tiny | Kind::Short => 7,
            _ => 122,
        }
    }

    /// Variables that the text speaks of.
    fn variables(&mut self, code: &str) -> Vec<(&'static str, Thing)> {
        let mut variables = Vec::new();
        for name in NAMES {
            let spoken_of = code.match_indices(name).any(|(at, _)| {
                !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.')
            });
            let wanted = match *name {
                name if name.ends_with("_max_size") || name == "__find_element_index" => 25,
                "__dict_manager" if code.contains("not in") => 50,
                _ => 97,
            };
            if spoken_of && self.random.chance(wanted) {
                let thing = self.thing(name);
                variables.push((*name, thing));
            }
        }
        self.relate(code, &mut variables);
        variables
    }

    fn thing(&mut self, name: &str) -> Thing {
        let random = &mut *self.random;
        match name {
            "SECP_P" => match random.below(4) {
                0 => Thing::Import(R1.0, R1.1),
                1 => Thing::Int(hex(P_R1)),
                2 => Thing::Int(random.int()),
                _ => Thing::Import(SECP, "SECP_P"),
            },
            "SECP256R1_P" => Thing::Import(R1.0, R1.1),
            "SECP256R1" => Thing::Import(SECP, "SECP256R1"),
            "N" => Thing::Import(SECP, "N"),
            "keccak_func" => {
                Thing::Import("starkware.cairo.common.keccak_utils.keccak_utils", "keccak_func")
            }
            "keys" | "positions" | "nibbles" | "current_access_indices" => {
                Thing::List((0..random.below(4)).map(|_| random.below(20) as i64).collect())
            }
            "access_indices" | "positions_dict" => {
                let items = (0..4_u64).map(|key| {
                    let count = random.below(4);
                    (Value::from(key), (0..count).map(|_| random.below(20) as i64).collect())
                });
                Thing::Lists(items.collect(), name == "positions_dict")
            }
            "initial_dict" => {
                Thing::Values((0..random.below(5)).map(|key| (Value::from(key), -1)).collect())
            }
            "__dict_manager" => {
                let items = (0..2_u64).map(|key| (Value::from(key), self.kind.value(random)));
                let items = items.collect();
                let default = random.chance(70).then(|| random.below(3) as i64);
                Thing::Manager(random.pick(&[0, 0, 30]), default, items)
            }
            "__usort_max_size" if random.chance(60) => Thing::None,
            "key" | "excluded" => Thing::Int(random.below(4).into()),
            "n" | "n_selected_builtins" | "last_pos" | "current_access_index" => {
                match random.below(6) {
                    0 => Thing::Int(random.int()),
                    1 => Thing::Address(pointer(random)),
                    _ => Thing::Int(BigInt::from(random.below(4))),
                }
            }
            _ if name.starts_with("__") => Thing::Int(random.below(5).into()),
            "x" if random.chance(30) => Thing::Int(random.below(2).into()),
            _ => Thing::Int(random.int()),
        }
    }

    /// Makes numbers fit each other where a text asks for it.
    fn relate(&mut self, code: &str, variables: &mut [(&'static str, Thing)]) {
        let get = |variables: &[(&'static str, Thing)], wanted: &str| {
            variables.iter().find_map(|(name, thing)| match thing {
                Thing::Int(int) if *name == wanted => Some(int.clone()),
                _ => None,
            })
        };
        let related = if code.contains("safe_div(res") && self.random.chance(80) {
            let (Some(res), Some(b)) = (get(variables, "res"), get(variables, "b")) else { return };
            ("a", res * b % hex(N_K1))
        } else if code.contains("is_on_curve") && self.random.chance(50) {
            let Some(y) = get(variables, "y") else { return };
            let prime = hex(if code.contains("SECP_P") { P_K1 } else { P_R1 });
            ("y_square_int", ((&y * &y) % &prime + &prime) % prime)
        } else {
            return;
        };
        for (name, thing) in variables {
            if *name == related.0 {
                *thing = Thing::Int(related.1.clone());
            }
        }
    }
}

const SECP: &str = "starkware.cairo.common.cairo_secp.secp_utils";
const R1: (&str, &str) = ("starkware.cairo.common.cairo_secp.secp256r1_utils", "SECP256R1_P");

/// Variables that library hints read.
const NAMES: &[&str] = &[
    "n",
    "excluded",
    "value",
    "x",
    "y",
    "x0",
    "y0",
    "slope",
    "new_x",
    "res",
    "a",
    "b",
    "N",
    "y_square_int",
    "SECP_P",
    "SECP256R1_P",
    "SECP256R1",
    "keccak_func",
    "keys",
    "key",
    "access_indices",
    "current_access_indices",
    "current_access_index",
    "positions",
    "positions_dict",
    "last_pos",
    "nibbles",
    "initial_dict",
    "__dict_manager",
    "n_selected_builtins",
    "__find_element_index",
    "__find_element_max_size",
    "__squash_dict_max_size",
    "__keccak_max_size",
    "__usort_max_size",
];

fn machine(cells: &BTreeMap<(i32, i64), Value>, offset: usize, has_range_check: bool) -> Machine {
    let mut memory = Memory::new();
    for _ in 0..=DATA[DATA.len() - 1] {
        memory.add_segment().expect("a segment");
    }
    let mut builtins = Builtins::default();
    if has_range_check {
        let base = Relocatable::new(RANGE_CHECK, 0);
        assert!(builtins.add(BuiltinName::RangeCheck, base, true), "the builtin is there");
    }
    for ((segment, at), value) in cells {
        memory.insert(Relocatable::new(*segment, *at), *value).expect("a free cell");
    }
    let pc = Value::Relocatable(Relocatable::new(0, offset as i64));
    Machine::new(memory, builtins, Registers { pc, ap: AP, fp: Value::Relocatable(FP) })
}

impl Case {
    pub fn new(library: &Library, group: usize, names: &Names, random: &mut Random) -> Self {
        let kinds = [
            Kind::Tiny,
            Kind::Tiny,
            Kind::Short,
            Kind::Boundary,
            Kind::Half,
            Kind::Half,
            Kind::Limb,
            Kind::Limb,
            Kind::Any,
            Kind::Mixed,
        ];
        let kind = random.pick(&kinds);
        let has_range_check = random.chance(97);
        let hints = library.program.hints();
        let before: usize = hints[..group].iter().map(|(_, hints)| hints.len()).sum();
        let code: Vec<&str> = hints[group].1.iter().map(|hint| hint.code.as_str()).collect();
        let code = code.join("\n");
        let equal = code.contains("dict") || code.contains("elm");
        let kind = if equal && random.chance(50) { Kind::Tiny } else { kind };
        let hashes = code.contains("keccak_func(") || code.contains("blake2s_func(");
        let writes = code.contains("write_arg") || code.contains("memory[ids.output]");
        let mut builder = Builder { cells: BTreeMap::new(), random, kind, hashes, writes };
        let site = Site::new(names, before as u32).expect("the hint");
        let targets = targets(&code);
        for (full_name, id) in &hints[group].1[0].flow_tracking.reference_ids {
            let Some(name) = full_name.rsplit('.').next() else { continue };
            if code.contains(&format!("ids.{name}")) {
                let reference = &library.program.references()[*id].value;
                builder.operand(&site, name, reference, &targets);
            }
        }
        builder.data();
        let variables = builder.variables(&code);
        Self { cells: builder.cells, variables, has_range_check }
    }

    /// The machine, before the instruction at `offset`.
    pub fn machine(&self, offset: usize) -> Machine {
        machine(&self.cells, offset, self.has_range_check)
    }

    /// The scope's variables.
    pub fn variables(&self) -> Variables {
        self.variables.iter().map(|(name, thing)| (Symbol::new(name), thing.make())).collect()
    }
}
