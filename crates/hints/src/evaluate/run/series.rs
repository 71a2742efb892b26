//! Going through things.

use std::rc::Rc;

use super::super::node::{Comprehension, Fold, Loop, Node, Series, Slot, Target, View};
use super::super::{Decline, Got};
use super::nodes::truth;
use super::{List, Run};
use crate::Int;
use crate::math::number;
use crate::object::{Dict, Object};

/// Something that is being gone through.
pub(super) enum Source {
    Range {
        at: i64,
        end: i64,
        step: i64,
    },
    /// The list may change meanwhile.
    List(List, usize),
    Tuple(Rc<[Object]>, usize),
    Bytes(Rc<[u8]>, usize),
    Items(std::vec::IntoIter<Object>),
    Dict {
        dict: Rc<std::cell::RefCell<Dict>>,
        view: View,
        at: usize,
        /// The dictionary must keep its size.
        length: usize,
    },
    Enumerate(Box<Self>, Int),
    Zip(Vec<Self>),
    Map(Slot, Box<Self>),
}

impl Run<'_, '_> {
    /// Begins to go through something.
    pub(super) fn open(&mut self, series: &Series) -> Got<Source> {
        Ok(match series {
            Series::Value(node) => {
                let object = self.eval(node)?;
                source_of(object)?
            }
            Series::Range(bounds) => self.range(bounds)?,
            Series::Enumerate(inner, start) => {
                let inner = Box::new(self.open(inner)?);
                let start = match start {
                    Some(start) => self.eval(start)?.to_int().ok_or(Decline)?,
                    None => Int::from(0_i64),
                };
                Source::Enumerate(inner, start)
            }
            Series::Zip(all) => {
                let all: Got<Vec<_>> = all.iter().map(|one| self.open(one)).collect();
                Source::Zip(all?)
            }
            Series::Reversed(node) => {
                let object = self.eval(node)?;
                let mut items = match object {
                    Object::List(_) | Object::Tuple(_) => self.all_of(&object)?,
                    _ => return Err(Decline),
                };
                items.reverse();
                Source::Items(items.into_iter())
            }
            Series::View(view, node) => {
                let Object::Dict(dict) = self.eval(node)? else { return Err(Decline) };
                let length = dict.borrow().items.len();
                Source::Dict { dict, view: *view, at: 0, length }
            }
            Series::Generator(comprehension) => {
                Source::Items(self.list_of(comprehension)?.into_iter())
            }
            Series::Map(function, inner) => Source::Map(*function, Box::new(self.open(inner)?)),
        })
    }

    fn range(&mut self, bounds: &[Node]) -> Got<Source> {
        let mut numbers = [0; 3];
        for (number, bound) in numbers.iter_mut().zip(bounds) {
            let bound = self.eval(bound)?.to_int().ok_or(Decline)?;
            *number = bound.to_i64().filter(|n| n.unsigned_abs() < 1 << 62).ok_or(Decline)?;
        }
        let (at, end, step) = match bounds.len() {
            1 => (0, numbers[0], 1),
            2 => (numbers[0], numbers[1], 1),
            _ => (numbers[0], numbers[1], numbers[2]),
        };
        if step == 0 { Err(Decline) } else { Ok(Source::Range { at, end, step }) }
    }

    /// The next item.
    pub(super) fn next(&mut self, source: &mut Source) -> Got<Option<Object>> {
        Ok(match source {
            Source::Range { at, end, step } => {
                let more = if *step > 0 { at < end } else { at > end };
                if !more {
                    return Ok(None);
                }
                let item = *at;
                *at = at.saturating_add(*step);
                Some(Object::from(item))
            }
            Source::List(list, at) => {
                let item = list.borrow().get(*at).cloned();
                *at += 1;
                item
            }
            Source::Tuple(items, at) => {
                let item = items.get(*at).cloned();
                *at += 1;
                item
            }
            Source::Bytes(bytes, at) => {
                let item = bytes.get(*at).map(|byte| Object::from(i64::from(*byte)));
                *at += 1;
                item
            }
            Source::Items(items) => items.next(),
            Source::Dict { dict, view, at, length } => {
                let dict = dict.borrow();
                if dict.items.len() != *length {
                    return Err(Decline);
                }
                let found = dict.items.get_index(*at);
                *at += 1;
                found.map(|(key, item)| match view {
                    View::Keys => key.to_object(),
                    View::Values => item.clone(),
                    View::Items => Object::Tuple([key.to_object(), item.clone()].into()),
                })
            }
            Source::Enumerate(inner, number) => {
                let Some(item) = self.next(inner)? else { return Ok(None) };
                let next = number::add(number, &Int::from(1_i64));
                let number = std::mem::replace(number, next);
                Some(Object::Tuple([Object::Int(number), item].into()))
            }
            Source::Zip(all) => {
                let mut items = Vec::with_capacity(all.len());
                for one in all {
                    match self.next(one)? {
                        Some(item) => items.push(item),
                        None => return Ok(None),
                    }
                }
                if items.is_empty() { None } else { Some(Object::Tuple(items.into())) }
            }
            Source::Map(function, inner) => match self.next(inner)? {
                Some(item) => Some(self.imported_one(*function, item)?),
                None => None,
            },
        })
    }

    /// Sets a target to the next item; `false` when there is none.
    pub(super) fn advance(&mut self, source: &mut Source, target: &Target) -> Got<bool> {
        // The pairs of `enumerate` need not be made where they are taken apart at once.
        if let (Source::Enumerate(inner, number), Target::Tuple(parts)) = (&mut *source, target)
            && let [first, second] = parts.as_slice()
        {
            let Some(item) = self.next(inner)? else { return Ok(false) };
            let next = number::add(number, &Int::from(1_i64));
            let number = std::mem::replace(number, next);
            self.set(first, Object::Int(number))?;
            self.set(second, item)?;
            return Ok(true);
        }
        let Some(item) = self.next(source)? else { return Ok(false) };
        self.set(target, item)?;
        Ok(true)
    }

