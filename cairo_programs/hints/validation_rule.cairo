// A hint adds a validation rule for its own segment; a caught failure leaves the value written.
// flags: --layout plain
// expect: ok
func main() {
    alloc_locals;
    local small: felt*;
    %{
        ids.small = segments.add()

        def check(memory, addr):
            value = memory[addr]
            assert value < 10, f'{value} at {addr} is not small'
            return {addr}

        vm_add_validation_rule(ids.small.segment_index, check)
        memory[ids.small] = 9
        try:
            memory[ids.small + 1] = 10
        except AssertionError as error:
            print(error)
        print(memory[ids.small + 1])
    %}
    assert small[0] = 9;
    assert small[2] = 3;
    ret;
}
