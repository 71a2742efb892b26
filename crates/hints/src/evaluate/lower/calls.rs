//! Calls: which function is meant, and with which arguments.

use rustpython_ruff_python_ast::{self as ast, Arguments, Expr};

use super::super::node::{Entry, Fold, Function, Given, Host as Service, Kind, Node, Series, View};
use super::expressions::method;
use super::{Host, Low, Lower, Lowered, reject};
use crate::Import;
use crate::object::Object;

/// The arguments of a call in the order of these parameters.
pub(super) fn bind<'e, const N: usize>(
    parameters: [&str; N],
    arguments: &'e Arguments,
) -> Lowered<[Option<&'e Expr>; N]> {
    let mut bound = [None; N];
    if arguments.args.len() > N || arguments.args.iter().any(Expr::is_starred_expr) {
        return reject("arguments");
    }
    for (place, given) in bound.iter_mut().zip(&arguments.args) {
        *place = Some(given);
    }
    for keyword in &arguments.keywords {
        let name = keyword.arg.as_ref().map(ast::Identifier::as_str);
        let at = parameters.iter().position(|parameter| Some(*parameter) == name);
        match at.map(|at| &mut bound[at]) {
            Some(place @ None) => *place = Some(&keyword.value),
            _ => return reject("keyword arguments"),
        }
    }
    Ok(bound)
}

/// The arguments of a call that takes exactly these.
fn exactly<'e, const N: usize>(
    parameters: [&str; N],
    arguments: &'e Arguments,
) -> Lowered<[&'e Expr; N]> {
    let bound = bind(parameters, arguments)?;
    if bound.iter().any(Option::is_none) {
        return reject("missing arguments");
    }
    Ok(bound.map(|one| one.unwrap_or_else(|| unreachable!("checked above"))))
}

/// The positional arguments of a call that has no others.
fn positional(arguments: &Arguments) -> Lowered<&[Expr]> {
    if !arguments.keywords.is_empty() || arguments.args.iter().any(Expr::is_starred_expr) {
        return reject("keyword arguments");
    }
    Ok(&arguments.args)
}