    /// All that going through an object gives.
    pub(super) fn all_of(&mut self, object: &Object) -> Got<Vec<Object>> {
        let mut source = source_of(object.clone())?;
        self.rest_of(&mut source)
    }

    fn rest_of(&mut self, source: &mut Source) -> Got<Vec<Object>> {
        let mut items = Vec::new();
        while let Some(item) = self.next(source)? {
            self.charge(1)?;
            items.push(item);
        }
        Ok(items)
    }

    /// All of a series.
    pub(super) fn collect(&mut self, series: &Series) -> Got<Vec<Object>> {
        if let Series::Generator(comprehension) = series {
            return self.list_of(comprehension);
        }
        let mut source = self.open(series)?;
        self.rest_of(&mut source)
    }

    /// Runs `body` with the variables of a comprehension set to all they take, until it says `false`.
    pub(super) fn each(
        &mut self,
        comprehension: &Comprehension,
        body: &mut dyn FnMut(&mut Self) -> Got<bool>,
    ) -> Got<bool> {
        self.each_from(&comprehension.loops, body)
    }

    fn each_from(
        &mut self,
        loops: &[Loop],
        body: &mut dyn FnMut(&mut Self) -> Got<bool>,
    ) -> Got<bool> {
        let Some((outer, inner)) = loops.split_first() else {
            return body(self);
        };
        let mut source = self.open(&outer.over)?;
        'items: while self.advance(&mut source, &outer.target)? {
            self.charge(outer.weight)?;
            for condition in &outer.conditions {
                if !self.test(condition)? {
                    continue 'items;
                }
            }
            if !self.each_from(inner, body)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Runs `body` with each item of a series until it says `false`.
    fn each_item(
        &mut self,
        series: &Series,
        body: &mut dyn FnMut(&mut Self, Object) -> Got<bool>,
    ) -> Got<()> {
        if let Series::Generator(comprehension) = series {
            self.each(comprehension, &mut |run| {
                let item = run.eval(&comprehension.element)?;
                body(run, item)
            })?;
            return Ok(());
        }
        let mut source = self.open(series)?;
        while let Some(item) = self.next(&mut source)? {
            self.charge(1)?;
            if !body(self, item)? {
                break;
            }
        }
        Ok(())
    }

    /// A function of a series.
    pub(super) fn fold(&mut self, fold: Fold, series: &Series, more: Option<&Node>) -> Got<Object> {
        match fold {
            Fold::Sum => {
                let mut sum = match more {
                    Some(more) => self.eval(more)?,
                    None => Object::from(0_i64),
                };
                if matches!(sum, Object::Text(_) | Object::Bytes(_)) {
                    return Err(Decline);
                }
                self.each_item(series, &mut |run, item| {
                    sum = run.binary(super::super::node::Operator::Add, &sum, &item)?;
                    Ok(true)
                })?;
                Ok(sum)
            }
            Fold::Min | Fold::Max => {
                let items = self.collect(series)?;
                self.extreme(&items, fold == Fold::Max)
            }
            Fold::Any | Fold::All => {
                let mut result = fold == Fold::All;
                self.each_item(series, &mut |_, item| {
                    let is = truth(&item)?;
                    if is != (fold == Fold::All) {
                        result = is;
                        return Ok(false);
                    }
                    Ok(true)
                })?;
                Ok(Object::Bool(result))
            }
            Fold::Next => {
                let default = more.map(|more| self.eval(more)).transpose()?;
                let mut found = None;
                self.each_item(series, &mut |_, item| {
                    found = Some(item);
                    Ok(false)
                })?;
                found.or(default).ok_or(Decline)
            }
            Fold::Sorted => {
                let mut items = self.collect(series)?;
                let falling = more.map_or(Ok(false), |more| self.test(more))?;
                self.sort(&mut items, falling)?;
                Ok(Object::list(items))
            }
            Fold::Tuple => Ok(Object::Tuple(self.collect(series)?.into())),
            Fold::JoinBytes => {
                let separator = more.map(|more| self.eval(more)).transpose()?;
                let Some(Object::Bytes(separator)) = separator else { return Err(Decline) };
                let mut parts = Vec::new();
                for item in self.collect(series)? {
                    let Object::Bytes(part) = item else { return Err(Decline) };
                    self.charge(part.len() as u64 / 16)?;
                    parts.push(part);
                }
                Ok(Object::Bytes(parts.join(&*separator).into()))
            }
        }
    }

    /// The smallest or largest item, the first of equal ones.
    pub(super) fn extreme(&mut self, items: &[Object], largest: bool) -> Got<Object> {
        let (first, rest) = items.split_first().ok_or(Decline)?;
        let mut best = first;
        for item in rest {
            let order = self.order(item, best, 10)?;
            if if largest { order.is_gt() } else { order.is_lt() } {
                best = item;
            }
        }
        Ok(best.clone())
    }
}

fn source_of(object: Object) -> Got<Source> {
    Ok(match object {
        Object::List(list) => Source::List(list, 0),
        Object::Tuple(items) => Source::Tuple(items, 0),
        Object::Bytes(bytes) => Source::Bytes(bytes, 0),
        Object::Dict(dict) => {
            let length = dict.borrow().items.len();
            Source::Dict { dict, view: View::Keys, at: 0, length }
        }
        Object::Import(import) => {
            Source::Items(super::imported::list(import).ok_or(Decline)?.into_iter())
        }
        _ => return Err(Decline),
    })
}
