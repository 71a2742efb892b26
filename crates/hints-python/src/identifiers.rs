//! A program's names in Python: `ids._context.identifiers` and `program.identifiers`.
//!
//! The classes are in the library (`starkware.cairo.lang.compiler.identifier_manager`); they are
//! filled the first time that a hint asks for them, as most programs never do.

use std::cell::OnceCell;
use std::rc::Rc;

use cairo_zero_program::{BigConst, Identifier, MemberType, Program, Struct};
use malachite_bigint::BigInt;
use rustpython_vm::{PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

use crate::convert::object_of;
use crate::ids::Context;
use crate::memory::PyMemory;

const MANAGER: &str = "starkware.cairo.lang.compiler.identifier_manager";
const SCOPED_NAME: &str = "starkware.cairo.lang.compiler.scoped_name";

/// `ids._context`: what `ids` is made from.
#[pyclass(module = "starkware.cairo.lang.vm.vm_consts", name = "VmConstsContext")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyConstsContext {
    context: Rc<Context>,
}

impl PyConstsContext {
    pub(crate) const fn new(context: Rc<Context>) -> Self {
        Self { context }
    }
}

#[pyclass]
impl PyConstsContext {
    #[pygetset]
    fn identifiers(&self, vm: &VirtualMachine) -> PyResult {
        let names = &self.context.names;
        of_program(names.names.program(), &names.identifiers, vm)
    }

    #[pygetset]
    fn memory(&self, vm: &VirtualMachine) -> PyRef<PyMemory> {
        PyMemory::new(Rc::clone(&self.context.host), true).into_ref(&vm.ctx)
    }

    #[pygetset]
    fn pc(&self, vm: &VirtualMachine) -> PyObjectRef {
        object_of(self.context.pc.get(), vm)
    }
}

/// A function of a module of the library.
pub(crate) fn library(module: &'static str, name: &'static str, vm: &VirtualMachine) -> PyResult {
    vm.import(module, 0)?;
    // Importing a dotted name gives the outermost package.
    let modules = vm.sys_module.get_attr("modules", vm)?;
    modules.get_item(module, vm)?.get_attr(name, vm)
}

/// A dotted name as a `ScopedName`.
pub(crate) fn scoped_name(name: &str, vm: &VirtualMachine) -> PyResult {
    let class = library(SCOPED_NAME, "ScopedName", vm)?;
    class.get_attr("from_string", vm)?.call((vm.ctx.new_str(name),), vm)
}

/// The `IdentifierManager` of a program, made when it is first asked for.
pub(crate) fn of_program(
    program: &Program,
    made: &OnceCell<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult {
    if let Some(made) = made.get() {
        return Ok(made.clone());
    }
    let rows = program.identifiers().iter().map(|(name, found)| row(name, found, vm)).collect();
    let manager = library(MANAGER, "_of_program", vm)?.call((vm.ctx.new_list(rows),), vm)?;
    Ok(made.get_or_init(|| manager).clone())
}

/// A name, what kind of identifier it is, and what that kind has.
fn row(name: &str, found: &Identifier, vm: &VirtualMachine) -> PyObjectRef {
    let text = |text: &str| -> PyObjectRef { vm.ctx.new_str(text).into() };
    let mut row = vec![text(name), text(found.kind())];
    match found {
        Identifier::Alias { destination } => row.push(text(destination)),
        Identifier::Const { value } => row.push(vm.ctx.new_int(big(value)).into()),
        Identifier::Function { pc, decorators } => {
            row.push(vm.ctx.new_int(*pc).into());
            let decorators = decorators.iter().map(|decorator| text(decorator)).collect();
            row.push(vm.ctx.new_list(decorators).into());
        }
        Identifier::Label { pc } => row.push(vm.ctx.new_int(*pc).into()),
        Identifier::Member(MemberType { cairo_type, offset }) => {
            row.push(vm.ctx.new_int(*offset).into());
            row.push(text(cairo_type));
        }
        Identifier::Namespace | Identifier::Scope => {}
        Identifier::Reference { full_name, cairo_type } => {
            row.push(text(full_name));
            row.push(text(cairo_type));
        }
        Identifier::Struct(Struct { full_name, members, size }) => {
            let member = |member: &cairo_zero_program::Member| -> PyObjectRef {
                let offset = vm.ctx.new_int(member.offset).into();
                let parts = vec![text(&member.name), offset, text(&member.cairo_type)];
                vm.ctx.new_tuple(parts).into()
            };
            row.push(text(full_name));
            row.push(vm.ctx.new_list(members.iter().map(member).collect()).into());
            row.push(vm.ctx.new_int(*size).into());
        }
        Identifier::TypeDefinition { cairo_type } => row.push(text(cairo_type)),
    }
    vm.ctx.new_tuple(row).into()
}

/// A constant as Python's number.
pub(crate) fn big(value: &BigConst) -> BigInt {
    match value.to_i64() {
        Some(small) => BigInt::from(small),
        None => value.to_string().parse().unwrap_or_default(),
    }
}
