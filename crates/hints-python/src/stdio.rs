//! `sys.stdout` and `sys.stderr` of hints.

use std::cell::RefCell;
use std::fmt;
use std::io::Write;
use std::rc::Rc;

use rustpython_vm::builtins::PyStrRef;
use rustpython_vm::function::ArgIterable;
use rustpython_vm::{PyPayload, PyResult, VirtualMachine, pyclass};

/// Where hints print to; shared with the interpreter, which flushes it.
pub(crate) type Output = Rc<RefCell<dyn Write>>;

/// A text stream of hints.
#[pyclass(module = "_io", name = "TextIOWrapper")]
#[derive(PyPayload)]
pub(crate) struct PyStream {
    name: &'static str,
    output: Output,
    /// Whether every line goes out at once.
    line_buffered: bool,
}

impl fmt::Debug for PyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PyStream {
    pub(crate) const fn new(name: &'static str, output: Output, line_buffered: bool) -> Self {
        Self { name, output, line_buffered }
    }

    fn checked(result: std::io::Result<()>, vm: &VirtualMachine) -> PyResult<()> {
        result.map_err(|error| vm.new_os_error(error.to_string()))
    }
}

#[pyclass]
impl PyStream {
    #[pymethod]
    fn write(&self, text: PyStrRef, vm: &VirtualMachine) -> PyResult<usize> {
        let bytes = text.to_string_lossy();
        let mut output = self.output.borrow_mut();
        let mut done = output.write_all(bytes.as_bytes());
        if self.line_buffered && bytes.contains('\n') {
            done = done.and_then(|()| output.flush());
        }
        Self::checked(done, vm)?;
        Ok(bytes.chars().count())
    }

    #[pymethod]
    fn writelines(&self, lines: ArgIterable<PyStrRef>, vm: &VirtualMachine) -> PyResult<()> {
        for line in lines.iter(vm)? {
            self.write(line?, vm)?;
        }
        Ok(())
    }

    #[pymethod]
    fn flush(&self, vm: &VirtualMachine) -> PyResult<()> {
        Self::checked(self.output.borrow_mut().flush(), vm)
    }

    #[pymethod]
    fn isatty(&self) -> bool {
        false
    }

    #[pymethod]
    fn writable(&self) -> bool {
        true
    }

    #[pymethod]
    fn readable(&self) -> bool {
        false
    }

    #[pygetset]
    fn name(&self) -> String {
        self.name.to_owned()
    }

    #[pygetset]
    fn encoding(&self) -> String {
        "utf-8".to_owned()
    }

    #[pygetset]
    fn errors(&self) -> String {
        "strict".to_owned()
    }

    #[pygetset]
    fn closed(&self) -> bool {
        false
    }
}
