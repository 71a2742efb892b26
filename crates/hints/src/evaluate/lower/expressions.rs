//! Expressions without calls and attributes.

use num_bigint::BigInt;
use rustpython_ruff_python_ast::{self as ast, Expr};

use super::super::node::{
    Comparison, Comprehension, Entry, Function, Item, Loop, Node, Operator, Series, Unary,
};
use super::statements::operator;
use super::{Host, Low, Lower, Lowered, reject};
use crate::Int;
use crate::object::Object;

impl Lower<'_> {
    /// Any expression.
    pub(super) fn expression(&mut self, expression: &Expr) -> Lowered<Low> {
        self.deeper(|lower| match expression {
            Expr::Name(name) => lower.name(name.id.as_str()),
            Expr::Attribute(attribute) => lower.attribute(attribute),
            Expr::Call(call) => lower.call(call),
            Expr::Subscript(subscript) => lower.subscript(subscript),
            Expr::Compare(compare) => lower.compare(compare).map(Low::Node),
            Expr::Generator(generator) => {
                let made = lower
                    .comprehension(&generator.generators, |lower| lower.value(&generator.elt))?;
                Ok(Low::Series(Series::Generator(Box::new(made))))
            }
            other => lower.plain(other).map(Low::Node),
        })
    }

    /// An expression that always has a value.
    fn plain(&mut self, expression: &Expr) -> Lowered<Node> {
        Ok(match expression {
            Expr::NumberLiteral(number) => Node::Constant(Object::Int(literal(&number.value)?)),
            Expr::StringLiteral(text) => Node::Constant(Object::Text(text.value.to_str().into())),
            Expr::BytesLiteral(bytes) => {
                let bytes: Vec<u8> = bytes.value.bytes().collect();
                Node::Constant(Object::Bytes(bytes.into()))
            }
            Expr::BooleanLiteral(bool) => Node::Constant(Object::Bool(bool.value)),
            Expr::NoneLiteral(_) => Node::Constant(Object::None),
            Expr::BoolOp(logic) => {
                let is_and = logic.op == ast::BoolOp::And;
                Node::Logic(is_and, self.values(&logic.values)?)
            }
            Expr::UnaryOp(unary) => self.unary(unary)?,
            Expr::BinOp(binary) => {
                let operator = operator(binary.op)?;
                let left = self.value(&binary.left)?;
                folded(operator, left, self.value(&binary.right)?)
            }
            Expr::If(condition) => Node::Condition(Box::new((
                self.value(&condition.test)?,
                self.value(&condition.body)?,
                self.value(&condition.orelse)?,
            ))),
            Expr::Tuple(tuple) => Node::Tuple(self.items(&tuple.elts)?),
            Expr::List(list) => Node::List(self.items(&list.elts)?),
            Expr::Dict(dict) => self.dict(dict)?,
            Expr::ListComp(list) => {
                let made = self.comprehension(&list.generators, |lower| lower.value(&list.elt))?;
                Node::ListOf(Box::new(made))
            }
            Expr::DictComp(dict) => {
                let mut key = None;
                let made = self.comprehension(&dict.generators, |lower| {
                    key = Some(lower.value(&dict.key)?);
                    lower.value(&dict.value)
                })?;
                Node::DictOf(Box::new((key.unwrap_or(Node::Ap), made)))
            }
            Expr::FString(_) => return reject("a formatted text"),
            Expr::Lambda(_) => return reject("lambda"),
            Expr::Set(_) | Expr::SetComp(_) => return reject("a set"),
            _ => return reject("another expression"),
        })
    }

    fn unary(&mut self, unary: &ast::ExprUnaryOp) -> Lowered<Node> {
        let operator = match unary.op {
            ast::UnaryOp::USub => Unary::Negative,
            ast::UnaryOp::UAdd => Unary::Positive,
            ast::UnaryOp::Invert => Unary::Invert,
            ast::UnaryOp::Not => Unary::Not,
        };
        let operand = self.value(&unary.operand)?;
        if let (Unary::Negative, Node::Constant(Object::Int(int))) = (operator, &operand) {
            return Ok(Node::Constant(Object::Int(crate::math::number::neg(int))));
        }
        Ok(Node::Unary(operator, Box::new(operand)))
    }

    fn items(&mut self, elements: &[Expr]) -> Lowered<Vec<Item>> {
        elements
            .iter()
            .map(|element| match element {
                Expr::Starred(starred) => Ok(Item::Spread(self.listed(&starred.value)?)),
                one => Ok(Item::One(self.value(one)?)),
            })
            .collect()
    }

    /// An expression as a list or tuple.
    pub(super) fn listed(&mut self, expression: &Expr) -> Lowered<Node> {
        Ok(match self.series(expression)? {
            Series::Value(node) => node,
            series => Node::Collect(Box::new(series)),
        })
    }

    fn dict(&mut self, dict: &ast::ExprDict) -> Lowered<Node> {
        let mut entries = Vec::with_capacity(dict.items.len());
        for item in &dict.items {
            entries.push(match &item.key {
                Some(key) => {
                    let key = self.value(key)?;
                    Entry::Pair(key, self.value(&item.value)?)
                }
                None => Entry::Spread(self.value(&item.value)?),
            });
        }
        Ok(Node::Dict(entries))
    }

    /// The loops of a comprehension and its element.
    fn comprehension(
        &mut self,
        generators: &[ast::Comprehension],
        element: impl FnOnce(&mut Self) -> Lowered<Node>,
    ) -> Lowered<Comprehension> {
        let outside = self.inner.len();
        let before = self.nodes;
        let mut loops = Vec::with_capacity(generators.len());
        for generator in generators {
            if generator.is_async {
                return reject("async");
            }
            let over = self.series(&generator.iter)?;
            self.inner_names(&generator.target)?;
            let target = self.target(&generator.target)?;
            let conditions = self.values(&generator.ifs)?;
            loops.push(Loop { target, over, conditions, weight: 1 });
        }
        let element = element(self)?;
        self.inner.truncate(outside);
        let weight = self.nodes - before + 1;
        for one in &mut loops {
            one.weight = weight;
        }
        Ok(Comprehension { element, loops })
    }

    fn inner_names(&mut self, target: &Expr) -> Lowered<()> {
        match target {
            Expr::Name(name) => self.inner_variable(name.id.as_str()).map(drop),
            Expr::Tuple(tuple) => tuple.elts.iter().try_for_each(|one| self.inner_names(one)),
            _ => reject("the target of a comprehension"),
        }
    }

    /// What an expression gives when it is gone through.
    pub(super) fn series(&mut self, expression: &Expr) -> Lowered<Series> {
        match self.expression(expression)? {
            Low::Series(series) => Ok(series),
            Low::Node(node) => Ok(Series::Value(node)),
            Low::Unknown => Ok(Series::Value(Node::Ap)),
            _ => reject("going through something"),
        }
    }

    fn compare(&mut self, compare: &ast::ExprCompare) -> Lowered<Node> {
        if let (Expr::StringLiteral(name), [op], [right]) =
            (&*compare.left, &*compare.ops, &*compare.comparators)
            && matches!(op, ast::CmpOp::In | ast::CmpOp::NotIn)
            && self.is_globals(right)?
        {
            let name = name.value.to_str();
            if super::is_host(name) || super::is_special(name) {
                return reject("a name of the host in globals()");
            }
            let found = Node::HasVariable(self.variable(name)?);
            return Ok(match op {
                ast::CmpOp::In => found,
                _ => Node::Unary(Unary::Not, Box::new(found)),
            });
        }
        let left = self.value(&compare.left)?;
        let mut rest = Vec::with_capacity(compare.ops.len());
        for (op, right) in compare.ops.iter().zip(&compare.comparators) {
            let comparison = comparison(*op);
            let right = match comparison {
                Comparison::In | Comparison::NotIn => self.listed(right)?,
                _ => self.value(right)?,
            };
            rest.push((comparison, right));
        }
        Ok(Node::Compare(Box::new(left), rest))
    }

    /// Whether this is `globals()`.
    pub(super) fn is_globals(&mut self, expression: &Expr) -> Lowered<bool> {
        let Expr::Call(call) = expression else { return Ok(false) };
        if !matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "globals") {
            return Ok(false);
        }
        if !call.arguments.is_empty() {
            return reject("arguments of globals");
        }
        // Notes that the function is used.
        self.expression(&call.func)?;
        Ok(true)
    }

    fn subscript(&mut self, subscript: &ast::ExprSubscript) -> Lowered<Low> {
        let container = self.expression(&subscript.value)?;
        if let Expr::Slice(slice) = &*subscript.slice {
            let Low::Node(container) = container else {
                return reject("a slice of something");
            };
            let mut part = |part: &Option<Box<Expr>>| -> Lowered<Option<Box<Node>>> {
                part.as_ref().map(|part| self.value(part).map(Box::new)).transpose()
            };
            let parts = [part(&slice.lower)?, part(&slice.upper)?, part(&slice.step)?];
            return Ok(Low::Node(Node::Slice(Box::new(container), parts)));
        }
        let index = self.value(&subscript.slice)?;
        Ok(match container {
            Low::Host(Host::Memory) => Low::Node(match index {
                Node::Offset(base, by) => Node::Cell(base, by),
                other => Node::Cell(Box::new(other), 0),
            }),
            Low::Pointer(structure, base) => {
                let size = Node::Constant(Object::Int(Int::from(structure.size())));
                let distance = folded(Operator::Mul, index, size);
                Low::Pointer(structure, folded(Operator::Add, base, distance))
            }
            Low::Unknown => Low::Unknown,
            Low::Node(container) => Low::Node(Node::Subscript(Box::new((container, index)))),
            _ => return reject("an element of something"),
        })
    }
}

