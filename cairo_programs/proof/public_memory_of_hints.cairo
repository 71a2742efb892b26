// Hints can make cells of any segment public; what they say of builtins and the program does not count.
// flags: --layout dex --proof_mode
// compile: --proof_mode
// expect: ok
%builtins output range_check

func main(output_ptr: felt*, range_check_ptr) -> (output_ptr: felt*, range_check_ptr: felt) {
    alloc_locals;
    local first: felt*;
    local second: felt*;
    %{
        ids.first = segments.add()
        ids.second = segments.add(size=20)
        segments.write_arg(ids.first, [7, ids.second, PRIME - 1])
        segments.write_arg(ids.second, list(range(30, 40)))
        # Cells twice, and one of the segment behind.
        segments.finalize(ids.second.segment_index, public_memory=[(4, 0), (2, 3), (4, 0)])
        segments.finalize(segment_index=ids.first.segment_index, size=5, public_memory=((i, 9) for i in (0, 2, 1, 6)))
        # What is said last counts.
        third = segments.add()
        memory[third] = 5
        segments.finalize(third.segment_index, public_memory=[(0, 1)])
        segments.finalize(third.segment_index, size=2)
        for address in (ids.output_ptr, ids.range_check_ptr, fp):
            segments.finalize(address.segment_index, public_memory=[(0, 5)])
        segments.finalize(1000, public_memory=[(0, 5)])
        segments.finalize(-1, public_memory=[(0, 5)])
    %}
    assert [range_check_ptr] = second[3];
    assert output_ptr[0] = first[0];
    return (output_ptr=output_ptr + 1, range_check_ptr=range_check_ptr + 1);
}

// suite: record = ["stdout", "stderr", "trace", "memory"]
