//! Has Python's `import` find the modules of a [`ModulePath`](crate::ModulePath).

use std::rc::Rc;

use rustpython_vm::builtins::{PyBaseExceptionRef, PyStrRef};
use rustpython_vm::compiler::Mode;
use rustpython_vm::scope::Scope;
use rustpython_vm::{AsObject, PyObjectRef, PyResult, VirtualMachine};

use crate::host::Host;

/// The finder that goes behind those of the interpreter. Its modules are executed as files of their
/// own, so that tracebacks name them.
const FINDER: &str = r#"
import sys
import _frozen_importlib


class Loader:
    def __init__(self, source, file):
        self.source = source
        self.file = file

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.__file__ = self.file
        exec(compile(self.source, self.file, "exec"), module.__dict__)


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        found = find(name)
        if found is None:
            return None
        source, file, is_package = found
        return _frozen_importlib.ModuleSpec(
            name, Loader(source, file), origin=file, is_package=is_package
        )


sys.meta_path.append(Finder)
"#;

/// Puts the finder in place.
///
/// # Errors
/// When the interpreter lacks what importing needs.
pub(crate) fn install(host: &Rc<Host>, vm: &VirtualMachine) -> PyResult<()> {
    let host = Rc::clone(host);
    let find = vm.new_function("find", move |name: PyStrRef, vm: &VirtualMachine| {
        let found = host.find_module(&name.to_string_lossy());
        let found = found.map_err(|sentence| import_error(&name, sentence, vm))?;
        Ok::<PyObjectRef, PyBaseExceptionRef>(match found {
            None => vm.ctx.none(),
            Some(found) => {
                let source = vm.ctx.new_str(found.source).into();
                let file = vm.ctx.new_str(found.file).into();
                let is_package = vm.ctx.new_bool(found.is_package).into();
                vm.ctx.new_tuple(vec![source, file, is_package]).into()
            }
        })
    });
    let scope: Scope = vm.new_scope_with_builtins();
    scope.globals.set_item("find", find.into(), vm)?;
    let code = vm.compile(FINDER, Mode::Exec, "<finder>".to_owned());
    let code = code.map_err(|error| vm.new_syntax_error(&error, Some(FINDER)))?;
    vm.run_code_obj(code, scope).map(drop)
}

fn import_error(name: &PyStrRef, sentence: String, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let class = vm.ctx.exceptions.import_error.to_owned();
    let error = vm.new_exception_msg(class, sentence.into());
    // Only the name is lost if it can't be set.
    let _ = error.as_object().set_attr("name", name.clone(), vm);
    error
}
