//! From a parsed text to [`Code`]: names become numbers, `ids` names what they stand for, and calls
//! the functions they mean. What is not known is an error that says what.

mod access;
mod calls;
mod expressions;
mod statements;

use std::rc::Rc;

use rustpython_ruff_python_ast::{Expr, Stmt};

use super::node::{Code, Name, Node, Series, Slot};
use crate::{NameScope, Names, Struct, Symbol};

/// What stands against running a text natively.
pub(super) type Lowered<T> = Result<T, String>;

/// How deep expressions and statements may go.
const MAX_DEPTH: u32 = 60;

/// What an expression is at load.
pub(super) enum Low {
    /// Something with a value.
    Node(Node),
    /// A struct in memory, by its address.
    Pointer(Rc<Struct>, Node),
    /// A struct's definition.
    Struct(Rc<Struct>),
    /// `ids`, or a namespace, function or label under it.
    Scope(Rc<NameScope>),
    /// Something reached through `ids` when it is not known what that is.
    Unknown,
    /// What can be gone through but has no form as a value.
    Series(Series),
    /// A name of the host.
    Host(Host),
    /// One of Python's own functions and classes.
    Builtin(&'static str),
    /// An attribute that can only be called.
    Method(Box<Self>, String),
}

/// The names of the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Host {
    Ids,
    Memory,
    Segments,
    /// A function of the scope.
    Function(&'static str),
    /// A builtin of the machine.
    Builtin(cairo_zero_core::BuiltinName),
}

/// Python's own functions and classes that are known.
const BUILTINS: &[&str] = &[
    "abs",
    "all",
    "any",
    "bool",
    "bytearray",
    "bytes",
    "dict",
    "divmod",
    "enumerate",
    "globals",
    "int",
    "isinstance",
    "len",
    "list",
    "map",
    "max",
    "min",
    "next",
    "pow",
    "range",
    "reversed",
    "sorted",
    "sum",
    "tuple",
    "zip",
];

/// Python's own names that are not: hints that use them are not run natively.
const UNKNOWN_BUILTINS: &[&str] = &[
    "aiter",
    "anext",
    "ascii",
    "bin",
    "breakpoint",
    "callable",
    "chr",
    "classmethod",
    "compile",
    "complex",
    "copyright",
    "credits",
    "delattr",
    "dir",
    "eval",
    "exec",
    "exit",
    "filter",
    "float",
    "format",
    "frozenset",
    "getattr",
    "hasattr",
    "hash",
    "help",
    "hex",
    "id",
    "input",
    "issubclass",
    "iter",
    "license",
    "locals",
    "memoryview",
    "object",
    "oct",
    "open",
    "ord",
    "print",
    "property",
    "quit",
    "repr",
    "round",
    "set",
    "setattr",
    "slice",
    "staticmethod",
    "str",
    "super",
    "type",
    "vars",
    "Ellipsis",
    "NotImplemented",
];

/// The functions of the host's scope that are known.
const FUNCTIONS: &[&str] =
    &["safe_div", "to_felt_or_relocatable", "vm_enter_scope", "vm_exit_scope"];

/// The names of the host that are not known.
const UNKNOWN_HOST: &[&str] = &[
    "builtin_runners",
    "current_step",
    "fadd",
    "fdiv",
    "fis_quad_residue",
    "fmul",
    "fpow",
    "fsqrt",
    "fsub",
    "is_accessed",
    "pc",
    "program_input",
    "vm_add_auto_deduction_rule",
    "vm_add_validation_rule",
    "vm_ecdsa_additional_data",
    "vm_load_program",
];

/// The work of bringing one text into its code.
pub(super) struct Lower<'a> {
    place: Option<(&'a Names, u32)>,
    names: Vec<Name>,
    texts: Vec<String>,
    functions: Vec<Symbol>,
    /// Variables of the comprehensions around, the innermost last.
    inner: Vec<(String, Slot)>,
    /// The variables of the scope that the text sets.
    assigned: Vec<String>,
    depth: u32,
    loops: u32,
    /// Nodes made so far, the measure for what a turn of a loop costs.
    nodes: u64,
}

/// An error.
pub(super) fn reject<T>(what: impl Into<String>) -> Lowered<T> {
    Err(what.into())
}

impl<'a> Lower<'a> {
    pub(super) const fn new(place: Option<(&'a Names, u32)>) -> Self {
        Self {
            place,
            names: Vec::new(),
            texts: Vec::new(),
            functions: Vec::new(),
            inner: Vec::new(),
            assigned: Vec::new(),
            depth: 0,
            loops: 0,
            nodes: 0,
        }
    }

    /// The code of a whole text.
    pub(super) fn module(mut self, body: &[Stmt]) -> Lowered<Code> {
        for statement in body {
            self.collect_assigned(statement)?;
        }
        let lowered = self.hint(body)?;
        Ok(Code {
            names: self.names,
            body: lowered,
            functions: self.functions,
            scratch: std::cell::Cell::default(),
        })
    }

    /// One level deeper.
    fn deeper<T>(&mut self, work: impl FnOnce(&mut Self) -> Lowered<T>) -> Lowered<T> {
        self.depth += 1;
        self.nodes += 1;
        if self.depth > MAX_DEPTH {
            return reject("too deep");
        }
        let result = work(self);
        self.depth -= 1;
        result
    }

    /// The number of a variable of the scope.
    fn variable(&mut self, name: &str) -> Lowered<Slot> {
        self.named(name, false)
    }

    /// A number for a variable of a comprehension.
    fn inner_variable(&mut self, name: &str) -> Lowered<Slot> {
        if is_host(name) || is_python(name) || is_special(name) {
            return reject(format!("assignment to {name}"));
        }
        let slot = Slot::try_from(self.names.len()).map_err(|_| "too many names".to_owned())?;
        self.names.push(Name { symbol: Symbol::new(name), inner: true });
        self.texts.push(name.to_owned());
        self.inner.push((name.to_owned(), slot));
        Ok(slot)
    }

    fn named(&mut self, name: &str, inner: bool) -> Lowered<Slot> {
        let known = self
            .texts
            .iter()
            .zip(&self.names)
            .position(|(text, known)| text == name && known.inner == inner);
        if let Some(known) = known {
            return Slot::try_from(known).map_err(|error| error.to_string());
        }
        let slot = Slot::try_from(self.names.len()).map_err(|_| "too many names".to_owned())?;
        self.names.push(Name { symbol: Symbol::new(name), inner });
        self.texts.push(name.to_owned());
        Ok(slot)
    }

    /// What a name that is read stands for.
    fn name(&mut self, name: &str) -> Lowered<Low> {
        if let Some((_, slot)) = self.inner.iter().rev().find(|(known, _)| known == name) {
            return Ok(Low::Node(Node::Name(*slot)));
        }
        if is_special(name) || UNKNOWN_HOST.contains(&name) || UNKNOWN_BUILTINS.contains(&name) {
            return reject(format!("the name {name}"));
        }
        Ok(match name {
            "ids" => Low::Host(Host::Ids),
            "memory" => Low::Host(Host::Memory),
            "segments" => Low::Host(Host::Segments),
            "ap" => Low::Node(Node::Ap),
            "fp" => Low::Node(Node::Fp),
            "PRIME" => Low::Node(Node::Constant(crate::math::number::prime().into())),
            _ => {
                if let Some(known) = FUNCTIONS.iter().find(|known| **known == name) {
                    return Ok(Low::Host(Host::Function(known)));
                }
                if let Some(builtin) = machine_builtin(name) {
                    return Ok(Low::Host(Host::Builtin(builtin)));
                }
                if let Some(known) = BUILTINS.iter().find(|known| **known == name) {
                    let symbol = Symbol::new(name);
                    if !self.functions.contains(&symbol) {
                        self.functions.push(symbol);
                    }
                    return Ok(Low::Builtin(known));
                }
                if is_exception(name) {
                    return reject(format!("the name {name}"));
                }
                Low::Node(Node::Name(self.variable(name)?))
            }
        })
    }

    /// An expression that has a value.
    fn value(&mut self, expression: &Expr) -> Lowered<Node> {
        match self.expression(expression)? {
            Low::Node(node) => Ok(node),
            Low::Unknown => Ok(Node::Ap),
            Low::Pointer(..) => reject("a struct as a value"),
            Low::Series(_) => reject("an iterator as a value"),
            Low::Struct(_) | Low::Scope(_) => reject("a definition as a value"),
            Low::Host(_) | Low::Method(..) => reject("an object of the host as a value"),
            Low::Builtin(name) => reject(format!("{name} as a value")),
        }
    }

    fn values<'e>(&mut self, all: impl IntoIterator<Item = &'e Expr>) -> Lowered<Vec<Node>> {
        all.into_iter().map(|one| self.value(one)).collect()
    }
}

fn machine_builtin(name: &str) -> Option<cairo_zero_core::BuiltinName> {
    let short = name.strip_suffix("_builtin")?;
    cairo_zero_core::BuiltinName::ALL.iter().copied().find(|builtin| builtin.as_str() == short)
}

/// Whether the host puts the name into every scope, or may do so.
fn is_host(name: &str) -> bool {
    matches!(name, "ids" | "memory" | "segments" | "ap" | "fp" | "PRIME")
        || FUNCTIONS.contains(&name)
        || UNKNOWN_HOST.contains(&name)
        || machine_builtin(name).is_some()
}

/// Whether it is one of Python's own names.
fn is_python(name: &str) -> bool {
    BUILTINS.contains(&name) || UNKNOWN_BUILTINS.contains(&name) || is_exception(name)
}

/// Whether it looks like the name of one of Python's exceptions.
fn is_exception(name: &str) -> bool {
    ["Error", "Exception", "Warning", "Exit", "Interrupt", "Iteration", "Group"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// Whether Python gives the name a meaning of its own.
fn is_special(name: &str) -> bool {
    name.len() > 4 && name.starts_with("__") && name.ends_with("__")
}
