//! Loops over cells, scopes, and the other hints of one line.

use cairo_zero_core::Value;

use super::{Expression, Hint, bit, expression, hint, short_int};
use crate::ids::Site;
use crate::memory::add_segment;
use crate::object::Object;
use crate::table::{Row, Stored};
use crate::{Native, Scope, Stop, Symbol, Variables};

pub(super) static ROWS: &[Row] = &[
    Row::new(0x54119a4d7efd2859aeffcf72472a3fd0, "memcpy_continue", |site| {
        countdown(site, "continue_copying")
    }),
    Row::new(0x528592f9712cd0dfb94ce889e31e618c, "memset_continue", |site| {
        countdown(site, "continue_loop")
    }),
    Row::new(0xf4c4324c6496f933fdc9aa90fd123e3e, "memcpy_enter_scope", |site| {
        enter_with(site, "n", "len")
    }),
    Row::new(0x8a17b888f3d3b250c64fbd98da9213d9, "memset_enter_scope", |site| {
        enter_with(site, "n", "n")
    }),
    Row::new(0xaa184338ebcda1c9e8984a6471bad15b, "select_builtins_enter_scope", |site| {
        enter_with(site, "n_selected_builtins", "n_selected_builtins")
    }),
    Row::new(0x9c56f4b01ee5c8a3c91dc6af056d7ee7, "vm_enter_scope", |_| Some(Box::new(enter_scope))),
    Row::new(0x0badce6177a373599dbcbfca365468a7, "vm_exit_scope", |_| Some(Box::new(exit_scope))),
    Row::new(0x329a2a6fe1b7a25f040ef3e9dc068669, "dict_manager_enter_scope", keep_manager),
];

pub(super) static STORED: &[Stored] =
    &[Stored::new(0x760732152c9b0bc283505e49104626bb, "add_segment", segments_add)];

fn enter_scope(native: &mut Native<'_>) -> Result<(), Stop> {
    native.scopes.enter(Scope::default());
    Ok(())
}

fn exit_scope(native: &mut Native<'_>) -> Result<(), Stop> {
    native.scopes.leave().map_err(Stop::from)
}

fn segments_add(_: &Site<'_>) -> Option<Expression> {
    expression(|native| add_segment(native.machine).ok())
}

/// `n -= 1`, and whether any are left.
fn countdown(site: &Site<'_>, name: &str) -> Option<Hint> {
    let (n, more) = (Symbol::new("n"), site.assigned(name)?);
    hint(move |native| {
        let left = short_int(native, n)?.checked_sub(1)?;
        more.store(native.machine, bit(left > 0))?;
        native.set_int(n, left);
        Some(())
    })
}

/// A scope with one variable, set to an operand.
fn enter_with(site: &Site<'_>, variable: &str, operand: &str) -> Option<Hint> {
    let (name, value) = (Symbol::new(variable), site.value(operand)?);
    hint(move |native| {
        let value: Value = value.load(native.machine)?;
        let variables: Variables = [(name, Object::from(value))].into_iter().collect();
        native.scopes.enter(Scope::Native(variables));
        Some(())
    })
}

/// A scope with nothing but the dictionaries.
fn keep_manager(_: &Site<'_>) -> Option<Hint> {
    let name = Symbol::new("__dict_manager");
    hint(move |native| {
        let manager = native.variable(name)?;
        native.scopes.enter(Scope::Native([(name, manager)].into_iter().collect()));
        Some(())
    })
}
