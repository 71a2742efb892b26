//! [`Squashing`]: where the squashing of a dictionary stands, while only its own native hints look.
//!
//! The hints of `squash_dict.cairo` share a dictionary of lists and three variables more that go
//! through them: far more than they need of it. As long as nobody else asks for the variables of the
//! scope, numbers in a few vectors stand for them; [`Scopes`](crate::Scopes) has them put into the
//! scope before anybody else gets hold of it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use cairo_zero_core::{Felt, FoldState, Relocatable, Value};

use crate::math::wide::compare;
use crate::object::{Dict, Key, Object};
use crate::{Int, Symbol};

/// The variables of the hints of `squash_dict.cairo`.
pub(crate) struct Names {
    dict_access_size: Symbol,
    address: Symbol,
    n_accesses: Symbol,
    access_indices: Symbol,
    i: Symbol,
    keys: Symbol,
    key: Symbol,
    current_access_indices: Symbol,
    current_access_index: Symbol,
    new_access_index: Symbol,
}

impl Names {
    pub(crate) fn new() -> Self {
        Self {
            dict_access_size: Symbol::new("dict_access_size"),
            address: Symbol::new("address"),
            n_accesses: Symbol::new("n_accesses"),
            access_indices: Symbol::new("access_indices"),
            i: Symbol::new("i"),
            keys: Symbol::new("keys"),
            key: Symbol::new("key"),
            current_access_indices: Symbol::new("current_access_indices"),
            current_access_index: Symbol::new("current_access_index"),
            new_access_index: Symbol::new("new_access_index"),
        }
    }
}

/// The accesses to the key at hand.
#[derive(Clone, Copy)]
struct Current {
    /// Where in `positions` the rest of `current_access_indices` is.
    next: u32,
    end: u32,
    /// `current_access_index`
    index: u32,
    /// `new_access_index`, if that is set.
    new: Option<u32>,
}

/// Where the squashing of a dictionary stands.
pub(crate) struct Squashing {
    names: Rc<Names>,
    size: i64,
    address: Relocatable,
    /// The keys in falling order, each with its number in the order of their first accesses.
    keys: Vec<(Felt, u32)>,
    /// How many of them `keys` of the scope has yet; the one behind is `key`.
    left: usize,
    /// The numbers of the accesses, key by key, in the order of the keys' own numbers.
    positions: Vec<u32>,
    /// Where in `positions` the accesses to each key begin, and behind the last one.
    starts: Vec<u32>,
    current: Option<Current>,
}

/// A felt as the key of a table, hashed by no more words than it has.
#[derive(PartialEq, Eq)]
struct Short(Felt);

impl Hash for Short {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [first, rest @ ..] = self.0.limbs();
        state.write_u64(first);
        if rest != [0; 3] {
            rest.hash(state);
        }
    }
}

/// The keys of accesses and who of them is accessed when, as they are gone through.
#[derive(Default)]
struct Gathered {
    /// In the order of their first accesses.
    keys: Vec<Felt>,
    numbers: HashMap<Short, u32, FoldState>,
    /// The number of each access's key.
    accesses: Vec<u32>,
    /// How many accesses there are to each key.
    counts: Vec<u32>,
}

impl Gathered {
    fn add(&mut self, key: Felt) -> Option<()> {
        let number = match self.near(key) {
            Some(number) => number,
            None => {
                let new = u32::try_from(self.keys.len()).ok()?;
                let number = *self.numbers.entry(Short(key)).or_insert(new);
                if number == new {
                    self.keys.push(key);
                    self.counts.push(0);
                }
                number
            }
        };
        // Not even the sum of all counts leaves this width.
        u32::try_from(self.accesses.len() + 1).ok()?;
        self.accesses.push(number);
        *self.counts.get_mut(number as usize)? += 1;
        Some(())
    }

    /// The key's number, if it is that of the access before or the next one: keys are accessed
    /// several times in a row, or in the order they came up.
    #[inline]
    fn near(&self, key: Felt) -> Option<u32> {
        let last = *self.accesses.last()?;
        (last..=last.checked_add(1)?).find(|number| self.keys.get(*number as usize) == Some(&key))
    }
}

impl Squashing {
    /// Begins with accesses at `address`, each of so many cells, whose keys are these; `None` where
    /// there are none or one is missing.
    pub(crate) fn of(
        names: &Rc<Names>,
        address: Relocatable,
        size: i64,
        felts: impl Iterator<Item = Option<Felt>>,
    ) -> Option<Self> {
        let mut gathered = Gathered::default();
        for felt in felts {
            gathered.add(felt?)?;
        }
        let mut sum = 0;
        let mut starts = Vec::with_capacity(gathered.counts.len() + 1);
        for count in &gathered.counts {
            starts.push(sum);
            sum += count;
        }
        let mut ends = starts.clone();
        starts.push(sum);
        let mut positions = vec![0; gathered.accesses.len()];
        for (at, number) in (0..).zip(gathered.accesses) {
            let end = ends.get_mut(number as usize)?;
            *positions.get_mut(*end as usize)? = at;
            *end += 1;
        }
        let mut keys: Vec<(Felt, u32)> = gathered.keys.into_iter().zip(0..).collect();
        keys.sort_by(|(a, _), (b, _)| compare(&b.limbs(), &a.limbs()));
        let left = keys.len().checked_sub(1)?;
        let names = Rc::clone(names);
        Some(Self { names, size, address, keys, left, positions, starts, current: None })
    }

