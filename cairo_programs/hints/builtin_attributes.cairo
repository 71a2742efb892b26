// What the builtins' runners have for hints.
// flags: --layout small
// expect: ok
%builtins pedersen range_check ecdsa
from starkware.cairo.common.cairo_builtins import HashBuiltin, SignatureBuiltin

func main{pedersen_ptr: HashBuiltin*, range_check_ptr, ecdsa_ptr: SignatureBuiltin*}() {
    %{
        print(range_check_builtin.bound == 2**128)
        print(range_check_builtin.n_parts, range_check_builtin.inner_rc_bound)
        for name, runner in builtin_runners.items():
            print(name, runner.name, runner.included, runner.base, runner.cells_per_instance, runner.n_input_cells, runner.instances_per_component)
        result = ids.pedersen_ptr.address_ + ids.HashBuiltin.result
        pedersen_builtin.verified_addresses.add(result)
        print(result in pedersen_builtin.verified_addresses, ids.pedersen_ptr.address_ in pedersen_builtin.verified_addresses)
        print([str(address) for address in pedersen_builtin.verified_addresses], len(pedersen_builtin.verified_addresses))
        memory[result] = 12
        for address in (ids.ecdsa_ptr.address_ + 1, ids.pedersen_ptr.address_, 5):
            try:
                ecdsa_builtin.add_signature(address, (1, 2))
            except AssertionError as error:
                print(error)
        ecdsa_builtin.add_signature(ids.ecdsa_ptr.address_, (3, 4))
        print({str(key): value for key, value in ecdsa_builtin.signatures.items()})
        print(vm_ecdsa_additional_data)
        vm_ecdsa_additional_data[ids.ecdsa_ptr.address_] = (5, 6)
    %}
    assert pedersen_ptr.x = 1;
    assert pedersen_ptr.y = 2;
    %{ print({str(key): value for key, value in vm_ecdsa_additional_data.items()}) %}
    tempvar wrong = pedersen_ptr.result;
    assert wrong = 12;
    let pedersen_ptr = pedersen_ptr + HashBuiltin.SIZE;
    return ();
}
