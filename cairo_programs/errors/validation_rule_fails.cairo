// flags: --layout plain
// expect: error 1
func main() {
    alloc_locals;
    local p: felt*;
    %{
        ids.p = segments.add()

        def check(memory, addr):
            assert memory[addr] < 10, 'not small'
            return {addr}

        vm_add_validation_rule(ids.p.segment_index, check)
    %}
    assert p[0] = 9;
    assert p[1] = 10;
    ret;
}