/// Combines two operands, at load if that is possible.
pub(super) fn folded(operator: Operator, left: Node, right: Node) -> Node {
    if let (Node::Constant(Object::Int(a)), Node::Constant(Object::Int(b))) = (&left, &right)
        && let Some(number) = super::super::run::operators::whole(operator, a, b)
        && number.bits() < 4096
    {
        return Node::Constant(Object::Int(number));
    }
    Node::Binary(operator, Box::new((left, right)))
}

const fn comparison(op: ast::CmpOp) -> Comparison {
    match op {
        ast::CmpOp::Eq => Comparison::Equal,
        ast::CmpOp::NotEq => Comparison::NotEqual,
        ast::CmpOp::Lt => Comparison::Less,
        ast::CmpOp::LtE => Comparison::LessEqual,
        ast::CmpOp::Gt => Comparison::Greater,
        ast::CmpOp::GtE => Comparison::GreaterEqual,
        ast::CmpOp::Is => Comparison::Is,
        ast::CmpOp::IsNot => Comparison::IsNot,
        ast::CmpOp::In => Comparison::In,
        ast::CmpOp::NotIn => Comparison::NotIn,
    }
}

fn literal(number: &ast::Number) -> Lowered<Int> {
    let ast::Number::Int(int) = number else {
        return reject("a fraction");
    };
    if let Some(small) = int.as_u64() {
        return Ok(Int::from(small));
    }
    let text = int.to_string();
    let (radix, digits) = match text.get(..2) {
        Some("0x" | "0X") => (16, &text[2..]),
        Some("0o" | "0O") => (8, &text[2..]),
        Some("0b" | "0B") => (2, &text[2..]),
        _ => (10, text.as_str()),
    };
    let digits = digits.replace('_', "");
    if digits.len() > 4000 {
        return reject("a long number");
    }
    BigInt::parse_bytes(digits.as_bytes(), radix)
        .map(Int::from)
        .ok_or_else(|| "a number".to_owned())
}

/// The function that a call of a method on a value means.
pub(super) fn method(name: &str) -> Option<Function> {
    Some(match name {
        "append" => Function::Append,
        "pop" => Function::PopItem,
        "index" => Function::Index,
        "sort" => Function::Sort,
        "reverse" => Function::Reverse,
        "extend" => Function::Extend,
        "get" => Function::GetItem,
        "setdefault" => Function::SetDefault,
        "copy" => Function::Copy,
        "to_bytes" => Function::ToBytes,
        "bit_length" => Function::BitLength,
        _ => return None,
    })
}
