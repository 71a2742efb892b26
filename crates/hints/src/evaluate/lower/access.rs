//! Attributes: `ids` above all.

use std::rc::Rc;

use rustpython_ruff_python_ast as ast;

use super::super::node::{Attribute, Node, Target};
use super::{Host, Low, Lower, Lowered, reject};
use crate::object::Object;
use crate::{Binding, Int, MemberKind, NameScope, Struct};

impl Lower<'_> {
    /// `x.name`, read.
    pub(super) fn attribute(&mut self, attribute: &ast::ExprAttribute) -> Lowered<Low> {
        let name = attribute.attr.as_str();
        match self.expression(&attribute.value)? {
            Low::Host(Host::Ids) => self.ids(name),
            Low::Unknown => Ok(Low::Unknown),
            Low::Scope(scope) => self.scoped(&scope, name),
            Low::Struct(structure) => definition(&structure, name),
            Low::Pointer(structure, base) => self.member(&structure, base, name),
            Low::Host(Host::Builtin(builtin)) if name == "bound" => {
                Ok(Low::Node(Node::Bound(builtin)))
            }
            Low::Node(node) => Ok(match value_attribute(name) {
                Some(found) => Low::Node(Node::Attribute(Box::new(node), found)),
                None => Low::Method(Box::new(Low::Node(node)), name.to_owned()),
            }),
            other => Ok(Low::Method(Box::new(other), name.to_owned())),
        }
    }

    fn ids(&mut self, name: &str) -> Lowered<Low> {
        let Some((names, hint)) = self.place else {
            return if name.starts_with('_') {
                reject("the inside of ids")
            } else {
                Ok(Low::Unknown)
            };
        };
        let Some(root) = names.root(hint).map(Rc::clone) else {
            return reject("no such hint");
        };
        self.scoped(&root, name)
    }

    fn scoped(&self, scope: &Rc<NameScope>, name: &str) -> Lowered<Low> {
        let Some((names, _)) = self.place else {
            return Ok(Low::Unknown);
        };
        if name == "instruction_offset_"
            && let Some(offset) = scope.instruction_offset()
        {
            return Ok(constant(offset));
        }
        if name.starts_with("__") || name == "_path" || name == "_context" {
            return reject("the inside of ids");
        }
        let binding = names.lookup(scope, name);
        Ok(match &*binding {
            Binding::Constant(value) => Low::Node(Node::Constant(Object::Int(Int::from(value)))),
            Binding::Scope(scope) => Low::Scope(Rc::clone(scope)),
            Binding::Struct(structure) => Low::Struct(Rc::clone(structure)),
            Binding::Failed(exception) => return reject(format!("ids.{name}: {exception}")),
            Binding::Reference(reference) => match reference.shape() {
                Some(None) => Low::Node(Node::Ids(binding)),
                Some(Some(structure)) => {
                    Low::Pointer(Rc::clone(structure), Node::Ids(Rc::clone(&binding)))
                }
                None => return reject(format!("ids.{name} can't be read")),
            },
        })
    }

    fn member(&self, structure: &Struct, base: Node, name: &str) -> Lowered<Low> {
        match name {
            "address_" | "_reference_value" => return Ok(Low::Node(base)),
            "type_" => return reject("type_"),
            _ if name.starts_with("__") => return reject("the inside of a struct"),
            _ => {}
        }
        let (offset, kind) = self.place_of(structure, name)?;
        let Some((names, _)) = self.place else {
            return Ok(Low::Unknown);
        };
        let structure =
            |full_name: &str| names.structure(full_name).map_err(|exception| exception.to_string());
        let (base, offset) = flat(base, offset);
        Ok(match kind {
            MemberKind::Value => Low::Node(Node::Cell(Box::new(base), offset)),
            MemberKind::Struct(full_name) => {
                Low::Pointer(structure(&full_name)?, Node::Offset(Box::new(base), offset))
            }
            MemberKind::Pointer(full_name) => {
                Low::Pointer(structure(&full_name)?, Node::Cell(Box::new(base), offset))
            }
            MemberKind::Unreadable => return reject("a member that can't be read"),
        })
    }

    fn place_of(&self, structure: &Struct, name: &str) -> Lowered<(i64, MemberKind)> {
        let member = structure.member(name).map_err(|exception| exception.to_string())?;
        let offset = i64::try_from(member.offset).map_err(|error| error.to_string())?;
        Ok((offset, member.kind.clone()))
    }

    /// `x.name`, assigned.
    pub(super) fn attribute_target(&mut self, attribute: &ast::ExprAttribute) -> Lowered<Target> {
        let name = attribute.attr.as_str();
        match self.expression(&attribute.value)? {
            Low::Host(Host::Ids) => match self.place {
                None => Ok(Target::Tuple(Vec::new())),
                Some((names, hint)) => {
                    let Some(root) = names.root(hint) else {
                        return reject("no such hint");
                    };
                    Ok(Target::Ids(names.lookup(root, name)))
                }
            },
            Low::Scope(scope) => match self.place {
                None => Ok(Target::Tuple(Vec::new())),
                Some((names, _)) => Ok(Target::Ids(names.lookup(&scope, name))),
            },
            Low::Unknown => Ok(Target::Tuple(Vec::new())),
            Low::Pointer(structure, base) => {
                let (offset, _) = self.place_of(&structure, name)?;
                let (base, offset) = flat(base, offset);
                Ok(Target::Cell(base, offset))
            }
            Low::Node(node) => match name {
                "current_ptr" => Ok(Target::CurrentPointer(node)),
                "data" => Ok(Target::Data(node)),
                _ => reject(format!("assignment to .{name}")),
            },
            _ => reject(format!("assignment to .{name}")),
        }
    }
}

/// An address with all that is added to it at load in one number.
fn flat(base: Node, offset: i64) -> (Node, i64) {
    match base {
        Node::Offset(inner, by) => match by.checked_add(offset) {
            Some(sum) => (*inner, sum),
            None => (Node::Offset(inner, by), offset),
        },
        other => (other, offset),
    }
}

fn constant(number: u64) -> Low {
    Low::Node(Node::Constant(Object::Int(Int::from(number))))
}

fn definition(structure: &Struct, name: &str) -> Lowered<Low> {
    if name == "SIZE" {
        return Ok(constant(structure.size()));
    }
    if name.starts_with("__") {
        return reject("the inside of a definition");
    }
    let member = structure.member(name).map_err(|exception| exception.to_string())?;
    Ok(constant(member.offset))
}

fn value_attribute(name: &str) -> Option<Attribute> {
    Some(match name {
        "segment_index" => Attribute::SegmentIndex,
        "offset" => Attribute::Offset,
        "current_ptr" => Attribute::CurrentPointer,
        "data" => Attribute::Data,
        "prime" => Attribute::Prime,
        "alpha" => Attribute::Alpha,
        "beta" => Attribute::Beta,
        "order" => Attribute::Order,
        _ => return None,
    })
}
