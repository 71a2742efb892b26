//! What a Python text imports, read off it without running it.

use rustpython_vm::compiler::ast::visitor::{Visitor, walk_stmt};
use rustpython_vm::compiler::ast::{ExceptHandler, Stmt, StmtImportFrom};
use rustpython_vm::compiler::parser;

/// One imported module, and what is taken from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Import {
    /// The module's dotted name, as far as it is written out.
    pub(crate) module: String,
    /// How many packages up a relative import begins; 0 for one that is not relative.
    pub(crate) level: u32,
    /// The names of `from … import`; `*` is left out.
    pub(crate) names: Vec<String>,
}

/// Which imports are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where {
    /// All of them.
    Everywhere,
    /// Those that importing the text runs, not those inside functions.
    OutsideFunctions,
}

/// The imports of a text in their order, without those inside a `try` that may catch their failure.
/// Nothing when the text is no program.
pub(crate) fn imports(source: &str, place: Where) -> Vec<Import> {
    let Ok(parsed) = parser::parse_module(source) else {
        return Vec::new();
    };
    let mut collector = Collector { place, found: Vec::new() };
    collector.visit_body(parsed.suite());
    collector.found
}

struct Collector {
    place: Where,
    found: Vec<Import>,
}

impl Collector {
    fn from(&mut self, statement: &StmtImportFrom) {
        let module = statement.module.as_ref().map(|name| name.to_string()).unwrap_or_default();
        if module == "__future__" {
            return;
        }
        let names = statement.names.iter().map(|alias| alias.name.to_string());
        let names = names.filter(|name| name != "*").collect();
        self.found.push(Import { module, level: statement.level, names });
    }
}

impl<'a> Visitor<'a> for Collector {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Import(import) => {
                for alias in &import.names {
                    let module = alias.name.to_string();
                    self.found.push(Import { module, level: 0, names: Vec::new() });
                }
            }
            Stmt::ImportFrom(import) => self.from(import),
            Stmt::FunctionDef(_) if self.place == Where::OutsideFunctions => {}
            Stmt::Try(block) if !block.handlers.is_empty() => {
                for handler in &block.handlers {
                    let ExceptHandler::ExceptHandler(handler) = handler;
                    self.visit_body(&handler.body);
                }
                self.visit_body(&block.orelse);
                self.visit_body(&block.finalbody);
            }
            _ => walk_stmt(self, statement),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Where, imports};

    fn check(source: &str, place: Where, expected: &[(&str, u32, &[&str])]) {
        let found = imports(source, place);
        let found: Vec<_> = found
            .iter()
            .map(|import| {
                let names: Vec<&str> = import.names.iter().map(String::as_str).collect();
                (import.module.as_str(), import.level, names)
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(module, level, names)| (*module, *level, names.to_vec()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_form() {
        let source =
            "import a, b.c as d\nfrom e.f import g, h as i\nfrom . import j\nfrom ..k import *\n";
        let expected: &[(&str, u32, &[&str])] = &[
            ("a", 0, &[]),
            ("b.c", 0, &[]),
            ("e.f", 0, &["g", "h"]),
            ("", 1, &["j"]),
            ("k", 2, &[]),
        ];
        check(source, Where::Everywhere, expected);
    }

    #[test]
    fn nested_and_optional() {
        let source = "if x:\n  import a\ndef f():\n  import b\ntry:\n  import c\nexcept ImportError:\n  import d\n";
        check(source, Where::Everywhere, &[("a", 0, &[]), ("b", 0, &[]), ("d", 0, &[])]);
        check(source, Where::OutsideFunctions, &[("a", 0, &[]), ("d", 0, &[])]);
        check("no program (", Where::Everywhere, &[]);
    }
}
