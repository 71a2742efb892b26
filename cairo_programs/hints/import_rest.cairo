// Modules that hints of the library import indirectly, imported by themselves.
// flags: --layout small
// expect: ok

func main() {
    %{
        from starkware.cairo.common.poseidon_utils import (
            PoseidonParams, generate_round_constant, hades_permutation)
        from starkware.cairo.common.poseidon_hash import poseidon_perm

        params = PoseidonParams.get_default_poseidon_params()
        state = hades_permutation([1, 2, 3], params)
        print([int(word) for word in state] == list(poseidon_perm(1, 2, 3)), int(state[0]))
        print(generate_round_constant('Hades', 97, 3), params.r, params.c, params.m)
    %}
    %{
        from starkware.cairo.lang.builtins.ec.instance_def import CELLS_PER_EC_OP
        from starkware.cairo.lang.builtins.ec.instance_def import INPUT_CELLS_PER_EC_OP
        from starkware.cairo.lang.builtins.signature.instance_def import (
            CELLS_PER_SIGNATURE, INPUT_CELLS_PER_SIGNATURE)
        print(CELLS_PER_EC_OP, INPUT_CELLS_PER_EC_OP, CELLS_PER_SIGNATURE, INPUT_CELLS_PER_SIGNATURE)
    %}
    %{
        from starkware.crypto.signature import math_utils as of_signatures
        from starkware.python.utils_stub_module import safe_zip

        point = of_signatures.ec_mult(2, (3, 6), 2, 97)
        print(point, of_signatures.ec_add(point, (3, 6), 97), of_signatures.ec_neg(point, 97))
        print(of_signatures.div_mod(2, 7, 97), of_signatures.sqrt_mod(4, 97))
        print(list(safe_zip([1, 2], 'ab')))
        try:
            list(safe_zip([1, 2], 'a'))
        except AssertionError as error:
            print('AssertionError', error)
    %}
    %{
        import os, sys
        from sympy.core.intfunc import igcdex
        from sympy.ntheory.residue_ntheory import is_quad_residue, sqrt_mod
        import sympy
        print(igcdex(240, 46), is_quad_residue(2, 7), sqrt_mod(2, 7), sqrt_mod(3, 7))
        print(sqrt_mod(2, 7, all_roots=True), sympy.isprime(2**61 - 1), sympy.mod_inverse(3, 7))
        print(sympy.factorint(360), sympy.jacobi_symbol(2, 15))
        print(os.path.join('a', 'b'), 'starkware' in sys.modules)
    %}
    %{
        from starkware.cairo.lang.compiler.ast.cairo_types import (
            CairoType, TypeFelt, TypePointer, TypeStruct)
        from starkware.cairo.lang.compiler.identifier_definition import (
            ConstDefinition, DefinitionError, MemberDefinition, StructDefinition)
        from starkware.cairo.lang.compiler.identifier_manager import (
            IdentifierError, IdentifierManager, MissingIdentifierError)
        from starkware.cairo.lang.compiler.scoped_name import ScopedName

        name = ScopedName.from_string
        manager = IdentifierManager()
        manager.add_identifier(name('a.b'), ConstDefinition(value=7))
        print(manager.get(name('a.b')).identifier_definition.value, manager.as_dict())
        try:
            manager.get(name('a.c'))
        except MissingIdentifierError as error:
            print(isinstance(error, IdentifierError), error.fullname, error)
        felt = TypeFelt()
        print(felt == TypeFelt(location=None), felt == TypePointer(pointee=felt), felt != felt)
        print(TypePointer(pointee=TypeStruct(scope=name('a.S'))).format(), isinstance(felt, CairoType))
        print(felt.get_pointer_type().format(), issubclass(DefinitionError, Exception))
        struct = StructDefinition(
            full_name=name('a.S'), members={'m': MemberDefinition(offset=0, cairo_type=felt)}, size=1)
        print(struct.members['m'].offset, struct.size, struct == struct)
        print(manager.exclude(manager).as_dict(), manager == IdentifierManager.from_dict(manager.dict))
    %}
    return ();
}
