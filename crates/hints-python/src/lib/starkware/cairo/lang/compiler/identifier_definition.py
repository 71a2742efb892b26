"""What names of a program stand for; the classes are cairo-lang's.

The bindings of references, which programs have twice, are not among their fields.
"""

from _cairo_host import DefinitionError  # noqa: F401

from starkware.cairo.lang.compiler._record import Record


class IdentifierDefinition(Record):
    pass


class FutureIdentifierDefinition(IdentifierDefinition):
    TYPE = "future"
    __match_args__ = ("identifier_type",)


class AliasDefinition(IdentifierDefinition):
    TYPE = "alias"
    __match_args__ = ("destination",)


class ConstDefinition(IdentifierDefinition):
    TYPE = "const"
    __match_args__ = ("value",)


class MemberDefinition(IdentifierDefinition):
    TYPE = "member"
    __match_args__ = ("offset", "cairo_type", "location")
    _defaults = {"location": None}


class StructDefinition(IdentifierDefinition):
    TYPE = "struct"
    __match_args__ = ("full_name", "members", "size", "location")
    _defaults = {"location": None}


class TypeDefinition(IdentifierDefinition):
    TYPE = "type_definition"
    __match_args__ = ("cairo_type", "location")
    _defaults = {"location": None}


class LabelDefinition(IdentifierDefinition):
    TYPE = "label"
    __match_args__ = ("pc",)


class FunctionDefinition(LabelDefinition):
    TYPE = "function"
    __match_args__ = ("pc", "decorators")


class NamespaceDefinition(IdentifierDefinition):
    TYPE = "namespace"


class ReferenceDefinition(IdentifierDefinition):
    TYPE = "reference"
    __match_args__ = ("full_name", "cairo_type")


class ScopeDefinition(IdentifierDefinition):
    TYPE = "scope"
