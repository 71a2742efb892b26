"""Definitions by their full names; names and messages are cairo-lang's."""

from starkware.cairo.lang.compiler.ast.cairo_types import TypeStruct
from starkware.cairo.lang.compiler.identifier_definition import (
    DefinitionError,
    StructDefinition,
    TypeDefinition,
)
from starkware.cairo.lang.compiler.identifier_manager import _missing


def get_identifier_definition(
    name, identifier_manager, supported_types, resolve_type_definitions=False
):
    found = identifier_manager.get_by_full_name(name)
    if found is None:
        raise _missing(name)
    if resolve_type_definitions and isinstance(found, TypeDefinition):
        if isinstance(found.cairo_type, TypeStruct):
            found = get_struct_definition(found.cairo_type.scope, identifier_manager)
    if not isinstance(found, supported_types):
        wanted = " or ".join(kind.TYPE for kind in supported_types)
        raise DefinitionError(f"Expected '{name}' to be {wanted}. Found: '{found.TYPE}'.")
    return found


def get_struct_definition(struct_name, identifier_manager):
    return get_identifier_definition(struct_name, identifier_manager, (StructDefinition,), True)


def get_type_definition(name, identifier_manager):
    return get_identifier_definition(name, identifier_manager, (TypeDefinition,))


def get_struct_member_offsets(struct_name, identifier_manager):
    found = get_struct_definition(struct_name, identifier_manager)
    return {name: member.offset for name, member in found.members.items()}
