//! [`Operand`] and [`Slot`]: what native hints read and write, found once while the program is loaded.
//!
//! Nearly every operand is a cell at a fixed distance from `fp` or `ap`, or one behind a pointer in
//! such a cell; these take a load or two. Any other expression is evaluated as `ids` does it.

use std::rc::Rc;

use cairo_zero_core::{Felt, Relocatable, Value};
use cairo_zero_executor::Machine;

use super::binding::Shape;
use super::evaluate::{Base, Frame, Short};
use super::structure::{MemberKind, Struct};
use super::{Binding, Integer, Item, NameScope, Names};

/// The address of a cell that a hint reads or writes.
#[derive(Debug, Clone)]
pub struct Slot(Where);

#[derive(Debug, Clone)]
enum Where {
    /// `reg + offset`
    Register(Base, i64),
    /// `[reg + offset] + further`
    Behind(Base, i64, i64),
    /// What `ids.name = …` writes to.
    Assigned(Rc<Binding>),
    /// So many cells into the struct that `ids.name` is.
    Struct(Rc<Binding>, i64),
}

/// A number or address that a hint reads as `ids.name`.
#[derive(Debug, Clone)]
pub struct Operand(Source);

#[derive(Debug, Clone)]
enum Source {
    /// The value is in this cell.
    Cell(Slot),
    /// The value is this address.
    Address(Slot),
    /// The value has to be evaluated.
    Other(Rc<Binding>),
}

/// Where a hint stands in a program, to look its operands up.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    names: &'a Names,
    root: &'a NameScope,
}

impl Slot {
    const fn of(base: Base, offset: i64) -> Self {
        Self(Where::Register(base, offset))
    }

    /// The address, or `None` where there is none.
    #[inline]
    #[must_use]
    pub fn address(&self, machine: &Machine) -> Option<Relocatable> {
        match &self.0 {
            Where::Register(base, offset) => base.address(machine, *offset),
            Where::Behind(base, offset, further) => {
                let pointer = machine.memory.cell(base.address(machine, *offset)?).relocatable()?;
                if pointer.is_temporary() {
                    return machine.memory.moved(pointer).relocatable()?.checked_add(*further);
                }
                pointer.checked_add(*further)
            }
            Where::Assigned(binding) => Self::assigned(binding, machine),
            Where::Struct(binding, offset) => Self::in_struct(binding, *offset, machine),
        }
    }

    #[inline(never)]
    fn assigned(binding: &Binding, machine: &Machine) -> Option<Relocatable> {
        binding.address(Frame::from(machine.registers()), machine).ok()?.relocatable()
    }

    #[inline(never)]
    fn in_struct(binding: &Binding, offset: i64, machine: &Machine) -> Option<Relocatable> {
        match binding.read(Frame::from(machine.registers()), machine).ok()? {
            Item::Pointer(_, Value::Relocatable(at)) => at.checked_add(offset),
            _ => None,
        }
    }

    /// What the cell holds, if anything.
    #[inline]
    #[must_use]
    pub fn load(&self, machine: &Machine) -> Option<Value> {
        machine.memory.get(self.address(machine)?)
    }

    /// The number in the cell; `None` for an address and where nothing is.
    #[inline]
    #[must_use]
    pub fn felt(&self, machine: &Machine) -> Option<Felt> {
        machine.memory.cell(self.address(machine)?).felt()
    }

    /// Stores a value as `ids.name = …` does; `None` when memory or a builtin refuses it.
    #[inline]
    pub fn store(&self, machine: &mut Machine, value: impl Into<Value>) -> Option<()> {
        let address = self.address(machine)?;
        machine.store_at(address, value.into()).ok()
    }

    /// The place so many cells on.
    fn add(&self, cells: i64) -> Option<Self> {
        Some(Self(match &self.0 {
            Where::Register(base, offset) => Where::Register(*base, offset.checked_add(cells)?),
            Where::Behind(base, offset, further) => {
                Where::Behind(*base, *offset, further.checked_add(cells)?)
            }
            Where::Struct(binding, offset) => {
                Where::Struct(Rc::clone(binding), offset.checked_add(cells)?)
            }
            Where::Assigned(_) => return None,
        }))
    }
}

impl Operand {
    /// The value, or `None` where it has none.
    #[inline]
    #[must_use]
    pub fn load(&self, machine: &Machine) -> Option<Value> {
        match &self.0 {
            Source::Cell(place) => place.load(machine),
            Source::Address(place) => place.address(machine).map(Value::Relocatable),
            Source::Other(binding) => {
                match binding.read(Frame::from(machine.registers()), machine).ok()? {
                    Item::Value(value) | Item::Pointer(_, value) => Some(value),
                    _ => None,
                }
            }
        }
    }

