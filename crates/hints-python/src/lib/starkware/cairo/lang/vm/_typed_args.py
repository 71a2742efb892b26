"""`segments.gen_typed_args` of cairo-lang."""

from starkware.cairo.lang.compiler.ast.cairo_types import TypeFelt, TypePointer, TypeStruct


def typed_args(segments, args):
    """The cells of a struct, given as a class of `CairoStructFactory`."""
    cells = []
    for value, kind in zip(args, type(args).__annotations__.values()):
        if kind in (TypePointer, TypeFelt):
            cells.append(segments.gen_arg(arg=value))
        elif kind is TypeStruct:
            cells += typed_args(segments, value)
        else:
            raise NotImplementedError(f"{kind.__name__} is not supported.")
    return cells
