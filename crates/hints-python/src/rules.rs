//! `vm_add_validation_rule` and `vm_add_auto_deduction_rule`: Python functions that the machine asks
//! about cells.
//!
//! The rules are kept with the [`Host`]. A hint that writes memory has them called as part of its own
//! Python code; for instructions the machine asks through [`MachineRules`], which enters the
//! interpreter with the machine lent to Python as for a hint.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use cairo_zero_core::{Relocatable, Value};
use cairo_zero_executor::{Machine, RuleError, Rules};
use cairo_zero_hints::{FailureKind, Scopes};
use num_traits::ToPrimitive;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyFrozenSet, PyInt, PySet};
use rustpython_vm::function::{FuncArgs, PosArgs};
use rustpython_vm::types::PyComparisonOp;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::convert::{object_of, type_name};
use crate::exceptions::failure_of;
use crate::host::Host;
use crate::relocatable::{self, PyRelocatable};

/// A Python function and what it is called with behind the cell's address.
#[derive(Clone)]
struct Rule {
    function: PyObjectRef,
    args: Vec<PyObjectRef>,
}

/// The rules that hints have added, by segment.
#[derive(Default)]
pub(crate) struct RuleBook {
    validation: BTreeMap<i32, Vec<Rule>>,
    deduction: BTreeMap<i32, Vec<Rule>>,
    /// The cells that validation rules have said are fine. They are not asked about these again.
    validated: HashSet<(i64, u64)>,
}

/// Which kind of rule is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RuleKind {
    /// Called with what is written.
    Validation,
    /// Called for values.
    Deduction,
}

/// `vm_add_validation_rule` or `vm_add_auto_deduction_rule`.
pub(crate) fn adding_function(host: &Rc<Host>, kind: RuleKind, vm: &VirtualMachine) -> PyObjectRef {
    let host = Rc::clone(host);
    let name = match kind {
        RuleKind::Validation => "add_validation_rule",
        RuleKind::Deduction => "add_auto_deduction_rule",
    };
    let function = vm.new_function(name, move |args: FuncArgs, vm: &VirtualMachine| {
        let FuncArgs { args, mut kwargs } = args;
        let mut args = args.into_iter();
        let mut taken = |name: &str| {
            args.next()
                .or_else(|| kwargs.shift_remove(name))
                .ok_or_else(|| vm.new_type_error(format!("missing required argument: '{name}'")))
        };
        let (segment, function) = (taken("segment_index")?, taken("rule")?);
        add(&host, kind, &segment, Rule { function, args: args.collect() });
        Ok::<(), PyBaseExceptionRef>(())
    });
    function.into()
}

fn add(host: &Rc<Host>, kind: RuleKind, segment: &PyObject, rule: Rule) {
    // Anything else than a segment's number is kept there as well, and never looked up.
    let number = segment.downcast_ref::<PyInt>().and_then(|int| int.as_bigint().to_i32());
    let Some(number) = number else { return };
    host.rules(|book| {
        let rules = match kind {
            RuleKind::Validation => &mut book.validation,
            RuleKind::Deduction => &mut book.deduction,
        };
        rules.entry(number).or_default().push(rule);
    });
    let rules = Rc::new(MachineRules(Rc::clone(host)));
    host.machine(|machine| machine.set_rules(rules));
}

/// Has the rules check a cell that has just been written.
pub(crate) fn validate(host: &Host, address: Relocatable, vm: &VirtualMachine) -> PyResult<()> {
    let key = (i64::from(address.segment), address.offset.cast_unsigned());
    let rules = host.rules(|book| {
        let rules = book.validation.get(&address.segment).filter(|rules| !rules.is_empty());
        rules.filter(|_| !book.validated.contains(&key)).cloned()
    });
    for rule in rules.unwrap_or_default() {
        let result = rule.call(host.unchecked_memory(vm)?, address, vm)?;
        note_validated(host, &result, vm)?;
    }
    Ok(())
}

/// `validated |= result`.
fn note_validated(host: &Host, result: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    let is_set =
        result.downcast_ref::<PySet>().is_some() || result.downcast_ref::<PyFrozenSet>().is_some();
    if !is_set {
        let name = type_name(result);
        let message = format!("unsupported operand type(s) for |=: 'set' and '{name}'");
        return Err(vm.new_type_error(message));
    }
    let cells: Vec<PyObjectRef> = result.to_owned().try_to_value(vm)?;
    host.rules(|book| {
        for cell in cells {
            if let Some(address) = cell.downcast_ref::<PyRelocatable>()
                && let Some(offset) = address.offset.to_u64()
            {
                book.validated.insert((address.segment, offset));
            }
        }
    });
    Ok(())
}

