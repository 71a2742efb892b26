"""Compiles the programs of cairo_programs/ whose compiled form is missing or older than the source.

Programs that import nothing are compiled to a file beside the source, which is committed; the
others, whose compiled form carries code of a library, into target/cairo_programs/. Run it from the
root of the repository, so that only relative paths get into the debug information.

With `--proof_mode SOURCE...` these sources alone are compiled, for proof mode, into
target/for_proofs/, whatever their headers say of it.
"""

import os
import re
import sys
from pathlib import Path

from reference import restore_old_dataclasses

PROGRAMS = Path("cairo_programs")
COMPILED = Path("target/cairo_programs")
FOR_PROOFS = Path("target/for_proofs")


def target_of(source, text):
    if re.search(r"(?m)^from .* import", text):
        return COMPILED / source.relative_to(PROGRAMS).with_suffix(".json")
    return source.with_suffix(".json")


def compile_one(entry, source, text, target, more):
    """Compiles in a fork; true when it worked."""
    flags = re.findall(r"(?m)^// compile: (.*)$", text) + more
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".json.unfinished")
    process = os.fork()
    if process == 0:
        words = " ".join(flags).split()
        sys.argv = ["cairo-compile", *words, "--output", str(unfinished), str(source)]
        sys.exit(entry())
    _, status = os.waitpid(process, 0)
    if status == 0:
        os.replace(unfinished, target)
    else:
        unfinished.unlink(missing_ok=True)
    return status == 0


def main(arguments):
    for_proofs = arguments[:1] == ["--proof_mode"]
    sources = map(Path, arguments[1:]) if for_proofs else sorted(PROGRAMS.glob("*/*.cairo"))
    stale = []
    for source in sources:
        text = source.read_text(encoding="utf-8")
        target = target_of(source, text)
        if for_proofs:
            target = FOR_PROOFS / source.relative_to(PROGRAMS).with_suffix(".json")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            stale.append((source, text, target))
    if not stale:
        return 0
    restore_old_dataclasses()
    from starkware.cairo.lang.compiler.cairo_compile import main as entry

    more = arguments[:1]
    failed = [str(job[0]) for job in stale if not compile_one(entry, *job, more)]
    print(f"{len(stale) - len(failed)} programs compiled")
    if failed:
        print("failed:", *failed, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
