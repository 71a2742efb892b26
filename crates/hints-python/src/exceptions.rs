//! Exceptions: ours as Python objects, and Python's as the text a hint error shows.

use std::collections::HashSet;

use cairo_zero_hints::{
    Exception, ExceptionClass, Failure, FailureKind, Piece, Traceback, TracebackFrame,
};
use num_traits::ToPrimitive;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyInt, PyStr, PyTypeRef};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

/// The Python classes of [`ExceptionClass`].
pub(crate) struct Exceptions {
    types: Vec<(ExceptionClass, PyTypeRef)>,
}

impl Exceptions {
    /// Finds or makes the classes.
    ///
    /// # Errors
    /// When the interpreter's own classes are not there.
    pub(crate) fn new(vm: &VirtualMachine) -> PyResult<Self> {
        let mut types: Vec<(ExceptionClass, PyTypeRef)> = Vec::new();
        for class in ExceptionClass::ALL.iter().copied() {
            let found = if class.module() == "builtins" {
                let found = vm.builtins.get_attr(class.name(), vm)?;
                found.downcast().map_err(|_| vm.new_type_error(class.name().to_owned()))?
            } else {
                let base = types.iter().find(|(known, _)| *known == class.base());
                let base = base.map(|(_, base)| vec![base.clone()]);
                vm.ctx.new_exception_type(class.module(), class.name(), base)
            };
            if class == ExceptionClass::UnknownMemoryError {
                // A KeyError would print the repr of its text.
                let print = vm.ctx.exceptions.base_exception_type.as_object();
                found.as_object().set_attr("__str__", print.get_attr("__str__", vm)?, vm)?;
            }
            types.push((class, found));
        }
        Ok(Self { types })
    }

    /// The class object.
    pub(crate) fn class(&self, class: ExceptionClass) -> Option<&PyTypeRef> {
        self.types.iter().find(|(known, _)| *known == class).map(|(_, found)| found)
    }

    /// Every class of cairo-lang with its object.
    pub(crate) fn ours(&self) -> impl Iterator<Item = (ExceptionClass, &PyTypeRef)> {
        self.types
            .iter()
            .filter(|(class, _)| class.module() != "builtins")
            .map(|(class, found)| (*class, found))
    }

    /// A Python exception for one of ours.
    pub(crate) fn make(&self, exception: &Exception, vm: &VirtualMachine) -> PyBaseExceptionRef {
        match self.class(exception.class()) {
            Some(class) => {
                vm.new_exception_msg(class.clone(), exception.message().to_owned().into())
            }
            None => vm.new_runtime_error(exception.to_string()),
        }
    }
}