    /// The largest key.
    pub(crate) fn largest(&self) -> Option<Felt> {
        self.keys.first().map(|(felt, _)| *felt)
    }

    /// `key`
    pub(crate) fn key(&self) -> Option<Felt> {
        self.keys.get(self.left).map(|(felt, _)| *felt)
    }

    /// Where in `positions` the accesses to `key` are.
    #[inline]
    fn of_key(&self) -> Option<(u32, u32)> {
        let (_, number) = *self.keys.get(self.left)?;
        let starts = self.starts.get(number as usize..number as usize + 2)?;
        Some((starts[0], starts[1]))
    }

    /// `len(access_indices[key])`
    #[inline]
    pub(crate) fn accesses(&self) -> Option<u64> {
        let (start, end) = self.of_key()?;
        Some((end - start).into())
    }

    /// `min(access_indices[key])`
    #[inline]
    pub(crate) fn first(&self) -> Option<u32> {
        let (start, _) = self.of_key()?;
        self.positions.get(start as usize).copied()
    }

    /// Goes to the first access to `key`.
    #[inline]
    pub(crate) fn begin(&mut self) -> Option<()> {
        let (start, end) = self.of_key()?;
        let index = *self.positions.get(start as usize)?;
        let new = self.current.and_then(|current| current.new);
        self.current = Some(Current { next: start + 1, end, index, new });
        Some(())
    }

    /// Whether `current_access_indices` has none.
    #[inline]
    pub(crate) fn is_done(&self) -> Option<bool> {
        self.current.map(|current| current.next == current.end)
    }

    /// `current_access_index`, and the one to come.
    #[inline]
    pub(crate) fn step(&self) -> Option<(u32, u32)> {
        let current = self.current.filter(|current| current.next < current.end)?;
        Some((current.index, *self.positions.get(current.next as usize)?))
    }

    /// Goes on to that one.
    #[inline]
    pub(crate) fn go_on(&mut self) -> Option<()> {
        let (_, new) = self.step()?;
        let current = self.current.as_mut()?;
        current.next += 1;
        current.index = new;
        current.new = Some(new);
        Some(())
    }

    /// Whether `keys` has none.
    #[inline]
    pub(crate) const fn is_last_key(&self) -> bool {
        self.left == 0
    }

    /// `keys[-1]`
    #[inline]
    pub(crate) fn next_key(&self) -> Option<Felt> {
        self.keys.get(self.left.checked_sub(1)?).map(|(felt, _)| *felt)
    }

    /// Goes on to that key.
    #[inline]
    pub(crate) fn take_key(&mut self) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        Some(())
    }

    /// Gives the variables that all this stands for to `set`, in the order the hints set them.
    pub(crate) fn write(&self, mut set: impl FnMut(Symbol, Object)) {
        let Some(key) = self.key() else { return };
        let names = &*self.names;
        let many = self.positions.len() as i64;
        set(names.dict_access_size, Object::from(self.size));
        set(names.address, Object::Address(self.address));
        set(names.n_accesses, Object::from(many));
        set(names.access_indices, Object::Dict(Rc::new(RefCell::new(self.access_indices()))));
        set(names.i, Object::from(many - 1));
        set(names.key, Object::Int(Int::from(key)));
        let left = self.keys.iter().take(self.left);
        set(
            names.keys,
            Object::list(left.map(|(felt, _)| Object::from(Value::Felt(*felt))).collect()),
        );
        let Some(current) = self.current else { return };
        let rest = self.positions.get(current.next as usize..current.end as usize);
        set(names.current_access_indices, Object::list(objects(rest, true)));
        set(names.current_access_index, Object::from(i64::from(current.index)));
        if let Some(new) = current.new {
            set(names.new_access_index, Object::from(i64::from(new)));
        }
    }

    fn access_indices(&self) -> Dict {
        let mut numbered: Vec<&(Felt, u32)> = self.keys.iter().collect();
        numbered.sort_unstable_by_key(|(_, number)| *number);
        let mut indices = Dict::default();
        indices.items.reserve(numbered.len());
        for ((felt, _), bounds) in numbered.into_iter().zip(self.starts.windows(2)) {
            let accesses = self.positions.get(bounds[0] as usize..bounds[1] as usize);
            let key = Key::from(Value::Felt(*felt));
            indices.items.insert(key, Object::list(objects(accesses, false)));
        }
        indices
    }
}

/// Numbers of accesses as a list has them, the last one first or not.
fn objects(numbers: Option<&[u32]>, reversed: bool) -> Vec<Object> {
    let numbers = numbers.unwrap_or_default().iter().map(|number| Object::from(i64::from(*number)));
    if reversed { numbers.rev().collect() } else { numbers.collect() }
}
