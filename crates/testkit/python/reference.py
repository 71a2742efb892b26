"""Runs the reference `cairo-run` (cairo-lang 0.14.0.1) on a Python it was not written for.

Since 3.11 `dataclasses` refuses every default value that cannot be hashed; before, only lists,
dictionaries and sets. cairo-lang needs the older rule, so the module is loaded from its own source
with that one condition exchanged before anything of cairo-lang is imported.

Used as a script it takes the flags of `cairo-run`; `load` is what batch.py and compile.py use.
"""

import importlib.util
import sys

NEW_RULE = "f.default.__class__.__hash__ is None"
OLD_RULE = "isinstance(f.default, (list, dict, set))"


def restore_old_dataclasses():
    """Puts a `dataclasses` with the rule of Python 3.10 into `sys.modules`."""
    spec = importlib.util.find_spec("dataclasses")
    with open(spec.origin, encoding="utf-8") as file:
        source = file.read()
    module = importlib.util.module_from_spec(spec)
    sys.modules["dataclasses"] = module
    code = compile(source.replace(NEW_RULE, OLD_RULE), spec.origin, "exec")
    exec(code, module.__dict__)


def load():
    """The `main` of the reference, which reads its flags from `sys.argv`."""
    restore_old_dataclasses()
    from starkware.cairo.lang.vm.cairo_run import main

    return main


if __name__ == "__main__":
    sys.exit(load()())
