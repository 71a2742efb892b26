//! [`Inspection`]: what a program is made of and needs.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use cairo_zero_core::BuiltinName;
use cairo_zero_hints::{Choice, Engine, Options, Runner};
use cairo_zero_program::{Identifier, Program};
use cairo_zero_runner::{DYNAMIC, Layout, hint_places};
use serde::Serialize;

use crate::error::Kind;
use crate::names::Places;
use crate::{InsightError, Listing};

/// What a program is made of and needs.
#[derive(Debug, Serialize)]
pub struct Inspection {
    compiler_version: Option<String>,
    main_scope: String,
    builtins: Vec<&'static str>,
    /// The layouts that have all of them, from the smallest on.
    layouts: Vec<&'static str>,
    sizes: Sizes,
    /// Where a run can begin.
    entry_points: Vec<EntryPoint>,
    /// How many identifiers there are of each kind.
    identifiers: BTreeMap<&'static str, usize>,
    functions: Vec<Function>,
    hints: Hints,
}

/// How much there is of what.
#[derive(Debug, Serialize)]
struct Sizes {
    words: usize,
    instructions: usize,
    references: usize,
    attributes: usize,
    /// Bytes of all hints' texts.
    hint_bytes: usize,
    debug_info: bool,
}

/// Where a run can begin.
#[derive(Debug, Serialize)]
struct EntryPoint {
    /// The name to ask for.
    name: String,
    pc: usize,
    /// When a run begins there: always, in proof mode, or if `--entrypoint` names it.
    used: &'static str,
}

/// A function.
#[derive(Debug, Serialize)]
struct Function {
    name: String,
    pc: usize,
    /// Words up to the next function.
    words: usize,
    decorators: Vec<String>,
}

/// The hints by who runs them.
#[derive(Debug, Serialize)]
struct Hints {
    /// Those of the table of native hints.
    native: usize,
    /// Those whose text native code understands.
    evaluator: usize,
    /// Those for the interpreter.
    python: usize,
    list: Vec<HintRow>,
}

#[derive(Debug, Serialize)]
struct HintRow {
    pc: usize,
    /// `file:line` of the Cairo source.
    place: Option<String>,
    kind: &'static str,
    /// The native hint's name.
    name: Option<&'static str>,
}

impl Inspection {
    /// Looks at a program; `choice` says which hints are to run natively.
    ///
    /// # Errors
    /// When its debug information is malformed or its hints can't be loaded.
    pub fn of(program: &Arc<Program>, choice: Choice) -> Result<Self, InsightError> {
        let places = Places::new(program);
        let words = program.data().len();
        let mut identifiers = BTreeMap::new();
        for (_, identifier) in program.identifiers().iter() {
            *identifiers.entry(identifier.kind()).or_default() += 1;
        }
        let texts = program.hints().iter().flat_map(|(_, hints)| hints);
        let functions = places.functions().map(|(pc, name)| Function {
            name: name.to_owned(),
            pc,
            words: places.size_from(pc, words),
            decorators: match program.identifiers().get(name) {
                Some(Identifier::Function { decorators, .. }) => decorators.clone(),
                _ => Vec::new(),
            },
        });
        Ok(Self {
            compiler_version: program.compiler_version().map(str::to_owned),
            main_scope: program.main_scope().to_owned(),
            builtins: program.builtins().iter().map(|name| name.as_str()).collect(),
            layouts: layouts(program.builtins()),
            sizes: Sizes {
                words,
                instructions: Listing::of(program)?.len(),
                references: program.references().len(),
                attributes: program.attributes().len(),
                hint_bytes: texts.map(|hint| hint.code.len()).sum(),
                debug_info: program.has_debug_info(),
            },
            entry_points: entry_points(program, &places),
            identifiers,
            functions: functions.collect(),
            hints: Hints::of(program, choice)?,
        })
    }

