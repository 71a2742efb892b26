//! [`Object`]: a Python object as native hints hold it in the variables of a scope.
//!
//! Lists, dictionaries and dict managers are shared like Python's: two variables may hold the same
//! one. What has no form of its own here, an object that a Python hint made, is carried along as it
//! is and means nothing to native code.

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use cairo_zero_core::{Felt, FoldState, Relocatable, Value};
use indexmap::IndexMap;

use crate::dict::{DictManager, DictTracker};
use crate::imports::Import;
use crate::int::Int;

/// A Python object.
#[derive(Clone)]
pub enum Object {
    /// `None`
    None,
    /// `True` or `False`.
    Bool(bool),
    /// A whole number.
    Int(Int),
    /// A `RelocatableValue`.
    Address(Relocatable),
    /// A `str`.
    Text(Rc<str>),
    /// A `bytes`.
    Bytes(Rc<[u8]>),
    /// A `bytearray`.
    ByteArray(Rc<RefCell<Vec<u8>>>),
    /// A `list`.
    List(Rc<RefCell<Vec<Object>>>),
    /// A `tuple`.
    Tuple(Rc<[Object]>),
    /// A `dict` or `defaultdict`.
    Dict(Rc<RefCell<Dict>>),
    /// A `DictManager`.
    Manager(Rc<RefCell<DictManager>>),
    /// A `DictTracker`.
    Tracker(Rc<DictTracker>),
    /// A module, class, function or other name that a hint imported.
    Import(Import),
    /// An object of the interpreter without a form of its own here.
    Foreign(Rc<dyn Any>),
}

/// A Python dictionary: it keeps the order in which keys were put in.
#[derive(Clone, Default)]
pub struct Dict {
    /// The items.
    pub items: IndexMap<Key, Object, FoldState>,
    /// What a key that is missing is given when it is read, for a `defaultdict`.
    pub default: Option<DefaultValue>,
}

/// What a `defaultdict` makes.
#[derive(Clone)]
pub enum DefaultValue {
    /// The same object each time: `defaultdict(lambda: object)`.
    Same(Object),
    /// A new list each time: `defaultdict(list)`.
    NewList,
}

/// An object that can be the key of a dictionary.
#[derive(Clone, Debug, Eq)]
pub enum Key {
    /// A whole number.
    Int(Int),
    /// A `RelocatableValue`.
    Address(Relocatable),
    /// A `str`.
    Text(Rc<str>),
    /// A `tuple`.
    Tuple(Rc<[Key]>),
}

impl Dict {
    /// Reads an item the way `dict[key]` does: a `defaultdict` gets the key if it is missing.
    pub fn get(&mut self, key: &Key) -> Option<Object> {
        if let Some(item) = self.items.get(key) {
            return Some(item.clone());
        }
        let item = self.made()?;
        self.items.insert(key.clone(), item.clone());
        Some(item)
    }

    /// The place of a key, found soonest where it is `near` or the one behind that.
    #[inline]
    pub(crate) fn place(&self, key: &Key, near: usize) -> Option<usize> {
        let is_at = |at: &usize| self.items.get_index(*at).is_some_and(|(known, _)| known == key);
        let found = [near, near.wrapping_add(1)].into_iter().find(is_at);
        found.or_else(|| self.items.get_index_of(key))
    }

    /// What `look` makes of the item that `dict[key]` is, for a key with this place or none: a key
    /// that is missing from a `defaultdict` is looked at, but not put in. `None` where there is no
    /// such item.
    #[inline]
    pub(crate) fn look<T>(&self, at: Option<usize>, look: impl FnOnce(&Object) -> T) -> Option<T> {
        match at.and_then(|at| self.items.get_index(at)) {
            Some((_, item)) => Some(look(item)),
            None => Some(look(&self.made()?)),
        }
    }

    /// Sets an item that was last seen at place `at`, if it was there at all. The place.
    #[inline]
    pub(crate) fn put(&mut self, at: Option<usize>, key: Key, object: Object) -> usize {
        if let Some(at) = at
            && let Some((known, item)) = self.items.get_index_mut(at)
            && *known == key
        {
            *item = object;
            return at;
        }
        self.items.insert_full(key, object).0
    }

    /// What a key that is missing gets, if this is a `defaultdict`.
    fn made(&self) -> Option<Object> {
        Some(match self.default.as_ref()? {
            DefaultValue::Same(object) => object.clone(),
            DefaultValue::NewList => Object::List(Rc::default()),
        })
    }
}

