"""A program's names; the classes, their methods and messages are cairo-lang's."""

from _cairo_host import (
    IdentifierError,
    MissingIdentifierError,
    NotAnIdentifierError,
    NotAScopeError,
)

from starkware.cairo.lang.compiler import identifier_definition as definitions
from starkware.cairo.lang.compiler._record import Record
from starkware.cairo.lang.compiler.ast.cairo_types import _parse
from starkware.cairo.lang.compiler.identifier_definition import AliasDefinition
from starkware.cairo.lang.compiler.scoped_name import ScopedName


def _missing(fullname):
    error = MissingIdentifierError(f"Unknown identifier '{fullname}'.")
    error.fullname = fullname
    return error


def _no_scope(fullname, definition, non_parsed):
    error = NotAScopeError(f"Identifier '{fullname}' is {definition.TYPE}, expected a scope.")
    error.fullname, error.definition, error.non_parsed = fullname, definition, non_parsed
    return error


class IdentifierSearchResult(Record):
    __match_args__ = ("identifier_definition", "canonical_name", "non_parsed")

    def assert_fully_parsed(self):
        if len(self.non_parsed) > 0:
            kind = self.identifier_definition.TYPE
            raise IdentifierError(f"Unexpected '.' after '{self.canonical_name}' which is {kind}.")

    def get_canonical_name(self):
        self.assert_fully_parsed()
        return self.canonical_name


class IdentifierManager:
    """Names and what they stand for, as a tree of scopes and as one dictionary."""

    __hash__ = None

    def __init__(self):
        self.root = IdentifierScope(self, ScopedName())
        self.dict = {}

    def add_identifier(self, name, definition):
        self.root.add_identifier(name, definition)

    @classmethod
    def from_dict(cls, identifier_dict):
        made = cls()
        for name, definition in identifier_dict.items():
            made.add_identifier(name, definition)
        return made

    def as_dict(self):
        return self.dict

    def __eq__(self, other):
        return isinstance(other, IdentifierManager) and self.as_dict() == other.as_dict()

    def get(self, name):
        """What the name stands for, with aliases followed; a rest of it may be left over."""
        gone, found = [name], self.root.get(name)
        while isinstance(found.identifier_definition, AliasDefinition):
            name = found.identifier_definition.destination + found.non_parsed
            if name in gone:
                raise _cycle(gone, name)
            gone.append(name)
            try:
                found = self.root.get(name)
            except MissingIdentifierError as error:
                raise IdentifierError(f"Alias resolution failed: {_path(gone)}. {error}")
        return found

    def get_by_full_name(self, name):
        """The definition of exactly this name, or None; aliases are not followed."""
        if len(name) == 0:
            return None
        try:
            found = self.root.get(name)
        except (MissingIdentifierError, NotAnIdentifierError):
            return None
        return None if len(found.non_parsed) else found.identifier_definition

    def get_scope(self, name):
        gone = []
        try:
            while name not in gone:
                gone.append(name)
                try:
                    return self.root.get_scope(name)
                except NotAScopeError as error:
                    if not isinstance(error.definition, AliasDefinition):
                        raise
                    name = error.definition.destination + error.non_parsed
        except IdentifierError as error:
            if len(gone) == 1:
                raise
            raise IdentifierError(f"Alias resolution failed: {_path(gone)}. {error}") from None
        raise _cycle(gone, name)

    def _searched(self, accessible_scopes, name, get):
        for scope in reversed(accessible_scopes):
            try:
                return get(scope + name)
            except MissingIdentifierError as error:
                # Only if nothing of the name is in this scope, the next one is looked at.
                if not (scope + name[:1]).startswith(error.fullname):
                    raise
        raise _missing(name[:1])

    def search(self, accessible_scopes, name):
        return self._searched(accessible_scopes, name, self.get)

    def search_scope(self, accessible_scopes, name):
        return self._searched(accessible_scopes, name, self.get_scope)

    def exclude(self, other):
        known = other.as_dict()
        return IdentifierManager.from_dict(
            {name: found for name, found in self.as_dict().items() if name not in known}
        )

    def prune(self, prefixes_to_prune):
        starts = [prefix.path for prefix in prefixes_to_prune]
        assert all(starts)
        self.dict = {
            name: found
            for name, found in self.dict.items()
            if not any(name.path[: len(start)] == start for start in starts)
        }
        for start in starts:
            scope = self.root
            for part in start[:-1]:
                scope = scope.subscopes[part]
            del scope.subscopes[start[-1]]


class IdentifierScope:
    """The names right in a scope, and the scopes in it."""

    def __init__(self, manager, fullname):
        self.manager = manager
        self.fullname = fullname
        self.subscopes = {}
        self.identifiers = {}

    def get_single_scope(self, name):
        return self.subscopes.get(name)

    def get(self, name):
        assert len(name) > 0, "The 'name' argument must not be empty."
        first, rest = name.path[0], name[1:]
        if len(rest) > 0 and first in self.subscopes:
            return self.subscopes[first].get(rest)
        full = self.fullname + first
        if first in self.identifiers:
            return IdentifierSearchResult(self.identifiers[first], full, rest)
        if first in self.subscopes:
            raise NotAnIdentifierError(f"Expected '{full}' to be an identifier, found a scope name.")
        raise _missing(full)

    def get_scope(self, name):
        if len(name) == 0:
            return self
        first, rest = name.path[0], name[1:]
        if first in self.subscopes:
            return self.subscopes[first].get_scope(rest)
        full = self.fullname + first
        if first not in self.identifiers:
            raise _missing(full)
        raise _no_scope(full, self.identifiers[first], rest)

    def add_subscope(self, first_name):
        self.subscopes[first_name] = IdentifierScope(self.manager, self.fullname + first_name)

    def add_identifier(self, name, definition):
        if len(name) == 0:
            raise ValueError("The name argument must not be empty.")
        scope = self
        for part in name.path[:-1]:
            if part not in scope.subscopes:
                scope.add_subscope(part)
            scope = scope.subscopes[part]
        last = name.path[-1]
        scope.identifiers[last] = definition
        self.manager.dict[scope.fullname + last] = definition


def _path(names):
    return " -> ".join(map(str, names))


def _cycle(gone, name):
    return IdentifierError(f"Cyclic aliasing detected: {_path([*gone, name])}")


_KINDS = {
    kind.TYPE: kind for kind in vars(definitions).values() if isinstance(getattr(kind, "TYPE", 0), str)
}


def _of_program(rows):
    """The names of a program: tuples of a name, its kind, and what that kind has."""
    manager = IdentifierManager()
    for name, kind, *fields in rows:
        manager.add_identifier(ScopedName.from_string(name), _definition(kind, fields))
    return manager


def _definition(kind, fields):
    if kind == "alias":
        fields = [ScopedName.from_string(fields[0])]
    elif kind in ("member", "type_definition"):
        fields[-1] = _parse(fields[-1])
    elif kind == "reference":
        fields = [ScopedName.from_string(fields[0]), _parse(fields[1])]
    elif kind == "struct":
        full_name, members, size = fields
        made = {name: _definition("member", [*member]) for name, *member in members}
        fields = [ScopedName.from_string(full_name), made, size]
    return _KINDS[kind](*fields)