    /// Writes it for people.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        let list = |names: &[&str]| match names {
            [] => String::from("none"),
            names => names.join(" "),
        };
        let Sizes { words, instructions, references, attributes, hint_bytes, debug_info } =
            &self.sizes;
        writeln!(out, "compiler      {}", self.compiler_version.as_deref().unwrap_or("unknown"))?;
        writeln!(out, "main scope    {}", self.main_scope)?;
        writeln!(out, "size          {words} words, {instructions} instructions")?;
        writeln!(out, "builtins      {}", list(&self.builtins))?;
        writeln!(out, "layouts       {}", list(&self.layouts))?;
        writeln!(out, "references    {references}")?;
        writeln!(out, "attributes    {attributes}")?;
        writeln!(out, "debug info    {}", if *debug_info { "yes" } else { "no" })?;
        let Hints { native, evaluator, python, list: hints } = &self.hints;
        writeln!(
            out,
            "hints         {}: {native} native, {evaluator} evaluator, {python} Python \
             ({hint_bytes} bytes)",
            hints.len()
        )?;
        writeln!(out, "\nentry points")?;
        for EntryPoint { name, pc, used } in &self.entry_points {
            writeln!(out, "  {pc:>7}  {name}  ({used})")?;
        }
        writeln!(out, "\nidentifiers")?;
        for (kind, count) in &self.identifiers {
            writeln!(out, "  {count:>7}  {kind}")?;
        }
        writeln!(out, "\nfunctions\n       pc    words")?;
        for Function { name, pc, words, decorators } in &self.functions {
            let decorators: String = decorators.iter().map(|name| format!(" @{name}")).collect();
            writeln!(out, "  {pc:>7}  {words:>7}  {name}{decorators}")?;
        }
        if !hints.is_empty() {
            writeln!(out, "\nhints\n       pc  kind")?;
        }
        for HintRow { pc, place, kind, name } in hints {
            let name = name.map_or_else(String::new, |name| format!(" ({name})"));
            let place = place.as_deref().map_or_else(String::new, |place| format!("  {place}"));
            writeln!(out, "  {pc:>7}  {kind}{name}{place}")?;
        }
        Ok(())
    }

    /// Writes it as a JSON object.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        writeln!(out)
    }
}

impl Hints {
    fn of(program: &Arc<Program>, choice: Choice) -> Result<Self, InsightError> {
        let options = Options { choice, ..Options::default() };
        let engine = Engine::load(Arc::clone(program), options)
            .map_err(|error| Kind::Hints(error.failure.traceback.to_string()))?;
        let mut hints = Self { native: 0, evaluator: 0, python: 0, list: Vec::new() };
        for (runner, (pc, place)) in engine.runners().zip(hint_places(program)) {
            let (kind, name, count) = match runner {
                Runner::Native(name) => ("native", Some(name), &mut hints.native),
                Runner::Evaluator => ("evaluator", None, &mut hints.evaluator),
                Runner::Registered => ("native", None, &mut hints.native),
                Runner::Interpreter => ("Python", None, &mut hints.python),
            };
            *count += 1;
            hints.list.push(HintRow { pc, place, kind, name });
        }
        Ok(hints)
    }
}

/// The layouts that have all of `builtins`.
fn layouts(builtins: &[BuiltinName]) -> Vec<&'static str> {
    let fits = |layout: &&Layout| builtins.iter().all(|name| layout.builtins.contains(name));
    let mut names: Vec<_> = Layout::ALL.iter().filter(fits).map(|layout| layout.name).collect();
    // Its file decides, and may name any builtin but this one, which no layout has.
    if !builtins.contains(&BuiltinName::SegmentArena) {
        names.push(DYNAMIC);
    }
    names
}

fn entry_points(program: &Program, places: &Places<'_>) -> Vec<EntryPoint> {
    let mut points = Vec::new();
    if let Ok(Some(pc)) = program.main() {
        points.push(EntryPoint { name: String::from("main"), pc, used: "default" });
    }
    if let Ok(pc) = program.label("__start__") {
        points.push(EntryPoint { name: String::from("__start__"), pc, used: "--proof_mode" });
    }
    let scope = format!("{}.", program.main_scope());
    for (pc, name) in places.functions() {
        if let Some(name) = name.strip_prefix(&scope).filter(|name| *name != "main") {
            points.push(EntryPoint { name: name.to_owned(), pc, used: "--entrypoint" });
        }
    }
    points
}