impl Key {
    /// The object as a key, if native code can use it as one.
    #[must_use]
    pub fn of(object: &Object) -> Option<Self> {
        Some(match object {
            Object::Int(int) => Self::Int(int.clone()),
            Object::Address(address) => Self::Address(*address),
            Object::Text(text) => Self::Text(Rc::clone(text)),
            Object::Tuple(items) => Self::Tuple(items.iter().map(Self::of).collect::<Option<_>>()?),
            _ => return None,
        })
    }

    /// The key as an object.
    #[must_use]
    pub fn to_object(&self) -> Object {
        match self {
            Self::Int(int) => Object::Int(int.clone()),
            Self::Address(address) => Object::Address(*address),
            Self::Text(text) => Object::Text(Rc::clone(text)),
            Self::Tuple(items) => Object::Tuple(items.iter().map(Self::to_object).collect()),
        }
    }
}

impl PartialEq for Key {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Address(a), Self::Address(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Tuple(a), Self::Tuple(b)) => a == b,
            _ => false,
        }
    }
}

impl Hash for Key {
    /// Of what kind a key is need not be told apart here: most keys of a dictionary are of one.
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Int(int) => int.hash(state),
            Self::Address(address) => address.hash(state),
            Self::Text(text) => text.hash(state),
            Self::Tuple(items) => items.hash(state),
        }
    }
}

impl From<Value> for Key {
    #[inline]
    fn from(value: Value) -> Self {
        match value {
            Value::Felt(felt) => Self::Int(Int::from(felt)),
            Value::Relocatable(address) => Self::Address(address),
        }
    }
}

impl Object {
    /// A new list of these items.
    #[must_use]
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Rc::new(RefCell::new(items)))
    }

    /// The whole number that this is; `True` and `False` are 1 and 0.
    #[must_use]
    pub fn to_int(&self) -> Option<Int> {
        match self {
            Self::Int(int) => Some(int.clone()),
            Self::Bool(bool) => Some(Int::from(i64::from(*bool))),
            _ => None,
        }
    }

    /// As [`Object::to_int`], as a machine integer if it fits.
    #[inline]
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        match self {
            Self::Int(int) => int.to_i64(),
            Self::Bool(bool) => Some((*bool).into()),
            _ => None,
        }
    }

    /// The value that memory gets when this is stored: a number modulo the prime, or an address;
    /// `None` for what memory refuses.
    #[inline]
    #[must_use]
    pub fn to_value(&self) -> Option<Value> {
        match self {
            Self::Address(address) => Some(Value::Relocatable(*address)),
            Self::Int(int) => Some(Value::Felt(int.to_felt())),
            other => other.to_i64().map(|int| Value::Felt(Felt::from_i64(int))),
        }
    }
}

impl From<Value> for Object {
    #[inline]
    fn from(value: Value) -> Self {
        match value {
            Value::Felt(felt) => Self::Int(Int::from(felt)),
            Value::Relocatable(address) => Self::Address(address),
        }
    }
}

impl From<Int> for Object {
    fn from(int: Int) -> Self {
        Self::Int(int)
    }
}

impl From<i64> for Object {
    fn from(int: i64) -> Self {
        Self::Int(Int::from(int))
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Bool(bool) => f.write_str(if *bool { "True" } else { "False" }),
            Self::Int(int) => fmt::Display::fmt(int, f),
            Self::Address(address) => fmt::Display::fmt(address, f),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Bytes(bytes) => write!(f, "{bytes:?}"),
            Self::ByteArray(bytes) => write!(f, "{:?}", bytes.borrow()),
            Self::List(items) => f.debug_list().entries(items.borrow().iter()).finish(),
            Self::Tuple(items) => {
                let mut tuple = f.debug_tuple("");
                for item in items.iter() {
                    tuple.field(item);
                }
                tuple.finish()
            }
            Self::Dict(dict) => f.debug_map().entries(dict.borrow().items.iter()).finish(),
            Self::Manager(_) => f.write_str("DictManager"),
            Self::Tracker(_) => f.write_str("DictTracker"),
            Self::Import(import) => write!(f, "{import:?}"),
            Self::Foreign(_) => f.write_str("an object of the interpreter"),
        }
    }
}
