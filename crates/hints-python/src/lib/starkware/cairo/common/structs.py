"""Structs of a program as named tuples; names and messages are cairo-lang's."""

from typing import NamedTuple

from starkware.cairo.lang.compiler.ast.cairo_types import (
    TypeCodeoffset,
    TypeFelt,
    TypePointer,
    TypeStruct,
    TypeTuple,
)
from starkware.cairo.lang.compiler.identifier_utils import (
    get_struct_definition,
    get_type_definition,
)
from starkware.cairo.lang.compiler.scoped_name import ScopedName
from starkware.python._write_once import WriteOnceDict

_ONE_CELL = (TypeFelt, TypeCodeoffset, TypePointer)


def _named_tuple(name, members):
    fields = [(member, type(found.cairo_type)) for member, found in members.items()]
    return NamedTuple(name, fields)


class CairoStructFactory:
    """Finds structs among a program's names, and makes classes of them."""

    def __init__(self, identifiers, main_scope=None, additional_imports=None):
        self.identifiers = identifiers
        self.main_scopes = [] if main_scope is None else [main_scope]
        self.resolved_identifiers = WriteOnceDict()
        for path in additional_imports or ():
            full_name = ScopedName.from_string(path)
            get_struct_definition(full_name, identifiers)
            self.resolved_identifiers[full_name[-1:]] = full_name

    @classmethod
    def from_program(cls, program, additional_imports=None):
        return cls(program.identifiers, program.main_scope, additional_imports)

    def _get_full_name(self, name):
        known = self.resolved_identifiers.get(name)
        if known is not None:
            return known
        scopes = [*self.main_scopes, ScopedName()]
        return self.identifiers.search(scopes, name).get_canonical_name()

    def get_struct_definition(self, name):
        return get_struct_definition(self._get_full_name(name), self.identifiers)

    def build_struct(self, name):
        found = self.get_struct_definition(name)
        return _named_tuple(found.full_name.path[-1], found.members)

    def _part(self, func, part):
        return get_struct_definition(self._get_full_name(func) + part, self.identifiers)

    def build_func_args(self, func):
        implicit, explicit = self._part(func, "ImplicitArgs"), self._part(func, "Args")
        return _named_tuple(f"{func[-1:]}_full_args", {**implicit.members, **explicit.members})

    def size_of(self, typ):
        if isinstance(typ, TypeStruct):
            return get_struct_definition(typ.scope, self.identifiers).size
        if isinstance(typ, TypeTuple):
            return sum(self.size_of(member.typ) for member in typ.members)
        assert isinstance(typ, _ONE_CELL), f"Unsupported Cairo type {typ}."
        return 1

    def get_explicit_return_values_length(self, func):
        full_name = self._get_full_name(func) + "Return"
        return self.size_of(get_type_definition(full_name, self.identifiers).cairo_type)

    def get_implicit_args_length(self, func):
        return self._part(func, "ImplicitArgs").size

    @property
    def structs(self):
        return CairoStructProxy(self, ScopedName())

    def from_type_and_ptr(self, cairo_type, memory, addr):
        if isinstance(cairo_type, TypeStruct):
            return CairoStructProxy(self, cairo_type.scope).from_ptr(memory, addr)
        assert isinstance(cairo_type, _ONE_CELL), f"Unsupported Cairo type {cairo_type}."
        return memory[addr]


class CairoStructProxy:
    """A dotted name on its way to a struct."""

    def __init__(self, factory, path):
        self.factory = factory
        self.path = path

    def __getattr__(self, name):
        return CairoStructProxy(self.factory, self.path + name)

    def build(self):
        return self.factory.build_struct(self.path)

    def __call__(self, *args, **kwargs):
        return self.build()(*args, **kwargs)

    @property
    def struct_definition_(self):
        return self.factory.get_struct_definition(self.path)

    @property
    def size(self):
        return self.struct_definition_.size

    def from_ptr(self, memory, addr):
        made = self.build()
        members = self.struct_definition_.members.items()
        read = self.factory.from_type_and_ptr
        return made(
            **{name: read(found.cairo_type, memory, addr + found.offset) for name, found in members}
        )