    /// The value if it is a number.
    #[inline]
    #[must_use]
    pub fn felt(&self, machine: &Machine) -> Option<Felt> {
        match &self.0 {
            Source::Cell(place) => place.felt(machine),
            _ => self.load(machine)?.felt(),
        }
    }

    /// The value if it is an address.
    #[inline]
    #[must_use]
    pub fn pointer(&self, machine: &Machine) -> Option<Relocatable> {
        self.load(machine)?.relocatable()
    }
}

impl<'a> Site<'a> {
    /// The place of hint number `hint`; `None` beyond the last one.
    #[must_use]
    pub fn new(names: &'a Names, hint: u32) -> Option<Self> {
        Some(Self { names, root: names.root(hint)? })
    }

    fn binding(&self, name: &str) -> Rc<Binding> {
        self.names.lookup(self.root, name)
    }

    /// `ids.name`, a number or address.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<Operand> {
        let binding = self.binding(name);
        let Binding::Reference(reference) = &*binding else { return None };
        let (code, Shape::Value) = reference.parts()? else { return None };
        Some(Operand(match code.short() {
            Some(Short::Cell(base, offset)) => Source::Cell(Slot::of(base, offset)),
            Some(Short::CellBehind(base, offset, further)) => {
                Source::Cell(Slot(Where::Behind(base, offset, further)))
            }
            Some(Short::Address(base, offset)) => Source::Address(Slot::of(base, offset)),
            Some(Short::Sum(..)) | None => Source::Other(binding),
        }))
    }

    /// Where `ids.name = …` writes.
    #[must_use]
    pub fn assigned(&self, name: &str) -> Option<Slot> {
        let binding = self.binding(name);
        let Binding::Reference(reference) = &*binding else { return None };
        Some(Slot(match reference.assigned_code()?.short() {
            Some(Short::Address(base, offset)) => Where::Register(base, offset),
            Some(Short::Cell(base, offset)) => Where::Behind(base, offset, 0),
            Some(Short::Sum(base, offset, further)) => Where::Behind(base, offset, further),
            _ => Where::Assigned(binding),
        }))
    }

    /// `ids.name`, a struct in memory: where it begins, and its definition.
    #[must_use]
    pub fn structure(&self, name: &str) -> Option<(Slot, Rc<Struct>)> {
        let binding = self.binding(name);
        let Binding::Reference(reference) = &*binding else { return None };
        let (code, Shape::Pointer(definition)) = reference.parts()? else { return None };
        let place = match code.short() {
            Some(Short::Address(base, offset)) => Where::Register(base, offset),
            Some(Short::Cell(base, offset)) => Where::Behind(base, offset, 0),
            Some(Short::Sum(base, offset, further)) => Where::Behind(base, offset, further),
            _ => Where::Struct(Rc::clone(&binding), 0),
        };
        Some((Slot(place), Rc::clone(definition)))
    }

    /// `ids.name`, the address that it is or of the struct that it is.
    #[must_use]
    pub fn pointer(&self, name: &str) -> Option<Operand> {
        match self.structure(name) {
            Some((place, _)) => Some(Operand(Source::Address(place))),
            None => self.value(name),
        }
    }

    /// `ids.a.b.c`: the cell of a member that is a number or address, of a struct within structs.
    #[must_use]
    pub fn member(&self, path: &str) -> Option<Slot> {
        let mut names = path.split('.');
        let (mut place, mut definition) = self.structure(names.next()?)?;
        let mut names = names.peekable();
        while let Some(name) = names.next() {
            let member = definition.member(name).ok()?;
            place = place.add(i64::try_from(member.offset).ok()?)?;
            match (&member.kind, names.peek().is_some()) {
                (MemberKind::Value, false) => return Some(place),
                (MemberKind::Struct(inner), true) => {
                    let inner = self.names.structure(inner).ok()?;
                    definition = inner;
                }
                _ => return None,
            }
        }
        None
    }

    /// The constant `ids.name`, not reduced modulo the prime.
    #[must_use]
    pub fn constant(&self, name: &str) -> Option<Integer> {
        match &*self.binding(name) {
            Binding::Constant(value) => Some(value.clone()),
            _ => None,
        }
    }

    /// `ids.Name`, the definition of a struct.
    #[must_use]
    pub fn definition(&self, name: &str) -> Option<Rc<Struct>> {
        match &*self.binding(name) {
            Binding::Struct(found) => Some(Rc::clone(found)),
            _ => None,
        }
    }
}
