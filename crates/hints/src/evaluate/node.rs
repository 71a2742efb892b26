//! The tree that a hint's text becomes.

use std::cell::Cell;
use std::rc::Rc;

use cairo_zero_core::BuiltinName;

use crate::object::Object;
use crate::{Binding, Import, Struct, Symbol};

/// The number of a name in a hint: variables of the scope first come, first served, and those of
/// comprehensions among them.
pub(super) type Slot = u16;

/// A name that a hint uses.
pub(super) struct Name {
    pub(super) symbol: Symbol,
    /// Whether it belongs to a comprehension, not to the scope.
    pub(super) inner: bool,
}

/// A hint ready to run.
pub(super) struct Code {
    pub(super) names: Vec<Name>,
    pub(super) body: Vec<Statement>,
    /// Python's own functions that the hint calls: a variable of the scope would stand before them.
    pub(super) functions: Vec<Symbol>,
    /// Room for what is known of the names in a run, kept from the one before.
    pub(super) scratch: Cell<Vec<super::run::State>>,
}

/// A statement.
pub(super) enum Statement {
    Expression(Node),
    Assign(Node, Vec<Target>),
    /// `target op= value`
    Augment(Target, Operator, Node),
    /// Tests with their bodies, and what is done if none holds.
    If(Vec<(Node, Vec<Self>)>, Vec<Self>),
    For(Box<For>),
    While(Box<While>),
    Break,
    Continue,
    Assert(Node),
    /// What always raises.
    Raise,
    Import(Slot, Import),
    Delete(Slot),
    /// `memory.add_relocation_rule`, which can't be taken back: the last statement of a hint.
    RelocationRule(Node, Node),
}

pub(super) struct For {
    pub(super) target: Target,
    pub(super) over: Series,
    pub(super) body: Vec<Statement>,
    pub(super) otherwise: Vec<Statement>,
    /// What a turn costs of the hint's budget.
    pub(super) weight: u64,
}

pub(super) struct While {
    pub(super) test: Node,
    pub(super) body: Vec<Statement>,
    pub(super) otherwise: Vec<Statement>,
    pub(super) weight: u64,
}

/// What is assigned to.
pub(super) enum Target {
    Name(Slot),
    /// `ids.x`
    Ids(Rc<Binding>),
    /// `memory[address]`, or a member of a struct at some offset from an address.
    Cell(Node, i64),
    /// `container[key]`
    Item(Node, Node),
    Tuple(Vec<Self>),
    /// `tracker.current_ptr`
    CurrentPointer(Node),
    /// `tracker.data`
    Data(Node),
}

/// An operator of two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Sub,
    Mul,
    FloorDiv,
    Mod,
    Pow,
    ShiftLeft,
    ShiftRight,
    And,
    Or,
    Xor,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Is,
    IsNot,
    In,
    NotIn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unary {
    Negative,
    Positive,
    Invert,
    Not,
}

/// An expression.
pub(super) enum Node {
    Constant(Object),
    Name(Slot),
    Ap,
    Fp,
    /// The value of `ids.x`, or the address of the struct that it is.
    Ids(Rc<Binding>),
    /// `base + offset` of an address.
    Offset(Box<Self>, i64),
    /// `memory[base + offset]`
    Cell(Box<Self>, i64),
    Unary(Unary, Box<Self>),
    Binary(Operator, Box<(Self, Self)>),
    /// `and` and `or`: the value that decides.
    Logic(bool, Vec<Self>),
    Compare(Box<Self>, Vec<(Comparison, Self)>),
    Condition(Box<(Self, Self, Self)>),
    Tuple(Vec<Item>),
    List(Vec<Item>),
    Dict(Vec<Entry>),
    ListOf(Box<Comprehension>),
    DictOf(Box<(Self, Comprehension)>),
    /// Everything of a series, in a list.
    Collect(Box<Series>),
    Subscript(Box<(Self, Self)>),
    Slice(Box<Self>, [Option<Box<Self>>; 3]),
    /// One of Python's functions or methods, of given values.
    Function(Function, Vec<Self>),
    /// One of a series.
    Fold(Fold, Box<Series>, Option<Box<Self>>),
    /// `isinstance`
    IsInstance(Box<Self>, Vec<Kind>),
    /// `name in globals()`
    HasVariable(Slot),
    /// `globals().get(name, default)`
    GetVariable(Slot, Option<Box<Self>>),
    /// `<name>_builtin.bound`
    Bound(BuiltinName),
    /// An attribute of a value.
    Attribute(Box<Self>, Attribute),
    /// A function that a name was imported for.
    Call(Slot, Vec<(Option<Box<str>>, Given)>),
    Host(Host, Vec<Self>),
    /// `vm_enter_scope`
    EnterScope(Option<Box<Self>>),
    ExitScope,
}

/// An element of a display.
pub(super) enum Item {
    One(Node),
    Spread(Node),
}

/// An entry of a dictionary display.
pub(super) enum Entry {
    Pair(Node, Node),
    Spread(Node),
    /// `name=value` of a call, where no name may come twice.
    Keyword(Node, Node),
    /// `**mapping` of a call.
    Keywords(Node),
}

/// `for target in over if conditions` of a comprehension, and its element.
pub(super) struct Comprehension {
    pub(super) element: Node,
    pub(super) loops: Vec<Loop>,
}

pub(super) struct Loop {
    pub(super) target: Target,
    pub(super) over: Series,
    pub(super) conditions: Vec<Node>,
    pub(super) weight: u64,
}

/// What can be gone through.
pub(super) enum Series {
    Value(Node),
    Range(Vec<Node>),
    Enumerate(Box<Self>, Option<Node>),
    Zip(Vec<Self>),
    Reversed(Node),
    View(View, Node),
    Generator(Box<Comprehension>),
    /// `map` of an imported function.
    Map(Slot, Box<Self>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Keys,
    Values,
    Items,
}

/// Functions of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Int,
    Bool,
    Abs,
    DivMod,
    Pow,
    Len,
    Min,
    Max,
    Dict,
    /// An empty `bytearray`.
    ByteArray,
    FromBytes,
    ToBytes,
    BitLength,
    Append,
    PopItem,
    Index,
    Sort,
    Reverse,
    Extend,
    GetItem,
    SetDefault,
    Copy,
}

/// Functions of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    Sum,
    Min,
    Max,
    Any,
    All,
    Next,
    /// Whether the second argument is true, in falling order.
    Sorted,
    Tuple,
    JoinBytes,
}

/// The classes that `isinstance` knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Int,
    Address,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attribute {
    SegmentIndex,
    Offset,
    CurrentPointer,
    Data,
    /// Of a curve.
    Prime,
    Alpha,
    Beta,
    Order,
}

/// An argument of an imported function.
pub(super) enum Given {
    Value(Node),
    /// A struct in memory.
    Pointer(Rc<Struct>, Node),
    Series(Series),
    Segments,
    /// The class `list`.
    ListClass,
    /// `lambda: constant`
    Constantly(Node),
}

/// What the machine offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Host {
    AddSegment,
    AddTemporary,
    GenArg,
    WriteArg,
    LoadData,
    GetRange,
    GetRangeAsInts,
    ToFelt,
    SafeDiv,
    NewDict,
    NewDefaultDict,
    GetTracker,
    GetDict,
}