/// The value that the first rule with an answer gives for a cell.
fn deduce(host: &Host, address: Relocatable, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    let rules = host.rules(|book| book.deduction.get(&address.segment).cloned());
    for rule in rules.unwrap_or_default() {
        let value = rule.call(host.machine_object(vm)?, address, vm)?;
        if !vm.is_none(&value) {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

/// Compares the set cells of segments with deduction rules with what each rule gives.
fn verify(host: &Host, vm: &VirtualMachine) -> PyResult<Option<String>> {
    let rules: Vec<(i32, Vec<Rule>)> = host.rules(|book| {
        book.deduction.iter().map(|(segment, rules)| (*segment, rules.clone())).collect()
    });
    for (number, rules) in rules {
        let offsets: Vec<u64> = host.machine(|machine| {
            let segment = machine.memory.segment(number);
            segment.map(|segment| segment.iter().map(|(at, _)| at).collect()).unwrap_or_default()
        });
        for offset in offsets {
            let address = Relocatable::new(number, offset.cast_signed());
            for rule in &rules {
                let value = rule.call(host.machine_object(vm)?, address, vm)?;
                if vm.is_none(&value) {
                    continue;
                }
                let Some(found) = host.machine(|machine| machine.memory.get(address)) else {
                    continue;
                };
                let current = object_of(found, vm);
                if !current.rich_compare_bool(&value, PyComparisonOp::Eq, vm)? {
                    let value = value.str(vm)?;
                    return Ok(Some(format!(
                        "Inconsistent auto deduction rule at address {address}. {found} != {value}."
                    )));
                }
            }
        }
    }
    Ok(None)
}

impl Rule {
    fn call(&self, first: PyObjectRef, address: Relocatable, vm: &VirtualMachine) -> PyResult {
        let mut args = vec![first, relocatable::new(address, vm).into()];
        args.extend(self.args.iter().cloned());
        self.function.call(PosArgs::new(args), vm)
    }
}

/// The rules as the machine asks them.
struct MachineRules(Rc<Host>);

impl MachineRules {
    /// Runs Python code with the machine lent to it.
    fn ask<T>(
        &self,
        machine: &mut Machine,
        work: impl FnOnce(&VirtualMachine) -> PyResult<T>,
    ) -> Result<T, RuleError> {
        let host = &self.0;
        let mut scopes = Scopes::new();
        let result = host.lend(machine, &mut scopes, u32::MAX, |vm| {
            let result = host.take_names(vm).and_then(|()| work(vm));
            result.map_err(|exception| rule_error(&exception, vm))
        });
        result.unwrap_or_else(|message| Err(RuleError { message, exit: None }))
    }
}

/// What an instruction says about the exception that a rule raised.
fn rule_error(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> RuleError {
    if exception.fast_isinstance(vm.ctx.exceptions.system_exit) {
        let failure = failure_of(exception, vm);
        let exit = match failure.kind {
            FailureKind::Exit(status) => Some(status),
            _ => None,
        };
        return RuleError { message: failure.traceback.to_string(), exit };
    }
    let message = match exception.as_object().str(vm) {
        Ok(text) => text.to_string_lossy().into_owned(),
        Err(_) => exception.class().name().to_string(),
    };
    RuleError { message, exit: None }
}

impl Rules for MachineRules {
    fn segments(&self) -> Vec<i32> {
        self.0.rules(|book| book.validation.keys().chain(book.deduction.keys()).copied().collect())
    }

    fn validates(&self, segment: i32) -> bool {
        self.0.rules(|book| book.validation.contains_key(&segment))
    }

    fn deduces(&self, segment: i32) -> bool {
        self.0.rules(|book| book.deduction.contains_key(&segment))
    }

    fn validate(&self, machine: &mut Machine, address: Relocatable) -> Result<(), RuleError> {
        self.ask(machine, |vm| validate(&self.0, address, vm))
    }

    fn deduce(
        &self,
        machine: &mut Machine,
        address: Relocatable,
    ) -> Result<Option<Value>, RuleError> {
        self.ask(machine, |vm| match deduce(&self.0, address, vm)? {
            Some(value) => self.0.reduced(&value, vm).map(Some),
            None => Ok(None),
        })
    }

    fn verify(&self, machine: &mut Machine) -> Result<(), RuleError> {
        match self.ask(machine, |vm| verify(&self.0, vm))? {
            Some(message) => Err(RuleError { message, exit: None }),
            None => Ok(()),
        }
    }
}
