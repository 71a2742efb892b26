//! Whether a hint can run, without running it: its text compiles, and what it imports is there.

use std::collections::HashSet;

use cairo_zero_hints::{Failure, Piece};
use rustpython_vm::{PyResult, VirtualMachine};

use crate::imports::{Import, Where, imports};
use crate::module_path::Found;
use crate::python::{Python, compile};

/// What keeps a hint from running.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Its text is no Python program; the interpreter's sentence about it.
    Syntax(String),
    /// A module, or a name in a module, that is not to be had.
    Import(String),
    /// The text is a single name that nothing has: the name of a hint for another machine.
    Name(String),
}

impl Python {
    /// What keeps the hint from running, as far as its text says. Modules of the user's own are read
    /// and not executed.
    ///
    /// # Errors
    /// When the interpreter itself does not start.
    pub fn problems(&mut self, number: u32, source: &str) -> Result<Vec<Problem>, Failure> {
        if let Err(failure) = compile(number, source) {
            return Ok(vec![Problem::Syntax(last_line(&failure))]);
        }
        let mut problems = Vec::new();
        let word = source.trim();
        if is_name(word) && !self.is_known_name(word)? {
            problems.push(Problem::Name(word.to_owned()));
        }
        let mut seen = HashSet::new();
        for import in imports(source, Where::Everywhere) {
            self.unresolved(&import, "", &mut seen, &mut problems)?;
        }
        Ok(problems)
    }

    fn is_known_name(&mut self, name: &str) -> Result<bool, Failure> {
        let running = self.started(&[])?.clone();
        let of_the_host = running.fixed.iter().any(|(known, _)| known.as_str() == name)
            || ["memory", "ap", "fp", "pc", "current_step", "ids", "program_input"].contains(&name);
        let builtin = running.interpreter.enter(|vm| vm.builtins.dict().contains_key(name, vm));
        Ok(of_the_host || builtin || name.ends_with("_builtin"))
    }

    /// Notes what of an import is not there; `package` is what relative imports are relative to.
    fn unresolved(
        &mut self,
        import: &Import,
        package: &str,
        seen: &mut HashSet<String>,
        problems: &mut Vec<Problem>,
    ) -> Result<(), Failure> {
        let Some(module) = absolute(import, package) else {
            problems.push(Problem::Import(format!(
                "{}{}",
                ".".repeat(import.level as usize),
                import.module
            )));
            return Ok(());
        };
        if self.is_ours(&module)? {
            for name in &import.names {
                let whole = format!("{module}.{name}");
                if !self.has_attribute(&module, name)? && !self.is_ours(&whole)? {
                    self.missing_unless_users(whole, seen, problems)?;
                }
            }
            return Ok(());
        }
        if !self.users_module(&module, seen, problems)? {
            problems.push(Problem::Import(module));
            return Ok(());
        }
        for name in &import.names {
            // A name of the user's module is a submodule or something that its code makes.
            let whole = format!("{module}.{name}");
            if !self.users_module(&whole, seen, problems)? && !self.may_have(&module, name) {
                problems.push(Problem::Import(whole));
            }
        }
        Ok(())
    }

    /// Whether the code of the user's module says the name at all.
    fn may_have(&self, module: &str, name: &str) -> bool {
        let Ok(Some(found)) = self.host.find_users_module(module) else {
            return true;
        };
        let ways = ["import *", "__getattr__", "globals()", "exec("];
        if ways.iter().any(|way| found.source.contains(way)) {
            return true;
        }
        compile(0, &found.source).map_or(true, |code| code.names.iter().any(|known| known == name))
    }

    fn missing_unless_users(
        &mut self,
        name: String,
        seen: &mut HashSet<String>,
        problems: &mut Vec<Problem>,
    ) -> Result<(), Failure> {
        if !self.users_module(&name, seen, problems)? {
            problems.push(Problem::Import(name));
        }
        Ok(())
    }

    /// Whether the user has the module; what it imports itself is looked for as well.
    fn users_module(
        &mut self,
        module: &str,
        seen: &mut HashSet<String>,
        problems: &mut Vec<Problem>,
    ) -> Result<bool, Failure> {
        let found: Found = match self.host.find_users_module(module) {
            Ok(None) => return Ok(false),
            Ok(Some(found)) => found,
            Err(sentence) => {
                problems.push(Problem::Import(format!("{module} ({sentence})")));
                return Ok(true);
            }
        };
        if !seen.insert(module.to_owned()) {
            return Ok(true);
        }
        if let Err(failure) = compile(0, &found.source) {
            let line = last_line(&failure);
            problems.push(Problem::Import(format!("{module} ({}: {line})", found.file)));
            return Ok(true);
        }
        let parent = module.rsplit_once('.').map_or("", |(parent, _)| parent);
        let package = if found.is_package { module } else { parent };
        for import in imports(&found.source, Where::OutsideFunctions) {
            self.unresolved(&import, package, seen, problems)?;
        }
        Ok(true)
    }

    /// Whether the interpreter itself brings the module.
    fn is_ours(&mut self, module: &str) -> Result<bool, Failure> {
        self.asking(|vm| import(module, vm).is_ok())
    }

    fn has_attribute(&mut self, module: &str, name: &str) -> Result<bool, Failure> {
        self.asking(|vm| {
            let found = import(module, vm).and_then(|()| {
                let modules = vm.sys_module.get_attr("modules", vm)?;
                modules.get_item(module, vm)?.get_attr(vm.ctx.intern_str(name), vm)
            });
            found.is_ok()
        })
    }

    /// Asks the interpreter something that must not run the user's modules.
    fn asking<T>(&mut self, work: impl FnOnce(&VirtualMachine) -> T) -> Result<T, Failure> {
        let running = self.started(&[])?.clone();
        self.host.hide_users_modules(true);
        let answer = running.interpreter.enter(work);
        self.host.hide_users_modules(false);
        Ok(answer)
    }
}

fn import(module: &str, vm: &VirtualMachine) -> PyResult<()> {
    vm.import(vm.ctx.intern_str(module), 0).map(drop)
}

/// The module's whole name; `None` for one above the outermost package.
fn absolute(import: &Import, package: &str) -> Option<String> {
    if import.level == 0 {
        return Some(import.module.clone());
    }
    if package.is_empty() {
        return None;
    }
    let mut base = package;
    for _ in 1..import.level {
        base = base.rsplit_once('.')?.0;
    }
    Some(match import.module.as_str() {
        "" => base.to_owned(),
        module => format!("{base}.{module}"),
    })
}

fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
        && !["pass", "None", "True", "False"].contains(&text)
}

/// The last line of what Python says, the exception itself.
fn last_line(failure: &Failure) -> String {
    let text = failure.traceback.pieces.iter().rev().find_map(|piece| match piece {
        Piece::Text(text) => text.trim_end().lines().last().map(str::to_owned),
        _ => None,
    });
    text.unwrap_or_default()
}
