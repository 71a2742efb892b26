"""Holds the list of error sites (cairo_programs/error_sites.txt) to the reference's source.

Each `raise` and `assert` of the files that run a program has to be in the list, in the section of its
file or folder: by words of its message, or by `function()`, which stands for all other sites of a
function. What is not there is printed, and so are the lines that stand for no site.
"""

import ast
import importlib.util
import sys
from pathlib import Path

LIST = Path("cairo_programs/error_sites.txt")
# Relative to starkware/cairo/lang.
FILES = ["vm/*.py", "builtins/**/*.py", "compiler/encode.py"]
# Too short a text is found anywhere.
SHORTEST = 9


def sections():
    """The names in front of the lines' reasons, by section; each with whether it stands for a site."""
    found = {}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            section[line.rsplit(" | ", 1)[0]] = False
    return found


def sites(node, function="module"):
    """Pairs of a function's name and a `raise` or `assert` in it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Raise, ast.Assert)):
            yield function, child
        named = isinstance(child, (ast.FunctionDef, ast.ClassDef))
        yield from sites(child, child.name if named else function)


def texts(site):
    """The texts that stand in a site's message."""
    message = site.msg if isinstance(site, ast.Assert) else site.exc
    nodes = ast.walk(message) if message else ()
    found = [node.value for node in nodes if isinstance(node, ast.Constant)]
    found = [text.strip(" ,.()'\"\n") for text in found if isinstance(text, str)]
    return [text for text in found if len(text) >= SHORTEST]


def covered(section, function, site):
    """Notes the lines that stand for a site; whether there are any."""
    words = texts(site)
    lines = [line for line in section if any(t in line or line in t for t in words)]
    if not lines and f"{function}()" in section:
        lines = [f"{function}()"]
    for line in lines:
        section[line] = True
    return bool(lines)


def section_of(file, listed):
    """The lines for a file: those of the smallest folder that has a section, or its own."""
    names = [str(place) for place in (file, *file.parents)]
    return next((listed[name] for name in names if name in listed), {})


def main():
    spec = importlib.util.find_spec("starkware.cairo.lang")
    root = Path(next(iter(spec.submodule_search_locations)))
    listed = sections()
    count, missing = 0, []
    for path in sorted(path for pattern in FILES for path in root.glob(pattern)):
        name = path.relative_to(root)
        section = section_of(name, listed)
        for function, site in sites(ast.parse(path.read_text(encoding="utf-8"))):
            count += 1
            if not covered(section, function, site):
                missing.append(f"{name}:{site.lineno}, {function}(): {texts(site)}")
    for site in missing:
        print("not in the list:", site)
    stale = [
        f"[{section}] {line}"
        for section, lines in listed.items()
        for line, used in lines.items()
        if not used and line.endswith("()")
    ]
    for line in stale:
        print("stands for no site:", line)
    print(f"{count} places where the reference raises, {len(missing)} of them not in the list")
    return 1 if missing or stale else 0


if __name__ == "__main__":
    sys.exit(main())