/// What a hint error says about an exception that left a hint.
pub(crate) fn failure_of(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> Failure {
    if exception.fast_isinstance(vm.ctx.exceptions.system_exit) {
        return exit_of(exception, vm);
    }
    let kind = if exception.fast_isinstance(vm.ctx.exceptions.syntax_error) {
        FailureKind::Evaluating
    } else {
        FailureKind::Executing
    };
    let mut writer = Writer { vm, pieces: Vec::new(), seen: HashSet::new() };
    writer.chain(exception, 0);
    Failure { kind, traceback: Traceback { pieces: writer.pieces } }
}

/// What `sys.exit(…)` asks for: a status, and a text for stderr.
fn exit_of(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> Failure {
    let args = exception.args();
    let code: PyObjectRef = match args.as_slice() {
        [] => vm.ctx.none(),
        [code] => code.clone(),
        _ => args.clone().into(),
    };
    if vm.is_none(&code) {
        return Failure::text(FailureKind::Exit(0), "");
    }
    if let Some(status) = code.downcast_ref::<PyInt>() {
        // Python takes the number for a C `long`, or -1 where it is too large for one; the system
        // keeps the lowest byte.
        let status = status.as_bigint().to_i64().unwrap_or(-1) & 0xff;
        return Failure::text(FailureKind::Exit(status as i32), "");
    }
    Failure::text(FailureKind::Exit(1), format!("{}\n", text_of(&code, vm)))
}

/// `str(object)`, or what Python prints when that fails.
fn text_of(object: &PyObject, vm: &VirtualMachine) -> String {
    match object.str(vm) {
        Ok(text) => text.to_string_lossy().into_owned(),
        Err(_) => format!("<{} str() failed>", "exception"),
    }
}

/// Exceptions linked more deeply than this are not followed.
const MAX_CHAIN: usize = 100;

struct Writer<'a> {
    vm: &'a VirtualMachine,
    pieces: Vec<Piece>,
    seen: HashSet<usize>,
}

impl Writer<'_> {
    fn text(&mut self, text: impl Into<String>) {
        self.pieces.push(Piece::Text(text.into()));
    }

    /// Writes the exceptions that led to this one, and this one.
    fn chain(&mut self, exception: &PyBaseExceptionRef, depth: usize) {
        self.seen.insert(exception.get_id());
        let suppressed = exception
            .as_object()
            .get_attr("__suppress_context__", self.vm)
            .and_then(|flag| flag.is_true(self.vm))
            .unwrap_or(false);
        let linked = match (exception.__cause__(), exception.__context__()) {
            (Some(cause), _) => Some((
                cause,
                "\nThe above exception was the direct cause of the following exception:\n\n",
            )),
            (None, Some(context)) if !suppressed => Some((
                context,
                "\nDuring handling of the above exception, another exception occurred:\n\n",
            )),
            _ => None,
        };
        if let Some((linked, sentence)) = linked
            && depth < MAX_CHAIN
            && !self.seen.contains(&linked.get_id())
        {
            self.chain(&linked, depth + 1);
            self.text(sentence);
        }
        self.one(exception);
    }

    fn one(&mut self, exception: &PyBaseExceptionRef) {
        if let Some(traceback) = exception.__traceback__() {
            self.text("Traceback (most recent call last):\n");
            for entry in traceback.iter() {
                self.pieces.push(Piece::Frame(TracebackFrame {
                    file: entry.frame.code.source_path().as_str().to_owned(),
                    line: entry.lineno.get() as u32,
                    function: entry.frame.code.obj_name.as_str().to_owned(),
                }));
            }
        }
        if exception.fast_isinstance(self.vm.ctx.exceptions.syntax_error) {
            self.syntax_error(exception);
        } else {
            let text = text_of(exception.as_object(), self.vm);
            let name = self.class_name(exception);
            self.text(if text.is_empty() {
                format!("{name}\n")
            } else {
                format!("{name}: {text}\n")
            });
        }
        self.notes(exception);
    }

    /// The class with its module, as tracebacks print it.
    fn class_name(&self, exception: &PyBaseExceptionRef) -> String {
        let class = exception.class();
        let attribute = |name: &'static str| {
            let found = class.as_object().get_attr(name, self.vm).ok()?;
            found.downcast_ref::<PyStr>().map(|text| text.to_string_lossy().into_owned())
        };
        let name = attribute("__qualname__").unwrap_or_else(|| class.name().to_string());
        match attribute("__module__") {
            Some(module) if module != "builtins" && module != "__main__" => {
                format!("{module}.{name}")
            }
            _ => name,
        }
    }

    fn notes(&mut self, exception: &PyBaseExceptionRef) {
        let Ok(notes) = exception.as_object().get_attr("__notes__", self.vm) else {
            return;
        };
        let Ok(notes) = self.vm.extract_elements_with(&notes, Ok) else {
            return;
        };
        for note in notes {
            let text = text_of(&note, self.vm);
            self.text(format!("{text}\n"));
        }
    }

    fn syntax_error(&mut self, exception: &PyBaseExceptionRef) {
        let vm = self.vm;
        let attribute = |name: &'static str| {
            exception.as_object().get_attr(name, vm).ok().filter(|found| !vm.is_none(found))
        };
        let number = |name: &'static str| {
            let found = attribute(name)?;
            u32::try_from(found.downcast_ref::<PyInt>()?.as_bigint()).ok()
        };
        if let (Some(file), Some(line)) = (attribute("filename"), number("lineno")) {
            let frame = TracebackFrame { file: text_of(&file, vm), line, function: String::new() };
            self.pieces.push(Piece::SyntaxError(frame));
        }
        if let Some(text) = attribute("text") {
            self.text(marked_line(&text_of(&text, vm), number("offset"), number("end_offset")));
        }
        let message = attribute("msg")
            .map_or_else(|| "<no detail available>".to_owned(), |message| text_of(&message, vm));
        let name = self.class_name(exception);
        self.text(format!("{name}: {message}\n"));
    }
}

/// The source line of a syntax error with carets under the part that is wrong. Columns count from 1.
pub(crate) fn marked_line(line: &str, column: Option<u32>, end: Option<u32>) -> String {
    let line = line.trim_end_matches('\n');
    let stripped = line.trim_start_matches([' ', '\n', '\u{c}']);
    let removed = line.chars().count() - stripped.chars().count();
    let mut text = format!("    {stripped}\n");
    let Some(column) = column else {
        return text;
    };
    let start = (column as usize).saturating_sub(1);
    let end = match end {
        Some(end) if end as usize > start + 1 => end as usize - 1,
        _ => start + 1,
    };
    if start >= removed {
        // Tabs stay tabs, so that the carets stand where they should.
        let blank = |c: char| if c.is_whitespace() { c } else { ' ' };
        let indent: String = stripped.chars().take(start - removed).map(blank).collect();
        text.push_str(&format!("    {indent}{}\n", "^".repeat(end - start)));
    }
    text
}