impl Lower<'_> {
    /// A call.
    pub(super) fn call(&mut self, call: &ast::ExprCall) -> Lowered<Low> {
        if let Expr::Attribute(attribute) = &*call.func
            && attribute.attr.as_str() == "get"
            && self.is_globals(&attribute.value)?
        {
            return self.get_variable(&call.arguments);
        }
        match self.expression(&call.func)? {
            Low::Builtin(name) => self.builtin(name, &call.arguments),
            Low::Host(Host::Function(name)) => self.host_function(name, &call.arguments),
            Low::Method(object, name) => self.method_call(*object, &name, &call.arguments),
            Low::Node(Node::Name(slot)) => {
                let name = self.texts.get(usize::from(slot)).cloned().unwrap_or_default();
                if !self.assigned.contains(&name) && !Import::is_name(&name) {
                    return reject(format!("a call of {name}"));
                }
                let given = self.given(&call.arguments)?;
                Ok(Low::Node(Node::Call(slot, given)))
            }
            Low::Unknown => match &*call.func {
                Expr::Attribute(attribute) => {
                    self.method_call(Low::Node(Node::Ap), attribute.attr.as_str(), &call.arguments)
                }
                _ => reject("a call of something in ids"),
            },
            _ => reject("a call of something"),
        }
    }

    fn get_variable(&mut self, arguments: &Arguments) -> Lowered<Low> {
        let [name, default] = bind(["key", "default"], arguments)?;
        let (Some(Expr::StringLiteral(name)), true) = (name, arguments.keywords.is_empty()) else {
            return reject("globals().get");
        };
        let name = name.value.to_str();
        if super::is_host(name) || super::is_special(name) {
            return reject("a name of the host in globals()");
        }
        let default = default.map(|one| self.value(one).map(Box::new)).transpose()?;
        Ok(Low::Node(Node::GetVariable(self.variable(name)?, default)))
    }

    /// The arguments of an imported function.
    fn given(&mut self, arguments: &Arguments) -> Lowered<Vec<(Option<Box<str>>, Given)>> {
        let mut given = Vec::new();
        for one in &arguments.args {
            given.push((None, self.argument(one)?));
        }
        for keyword in &arguments.keywords {
            let Some(name) = &keyword.arg else {
                return reject("keyword arguments");
            };
            given.push((Some(name.as_str().into()), self.argument(&keyword.value)?));
        }
        Ok(given)
    }

    fn argument(&mut self, expression: &Expr) -> Lowered<Given> {
        if let Expr::Lambda(lambda) = expression {
            return match (&lambda.parameters, &*lambda.body) {
                (None, body) if body.is_literal_expr() => Ok(Given::Constantly(self.value(body)?)),
                (None, Expr::UnaryOp(_)) => match self.value(&lambda.body)? {
                    node @ Node::Constant(_) => Ok(Given::Constantly(node)),
                    _ => reject("lambda"),
                },
                _ => reject("lambda"),
            };
        }
        if expression.is_starred_expr() {
            return reject("starred arguments");
        }
        Ok(match self.expression(expression)? {
            Low::Node(node) => Given::Value(node),
            Low::Unknown => Given::Value(Node::Ap),
            Low::Pointer(structure, base) => Given::Pointer(structure, base),
            Low::Series(series) => Given::Series(series),
            Low::Host(Host::Segments) => Given::Segments,
            Low::Builtin("list") => Given::ListClass,
            _ => return reject("an argument"),
        })
    }

    fn host_function(&mut self, name: &str, arguments: &Arguments) -> Lowered<Low> {
        Ok(Low::Node(match name {
            "vm_exit_scope" => {
                positional(arguments)?.is_empty().then_some(Node::ExitScope).ok_or("arguments")?
            }
            "vm_enter_scope" => {
                let [variables] = bind(["new_scope_locals"], arguments)?;
                let variables = variables.map(|one| self.value(one).map(Box::new)).transpose()?;
                Node::EnterScope(variables)
            }
            "safe_div" => {
                let [x, y] = exactly(["x", "y"], arguments)?;
                Node::Host(Service::SafeDiv, self.values([x, y])?)
            }
            _ => {
                let [value] = exactly(["value"], arguments)?;
                Node::Host(Service::ToFelt, self.values([value])?)
            }
        }))
    }

    fn method_call(&mut self, object: Low, name: &str, arguments: &Arguments) -> Lowered<Low> {
        match object {
            Low::Host(Host::Memory) => self.memory_method(name, arguments).map(Low::Node),
            Low::Host(Host::Segments) => self.segments_method(name, arguments).map(Low::Node),
            Low::Builtin("int") => self.int_method(name, arguments).map(Low::Node),
            Low::Node(node) => self.value_method(node, name, arguments),
            _ => reject(format!("the method {name}")),
        }
    }

    fn memory_method(&mut self, name: &str, arguments: &Arguments) -> Lowered<Node> {
        let service = match name {
            "get_range" => Service::GetRange,
            "get_range_as_ints" => Service::GetRangeAsInts,
            _ => return reject(format!("memory.{name}")),
        };
        let [address, size] = exactly(["addr", "size"], arguments)?;
        Ok(Node::Host(service, self.values([address, size])?))
    }

    fn segments_method(&mut self, name: &str, arguments: &Arguments) -> Lowered<Node> {
        Ok(match name {
            "add" if arguments.is_empty() => Node::Host(Service::AddSegment, Vec::new()),
            "add_temp_segment" if arguments.is_empty() => {
                Node::Host(Service::AddTemporary, Vec::new())
            }
            "gen_arg" => {
                let [arg] = exactly(["arg"], arguments)?;
                Node::Host(Service::GenArg, vec![self.listed(arg)?])
            }
            "write_arg" => {
                let [ptr, arg] = exactly(["ptr", "arg"], arguments)?;
                Node::Host(Service::WriteArg, vec![self.value(ptr)?, self.listed(arg)?])
            }
            "load_data" => {
                let [ptr, data] = exactly(["ptr", "data"], arguments)?;
                Node::Host(Service::LoadData, self.values([ptr, data])?)
            }
            _ => return reject(format!("segments.{name}")),
        })
    }

    /// Whether a byte order is little endian.
    fn order(order: Option<&Expr>) -> Lowered<Node> {
        match order {
            Some(Expr::StringLiteral(order)) => match order.value.to_str() {
                "little" => Ok(Node::Constant(Object::Bool(true))),
                "big" => Ok(Node::Constant(Object::Bool(false))),
                _ => reject("a byte order"),
            },
            _ => reject("a byte order"),
        }
    }

    fn int_method(&mut self, name: &str, arguments: &Arguments) -> Lowered<Node> {
        match name {
            "from_bytes" => {
                let [bytes, order] = exactly(["bytes", "byteorder"], arguments)?;
                let bytes = self.value(bytes)?;
                Ok(Node::Function(Function::FromBytes, vec![bytes, Self::order(Some(order))?]))
            }
            "to_bytes" => {
                let [number, length, order] = exactly(["", "length", "byteorder"], arguments)?;
                let (number, length) = (self.value(number)?, self.value(length)?);
                let order = Self::order(Some(order))?;
                Ok(Node::Function(Function::ToBytes, vec![number, length, order]))
            }
            _ => reject(format!("int.{name}")),
        }
    }

    fn value_method(&mut self, object: Node, name: &str, arguments: &Arguments) -> Lowered<Low> {
        let view = match name {
            "keys" => Some(View::Keys),
            "values" => Some(View::Values),
            "items" => Some(View::Items),
            _ => None,
        };
        if let Some(view) = view {
            if !arguments.is_empty() {
                return reject("arguments");
            }
            return Ok(Low::Series(Series::View(view, object)));
        }
        if let Some(node) = self.manager_method(&object, name, arguments)? {
            return Ok(Low::Node(node(object)));
        }
        if name == "join" {
            let Node::Constant(Object::Bytes(_)) = object else {
                return reject("join of a text");
            };
            let [series] = exactly(["iterable"], arguments)?;
            let series = Box::new(self.series(series)?);
            return Ok(Low::Node(Node::Fold(Fold::JoinBytes, series, Some(Box::new(object)))));
        }
        let Some(function) = method(name) else {
            return reject(format!("the method {name}"));
        };
        let mut values = vec![object];
        match function {
            Function::ToBytes => {
                let [length, order] = exactly(["length", "byteorder"], arguments)?;
                values.push(self.value(length)?);
                values.push(Self::order(Some(order))?);
            }
            Function::Sort => {
                let [reverse] = match arguments.args.as_ref() {
                    [] => bind(["reverse"], arguments)?,
                    _ => return reject("arguments of sort"),
                };
                if let Some(reverse) = reverse {
                    values.push(self.value(reverse)?);
                }
            }
            Function::Extend => {
                let [series] = exactly(["iterable"], arguments)?;
                values.push(self.listed(series)?);
            }
            _ => values.extend(self.values(positional(arguments)?)?),
        }
        let most = match function {
            Function::Append | Function::ToBytes | Function::Index => values.len() - 1,
            Function::Extend | Function::Sort => values.len().saturating_sub(1),
            Function::PopItem | Function::GetItem | Function::SetDefault => 2,
            _ => 0,
        };
        if values.len() - 1 > most || (function == Function::Append && values.len() != 2) {
            return reject("arguments");
        }
        Ok(Low::Node(Node::Function(function, values)))
    }

    /// A method of a `DictManager`.
    #[allow(clippy::type_complexity, reason = "a node still without its object")]
    fn manager_method(
        &mut self,
        _object: &Node,
        name: &str,
        arguments: &Arguments,
    ) -> Lowered<Option<Box<dyn FnOnce(Node) -> Node>>> {
        let (service, argument) = match name {
            "new_dict" | "new_default_dict" => {
                let second = if name == "new_dict" { "initial_dict" } else { "default_value" };
                let [segments, value] = exactly(["segments", second], arguments)?;
                let Low::Host(Host::Segments) = self.expression(segments)? else {
                    return reject("other segments");
                };
                let service =
                    if name == "new_dict" { Service::NewDict } else { Service::NewDefaultDict };
                (service, self.value(value)?)
            }
            "get_tracker" | "get_dict" => {
                let [pointer] = exactly(["dict_ptr"], arguments)?;
                let pointer = match self.expression(pointer)? {
                    Low::Pointer(_, base) | Low::Node(base) => base,
                    Low::Unknown => Node::Ap,
                    _ => return reject("a pointer"),
                };
                let service =
                    if name == "get_dict" { Service::GetDict } else { Service::GetTracker };
                (service, pointer)
            }
            _ => return Ok(None),
        };
        Ok(Some(Box::new(move |object| Node::Host(service, vec![object, argument]))))
    }

    fn builtin(&mut self, name: &str, arguments: &Arguments) -> Lowered<Low> {
        match name {
            "dict" => self.dict_call(arguments).map(Low::Node),
            "sorted" => self.sorted(arguments).map(Low::Node),
            "isinstance" => self.is_instance(arguments).map(Low::Node),
            "enumerate" => {
                let [series, start] = bind(["iterable", "start"], arguments)?;
                let Some(series) = series else { return reject("arguments of enumerate") };
                let series = Box::new(self.series(series)?);
                let start = start.map(|one| self.value(one)).transpose()?;
                Ok(Low::Series(Series::Enumerate(series, start)))
            }
            _ => self.positional_builtin(name, positional(arguments)?),
        }
    }

    fn positional_builtin(&mut self, name: &str, given: &[Expr]) -> Lowered<Low> {
        let function = match (name, given) {
            ("int", [_]) => Function::Int,
            ("bool", [_]) => Function::Bool,
            ("abs", [_]) => Function::Abs,
            ("divmod", [_, _]) => Function::DivMod,
            ("pow", [_, _] | [_, _, _]) => Function::Pow,
            ("min", [_, _, ..]) => Function::Min,
            ("max", [_, _, ..]) => Function::Max,
            ("len", [one]) => {
                return Ok(Low::Node(Node::Function(Function::Len, vec![self.listed(one)?])));
            }
            _ => return self.series_builtin(name, given),
        };
        Ok(Low::Node(Node::Function(function, self.values(given)?)))
    }

    fn series_builtin(&mut self, name: &str, given: &[Expr]) -> Lowered<Low> {
        match (name, given) {
            ("range", [_] | [_, _] | [_, _, _]) => {
                return Ok(Low::Series(Series::Range(self.values(given)?)));
            }
            ("zip", _) => {
                let all: Lowered<Vec<_>> = given.iter().map(|one| self.series(one)).collect();
                return Ok(Low::Series(Series::Zip(all?)));
            }
            ("reversed", [one]) => return Ok(Low::Series(Series::Reversed(self.value(one)?))),
            ("map", [Expr::Name(function), over]) => {
                let Low::Node(Node::Name(slot)) = self.name(function.id.as_str())? else {
                    return reject("map");
                };
                return Ok(Low::Series(Series::Map(slot, Box::new(self.series(over)?))));
            }
            ("bytearray", []) => {
                return Ok(Low::Node(Node::Function(Function::ByteArray, Vec::new())));
            }
            ("list", []) => return Ok(Low::Node(Node::List(Vec::new()))),
            ("tuple", []) => return Ok(Low::Node(Node::Tuple(Vec::new()))),
            ("list", [one]) => {
                let series = self.series(one)?;
                return Ok(Low::Node(Node::Collect(Box::new(series))));
            }
            _ => {}
        }
        let fold = match (name, given) {
            ("sum", [_] | [_, _]) => Fold::Sum,
            ("min", [_]) => Fold::Min,
            ("max", [_]) => Fold::Max,
            ("any", [_]) => Fold::Any,
            ("all", [_]) => Fold::All,
            ("next", [Expr::Generator(_)] | [Expr::Generator(_), _]) => Fold::Next,
            ("tuple", [_]) => Fold::Tuple,
            _ => return reject(format!("arguments of {name}")),
        };
        let Some((series, more)) = given.split_first() else {
            return reject(format!("arguments of {name}"));
        };
        let series = Box::new(self.series(series)?);
        let more = more.first().map(|one| self.value(one).map(Box::new)).transpose()?;
        Ok(Low::Node(Node::Fold(fold, series, more)))
    }

    fn sorted(&mut self, arguments: &Arguments) -> Lowered<Node> {
        let [series] = arguments.args.as_ref() else {
            return reject("arguments of sorted");
        };
        let reverse = match arguments.keywords.as_ref() {
            [] => None,
            [one] if one.arg.as_ref().is_some_and(|name| name.as_str() == "reverse") => {
                Some(Box::new(self.value(&one.value)?))
            }
            _ => return reject("arguments of sorted"),
        };
        Ok(Node::Fold(Fold::Sorted, Box::new(self.series(series)?), reverse))
    }

    fn dict_call(&mut self, arguments: &Arguments) -> Lowered<Node> {
        match arguments.args.as_ref() {
            [] => {}
            [one] if arguments.keywords.is_empty() => {
                return Ok(Node::Function(Function::Dict, vec![self.listed(one)?]));
            }
            _ => return reject("arguments of dict"),
        }
        let mut entries = Vec::new();
        for keyword in &arguments.keywords {
            let value = self.value(&keyword.value)?;
            entries.push(match &keyword.arg {
                Some(name) => {
                    let name = Node::Constant(Object::Text(name.as_str().into()));
                    Entry::Keyword(name, value)
                }
                None => Entry::Keywords(value),
            });
        }
        Ok(Node::Dict(entries))
    }

    fn is_instance(&mut self, arguments: &Arguments) -> Lowered<Node> {
        let [value, classes] = match positional(arguments)? {
            [value, classes] => [value, classes],
            _ => return reject("arguments of isinstance"),
        };
        let value = self.value(value)?;
        let classes = match classes {
            Expr::Tuple(tuple) => tuple.elts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let kinds: Lowered<Vec<Kind>> = classes
            .iter()
            .map(|class| match self.expression(class)? {
                Low::Builtin("int") => Ok(Kind::Int),
                Low::Node(Node::Name(slot))
                    if self.texts.get(usize::from(slot)).is_some_and(|name| {
                        name == "RelocatableValue" && self.assigned.contains(name)
                    }) =>
                {
                    Ok(Kind::Address)
                }
                _ => reject("another class"),
            })
            .collect();
        Ok(Node::IsInstance(Box::new(value), kinds?))
    }
}
