//! What the names at an instruction stand for: references as the expressions that pages evaluate, and
//! constants.

use cairo_zero_core::Value;
use cairo_zero_program::expr::{CairoType, Expr, Reg, parse_expr};
use cairo_zero_program::{Identifier, InstructionLocation, Program};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use crate::Tracing;

/// The most names of one instruction.
const MOST_NAMES: usize = 2000;

/// The most parts of an expression.
const MOST_PARTS: usize = 200;

/// A name of a reference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Name {
    /// The name, as it is written in the source.
    pub(crate) name: String,
    /// How far `ap` has moved since the reference was bound, in cells; `None` where nobody knows.
    pub(crate) shift: Option<i64>,
    /// The expression: see [`tree`].
    pub(crate) tree: Json,
}

impl Tracing<'_> {
    /// The references that have a meaning at `pc`.
    pub(crate) fn names(&self, pc: Value) -> Vec<Name> {
        let known = self.code.known(pc);
        let found = known.zip(self.code.program(pc));
        found.map(|(known, program)| names_at(program, known)).unwrap_or_default()
    }

    /// The constant of this name, as it is seen from `pc`.
    pub(crate) fn constant(&self, pc: Value, name: &str) -> Option<String> {
        let known = self.code.known(pc)?;
        let found = self.code.program(pc)?.resolve(&known.accessible_scopes, name).ok()?;
        match found.fully_parsed().ok()? {
            Identifier::Const { value } => Some(format!("{:#x}", value.to_felt())),
            Identifier::Function { pc, .. } | Identifier::Label { pc } => Some(format!("{pc:#x}")),
            _ => None,
        }
    }

    /// All constants by full name.
    pub(crate) fn constants(&self) -> Map<String, Json> {
        let all = self.code.programs().flat_map(|program| program.identifiers().iter());
        all.filter_map(|(name, identifier)| match identifier {
            Identifier::Const { value } => {
                Some((name.to_owned(), format!("{:#x}", value.to_felt()).into()))
            }
            _ => None,
        })
        .take(MOST_NAMES)
        .collect()
    }

    /// The members of the struct of this full name: names, offsets and types.
    pub(crate) fn structure(&self, full_name: &str) -> Option<Json> {
        self.code.programs().find_map(|program| match program.identifiers().get(full_name)? {
            Identifier::Struct(found) => Some(json!({
                "size": found.size,
                "members": found.members.iter().map(|member| json!({
                    "name": member.name, "offset": member.offset, "type": member.cairo_type,
                })).collect::<Vec<_>>(),
            })),
            Identifier::TypeDefinition { cairo_type } => Some(json!({ "alias": cairo_type })),
            _ => None,
        })
    }

    /// All structs by full name.
    pub(crate) fn structures(&self) -> Map<String, Json> {
        let all = self.code.programs().flat_map(|program| program.identifiers().iter());
        let names = all.filter(|(_, identifier)| {
            matches!(identifier, Identifier::Struct(_) | Identifier::TypeDefinition { .. })
        });
        names
            .take(MOST_NAMES)
            .filter_map(|(name, _)| Some((name.to_owned(), self.structure(name)?)))
            .collect()
    }

    /// The references of every instruction, each list of them once, for pages without a server: the
    /// lists, and the number of its list for each instruction.
    pub(crate) fn all_names(&self, most: usize) -> (Vec<Vec<Name>>, Map<String, Json>) {
        let mut lists: Vec<Vec<Name>> = Vec::new();
        let mut by_pc = Map::new();
        let mut told = 0;
        for (at, program, known) in self.code.known_instructions() {
            let names = names_at(program, known);
            if lists.last() != Some(&names) {
                told += names.len();
                if told > most {
                    break;
                }
                lists.push(names);
            }
            by_pc.insert(at.to_string(), (lists.len() - 1).into());
        }
        (lists, by_pc)
    }
}

fn names_at(program: &Program, known: &InstructionLocation) -> Vec<Name> {
    let Some(flow) = &known.flow_tracking else { return Vec::new() };
    let mut names: Vec<Name> = Vec::new();
    for (full_name, id) in flow.reference_ids.iter().take(MOST_NAMES) {
        let scope = known
            .accessible_scopes
            .iter()
            .rev()
            .find_map(|scope| full_name.strip_prefix(scope.as_str())?.strip_prefix('.'));
        let (Some(name), Some(bound)) = (scope, program.references().get(*id)) else { continue };
        let (now, then) = (flow.ap_tracking, bound.ap_tracking);
        let same = now.group == then.group;
        let shift = if same { now.offset.checked_sub(then.offset) } else { None };
        let Some(tree) = parse_expr(&bound.value).ok().and_then(|expr| tree(&expr)) else {
            continue;
        };
        names.push(Name { name: name.to_owned(), shift, tree });
    }
    names
}

/// An expression as nested lists: `["number", hexadecimal]`, `["ap"]`, `["fp"]`, `["-", a]`,
/// `["+", a, b]` and so on, `["cell", address]`, `["cast", a, type]`. `None` for one of another form.
fn tree(expression: &Expr) -> Option<Json> {
    let mut left = MOST_PARTS;
    tree_of(expression, &mut left)
}

fn tree_of(expression: &Expr, left: &mut usize) -> Option<Json> {
    *left = left.checked_sub(1)?;
    let mut two = |sign: &str, a: &Expr, b: &Expr| {
        let (a, b) = (tree_of(a, left)?, tree_of(b, left)?);
        Some(json!([sign, a, b]))
    };
    match expression {
        Expr::Const(number) => Some(json!(["number", format!("{:#x}", number.to_felt())])),
        Expr::Reg(Reg::Ap) => Some(json!(["ap"])),
        Expr::Reg(Reg::Fp) => Some(json!(["fp"])),
        Expr::Add(a, b) => two("+", a, b),
        Expr::Sub(a, b) => two("-", a, b),
        Expr::Mul(a, b) => two("*", a, b),
        Expr::Div(a, b) => two("/", a, b),
        Expr::Neg(a) => Some(json!(["-", ["number", "0x0"], tree_of(a, left)?])),
        Expr::Deref(a) => Some(json!(["cell", tree_of(a, left)?])),
        Expr::Cast(a, cairo_type) => {
            Some(json!(["cast", tree_of(a, left)?, type_text(cairo_type)]))
        }
        _ => None,
    }
}

fn type_text(cairo_type: &CairoType) -> String {
    cairo_type.to_string()
}
